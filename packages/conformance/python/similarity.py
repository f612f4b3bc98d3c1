"""Exports of similar records, for the clients of both generations."""

from datetime import datetime, timedelta, timezone

import numpy as np
import pandas as pd

from checks import check, equal, holds, refused, unique
from frames import START

COUNT = 500
AT = datetime.fromtimestamp(START, tz=timezone.utc)


def cosines(vectors, reference):
    vectors, reference = np.array(vectors), np.array(reference)
    return vectors @ reference / (np.linalg.norm(vectors, axis=1) * np.linalg.norm(reference))


def searches(types, log, export, call, refusal):
    """`log(frame, schema, model)` sends, `export(model, **arguments)` reads, which fails with `refusal` where the platform refuses."""
    random = np.random.default_rng(5)
    vectors = random.normal(size=(COUNT, 8))
    frame = pd.DataFrame(
        {
            "id": [f"row-{n:03d}" for n in range(COUNT)],
            "ts": [START + n for n in range(COUNT)],
            "predicted": random.normal(size=COUNT),
            "kind": ["odd" if n % 2 else "even" for n in range(COUNT)],
            "vector": vectors.tolist(),
            "words": ["some"] * COUNT,
        }
    )
    schema = types.Schema(
        prediction_id_column_name="id", timestamp_column_name="ts", prediction_label_column_name="predicted", feature_column_names=["kind"],
        embedding_feature_column_names={"text": types.EmbeddingColumnNames(vector_column_name="vector", data_column_name="words")},
    )
    model = unique("similar")
    reference = types.SimilarityReference

    def found(references, threshold, column="text", **more):
        params = types.SimilaritySearchParams(references=references, search_column_name=column, threshold=threshold)
        return export(model, similarity_search_params=params, **more)

    with check(f"{call}: records similar to another, and their values"):
        response = log(frame, schema, model)
        equal(response.status_code, 200, response.text)
        near = cosines(vectors, vectors[7])
        received = found([reference("row-007", "text")], 0.4)
        equal(sorted(received["predictionID"]), frame["id"][near >= 0.4].tolist(), "ids")
        holds(1 < len(received) < COUNT, f"{len(received)} rows prove nothing")
        by_id = received.set_index("predictionID")["text__embVector"]
        equal(by_id["row-007"].tolist(), vectors[7].tolist(), "vector")

    with check(f"{call}: similar to one of several, found by id and time"):
        references = [reference(f"row-{n:03d}", "text__embVector", AT + timedelta(seconds=n)) for n in [3, 9]]
        either = np.maximum(cosines(vectors, vectors[3]), cosines(vectors, vectors[9]))
        equal(sorted(found(references, 0.6, "text__embVector")["predictionID"]), frame["id"][either >= 0.6].tolist(), "ids")

    with check(f"{call}: similar records that a condition holds for"):
        near = (cosines(vectors, vectors[7]) >= 0) & (frame["kind"] == "odd")
        equal(sorted(found([reference("row-007", "text")], 0, where="kind = 'odd'")["predictionID"]), frame["id"][near].tolist(), "ids")

    for what, arguments, text in [
        ("a reference that there is not", ([reference("row-999", "text")], 0), 'there is no record "row-999"'),
        ("an embedding that there is not", ([reference("row-007", "text")], 0, "image"), 'there is no embedding "image"'),
        ("a reference without that embedding", ([reference("row-007", "image")], 0), 'has no vector "image"'),
        ("a reference of another time", ([reference("row-007", "text", AT)], 0), "the record \"row-007\" is of"),
    ]:
        with check(f"{call}: {what} is refused"):
            with refused(refusal, text=text):
                found(*arguments)
