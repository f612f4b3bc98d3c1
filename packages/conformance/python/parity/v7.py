"""arize 7.52: every case through the calls that its users make."""

from arize.api import Client as RecordClient
from arize.pandas.logger import Client, Schema
from arize.utils import types
from arize.utils.types import CorpusSchema

from common import FLIGHT_PORT, HOST, HTTP_PORT, KEY, SPACE, frame_of, record_of, run, schema_of

URI = f"http://{HOST}:{HTTP_PORT}/v1"
tables = Client(api_key=KEY, space_id=SPACE, uri=URI, host=HOST, port=FLIGHT_PORT, scheme="grpc+tcp")
records = RecordClient(api_key=KEY, space_id=SPACE, uri=URI)
CALLS = {
    "logSpans": tables.log_spans,
    "logEvaluations": tables.log_evaluations,
    "logEvaluationsSync": tables.log_evaluations_sync,
    "logAnnotations": tables.log_annotations,
    "logMetadata": tables.log_metadata,
}


def send(case):
    if case["call"] == "stream":
        records.log(model_id=case["id"], **record_of(case, types)).result()
    elif case["call"] == "log":
        tables.log(
            dataframe=frame_of(case),
            schema=schema_of(case, types, Schema, CorpusSchema),
            environment=types.Environments[case["environment"]],
            model_id=case["id"],
            model_type=types.ModelTypes["GENERATIVE_LLM" if case["environment"] == "CORPUS" else case["modelType"]],
            model_version="1",
            batch_id=case.get("batchId"),
            sync=True,
        )
    else:
        CALLS[case["call"]](dataframe=frame_of(case), project_name=case["id"])


run("v7", send)
