"""What the toolkit's checks work on: clients, and records, spans and datasets put there over the other surfaces."""

import time
from datetime import datetime, timedelta, timezone

import requests
from arize_toolkit import Client
from checks import HOST, KEYS, PLATFORM, PORT, SPACE, unique

URL = f"http://{HOST}:{PORT}"


def client_of(key):
    return Client(
        organization=PLATFORM["organization"]["name"],
        space=PLATFORM["space"]["name"],
        arize_developer_key=key,
        arize_app_url=URL,
    )


def rest(method, path, body=None):
    reply = requests.request(
        method, f"{URL}{path}", json=body, headers={"authorization": f"Bearer {KEYS['admin']}"}, timeout=30
    )
    reply.raise_for_status()
    return reply.json() if reply.text else None


def log_delays(model, rows):
    """Regression records: prediction 10, 11, …, and an actual 2 below each."""
    for row in range(rows):
        at = (now() - timedelta(seconds=row + 1)).isoformat().replace("+00:00", "Z")
        record = {
            "model_id": model,
            "prediction_id": f"{model}-{row}",
            "prediction": {
                "prediction_label": {"numeric": 10 + row},
                "timestamp": at,
                "features": {"distance": {"double": 100 + row}},
            },
            "actual": {"actual_label": {"numeric": 8 + row}, "timestamp": at},
            "environment_params": {"production": {}},
        }
        headers = {"authorization": KEYS["member"], "Grpc-Metadata-arize-space-id": SPACE}
        requests.post(f"{URL}/v1/log", json=record, headers=headers, timeout=30).raise_for_status()


def send_trace(project, trace_id):
    """A root span of kind CHAIN and an LLM span below it, with tokens."""
    start = time.time_ns() - 5_000_000_000

    def attribute(key, value):
        kind = "intValue" if isinstance(value, int) else "stringValue"
        return {"key": key, "value": {kind: value}}

    def span(span_id, name, parent, attributes):
        return {
            "traceId": trace_id,
            "spanId": span_id,
            "name": name,
            **({"parentSpanId": parent} if parent else {}),
            "startTimeUnixNano": str(start),
            "endTimeUnixNano": str(start + 250_000_000),
            "attributes": [attribute(key, value) for key, value in attributes.items()],
            "status": {"code": 1},
        }

    spans = [
        span("b7ad6b7169203331", "ask", None, {"openinference.span.kind": "CHAIN", "input.value": "a question"}),
        span(
            "b7ad6b7169203332",
            "answer",
            "b7ad6b7169203331",
            {
                "openinference.span.kind": "LLM",
                "llm.token_count.prompt": 7,
                "llm.token_count.completion": 5,
                "llm.token_count.total": 12,
            },
        ),
    ]
    resource = {"attributes": [attribute("openinference.project.name", project)]}
    body = {"resourceSpans": [{"resource": resource, "scopeSpans": [{"spans": spans}]}]}
    headers = {"authorization": KEYS["member"], "arize-space-id": SPACE}
    requests.post(f"{URL}/v1/traces", json=body, headers=headers, timeout=30).raise_for_status()


def now():
    return datetime.now(tz=timezone.utc)


MODEL = unique("delays")
PROJECT = unique("chat")
TRACE = "0af7651916cd43dd8448eb211c80319c"
log_delays(MODEL, 6)
send_trace(PROJECT, TRACE)
