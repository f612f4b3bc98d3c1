"""arize 8.42: every case through the calls that its users make."""

import os
import tempfile

from common import FLIGHT_PORT, HOST, HTTP_PORT, KEY, SPACE, frame_of, record_of, run, schema_of

os.environ.update(
    {
        "ARIZE_API_HOST": HOST,
        "ARIZE_API_PORT": str(HTTP_PORT),
        "ARIZE_API_SCHEME": "http",
        "ARIZE_FLIGHT_HOST": HOST,
        "ARIZE_FLIGHT_PORT": str(FLIGHT_PORT),
        "ARIZE_FLIGHT_SCHEME": "grpc+tcp",
        "ARIZE_ENABLE_CACHING": "false",
        "ARIZE_DIRECTORY": tempfile.mkdtemp(prefix="axlab-arize-"),
    }
)

from arize import ArizeClient  # noqa: E402
from arize.ml import types  # noqa: E402

client = ArizeClient(api_key=KEY)
CALLS = {
    "logSpans": client.spans.log,
    "logEvaluations": lambda **more: client.spans.update_evaluations(force_http=True, **more),
    "logEvaluationsSync": client.spans.update_evaluations,
    "logAnnotations": client.spans.update_annotations,
    "logMetadata": client.spans.update_metadata,
}


def send(case):
    if case["call"] == "stream":
        client.ml.log_stream(space_id=SPACE, model_name=case["id"], **record_of(case, types)).result()
    elif case["call"] == "log":
        client.ml.log(
            space_id=SPACE,
            model_name=case["id"],
            model_type=types.ModelTypes[case["modelType"]],
            model_version="1",
            dataframe=frame_of(case),
            schema=schema_of(case, types, types.Schema, types.CorpusSchema),
            environment=types.Environments[case["environment"]],
            batch_id=case.get("batchId", ""),
        )
    else:
        CALLS[case["call"]](space_id=SPACE, project_name=case["id"], dataframe=frame_of(case))


run("v8", send)
