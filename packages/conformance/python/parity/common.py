"""Cases of the parity suite (src/parity/cases) as the official clients take them. One JSON line on stdout a case."""

import json
import os
import re
import sys
import traceback

import pandas as pd

SETUP = json.loads(os.environ["AXLAB_PARITY"])
KEY, SPACE, HOST = SETUP["key"], SETUP["space"], SETUP["host"]
HTTP_PORT, FLIGHT_PORT = SETUP["httpPort"], SETUP["flightPort"]

NAMES_OF = {
    "prompt_column_names": "EmbeddingColumnNames",
    "response_column_names": "EmbeddingColumnNames",
    "document_text_embedding_column_names": "EmbeddingColumnNames",
    "object_detection_prediction_column_names": "ObjectDetectionColumnNames",
    "object_detection_actual_column_names": "ObjectDetectionColumnNames",
    "semantic_segmentation_prediction_column_names": "SemanticSegmentationColumnNames",
    "semantic_segmentation_actual_column_names": "SemanticSegmentationColumnNames",
    "instance_segmentation_prediction_column_names": "InstanceSegmentationPredictionColumnNames",
    "instance_segmentation_actual_column_names": "InstanceSegmentationActualColumnNames",
    "prompt_template_column_names": "PromptTemplateColumnNames",
    "llm_config_column_names": "LLMConfigColumnNames",
    "llm_run_metadata_column_names": "LLMRunMetadataColumnNames",
    "feature_column_names": "TypedColumns",
    "tag_column_names": "TypedColumns",
}


def snake(name):
    return re.sub(r"([A-Z])", lambda match: "_" + match.group(1).lower(), name)


def members(values):
    return {snake(name): value for name, value in values.items()}


def schema_of(case, types, Schema, CorpusSchema):
    fields = {}
    for name, value in members(case["schema"]).items():
        if name == "embedding_feature_column_names":
            value = {shown: types.EmbeddingColumnNames(**members(columns)) for shown, columns in value.items()}
        elif name in NAMES_OF and isinstance(value, dict):
            value = getattr(types, NAMES_OF[name])(**members(value))
        fields[name] = value
    return (CorpusSchema if case["environment"] == "CORPUS" else Schema)(**fields)


def frame_of(case):
    frame = pd.DataFrame(case["columns"])
    for column in case.get("times", []):
        frame[column] = pd.to_datetime(frame[column], utc=True)
    return frame


def label_of(value, types, actual):
    if isinstance(value, list):
        category, score = value
        return category, float(score)
    if not isinstance(value, dict):
        return value
    fields = members(value)
    if "group_id" in fields:
        return types.RankingPredictionLabel(**fields)
    if "relevance_labels" in fields:
        return types.RankingActualLabel(**fields)
    if "prediction_scores" in fields:
        return types.MultiClassPredictionLabel(**fields)
    if "actual_scores" in fields:
        return types.MultiClassActualLabel(**fields)
    if fields.pop("instances", False):
        return (types.InstanceSegmentationActualLabel if actual else types.InstanceSegmentationPredictionLabel)(**fields)
    if "polygon_coordinates" in fields:
        return types.SemanticSegmentationLabel(**fields)
    return types.ObjectDetectionLabel(**fields)


def embedding_of(value, types):
    return types.Embedding(**{"vector": None, **members(value)}) if isinstance(value, dict) else value


def record_of(case, types):
    """Arguments of a single-record call, without those that name model and space."""
    fields = members(case["record"])
    fields["model_type"] = types.ModelTypes[fields["model_type"]]
    fields["environment"] = types.Environments[fields["environment"]]
    for name, actual in [("prediction_label", False), ("actual_label", True)]:
        if name in fields:
            fields[name] = label_of(fields[name], types, actual)
    if "embedding_features" in fields:
        fields["embedding_features"] = {shown: embedding_of(value, types) for shown, value in fields["embedding_features"].items()}
    for name in ["prompt", "response"]:
        if name in fields:
            fields[name] = embedding_of(fields[name], types)
    if "llm_run_metadata" in fields:
        fields["llm_run_metadata"] = types.LLMRunMetadata(**members(fields["llm_run_metadata"]))
    return fields


def run(client, send):
    """Sends every case that the client can; one that fails is told and the rest go on."""
    stdout = sys.stdout
    with open(SETUP["cases"], encoding="utf-8") as file:
        cases = [case for case in json.load(file) if client in case.get("only", [client])]
    for case in cases:
        ok, detail = True, ""
        try:
            send(case)
        except Exception:
            ok, detail = False, traceback.format_exc(limit=-6)[-4000:]
        stdout.write("\n" + json.dumps({"name": case["id"], "ok": ok, "detail": detail}) + "\n")
        stdout.flush()
