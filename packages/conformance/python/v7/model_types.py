"""arize 7.52: every model type, by the pandas logger and by the record client."""

import json
from datetime import datetime, timedelta, timezone

import pandas as pd
from arize.api import Client as RecordClient
from arize.exporter import ArizeExportClient, get_arize_schema
from arize.pandas.logger import Client
from arize.utils import types
from pyarrow import ArrowInvalid

import every_model_type
import similarity
from checks import HOST, KEYS, PLATFORM, PORT, SPACE, check, equal, holds, refused, unique
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


def refusal(frame, schema):
    model = unique("refused")
    response = logger.log(
        dataframe=frame, schema=schema, environment=types.Environments.PRODUCTION, model_id=model,
        model_type=types.ModelTypes.OBJECT_DETECTION, validate=False,
    )
    with refused(KeyError):
        export(model)
    return response.status_code, response.text


every_model_type.impossible_shapes(types, refusal, "Client.log")
every_model_type.batches(types, log, export, "Client.log")
every_model_type.singles(types, send, export, "arize.api.Client.log")

with check("get_arize_schema: finds instance segmentation in an export"):
    polygons, boxes = [[0.0, 0.0, 4.0, 0.0, 4.0, 3.0]], [[0.0, 0.0, 4.0, 3.0]]
    model = unique("instances")
    send(
        model, types.ModelTypes.OBJECT_DETECTION, prediction_id="one", prediction_timestamp=START,
        embedding_features={"image": types.Embedding(vector=[0.25, 0.5])},
        prediction_label=types.InstanceSegmentationPredictionLabel(polygons, ["dog"], [0.5], boxes),
        actual_label=types.InstanceSegmentationActualLabel(polygons, ["dog"], boxes),
    )
    found = get_arize_schema(export(model))
    predicted, actual = found.instance_segmentation_prediction_column_names, found.instance_segmentation_actual_column_names
    holds(all(predicted) and all(actual), (predicted, actual))

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


GENERATION = {
    "features": {"lang": "日本"}, "tags": {"team": "a"}, "prompt_template": "Answer {question}", "prompt_template_version": "v2",
    "llm_model_name": "gpt", "llm_params": {"temperature": 0.5, "top_k": 3, "stop": ["a", "b"]},
    "llm_run_metadata": types.LLMRunMetadata(total_token_count=30, prompt_token_count=10, response_token_count=20, response_latency_ms=1.5),
}


def generated(**record):
    model = unique("generative")
    equal(send(model, types.ModelTypes.GENERATIVE_LLM, prediction_id="one", prediction_timestamp=START, **record), 200, "status")
    return export(model).iloc[0]


with check("arize.api.Client.log: a generation with its texts, template, parameters and token counts"):
    row = generated(prompt="why?", response="so", prediction_label="good", actual_label="bad", **GENERATION)
    expected = {
        "prompt__rawData": "why?", "response__rawData": "so", "promptTemplate": "Answer {question}", "promptTemplateVersion": "v2", "llmModelName": "gpt",
        "categoricalPredictionLabel": "good", "categoricalActualLabel": "bad", "lang": "日本", "team__tag": "a",
        "total_token_count__tag": 30, "prompt_token_count__tag": 10, "response_token_count__tag": 20, "response_latency_ms__tag": 1.5,
    }
    equal({name: row[name] for name in expected}, expected, "values")
    equal(json.loads(row["llmParams"]), GENERATION["llm_params"], "params")

with check("arize.api.Client.log: a generation with vectors, and with a score"):
    texts = {name: types.Embedding(vector=[0.25, n / 2], data=name) for n, name in enumerate(["prompt", "response"])}
    row = generated(**texts, prediction_label=0.75)
    equal([list(row["prompt__embVector"]), list(row["response__embVector"])], [[0.25, 0.0], [0.25, 0.5]], "vectors")
    equal((row["prompt__rawData"], row["response__rawData"], row["scorePredictionLabel"]), ("prompt", "response", 0.75), "values")

with check("arize.api.Client.log: a generation without a label"):
    row = generated(prompt="why?", response="so")
    equal((row["prompt__rawData"], row["response__rawData"]), ("why?", "so"), "texts")

with check("arize.api.Client.log: the judgement of a generation that comes later joins it"):
    model = unique("generative")
    equal(send(model, types.ModelTypes.GENERATIVE_LLM, prediction_id="one", prediction_timestamp=START, prompt="why?", response="so", prediction_label="good"), 200, "status")
    equal(send(model, types.ModelTypes.GENERATIVE_LLM, prediction_id="one", actual_label="bad"), 200, "status of the actual")
    row = export(model).iloc[0]
    equal((row["prompt__rawData"], row["categoricalPredictionLabel"], row["categoricalActualLabel"]), ("why?", "good", "bad"), "values")


def export_similar(model, **more):
    return exporter.export_model_to_df(
        space_id=SPACE, model_id=model, environment=types.Environments.PRODUCTION,
        start_time=AT - timedelta(minutes=1), end_time=AT + timedelta(hours=2), **more,
    )


similarity.searches(
    types, lambda frame, schema, model: log(frame, schema, model, types.ModelTypes.REGRESSION), export_similar,
    "ArizeExportClient.export_model_to_df", ArrowInvalid,
)
