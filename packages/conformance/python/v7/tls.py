"""arize 7.52 against the platform with TLS, on localhost, where this client checks no certificate over Flight."""

import inspect
import os
import time
import uuid
from datetime import datetime, timedelta, timezone

import pandas as pd
from arize.exporter import ArizeExportClient
from arize.pandas.logger import Client
from arize.utils.types import Environments

from checks import KEYS, PORT, SPACE, check, equal, unique

project = unique("tls")
start = time.time_ns() - 60 * 10**9
sent = pd.DataFrame(
    {
        "context.trace_id": [uuid.uuid4().hex for _ in range(20)],
        "context.span_id": [uuid.uuid4().hex[:16] for _ in range(20)],
        "name": [f"step {n}" for n in range(20)],
        "start_time": [start + n for n in range(20)],
        "end_time": [start + n + 5 for n in range(20)],
    }
)
# Older versions take the key for Flight by itself, and do nothing over Flight without it.
apart = {"developer_key": KEYS["service"]} if "developer_key" in inspect.signature(Client).parameters else {}
logger = Client(
    api_key=KEYS["service"],
    **apart,
    space_id=SPACE,
    uri=f"https://localhost:{PORT}/v1",
    host="localhost",
    port=PORT,
    request_verify=os.environ["AXLAB_CERTIFICATE"],
)

with check("Client.log_spans over TLS; ArizeExportClient on localhost, scheme grpc+tls"):
    response = logger.log_spans(dataframe=sent, project_name=project)
    equal(response.status_code, 200, response.text)
    now = datetime.now(timezone.utc)
    exporter = ArizeExportClient(api_key=KEYS["service"], host="localhost", port=PORT)
    window = {"start_time": now - timedelta(hours=1), "end_time": now + timedelta(hours=1)}
    found = exporter.export_model_to_df(space_id=SPACE, model_id=project, environment=Environments.TRACING, **window)
    equal(sorted(found["name"]), sorted(sent["name"]), "names")

with check("Client.log_evaluations_sync: Flight DoPut over TLS"):
    evaluations = pd.DataFrame({"context.span_id": sent["context.span_id"].head(2), "eval.a.label": ["x", "y"]})
    equal(logger.log_evaluations_sync(dataframe=evaluations, project_name=project).records_updated, 2, "records_updated")
