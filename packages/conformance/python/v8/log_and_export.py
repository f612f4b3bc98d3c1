"""arize 8.42: records and spans logged over HTTP, read back over Flight."""

import os
import tempfile
import time
import uuid
from datetime import datetime, timedelta, timezone

import pandas as pd
from arize.exceptions.auth import AuthenticationError
from arize.exceptions.http import APIError
from arize.ml.types import Environments, ModelTypes, Schema
from pyarrow import flight

from checks import KEYS, SPACE, check, equal, holds, refused, unique
from clients import reader, service, unknown
from frames import START, classification, regression, same_columns

ABSENT_SPACE = "U3BhY2U6OTg3NjU0MzIxOnpaelo="
WINDOW = {
    "start_time": datetime.fromtimestamp(START - 60, tz=timezone.utc),
    "end_time": datetime.fromtimestamp(START, tz=timezone.utc) + timedelta(hours=2),
}
REGRESSION = Schema(
    prediction_id_column_name="id",
    timestamp_column_name="ts",
    feature_column_names=["distance", "speed", "carrier"],
    tag_column_names=["airport"],
    prediction_label_column_name="predicted",
    actual_label_column_name="delay",
)
CATEGORICAL = Schema(
    prediction_id_column_name="id",
    timestamp_column_name="ts",
    feature_column_names=["age"],
    prediction_label_column_name="label",
    prediction_score_column_name="score",
    actual_label_column_name="truth",
    actual_score_column_name="truth_score",
)


def log(frame, model, client=service, space=SPACE, schema=REGRESSION, model_type=ModelTypes.REGRESSION):
    return client.ml.log(
        space_id=space,
        model_name=model,
        model_type=model_type,
        # Left out it is "", which the client's own validation refuses.
        model_version="1.0",
        dataframe=frame,
        schema=schema,
        environment=Environments.PRODUCTION,
    )


def export(model, client=service, space=SPACE, **more):
    return client.ml.export_to_df(
        space_id=space, model_name=model, environment=Environments.PRODUCTION, **{**WINDOW, **more}
    )


model = unique("delays")
rows = regression(12_000)

with check("ml.log: regression, 12 000 rows in two record batches"):
    equal(log(rows, model).status_code, 200, "status")

with check("ml.export_to_df: every value that was logged"):
    received = export(model, include_actuals=True)
    names = {
        "id": "predictionID",
        "predicted": "numericPredictionLabel",
        "delay": "numericActualLabel",
        "distance": "distance",
        "speed": "speed",
        "carrier": "carrier",
    }
    same_columns(rows, received, "id", names)

with check("ml.export_to_parquet: the same rows in a file"):
    file = os.path.join(tempfile.mkdtemp(), "rows.parquet")
    service.ml.export_to_parquet(
        path=file, space_id=SPACE, model_name=model, environment=Environments.PRODUCTION, include_actuals=True, **WINDOW
    )
    same_columns(rows, pd.read_parquet(file), "id", names)

with check("ml.export_to_df: only the columns that are named, and only what a condition holds for"):
    some = export(model, columns=["distance"], where="distance > 1500")
    equal(len(some), int((rows["distance"] > 1500).sum()), "rows")
    holds("distance" in some.columns and "speed" not in some.columns, sorted(some.columns))

with check("ml.log: score categorical, read back equal"):
    model_scored = unique("fraud")
    scored = classification(2_000)
    log(scored, model_scored, schema=CATEGORICAL, model_type=ModelTypes.SCORE_CATEGORICAL)
    names = {
        "id": "predictionID",
        "label": "categoricalPredictionLabel",
        "score": "scorePredictionLabel",
        "truth": "categoricalActualLabel",
        "truth_score": "scoreActualLabel",
        "age": "age",
    }
    same_columns(scored, export(model_scored, include_actuals=True), "id", names)

with check("ml.log_stream: a record at a time"):
    model_single = unique("single")
    common = {
        "space_id": SPACE,
        "model_name": model_single,
        "model_type": ModelTypes.SCORE_CATEGORICAL,
        "environment": Environments.PRODUCTION,
    }
    for n in range(3):
        future = service.ml.log_stream(
            **common,
            prediction_id=f"one-{n}",
            prediction_timestamp=START + n,
            prediction_label=("fraud", n / 4),
            actual_label="fine",
            features={"age": 30 + n},
            tags={"source": "日本"},
        )
        equal(future.result().status_code, 200, "status")
    received = export(model_single, include_actuals=True).sort_values("predictionID").reset_index(drop=True)
    equal(received["scorePredictionLabel"].tolist(), [0.0, 0.25, 0.5], "scores")
    equal(received["categoricalPredictionLabel"].tolist(), ["fraud"] * 3, "labels")
    equal(received["categoricalActualLabel"].tolist(), ["fine"] * 3, "actuals")
    equal(received["age"].tolist(), [30, 31, 32], "age")

with check("ml.log: 401 for an unknown key"):
    with refused(AuthenticationError, text="401"):
        log(rows.head(5), model, client=unknown)

with check("ml.log: 403 for a reader of the space, and nothing is stored"):
    name = unique("refused")
    with refused(AuthenticationError, text="403"):
        log(rows.head(5), name, client=reader)
    with refused(KeyError):
        export(name)

with check("ml.log: 404 for a space that does not exist"):
    with refused(APIError, text="404"):
        log(rows.head(5), model, space=ABSENT_SPACE)

with check("ml.export_to_df: unauthenticated with an unknown key"):
    with refused(flight.FlightUnauthenticatedError):
        export(model, client=unknown)

with check("ml.export_to_df: not found for a space that does not exist"):
    with refused(KeyError):
        export(model, space=ABSENT_SPACE)

# --- spans


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
            "attributes.output.value": [f"gut {n}" for n in range(count)],
            "attributes.llm.token_count.total": [n * 3 for n in range(count)],
            "attributes.metadata": [{"n": n} for n in range(count)],
        }
    )


project = unique("chat")
sent = spans(200)

with check("spans.log: 200 spans"):
    evaluations = pd.DataFrame({"context.span_id": sent["context.span_id"], "eval.tone.label": ["kind"] * len(sent), "eval.tone.score": [0.5] * len(sent)})
    response = service.spans.log(space_id=SPACE, project_name=project, dataframe=sent, evals_dataframe=evaluations)
    equal(response.status_code, 200, "status")

with check("spans.export_to_df: every value that was logged"):
    received = service.spans.export_to_df(space_id=SPACE, project_name=project, **WINDOW)
    names = {
        name: name
        for name in [
            "context.span_id",
            "context.trace_id",
            "name",
            "attributes.input.value",
            "attributes.output.value",
            "attributes.llm.token_count.total",
        ]
    }
    same_columns(sent, received, "context.span_id", names)
    holds((received["eval.tone.label"] == "kind").all(), "evaluations are missing")


with check("spans.export_to_parquet: the same spans in a file"):
    file = os.path.join(tempfile.mkdtemp(), "spans.parquet")
    service.spans.export_to_parquet(path=file, space_id=SPACE, project_name=project, **WINDOW)
    same_columns(sent, pd.read_parquet(file), "context.span_id", names)


def exported(client=service):
    frame = client.spans.export_to_df(space_id=SPACE, project_name=project, **WINDOW)
    return frame.set_index("context.span_id").loc[sent["context.span_id"]]


def evaluations_of(count, label):
    return pd.DataFrame(
        {
            "context.span_id": sent["context.span_id"].head(count),
            "eval.correct.label": [label] * count,
            "eval.correct.score": [n / 10 for n in range(count)],
            "eval.correct.explanation": ["because"] * count,
        }
    )


for way, more in [("Flight", {}), ("HTTP", {"force_http": True})]:
    with check(f"spans.update_evaluations: over {way}, joined to their spans"):
        service.spans.update_evaluations(space_id=SPACE, project_name=project, dataframe=evaluations_of(5, way), **more)
        found = exported()
        equal(found["eval.correct.label"].head(5).tolist(), [way] * 5, "labels")
        equal(found["eval.correct.score"].head(5).tolist(), [n / 10 for n in range(5)], "scores")
        holds(found["eval.correct.label"].iloc[5:].isna().all(), "another span has the evaluation")

with check("spans.update_evaluations: says how many spans it updated"):
    answer = service.spans.update_evaluations(space_id=SPACE, project_name=project, dataframe=evaluations_of(3, "again"))
    equal(answer.get("records_updated"), "3", "records_updated")

with check("spans.update_annotations: joined to their spans"):
    annotations = pd.DataFrame(
        {"context.span_id": sent["context.span_id"].head(2), "annotation.review.label": ["good", "bad"], "annotation.review.score": [1.0, 0.0]}
    )
    service.spans.update_annotations(space_id=SPACE, project_name=project, dataframe=annotations)
    equal(exported()["annotation.review.label"].head(2).tolist(), ["good", "bad"], "labels")

with check("spans.update_metadata: patches what is there"):
    patches = pd.DataFrame({"context.span_id": sent["context.span_id"].head(2), "patch_document": [{"reviewed": "yes"}, {"n": "changed"}]})
    service.spans.update_metadata(space_id=SPACE, project_name=project, dataframe=patches)
    metadata = exported()["attributes.metadata"].head(2).tolist()
    equal(metadata, [{"n": 0, "reviewed": "yes"}, {"n": "changed"}], "metadata")

with check("spans.update_evaluations: unauthorized for a reader of the space"):
    with refused(flight.FlightUnauthorizedError):
        reader.spans.update_evaluations(space_id=SPACE, project_name=project, dataframe=evaluations_of(1, "mine"))
    holds("mine" not in exported()["eval.correct.label"].tolist(), "it was written")

with check("spans.log: the project is there for REST"):
    equal(service.projects.get(project=project, space=SPACE).name, project, "project")

with check("spans.log: 403 for a reader of the space"):
    with refused(AuthenticationError, text="403"):
        reader.spans.log(space_id=SPACE, project_name=project, dataframe=spans(3))

with check("spans.export_to_df: a reader of the space may read"):
    equal(len(reader.spans.export_to_df(space_id=SPACE, project_name=project, **WINDOW)), len(sent), "spans")

with check("spans.log: no key in a refusal"):
    try:
        unknown.spans.log(space_id=SPACE, project_name=project, dataframe=spans(3))
        raise AssertionError("was answered")
    except AuthenticationError as error:
        holds(all(key not in str(error) for key in KEYS.values()), "the answer repeats a key")
