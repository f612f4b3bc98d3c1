"""arize 8.42: annotation configs, and annotations of spans, experiment runs and dataset examples."""

import time
from datetime import datetime, timedelta, timezone

import pandas as pd
from arize._generated.api_client.exceptions import (
    BadRequestException,
    ConflictException,
    ForbiddenException,
    NotFoundException,
    UnauthorizedException,
    UnprocessableEntityException,
)
from arize._generated.api_client.models import (
    AnnotateRecordInput,
    AnnotationInput,
    AnnotationQueueExampleRecordInput,
    AnnotationQueueSpanRecordInput,
    CategoricalAnnotationValue,
    OptimizationDirection,
)
from arize.experiments.types import ExperimentTaskFieldNames

from checks import PLATFORM, SPACE, absent, check, equal, holds, pages, refused, unique
from clients import admin, member, reader, service, unknown

SPACE_NAME = PLATFORM["space"]["name"]
LABELS = [CategoricalAnnotationValue(label="good", score=1), CategoricalAnnotationValue(label="bad", score=0)]

# --- annotation configs


def new_config(client=admin, space=SPACE, **more):
    return client.annotation_configs.create_freeform(name=more.pop("name", None) or unique("note"), space=space, **more)


with check("annotation_configs.create_continuous: answers its range, NONE unless it says which is better"):
    score = admin.annotation_configs.create_continuous(name=unique("score"), space=SPACE, minimum_score=0, maximum_score=1)
    equal((score.type, score.minimum_score, score.maximum_score), ("CONTINUOUS", 0, 1), "range")
    equal(score.optimization_direction, "NONE", "direction")

with check("annotation_configs.create_categorical: answers its labels and direction"):
    verdict = admin.annotation_configs.create_categorical(
        name=unique("verdict"), space=SPACE_NAME, values=LABELS, optimization_direction=OptimizationDirection.MAXIMIZE
    )
    equal([(value.label, value.score) for value in verdict.values], [("good", 1), ("bad", 0)], "values")
    equal(verdict.optimization_direction, "MAXIMIZE", "direction")

with check("annotation_configs.create_freeform: 409 for a name the space has, 403 for a reader, 401 for an unknown key, 404 for no space"):
    note = new_config()
    with refused(ConflictException):
        new_config(name=note.name)
    with refused(ForbiddenException, text="ANNOTATION_CONFIG_CREATE"):
        new_config(reader)
    with refused(UnauthorizedException):
        new_config(unknown)
    with refused(NotFoundException):
        new_config(space=absent("Space"))

with check("annotation_configs.create_categorical: 400 for a single label; create_continuous for a range without a length"):
    with refused(BadRequestException):
        admin.annotation_configs.create_categorical(name=unique("x"), space=SPACE, values=LABELS[:1])
    with refused(BadRequestException):
        admin.annotation_configs.create_continuous(name=unique("x"), space=SPACE, minimum_score=1, maximum_score=1)

with check("annotation_configs.get: by id, by name with the space's id or its name; 404 for none"):
    for found in [
        reader.annotation_configs.get(annotation_config=score.id),
        reader.annotation_configs.get(annotation_config=score.name, space=SPACE),
        reader.annotation_configs.get(annotation_config=score.name, space=SPACE_NAME),
    ]:
        equal((found.id, found.type), (score.id, "CONTINUOUS"), "config")
    with refused(NotFoundException):
        reader.annotation_configs.get(annotation_config=absent("AnnotationConfig"))

with check("annotation_configs.list: every one once; by a part of the name; as a data frame; 404 for no space"):
    ids = [one.id for one in pages(reader.annotation_configs.list, "annotation_configs", space=SPACE)]
    equal(len(ids), len(set(ids)), "ids")
    holds({score.id, verdict.id, note.id} <= set(ids), "one is missing")
    listed = reader.annotation_configs.list(space=SPACE_NAME, name=note.name.upper())
    equal([one.id for one in listed.annotation_configs], [note.id], "by name")
    equal(listed.to_df()["id"].tolist(), [note.id], "to_df")
    with refused(NotFoundException):
        reader.annotation_configs.list(space=absent("Space"))

with check("annotation_configs.update_continuous: what it names, and nothing else"):
    changed = admin.annotation_configs.update_continuous(annotation_config=score.id, maximum_score=5)
    equal((changed.name, changed.minimum_score, changed.maximum_score), (score.name, 0, 5), "range")

with check("annotation_configs.update_categorical: replaces the labels, by the config's name"):
    values = [*LABELS, CategoricalAnnotationValue(label="ugly")]
    changed = admin.annotation_configs.update_categorical(annotation_config=verdict.name, space=SPACE, values=values)
    equal([value.label for value in changed.values], ["good", "bad", "ugly"], "labels")

with check("annotation_configs.update_freeform: renames; 409 for a name in use, 403 for a reader, 404 for none, 422 for another type"):
    renamed = unique("renamed")
    equal(admin.annotation_configs.update_freeform(annotation_config=note.id, name=renamed).name, renamed, "name")
    with refused(ConflictException):
        admin.annotation_configs.update_freeform(annotation_config=note.id, name=score.name)
    with refused(ForbiddenException, text="ANNOTATION_CONFIG_UPDATE"):
        reader.annotation_configs.update_freeform(annotation_config=note.id, name="x")
    with refused(NotFoundException):
        admin.annotation_configs.update_freeform(annotation_config=absent("AnnotationConfig"), name="x")
    with refused(UnprocessableEntityException):
        admin.annotation_configs.update_freeform(annotation_config=score.id, name=unique("x"))

with check("annotation_configs.delete: it is gone; 403 for a reader, 404 the second time, 409 while a queue uses it"):
    with refused(ForbiddenException, text="ANNOTATION_CONFIG_DELETE"):
        reader.annotation_configs.delete(annotation_config=note.id)
    admin.annotation_configs.delete(annotation_config=note.id)
    with refused(NotFoundException):
        admin.annotation_configs.delete(annotation_config=note.id)
    email = admin.users.get(user=PLATFORM["users"]["member"]).email
    queue = service.annotation_queues.create(
        name=unique("queue"), space=SPACE_NAME, annotation_config_ids=[verdict.id], annotator_emails=[email]
    )
    with refused(ConflictException):
        admin.annotation_configs.delete(annotation_config=verdict.id)

# --- spans

NOW = int(time.time()) * 1000
project = unique("chat")
spans = pd.DataFrame(
    {
        "context.trace_id": [f"{1:032x}"] * 3,
        "context.span_id": [f"{n + 1:016x}" for n in range(3)],
        "parent_id": [None, f"{1:016x}", f"{1:016x}"],
        "name": ["answer", "step 1", "step 2"],
        "attributes.openinference.span.kind": ["CHAIN", "LLM", "LLM"],
        "start_time": [pd.Timestamp(NOW - 60_000 * (n + 1), unit="ms", tz="UTC") for n in range(3)],
        "end_time": [pd.Timestamp(NOW - 60_000 * (n + 1) + 250, unit="ms", tz="UTC") for n in range(3)],
        "status_code": ["OK", "OK", "ERROR"],
        "attributes.input.value": ["a", "b", "c"],
    }
)
service.spans.log(space_id=SPACE, project_name=project, dataframe=spans)
IDS = spans["context.span_id"].tolist()
project_id = service.projects.get(project=project, space=SPACE).id


def said(record_id, **value):
    return AnnotateRecordInput(record_id=record_id, values=[AnnotationInput(name=value.pop("name", verdict.name), **value)])


with check("spans.annotate: spans.list shows it, with whoever said it; a field left out keeps its value"):
    member.spans.annotate(project=project, space=SPACE, annotations=[said(IDS[0], label="good", score=1.0, text="short")])
    member.spans.annotate(project=project_id, annotations=[said(IDS[0], label="bad")])
    [annotation] = [span for span in reader.spans.list(project=project_id).spans if span.context.span_id == IDS[0]][0].annotations
    equal((annotation.label, annotation.score, annotation.text), ("bad", 1.0, "short"), "annotation")
    equal(annotation.annotator.email, email, "annotator")

with check("spans.annotate: 404 for a span that is not in the window, 400 for no config, 403 for a reader, 422 for a long window"):
    with refused(NotFoundException, text="f" * 16):
        member.spans.annotate(project=project_id, annotations=[said("f" * 16, label="good")])
    with refused(BadRequestException):
        member.spans.annotate(project=project_id, annotations=[said(IDS[0], name=unique("no config"), label="good")])
    with refused(ForbiddenException, text="PROJECT_SPAN_ANNOTATE"):
        reader.spans.annotate(project=project_id, annotations=[said(IDS[0], label="good")])
    with refused(UnprocessableEntityException, text="31 days"):
        member.spans.annotate(
            project=project_id, annotations=[said(IDS[0], label="good")], start_time=datetime.now(timezone.utc) - timedelta(days=40)
        )

with check("spans.list: newest first, two at a time, in a window, by a filter, as a data frame"):
    equal([span.context.span_id for span in pages(reader.spans.list, "spans", project=project, space=SPACE)], IDS, "order")
    start, end = (datetime.fromtimestamp((NOW - ago) / 1000, tz=timezone.utc) for ago in [120_000, 60_000])
    equal([span.name for span in reader.spans.list(project=project_id, start_time=start, end_time=end).spans], ["step 1"], "window")
    listed = reader.spans.list(project=project_id, filter="status_code = 'ERROR'")
    equal([span.attributes["input.value"] for span in listed.spans], ["c"], "filter")
    equal(len(listed.to_df()), 1, "to_df")

with check("spans.list: 404 for a project that does not exist, 400 for a filter that cannot be read, 401"):
    with refused(NotFoundException):
        reader.spans.list(project=absent("Model"))
    with refused(BadRequestException):
        reader.spans.list(project=project_id, filter="status_code ==== 'x'")
    with refused(UnauthorizedException):
        unknown.spans.list(project=project_id)

# --- queues of spans

with check("annotation_queues.add_records and annotation_queues.list_records: spans, with their data; 404 for one that is not there"):
    def of_spans(*span_ids):
        return AnnotationQueueSpanRecordInput(
            record_type="SPAN", project_id=project_id, span_ids=list(span_ids),
            start_time=datetime.now(timezone.utc) - timedelta(days=1), end_time=datetime.now(timezone.utc) + timedelta(minutes=1),
        )

    added = service.annotation_queues.add_records(annotation_queue=queue.name, space=SPACE, record_sources=[of_spans(*IDS[:2])])
    equal([record.data["input.value"] for record in added.record_sources], ["a", "b"], "data")
    with refused(NotFoundException, text="f" * 16):
        service.annotation_queues.add_records(annotation_queue=queue.id, record_sources=[of_spans("f" * 16)])
    with refused(ForbiddenException, text="QUEUE_RECORD_CREATE"):
        reader.annotation_queues.add_records(annotation_queue=queue.id, record_sources=[of_spans(IDS[0])])
    equal(len(reader.annotation_queues.list_records(annotation_queue=queue.id).to_df()), 2, "to_df")

with check("annotation_queues.create: 409 for a name the space has, 403, 422 for an annotator nobody knows, 400 for none"):
    def new_queue(client=service, emails=(email,), name=None):
        return client.annotation_queues.create(
            name=name or unique("queue"), space=SPACE, annotation_config_ids=[verdict.id], annotator_emails=list(emails)
        )

    with refused(ConflictException):
        new_queue(name=queue.name)
    with refused(ForbiddenException, text="QUEUE_CREATE"):
        new_queue(reader)
    with refused(UnprocessableEntityException, text="nobody@example.com"):
        new_queue(emails=["nobody@example.com"])
    with refused(Exception):
        new_queue(emails=[])

with check("annotation_queues.assign_record: replaces, clears; 422 for a stranger, 403 for a reader, 404 for no record"):
    [first, _second] = reader.annotation_queues.list_records(annotation_queue=queue.id).records

    def assign(emails, client=service, record=first.id):
        return client.annotation_queues.assign_record(annotation_queue=queue.id, record_id=record, assigned_user_emails=emails)

    equal([one.user.email for one in assign([email]).assigned_users], [email], "assigned")
    equal(assign([]).assigned_users, [], "cleared")
    with refused(UnprocessableEntityException):
        assign(["outsider@other.com"])
    with refused(ForbiddenException, text="QUEUE_RECORD_UPDATE"):
        assign([email], reader)
    with refused(NotFoundException):
        assign([email], record=absent("AnnotationQueueRecord"))

with check("annotation_queues.delete_records: unknown ids are passed over; 403 for a reader, 404 for no queue"):
    service.annotation_queues.delete_records(annotation_queue=queue.id, record_ids=[first.id, absent("AnnotationQueueRecord")])
    equal(len(reader.annotation_queues.list_records(annotation_queue=queue.id).records), 1, "left")
    with refused(ForbiddenException, text="QUEUE_RECORD_DELETE"):
        reader.annotation_queues.delete_records(annotation_queue=queue.id, record_ids=[first.id])
    with refused(NotFoundException):
        service.annotation_queues.delete_records(annotation_queue=absent("AnnotationQueue"), record_ids=[first.id])

with check("spans.delete: those named are gone, unknown ids are told; 403 for a reader, 404 for no project"):
    with refused(ForbiddenException, text="PROJECT_SPAN_DELETE"):
        reader.spans.delete(project=project_id, span_ids=IDS)
    answer = admin.spans.delete(project=project, space=SPACE, span_ids=[IDS[1], "f" * 16])
    equal((answer.completed, answer.deleted_span_ids, answer.not_deleted_span_ids), (True, [IDS[1]], ["f" * 16]), "answer")
    equal([span.context.span_id for span in reader.spans.list(project=project_id).spans], [IDS[0], IDS[2]], "left")
    with refused(NotFoundException):
        admin.spans.delete(project=absent("Model"), span_ids=IDS)

# --- experiment runs and examples

with check("experiments.annotate_runs: is read with the run; a field left out keeps its value; unknown ids are passed over"):
    dataset = service.datasets.create(name=unique("data"), space=SPACE, examples=[{"q": "a"}, {"q": "b"}])
    examples = service.datasets.list_examples(dataset=dataset.id).examples
    experiment = service.experiments.create(
        name=unique("experiment"), dataset=dataset.id,
        experiment_runs=[{"example_id": example.id, "output": "o"} for example in examples],
        task_fields=ExperimentTaskFieldNames(example_id="example_id", output="output"),
    )
    runs = service.experiments.list_runs(experiment=experiment.id).experiment_runs
    member.experiments.annotate_runs(experiment=experiment.id, annotations=[said(runs[0].id, label="good", score=1.0)])
    member.experiments.annotate_runs(
        experiment=experiment.name, dataset=dataset.name, space=SPACE, annotations=[said(runs[0].id, label="bad"), said("nobody", label="good")]
    )
    [annotation] = reader.experiments.list_runs(experiment=experiment.id).experiment_runs[0].annotations
    equal((annotation.label, annotation.score), ("bad", 1.0), "annotation")

with check("experiments.annotate_runs: 403 for a reader, 404 for no experiment, 400 for no config"):
    with refused(ForbiddenException, text="EXPERIMENT_RUN_ANNOTATE"):
        reader.experiments.annotate_runs(experiment=experiment.id, annotations=[said(runs[0].id, label="good")])
    with refused(NotFoundException):
        member.experiments.annotate_runs(experiment=absent("Experiment"), annotations=[said(runs[0].id, label="good")])
    with refused(BadRequestException):
        member.experiments.annotate_runs(experiment=experiment.id, annotations=[said(runs[0].id, name=unique("none"), label="good")])

with check("annotation_queues.add_records: examples of a version, named"):
    source = AnnotationQueueExampleRecordInput(record_type="EXAMPLE", dataset_id=dataset.id, example_ids=[examples[1].id])
    added = service.annotation_queues.add_records(annotation_queue=queue.id, record_sources=[source])
    equal([record.data["q"] for record in added.record_sources], ["b"], "data")
