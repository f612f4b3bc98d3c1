"""arize 8.42: spans logged, listed, evaluated, annotated, patched, deleted, and exported."""

import time
import uuid
from datetime import datetime, timedelta, timezone

import pandas as pd
from arize._generated.api_client.exceptions import ForbiddenException, NotFoundException

from arize._generated.api_client.models.annotation_input import AnnotationInput
from arize.spans.types import AnnotateRecordInput

from checks import SPACE, check, equal, holds, refused, unique
from clients import admin, reader, service
from frames import same_columns

NOW = datetime.now(timezone.utc)
WINDOW = {"start_time": NOW - timedelta(hours=2), "end_time": NOW + timedelta(hours=2)}
COUNT = 50
project = unique("chat")
start = time.time_ns() - 600 * 10**9
sent = pd.DataFrame(
    {
        "context.trace_id": [uuid.uuid4().hex for _ in range(COUNT)],
        "context.span_id": [uuid.uuid4().hex[:16] for _ in range(COUNT)],
        "parent_id": [None] * COUNT,
        "name": [f"answer {n}" for n in range(COUNT)],
        "span_kind": ["LLM"] * COUNT,
        "status_code": ["OK"] * COUNT,
        "start_time": [start + n * 10**6 for n in range(COUNT)],
        "end_time": [start + n * 10**6 + 5 * 10**5 for n in range(COUNT)],
        "attributes.input.value": [f"Wie geht's? {n}" for n in range(COUNT)],
        "attributes.llm.model_name": ["demo"] * COUNT,
        "attributes.metadata": [{"n": n} for n in range(COUNT)],
        "attributes.custom": [f"mine {n}" for n in range(COUNT)],
    }
)
ids = sent["context.span_id"].tolist()
AT = {"space_id": SPACE, "project_name": project}

def exported(**query):
    return service.spans.export_to_df(**AT, **WINDOW, **query)

def in_order():
    return exported().set_index("context.span_id").loc[ids]

def listed(client=service, **query):
    return client.spans.list(project=project, space=SPACE, **query).spans

with check("spans.log: read back equal"):
    service.spans.log(**AT, dataframe=sent.copy())
    names = ["context.span_id", "context.trace_id", "name", "attributes.input.value", "attributes.custom"]
    same_columns(sent, exported(), "context.span_id", {name: name for name in names})

with check("spans.list: newest first, each with what was logged"):
    spans = listed(limit=100)
    equal([span.context.span_id for span in spans], ids[::-1], "ids")
    equal(spans[0].name, f"answer {COUNT - 1}", "name")
    equal(spans[0].attributes["metadata"], {"n": COUNT - 1}, "metadata")
    equal(spans[0].kind.value, "LLM", "kind")

with check("spans.list: filter, window, and pages"):
    equal([span.name for span in listed(filter="name = 'answer 7'")], ["answer 7"], "filtered")
    equal(listed(start_time=NOW - timedelta(days=3), end_time=NOW - timedelta(days=2)), [], "days ago")
    page = service.spans.list(project=project, space=SPACE, limit=30)
    rest = service.spans.list(project=project, space=SPACE, limit=30, cursor=page.pagination.next_cursor)
    equal([span.context.span_id for span in page.spans + rest.spans], ids[::-1], "both pages")

with check("spans.update_evaluations: joined to their spans, over Flight and over HTTP"):
    evaluations = pd.DataFrame({"context.span_id": ids[:2], "eval.tone.label": ["kind", "rude"], "eval.tone.score": [1.0, 0.0]})
    equal(service.spans.update_evaluations(**AT, dataframe=evaluations)["records_updated"], "2", "records_updated")
    equal(in_order()["eval.tone.label"].head(2).tolist(), ["kind", "rude"], "labels")
    over_http = evaluations.assign(**{"eval.tone.label": ["a", "b"]})
    service.spans.update_evaluations(**AT, dataframe=over_http, force_http=True)
    equal(in_order()["eval.tone.label"].head(2).tolist(), ["a", "b"], "labels")
    found = listed(filter="eval.tone.label = 'a'")
    equal([(one.name, one.label, one.score) for one in found[0].evaluations], [("tone", "a", 1.0)], "evaluations over REST")

with check("spans.update_annotations: in the export and over REST"):
    annotations = pd.DataFrame({"context.span_id": ids[:2], "annotation.review.label": ["good", "bad"], "annotation.review.text": ["x", "y"]})
    service.spans.update_annotations(**AT, dataframe=annotations)
    equal(in_order()["annotation.review.label"].head(2).tolist(), ["good", "bad"], "labels")
    found = listed(filter="annotation.review.label = 'bad'")
    equal([(one.name, one.label, one.text) for one in found[0].annotations], [("review", "bad", "y")], "annotations over REST")

with check("spans.update_metadata: patches what is there"):
    patches = pd.DataFrame({"context.span_id": ids[:2], "patch_document": [{"a": "x"}, {"b": "y"}]})
    equal(service.spans.update_metadata(**AT, dataframe=patches)["spans_updated"], "2", "spans_updated")
    equal(in_order()["attributes.metadata"].head(2).tolist(), [{"n": 0, "a": "x"}, {"n": 1, "b": "y"}], "metadata")

with check("spans.annotate: over REST, in the export; 404 for a span that is not there"):
    name = unique("quality")
    admin.annotation_configs.create_freeform(name=name, space=SPACE)
    where = {"project": project, "space": SPACE}
    admin.spans.annotate(**where, annotations=[AnnotateRecordInput(record_id=ids[0], values=[AnnotationInput(name=name, text="fine")])])
    equal(in_order()[f"annotation.{name}.text"].iloc[0], "fine", "text")
    with refused(NotFoundException):
        admin.spans.annotate(**where, annotations=[AnnotateRecordInput(record_id="f" * 16, values=[AnnotationInput(name=name, text="x")])])

with check("spans.delete: gone everywhere; 403 for a reader"):
    with refused(ForbiddenException, text="PROJECT_SPAN_DELETE"):
        reader.spans.delete(project=project, space=SPACE, span_ids=ids[:1])
    answer = admin.spans.delete(project=project, space=SPACE, span_ids=[ids[0], "f" * 16])
    equal((answer.completed, answer.deleted_span_ids, answer.not_deleted_span_ids), (True, [ids[0]], ["f" * 16]), "answer")
    equal(len(exported()), COUNT - 1, "exported")
    holds(ids[0] not in [span.context.span_id for span in listed(limit=100)], "it is still listed")

with check("spans.export_to_df: where, and columns"):
    frame = exported(where="attributes.custom = 'mine 9' or name = 'answer 8'", columns=["name"])
    equal(sorted(frame["name"]), ["answer 8", "answer 9"], "names")
