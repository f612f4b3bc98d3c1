"""The OpenTelemetry SDK for Python, which knows nothing of Arize: its own exporter over gRPC, its own encoding over HTTP."""

import gzip
import time

import requests
from grpc import Compression
from opentelemetry.exporter.otlp.proto.common.trace_encoder import encode_spans
from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor, SpanExportResult
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from checks import HOST, KEYS, PLATFORM, PORT, SPACE, UNKNOWN_KEY, check, equal, unique
from clients import service

LONG = "GET /a/path/that/is/longer/than/the/fifty/characters/of/the/loggers"


def made(project):
    """A trace of three spans, as an instrumented application ends them."""
    memory = InMemorySpanExporter()
    provider = TracerProvider(resource=Resource({"openinference.project.name": project}))
    provider.add_span_processor(SimpleSpanProcessor(memory))
    tracer = provider.get_tracer("axlab")
    with tracer.start_as_current_span(LONG, attributes={"openinference.span.kind": "CHAIN", "numbers": [1, 2], "ok": True}):
        for n in range(2):
            with tracer.start_as_current_span(f"step {n}", attributes={"llm.token_count.total": n}) as span:
                span.add_event("seen", {"n": n})
    return memory.get_finished_spans()


def exporter(headers, **options):
    return OTLPSpanExporter(endpoint=f"http://{HOST}:{PORT}", insecure=True, headers=headers, **options)


def listed(project):
    return service.spans.list(project=project, space=SPACE).spans


def complete(project, sent):
    spans = {span.context.span_id: span for span in listed(project)}
    equal(sorted(spans), sorted(f"{span.context.span_id:016x}" for span in sent), "span ids")
    root = next(span for span in spans.values() if span.parent_id is None)
    equal((root.name, root.kind.value, root.attributes["ok"]), (LONG, "CHAIN", True), "root")
    equal(sorted(event.name for span in spans.values() for event in span.events or []), ["seen", "seen"], "events")


with check("OTLPSpanExporter (gRPC): authorization and arize-space-id; every span read back"):
    project = unique("otel")
    sent = made(project)
    equal(exporter({"authorization": KEYS["service"], "arize-space-id": SPACE}).export(sent), SpanExportResult.SUCCESS, "result")
    complete(project, sent)

with check("OTLPSpanExporter (gRPC): api_key and space_id, gzip"):
    project = unique("otel")
    sent = made(project)
    result = exporter({"api_key": KEYS["service"], "space_id": SPACE}, compression=Compression.Gzip).export(sent)
    equal(result, SpanExportResult.SUCCESS, "result")
    complete(project, sent)

with check("OTLPSpanExporter (gRPC): an unknown key and a reader fail at once"):
    for key in [UNKNOWN_KEY, KEYS["readOnly"]]:
        startedAt = time.monotonic()
        result = exporter({"authorization": key, "arize-space-id": SPACE}).export(made(unique("otel")))
        equal(result, SpanExportResult.FAILURE, "result")
        equal(time.monotonic() - startedAt < 5, True, "at once")

with check("HTTP/protobuf of the OpenTelemetry SDK: plain and gzip"):
    for encoding, packed in [(None, bytes), ("gzip", gzip.compress)]:
        project = unique("otel")
        sent = made(project)
        headers = {"content-type": "application/x-protobuf", "authorization": f"Bearer {KEYS['service']}", "space_id": SPACE}
        if encoding:
            headers["content-encoding"] = encoding
        url = f"{PLATFORM['url'].rstrip('/')}/v1/traces"
        response = requests.post(url, data=packed(encode_spans(sent).SerializeToString()), headers=headers)
        equal(response.status_code, 200, response.text)
        complete(project, sent)
