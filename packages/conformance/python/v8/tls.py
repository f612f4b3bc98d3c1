"""arize 8.42 against the platform with TLS: one port, one certificate authority, no plain text anywhere."""

import os
import time
import uuid
from datetime import datetime, timedelta, timezone

CERTIFICATE = os.environ["AXLAB_CERTIFICATE"]
# This client hands its CA to REST, Flight and OTLP, and leaves uploads over HTTP to what requests reads.
os.environ.update({"ARIZE_SSL_CA_CERT": CERTIFICATE, "REQUESTS_CA_BUNDLE": CERTIFICATE})

import pandas as pd  # noqa: E402
from arize import ArizeClient  # noqa: E402

from checks import KEYS, PORT, SPACE, check, equal, unique  # noqa: E402

os.environ.update({"ARIZE_SINGLE_HOST": "127.0.0.1", "ARIZE_SINGLE_PORT": str(PORT), "ARIZE_API_SCHEME": "https", "ARIZE_OTLP_SCHEME": "https"})
os.environ.update({"ARIZE_ENABLE_CACHING": "false"})
client = ArizeClient(api_key=KEYS["admin"])
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
AT = {"space_id": SPACE, "project_name": project}

with check("ARIZE_SSL_CA_CERT: REST over TLS"):
    equal([space.id for space in client.spaces.list().spaces if space.id == SPACE], [SPACE], "spaces")

with check("spans.log: HTTP upload over TLS, export by Flight over TLS on the same port"):
    client.spans.log(**AT, dataframe=sent)
    now = datetime.now(timezone.utc)
    found = client.spans.export_to_df(**AT, start_time=now - timedelta(hours=1), end_time=now + timedelta(hours=1))
    equal(sorted(found["name"]), sorted(sent["name"]), "names")

with check("spans.update_evaluations: Flight DoPut over TLS"):
    evaluations = pd.DataFrame({"context.span_id": sent["context.span_id"].head(2), "eval.a.label": ["x", "y"]})
    equal(client.spans.update_evaluations(**AT, dataframe=evaluations)["records_updated"], "2", "records_updated")
