"""Records of the model types beside regression and scores, for the clients of both generations: sent whole and one at a time, read back."""

import json

import numpy as np
import pandas as pd

from checks import check, equal, holds, unique
from frames import START

COUNT = 40
BASE = {"id": [f"row-{n:03d}" for n in range(COUNT)], "ts": [START + n for n in range(COUNT)], "size": [float(n) for n in range(COUNT)]}
COMMON = {"prediction_id_column_name": "id", "timestamp_column_name": "ts", "feature_column_names": ["size"]}


def plain(value):
    """A cell without numpy in it, so that cells of any depth can be compared."""
    if isinstance(value, np.ndarray) or isinstance(value, (list, tuple)):
        # A map comes back as its entries.
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return value.item() if isinstance(value, np.generic) else value


def classes(cell):
    """Scores by class, in whatever way an export spells them."""
    cell = json.loads(cell) if isinstance(cell, str) else plain(cell)
    if isinstance(cell, dict):
        return cell
    pairs = [(item["class_name"], item["score"]) if isinstance(item, dict) else tuple(item) for item in cell]
    return dict(pairs)


def coordinates(cell):
    return json.loads(cell) if isinstance(cell, str) else plain(cell)


def same(sent, received, read=plain):
    equal([read(cell) for cell in received], [plain(cell) for cell in sent], "cells")


def batches(types, log, export, call):
    """`types` is the module of the client's types, `log(frame, schema, model, model_type)` sends, `export(model)` reads back."""

    def stored(frame, model_type, **schema):
        model = unique("model")
        response = log(frame, types.Schema(**COMMON, **schema), model, model_type)
        equal(response.status_code, 200, response.text)
        received = export(model).sort_values("predictionID").reset_index(drop=True)
        equal(received["predictionID"].tolist(), BASE["id"], "ids")
        same(BASE["size"], received["size"])
        return received

    with check(f"{call}: binary classification, read back equal"):
        frame = pd.DataFrame({**BASE, "label": ["yes", "no"] * 20, "score": [n / 40 for n in range(COUNT)], "truth": ["no", "no"] * 20})
        received = stored(
            frame, types.ModelTypes.BINARY_CLASSIFICATION,
            prediction_label_column_name="label", prediction_score_column_name="score", actual_label_column_name="truth",
        )
        for column, name in {"label": "categoricalPredictionLabel", "score": "scorePredictionLabel", "truth": "categoricalActualLabel"}.items():
            same(frame[column], received[name])

    with check(f"{call}: numeric, read back equal"):
        frame = pd.DataFrame({**BASE, "predicted": [n * 1.5 for n in range(COUNT)], "actual": [n * 2.5 for n in range(COUNT)]})
        received = stored(frame, types.ModelTypes.NUMERIC, prediction_label_column_name="predicted", actual_label_column_name="actual")
        same(frame["predicted"], received["numericPredictionLabel"])
        same(frame["actual"], received["numericActualLabel"])

    with check(f"{call}: multi-class, scores and thresholds by class"):
        scores = [[{"class_name": "a", "score": n / 80}, {"class_name": "b", "score": 1 - n / 80}] for n in range(COUNT)]
        limits = [[{"class_name": "a", "score": 0.25}, {"class_name": "b", "score": 0.5}] for _ in range(COUNT)]
        truth = [[{"class_name": "a", "score": 0.0}, {"class_name": "b", "score": 1.0}] for _ in range(COUNT)]
        received = stored(
            pd.DataFrame({**BASE, "scores": scores, "limits": limits, "truth": truth}), types.ModelTypes.MULTI_CLASS,
            prediction_score_column_name="scores", multi_class_threshold_scores_column_name="limits", actual_score_column_name="truth",
        )
        for sent, name in [(scores, "multiClassPredictionScores"), (limits, "multiClassThresholdScores"), (truth, "multiClassActualScores")]:
            same([classes(cell) for cell in sent], received[name], classes)

    with check(f"{call}: object detection, boxes with categories and scores"):
        boxes = [[[n + 0.5, 1.0, n + 10.0, 20.0], [0.0, 0.0, 5.0, 5.0]] for n in range(COUNT)]
        frame = pd.DataFrame({**BASE, "boxes": boxes, "what": [["dog", "cat"]] * COUNT, "how": [[0.5, 0.25]] * COUNT})
        names = types.ObjectDetectionColumnNames(
            bounding_boxes_coordinates_column_name="boxes", categories_column_name="what", scores_column_name="how"
        )
        seen = types.ObjectDetectionColumnNames(bounding_boxes_coordinates_column_name="boxes", categories_column_name="what")
        received = stored(
            frame, types.ModelTypes.OBJECT_DETECTION,
            object_detection_prediction_column_names=names, object_detection_actual_column_names=seen,
        )
        same(boxes, received["boxPredictionCoordinates"], coordinates)
        same(boxes, received["boxActualCoordinates"], coordinates)
        same(frame["what"], received["boxPredictionLabel"])
        same(frame["how"], received["boxPredictionScores"])

    with check(f"{call}: semantic segmentation, polygons with categories"):
        polygons = [[[n + 0.5, 1.0, 10.0, 2.0, 3.0, 9.0]] for n in range(COUNT)]
        names = types.SemanticSegmentationColumnNames(polygon_coordinates_column_name="polygons", categories_column_name="what")
        received = stored(
            pd.DataFrame({**BASE, "polygons": polygons, "what": [["road"]] * COUNT}), types.ModelTypes.OBJECT_DETECTION,
            semantic_segmentation_prediction_column_names=names,
        )
        same(polygons, received["semanticSegmentationPolygonPredictionCoordinates"], coordinates)
        same([["road"]] * COUNT, received["semanticSegmentationPolygonPredictionLabels"])

    with check(f"{call}: instance segmentation, polygons with their boxes, categories and scores"):
        polygons = [[[n + 0.5, 1.0, 10.0, 2.0, 3.0, 9.0], [0.0, 0.0, 4.0, 0.0, 4.0, 3.0, 0.0, 3.0]] for n in range(COUNT)]
        boxes = [[[0.5, 1.0, n + 10.0, 9.0], [0.0, 0.0, 4.0, 3.0]] for n in range(COUNT)]
        frame = pd.DataFrame({**BASE, "polygons": polygons, "boxes": boxes, "what": [["dog", ""]] * COUNT, "how": [[0.5, 1.0]] * COUNT})
        common = {"polygon_coordinates_column_name": "polygons", "categories_column_name": "what", "bounding_boxes_coordinates_column_name": "boxes"}
        received = stored(
            frame, types.ModelTypes.OBJECT_DETECTION,
            instance_segmentation_prediction_column_names=types.InstanceSegmentationPredictionColumnNames(**common, scores_column_name="how"),
            instance_segmentation_actual_column_names=types.InstanceSegmentationActualColumnNames(**common),
        )
        for side in ["Prediction", "Actual"]:
            same(polygons, received[f"instanceSegmentationPolygon{side}Coordinates"], coordinates)
            same(boxes, received[f"instanceSegmentationBox{side}Coordinates"], coordinates)
            same(frame["what"], received[f"instanceSegmentationPolygon{side}Labels"])
        same(frame["how"], received["instanceSegmentationPolygonPredictionScores"])

    with check(f"{call}: instance segmentation, polygons alone"):
        received = stored(
            frame, types.ModelTypes.OBJECT_DETECTION,
            instance_segmentation_prediction_column_names=types.InstanceSegmentationPredictionColumnNames("polygons", "what"),
        )
        same(polygons, received["instanceSegmentationPolygonPredictionCoordinates"], coordinates)
        holds(not any("Box" in name or "Scores" in name for name in received), list(received))

    with check(f"{call}: a corpus of documents is taken"):
        frame = pd.DataFrame({"doc": BASE["id"], "version": ["1"] * COUNT, "text": ["words"] * COUNT, "vector": [[0.1, 0.2, n * 1.0] for n in range(COUNT)]})
        corpus = types.CorpusSchema(
            document_id_column_name="doc", document_version_column_name="version",
            document_text_embedding_column_names=types.EmbeddingColumnNames(vector_column_name="vector", data_column_name="text"),
        )
        response = log(frame, corpus, unique("corpus"), types.ModelTypes.REGRESSION, types.Environments.CORPUS)
        equal(response.status_code, 200, response.text)


def impossible_shapes(types, refusal, call):
    """`refusal(frame, schema)` sends what the client did not check, and answers status and text of the platform's refusal."""
    polygon, box = [0.0, 0.0, 4.0, 0.0, 4.0, 3.0], [0.0, 0.0, 4.0, 3.0]
    good = {"polygons": [polygon], "boxes": [box], "what": ["dog"], "how": [0.5]}
    names = types.InstanceSegmentationPredictionColumnNames("polygons", "what", "how", "boxes")
    schema = types.Schema(**COMMON, instance_segmentation_prediction_column_names=names)
    for what, field, bad in [
        ("a polygon that crosses itself", "polygons", [[0.0, 0.0, 4.0, 3.0, 4.0, 0.0, 0.0, 3.0]]),
        ("a polygon of two vertices", "polygons", [[0.0, 0.0, 4.0, 3.0]]),
        ("a box without area", "boxes", [[0.0, 0.0, 0.0, 3.0]]),
        ("a score above 1", "how", [1.5]),
    ]:
        with check(f"{call} without validation: instance segmentation with {what} is refused by the platform, which names its row"):
            cells = {name: [value] * COUNT for name, value in good.items()}
            cells[field] = [*cells[field][:7], bad, *cells[field][8:]]
            status, text = refusal(pd.DataFrame({**BASE, **cells}), schema)
            equal(status, 400, text)
            holds(f'"{field}"' in text.replace("\\", "") and "row 7" in text, text)


def singles(types, send, export, call):
    """`send(model, model_type, **record)` sends one record and answers its status."""

    def stored(model_type, **record):
        model = unique("model")
        equal(send(model, model_type, prediction_id="one", prediction_timestamp=START, **record), 200, "status")
        return export(model).iloc[0]

    with check(f"{call}: binary classification, numeric, and labels with a score"):
        row = stored(types.ModelTypes.BINARY_CLASSIFICATION, prediction_label="yes", actual_label="no")
        equal((row["categoricalPredictionLabel"], row["categoricalActualLabel"]), ("yes", "no"), "labels")
        row = stored(types.ModelTypes.NUMERIC, prediction_label=1.5, actual_label=2)
        equal((row["numericPredictionLabel"], row["numericActualLabel"]), (1.5, 2.0), "labels")
        row = stored(types.ModelTypes.BINARY_CLASSIFICATION, prediction_label=("yes", 0.75))
        equal((row["categoricalPredictionLabel"], row["scorePredictionLabel"]), ("yes", 0.75), "label and score")

    with check(f"{call}: multi-class"):
        row = stored(
            types.ModelTypes.MULTI_CLASS,
            prediction_label=types.MultiClassPredictionLabel(prediction_scores={"a": 0.25, "b": 0.75}),
            actual_label=types.MultiClassActualLabel(actual_scores={"a": 0, "b": 1}),
        )
        equal(classes(row["multiClassPredictionScores"]), {"a": 0.25, "b": 0.75}, "scores")
        holds(classes(row["multiClassActualScores"]).get("b") == 1, "the actual class is missing")

    with check(f"{call}: ranking"):
        row = stored(types.ModelTypes.RANKING, prediction_label=types.RankingPredictionLabel(group_id="g", rank=3, score=0.5))
        equal((row["predictionGroupID"], row["ranking:rank"]), ("g", 3), "group and rank")

    with check(f"{call}: object detection"):
        boxes = types.ObjectDetectionLabel(bounding_boxes_coordinates=[[0.5, 1.0, 10.0, 20.0]], categories=["dog"], scores=[0.5])
        image = types.Embedding(vector=[0.25, 0.5], link_to_data="https://x/image.png")
        row = stored(types.ModelTypes.OBJECT_DETECTION, prediction_label=boxes, embedding_features={"image": image})
        equal(coordinates(row["boxPredictionCoordinates"]), [[0.5, 1.0, 10.0, 20.0]], "coordinates")
        equal(plain(row["boxPredictionLabel"]), ["dog"], "categories")

    with check(f"{call}: instance segmentation"):
        polygons, frames = [[0.5, 1.0, 10.0, 2.0, 3.0, 9.0], [0.0, 0.0, 4.0, 0.0, 4.0, 3.0]], [[0.5, 1.0, 10.0, 9.0], [0.0, 0.0, 4.0, 3.0]]
        row = stored(
            types.ModelTypes.OBJECT_DETECTION,
            prediction_label=types.InstanceSegmentationPredictionLabel(polygons, ["dog", ""], [0.0, 0.5], frames),
            actual_label=types.InstanceSegmentationActualLabel(polygons, ["cat", "dog"], frames),
            embedding_features={"image": image},
        )
        for side, categories in [("Prediction", ["dog", ""]), ("Actual", ["cat", "dog"])]:
            equal(coordinates(row[f"instanceSegmentationPolygon{side}Coordinates"]), polygons, "polygons")
            equal(coordinates(row[f"instanceSegmentationBox{side}Coordinates"]), frames, "boxes")
            equal(plain(row[f"instanceSegmentationPolygon{side}Labels"]), categories, "categories")
        equal(plain(row["instanceSegmentationPolygonPredictionScores"]), [0.0, 0.5], "scores")

    with check(f"{call}: instance segmentation, polygons alone"):
        row = stored(
            types.ModelTypes.OBJECT_DETECTION, embedding_features={"image": image},
            prediction_label=types.InstanceSegmentationPredictionLabel(polygons, ["dog", "cat"]),
        )
        equal(coordinates(row["instanceSegmentationPolygonPredictionCoordinates"]), polygons, "polygons")
        holds(not any("Box" in name or "Scores" in name for name in row.index), list(row.index))

    with check(f"{call}: embeddings, tags and SHAP values"):
        row = stored(
            types.ModelTypes.REGRESSION, prediction_label=1.0, features={"size": 2.5, "what": ["a", "b"]}, tags={"place": "日本"},
            embedding_features={"text": types.Embedding(vector=[0.25, 0.5, 0.75], data="words", link_to_data="https://x")},
            shap_values={"size": 0.125},
        )
        equal((row["size"], plain(row["what"]), row["place__tag"], row["size__shap"]), (2.5, ["a", "b"], "日本", 0.125), "values")
        equal(plain(row["text__embVector"]), [0.25, 0.5, 0.75], "vector")
        equal((row["text__rawData"], row["text__linkToData"]), ("words", "https://x"), "data")
