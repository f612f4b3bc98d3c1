"""arize 7.52: spans over HTTP, evaluations, annotations and metadata over Flight, read back by the exporter."""

import time
import uuid
from datetime import datetime, timedelta, timezone

import pandas as pd
from arize.exporter import ArizeExportClient
from arize.utils.types import Environments

from checks import HOST, KEYS, PORT, SPACE, UNKNOWN_KEY, check, equal, holds, unique
from clients import flight_logger, logger
from frames import same_columns

NOW = datetime.now(timezone.utc)
WINDOW = {"start_time": NOW - timedelta(hours=2), "end_time": NOW + timedelta(hours=2)}


def spans(count):
    start = time.time_ns() - 600 * 10**9
    return pd.DataFrame(
        {
            "context.trace_id": [uuid.uuid4().hex for _ in range(count)],
            "context.span_id": [uuid.uuid4().hex[:16] for _ in range(count)],
            "parent_id": [None] * count,
            "name": [f"answer {n}" for n in range(count)],
            "span_kind": ["LLM"] * count,
            "status_code": ["OK"] * count,
            "start_time": [start + n * 10**6 for n in range(count)],
            "end_time": [start + n * 10**6 + 5 * 10**5 for n in range(count)],
            "attributes.input.value": [f"Wie geht's? {n}" for n in range(count)],
            "attributes.llm.model_name": ["demo"] * count,
        }
    )


project = unique("chat")
sent = spans(50)


def exported():
    exporter = ArizeExportClient(api_key=KEYS["service"], host=HOST, port=PORT, scheme="grpc+tcp")
    return exporter.export_model_to_df(space_id=SPACE, model_id=project, environment=Environments.TRACING, **WINDOW)


def in_order():
    return exported().set_index("context.span_id").loc[sent["context.span_id"]]


with check("Client.log_spans: read back equal"):
    response = logger(KEYS["service"]).log_spans(dataframe=sent, project_name=project)
    equal(response.status_code, 200, response.text)
    names = ["context.span_id", "context.trace_id", "name", "attributes.input.value", "attributes.llm.model_name"]
    same_columns(sent, exported(), "context.span_id", {name: name for name in names})

with check("Client.log_spans: 401 for an unknown key, 403 for a reader of the space"):
    for key, status in [(UNKNOWN_KEY, 401), (KEYS["readOnly"], 403)]:
        equal(logger(key).log_spans(dataframe=spans(2), project_name=project).status_code, status, "status")
    equal(len(exported()), len(sent), "spans")

evaluations = pd.DataFrame(
    {"context.span_id": sent["context.span_id"].head(3), "eval.tone.label": ["kind", "rude", "kind"], "eval.tone.score": [1.0, 0.0, 0.5]}
)

with check("Client.log_evaluations: over HTTP, joined to their spans"):
    response = logger(KEYS["service"]).log_evaluations(dataframe=evaluations, project_name=project)
    equal(response.status_code, 200, response.text)
    equal(in_order()["eval.tone.label"].head(3).tolist(), ["kind", "rude", "kind"], "labels")

with check("Client.log_evaluations_sync: over Flight, and how many spans it updated"):
    answer = flight_logger(KEYS["service"]).log_evaluations_sync(dataframe=evaluations.assign(**{"eval.tone.label": "plain"}), project_name=project)
    equal(answer.records_updated, 3, "records_updated")
    equal(in_order()["eval.tone.label"].head(3).tolist(), ["plain"] * 3, "labels")

with check("Client.log_annotations: joined to their spans"):
    annotations = pd.DataFrame({"context.span_id": sent["context.span_id"].head(2), "annotation.review.label": ["good", "bad"]})
    flight_logger(KEYS["service"]).log_annotations(dataframe=annotations, project_name=project)
    equal(in_order()["annotation.review.label"].head(2).tolist(), ["good", "bad"], "labels")

with check("Client.log_metadata: patches what is there"):
    patches = pd.DataFrame({"context.span_id": sent["context.span_id"].head(2), "patch_document": [{"a": "x"}, {"b": "y"}]})
    answer = flight_logger(KEYS["service"]).log_metadata(dataframe=patches, project_name=project)
    equal(answer["spans_updated"], 2, "spans_updated")
    equal(in_order()["attributes.metadata"].head(2).tolist(), [{"a": "x"}, {"b": "y"}], "metadata")

with check("Client.log_annotations: a reader of the space changes nothing"):
    # This call logs what goes wrong and returns nothing.
    refused = annotations.assign(**{"annotation.review.label": "mine"})
    equal(flight_logger(KEYS["readOnly"]).log_annotations(dataframe=refused, project_name=project), None, "answer")
    holds("mine" not in in_order()["annotation.review.label"].tolist(), "it was written")
