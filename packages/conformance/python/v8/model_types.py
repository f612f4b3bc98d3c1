"""arize 8.42: every model type, by rows and by single records."""

from datetime import datetime, timedelta, timezone

from arize.exceptions.http import APIError
from arize.ml import types

import every_model_type
import similarity
from checks import SPACE, check, refused, unique
from clients import service
from frames import START

AT = datetime.fromtimestamp(START, tz=timezone.utc)


def log(frame, schema, model, model_type, environment=types.Environments.PRODUCTION):
    return service.ml.log(
        space_id=SPACE, model_name=model, model_type=model_type, model_version="1.0", dataframe=frame, schema=schema, environment=environment
    )


def export(model):
    return service.ml.export_to_df(
        space_id=SPACE, model_name=model, environment=types.Environments.PRODUCTION, include_actuals=True,
        start_time=AT - timedelta(minutes=1), end_time=AT + timedelta(hours=2),
    )


def send(model, model_type, **record):
    future = service.ml.log_stream(
        space_id=SPACE, model_name=model, model_type=model_type, environment=types.Environments.PRODUCTION, **record
    )
    return future.result().status_code


def refusal(frame, schema):
    model = unique("refused")
    try:
        service.ml.log(
            space_id=SPACE, model_name=model, model_type=types.ModelTypes.OBJECT_DETECTION, model_version="1.0", dataframe=frame, schema=schema,
            environment=types.Environments.PRODUCTION, validate=False,
        )
    except APIError as error:
        with refused(KeyError):
            export(model)
        return error.status_code, str(error)
    raise AssertionError("was taken")


every_model_type.impossible_shapes(types, refusal, "ml.log")
every_model_type.batches(types, log, export, "ml.log")
every_model_type.singles(types, send, export, "ml.log_stream")

with check("ml.log, ml.log_stream: a generation is refused by the client, which sends those as spans"):
    with refused(ValueError, text="GENERATIVE_LLM"):
        send(unique("generative"), types.ModelTypes.GENERATIVE_LLM, prediction_id="one", prompt="why?", response="so", prediction_label="good")
    with refused(ValueError, text="GENERATIVE_LLM"):
        log(every_model_type.pd.DataFrame(every_model_type.BASE), types.Schema(**every_model_type.COMMON), unique("generative"), types.ModelTypes.GENERATIVE_LLM)


def export_similar(model, **more):
    return service.ml.export_to_df(
        space_id=SPACE, model_name=model, environment=types.Environments.PRODUCTION,
        start_time=AT - timedelta(minutes=1), end_time=AT + timedelta(hours=2), **more,
    )


similarity.searches(
    types, lambda frame, schema, model: log(frame, schema, model, types.ModelTypes.REGRESSION), export_similar,
    "ml.export_to_df", RuntimeError,
)
