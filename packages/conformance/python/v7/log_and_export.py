"""arize 7.52: records by the pandas logger, read back by the exporter."""

from datetime import datetime, timedelta, timezone

import pandas as pd
from arize.exporter import ArizeExportClient, get_arize_schema
from arize.pandas.logger import Client
from arize.pandas.logger import Schema
from arize.utils.types import EmbeddingColumnNames, Environments, ModelTypes
from pyarrow import flight

from checks import HOST, KEYS, PLATFORM, PORT, SPACE, UNKNOWN_KEY, check, equal, holds, refused, unique
from frames import START, classification, regression, same_columns, seconds

URI = f"{PLATFORM['url'].rstrip('/')}/v1"
WINDOW = {
    "start_time": datetime.fromtimestamp(START - 60, tz=timezone.utc),
    "end_time": datetime.fromtimestamp(START, tz=timezone.utc) + timedelta(hours=2),
}


def logger(key=KEYS["service"], space=SPACE):
    return Client(api_key=key, space_id=space, uri=URI)


def export(model, key=KEYS["service"], space=SPACE, environment=Environments.PRODUCTION, **more):
    client = ArizeExportClient(api_key=key, host=HOST, port=PORT, scheme="grpc+tcp")
    return client.export_model_to_df(space_id=space, model_id=model, environment=environment, **{**WINDOW, **more})


def log(frame, schema, model, model_type, client=None, environment=Environments.PRODUCTION, **more):
    return (client or logger()).log(
        dataframe=frame, schema=schema, environment=environment, model_id=model, model_type=model_type, **more
    )


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

model = unique("delays")
rows = regression(20_000)

with check("Client.log: regression, 20 000 rows in two record batches"):
    response = log(rows, REGRESSION, model, ModelTypes.REGRESSION, model_version="1.0")
    equal(response.status_code, 200, "status")
    holds("realTimeIngestionUri" in response.json(), f"no realTimeIngestionUri in {response.text}")

with check("ArizeExportClient.export_model_to_df: every value that was logged, found by the client's own schema"):
    received = export(model, include_actuals=True)
    schema = get_arize_schema(received)
    names = {
        "id": schema.prediction_id_column_name,
        "predicted": schema.prediction_label_column_name or schema.prediction_score_column_name,
        "delay": schema.actual_label_column_name or schema.actual_score_column_name,
        "distance": "distance",
        "speed": "speed",
        "carrier": "carrier",
        "airport": next(name for name in schema.tag_column_names if name.startswith("airport")),
    }
    same_columns(rows, received, "id", names)
    ordered = received.sort_values(names["id"])
    equal(seconds(ordered["time"]), rows.sort_values("id")["ts"].tolist(), "time")

with check("ArizeExportClient.export_model_to_df: rows come back in the order of their time"):
    times = seconds(received["time"])
    equal(times, sorted(times), "time")

with check("ArizeExportClient.export_model_to_df: a window takes the rows inside it"):
    received = export(model, end_time=datetime.fromtimestamp(START + 100, tz=timezone.utc))
    equal(len(received), int((rows["ts"] < START + 100).sum()), "rows")

with check("ArizeExportClient.export_model_to_df: nothing from an environment of the model that has no rows"):
    equal(len(export(model, environment=Environments.TRAINING)), 0, "rows")

with check("ArizeExportClient.export_model_to_df: only the columns that were asked for"):
    received = export(model, columns=["distance"])
    holds("distance" in received.columns and "speed" not in received.columns, f"columns {sorted(received.columns)}")

with check("ArizeExportClient.export_model_to_parquet: a file with every row"):
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/rows.parquet"
        ArizeExportClient(api_key=KEYS["service"], host=HOST, port=PORT, scheme="grpc+tcp").export_model_to_parquet(
            path=path, space_id=SPACE, model_id=model, environment=Environments.PRODUCTION, **WINDOW
        )
        equal(len(pd.read_parquet(path)), len(rows), "rows")

with check("Client.log: score categorical, read back equal"):
    model_scored = unique("fraud")
    scored = classification(3_000)
    equal(log(scored, CATEGORICAL, model_scored, ModelTypes.SCORE_CATEGORICAL).status_code, 200, "status")
    received = export(model_scored, include_actuals=True)
    schema = get_arize_schema(received)
    names = {
        "id": schema.prediction_id_column_name,
        "label": schema.prediction_label_column_name,
        "score": schema.prediction_score_column_name,
        "truth": schema.actual_label_column_name,
        "truth_score": schema.actual_score_column_name,
        "age": "age",
    }
    same_columns(scored, received, "id", names)

with check("Client.log: nulls stay nulls"):
    model_nulls = unique("nulls")
    frame = regression(50)
    frame.loc[::5, "speed"] = None
    frame.loc[::7, "carrier"] = None
    equal(log(frame, REGRESSION, model_nulls, ModelTypes.REGRESSION).status_code, 200, "status")
    received = export(model_nulls).sort_values("predictionID").reset_index(drop=True)
    for column in ["speed", "carrier"]:
        equal(received[column].isna().tolist(), frame[column].isna().tolist(), column)

with check("Client.log: embeddings and SHAP values"):
    model_rich = unique("rich")
    frame = regression(40)
    frame["vector"] = [[float(n), n / 3, -1.5] for n in range(len(frame))]
    frame["text"] = [f"text {n}" for n in range(len(frame))]
    frame["distance_shap"] = [n / 7 for n in range(len(frame))]
    rich = Schema(
        prediction_id_column_name="id",
        timestamp_column_name="ts",
        feature_column_names=["distance"],
        shap_values_column_names={"distance": "distance_shap"},
        embedding_feature_column_names={"note": EmbeddingColumnNames(vector_column_name="vector", data_column_name="text")},
        prediction_label_column_name="predicted",
    )
    response = log(frame, rich, model_rich, ModelTypes.REGRESSION)
    equal(response.status_code, 200, response.text)
    received = export(model_rich)
    embedding = get_arize_schema(received).embedding_feature_column_names["note"]
    ordered = received.sort_values("predictionID").reset_index(drop=True)
    equal([list(vector) for vector in ordered[embedding.vector_column_name]], frame["vector"].tolist(), "vector")
    equal(ordered[embedding.data_column_name].tolist(), frame["text"].tolist(), "text")

with check("Client.log: training and validation sets are kept apart"):
    model_sets = unique("sets")
    equal(log(regression(10), REGRESSION, model_sets, ModelTypes.REGRESSION, environment=Environments.TRAINING).status_code, 200, "status")
    validation = {"environment": Environments.VALIDATION, "batch_id": "first"}
    equal(log(regression(5), REGRESSION, model_sets, ModelTypes.REGRESSION, **validation).status_code, 200, "status")
    equal(len(export(model_sets, environment=Environments.TRAINING)), 10, "training rows")
    equal(len(export(model_sets, environment=Environments.VALIDATION, batch_id="first")), 5, "validation rows")
    equal(len(export(model_sets, environment=Environments.PRODUCTION)), 0, "production rows")

with check("Client.log: ranking"):
    frame = regression(60)
    frame["group"] = [f"g{n // 10}" for n in range(60)]
    frame["rank"] = [n % 10 + 1 for n in range(60)]
    ranking = Schema(
        prediction_id_column_name="id",
        timestamp_column_name="ts",
        prediction_group_id_column_name="group",
        rank_column_name="rank",
        feature_column_names=["distance"],
    )
    model_ranking = unique("ranking")
    response = log(frame, ranking, model_ranking, ModelTypes.RANKING)
    equal(response.status_code, 200, response.text)
    received = export(model_ranking)
    schema = get_arize_schema(received)
    names = {"id": "predictionID", "group": schema.prediction_group_id_column_name, "rank": schema.rank_column_name}
    same_columns(frame, received, "id", names)

with check("arize.api.Client.log: a record at a time, and its actual later"):
    from arize.api import Client as RecordClient

    single = RecordClient(api_key=KEYS["service"], space_id=SPACE, uri=URI)
    model_single = unique("single")
    common = {"model_id": model_single, "model_type": ModelTypes.REGRESSION, "environment": Environments.PRODUCTION}
    for n in range(3):
        prediction = {"prediction_id": f"one-{n}", "prediction_timestamp": START + n, "prediction_label": 1.5 * n}
        equal(single.log(**common, **prediction, features={"distance": 100 + n, "carrier": "Zoë"}).result().status_code, 200, "status")
    equal(single.log(**common, prediction_id="one-1", actual_label=7.25).result().status_code, 200, "status of the actual")
    received = export(model_single, include_actuals=True).sort_values("predictionID").reset_index(drop=True)
    equal(received["predictionID"].tolist(), ["one-0", "one-1", "one-2"], "ids")
    equal(received["numericPredictionLabel"].tolist(), [0.0, 1.5, 3.0], "predictions")
    equal(received["distance"].tolist(), [100, 101, 102], "distance")
    equal(received["carrier"].tolist(), ["Zoë"] * 3, "carrier")
    equal(received["numericActualLabel"].iloc[1], 7.25, "actual")

with check("arize.api.Client.log: 401 for an unknown key, 403 for a reader of the space"):
    for key, status in [(UNKNOWN_KEY, 401), (KEYS["readOnly"], 403)]:
        one = RecordClient(api_key=key, space_id=SPACE, uri=URI)
        equal(one.log(**common, prediction_id="x", prediction_label=1.0).result().status_code, status, "status")

with check("Client.log: actuals that come later join their predictions"):
    model_late = unique("late")
    frame = regression(100)
    predictions = Schema(
        prediction_id_column_name="id",
        timestamp_column_name="ts",
        feature_column_names=["distance"],
        prediction_label_column_name="predicted",
    )
    actuals = Schema(prediction_id_column_name="id", actual_label_column_name="delay")
    equal(log(frame, predictions, model_late, ModelTypes.REGRESSION).status_code, 200, "predictions")
    equal(log(frame, actuals, model_late, ModelTypes.REGRESSION).status_code, 200, "actuals")
    names = {"id": "predictionID", "predicted": "numericPredictionLabel", "delay": "numericActualLabel", "distance": "distance"}
    same_columns(frame, export(model_late, include_actuals=True), "id", names)

with check("Client.log: 401 for an unknown key, and nothing is stored"):
    name = unique("refused")
    response = log(regression(5), REGRESSION, name, ModelTypes.REGRESSION, client=logger(UNKNOWN_KEY))
    equal(response.status_code, 401, response.text)
    with refused(KeyError):
        export(name)

with check("Client.log: 403 for a reader of the space, and nothing is stored"):
    name = unique("refused")
    response = log(regression(5), REGRESSION, name, ModelTypes.REGRESSION, client=logger(KEYS["readOnly"]))
    equal(response.status_code, 403, response.text)
    with refused(KeyError):
        export(name)

with check("Client.log: 404 for a space that does not exist"):
    response = log(regression(5), REGRESSION, model, ModelTypes.REGRESSION, client=logger(space="U3BhY2U6OTg3NjU0MzIxOnpaelo="))
    equal(response.status_code, 404, response.text)

with check("Client.log: no key in any answer"):
    for key in [UNKNOWN_KEY, KEYS["readOnly"]]:
        response = log(regression(5), REGRESSION, model, ModelTypes.REGRESSION, client=logger(key))
        holds(key not in response.text, "the answer repeats the key")

with check("ArizeExportClient.export_model_to_df: a reader of the space may read"):
    equal(len(export(model, key=KEYS["readOnly"])), len(rows), "rows")

with check("ArizeExportClient.export_model_to_df: unauthenticated with an unknown key"):
    with refused(flight.FlightUnauthenticatedError):
        export(model, key=UNKNOWN_KEY)

with check("ArizeExportClient.export_model_to_df: not found for a model that does not exist"):
    with refused(KeyError):
        export(unique("absent"))

with check("ArizeExportClient.export_model_to_df: not found for a space that does not exist"):
    with refused(KeyError):
        export(model, space="U3BhY2U6OTg3NjU0MzIxOnpaelo=")
