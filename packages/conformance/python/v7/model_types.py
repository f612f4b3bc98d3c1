"""arize 7.52: every model type, by the pandas logger and by the record client."""

from datetime import datetime, timedelta, timezone

import pandas as pd
from arize.api import Client as RecordClient
from arize.exporter import ArizeExportClient
from arize.pandas.logger import Client
from arize.utils import types

import every_model_type
from checks import HOST, KEYS, PLATFORM, PORT, SPACE, check, equal, unique
from frames import START

URI = f"{PLATFORM['url'].rstrip('/')}/v1"
logger = Client(api_key=KEYS["service"], space_id=SPACE, uri=URI)
single = RecordClient(api_key=KEYS["service"], space_id=SPACE, uri=URI)
exporter = ArizeExportClient(api_key=KEYS["service"], host=HOST, port=PORT, scheme="grpc+tcp")
AT = datetime.fromtimestamp(START, tz=timezone.utc)


def log(frame, schema, model, model_type, environment=types.Environments.PRODUCTION):
    # A corpus is of generative models.
    kind = types.ModelTypes.GENERATIVE_LLM if environment == types.Environments.CORPUS else model_type
    return logger.log(dataframe=frame, schema=schema, environment=environment, model_id=model, model_type=kind)


def export(model):
    return exporter.export_model_to_df(
        space_id=SPACE, model_id=model, environment=types.Environments.PRODUCTION, include_actuals=True,
        start_time=AT - timedelta(minutes=1), end_time=AT + timedelta(hours=2),
    )


def send(model, model_type, **record):
    future = single.log(model_id=model, model_type=model_type, environment=types.Environments.PRODUCTION, **record)
    return future.result().status_code


every_model_type.batches(types, log, export, "Client.log")
every_model_type.singles(types, send, export, "arize.api.Client.log")

with check("Client.log: prompts and responses of a generative model"):
    frame = pd.DataFrame({**every_model_type.BASE, "prompt": ["why?"] * 40, "response": ["so"] * 40, "model": ["gpt"] * 40, "params": [{"temperature": 0.5}] * 40, "label": ["good"] * 40})
    schema = types.Schema(
        **every_model_type.COMMON, prompt_column_names="prompt", response_column_names="response", prediction_label_column_name="label",
        llm_config_column_names=types.LLMConfigColumnNames(model_column_name="model", params_column_name="params"),
    )
    model = unique("generative")
    response = log(frame, schema, model, types.ModelTypes.GENERATIVE_LLM)
    equal(response.status_code, 200, response.text)
    received = export(model)
    equal((received["categoricalPredictionLabel"].tolist(), received["llmModelName"].tolist()), (["good"] * 40, ["gpt"] * 40), "columns")
