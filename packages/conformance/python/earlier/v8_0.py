"""arize 8.0, whose methods take ids where later versions take ids or names: spans, datasets, experiments, projects."""

import sys
import time
import uuid
from datetime import datetime, timedelta, timezone

import pandas as pd

from checks import SCRIPTS, SPACE, check, equal, holds, unique

sys.path.append(f"{SCRIPTS}v8")
from clients import over_flight, reader, service  # noqa: E402

NOW = datetime.now(timezone.utc)
WINDOW = {"start_time": NOW - timedelta(hours=2), "end_time": NOW + timedelta(hours=2)}
start = time.time_ns() - 600 * 10**9
project = unique("chat")
sent = pd.DataFrame(
    {
        "context.trace_id": [uuid.uuid4().hex for _ in range(20)],
        "context.span_id": [uuid.uuid4().hex[:16] for _ in range(20)],
        "name": [f"step {n}" for n in range(20)],
        "start_time": [start + n for n in range(20)],
        "end_time": [start + n + 5 for n in range(20)],
    }
)


def exported():
    found = service.spans.export_to_df(space_id=SPACE, project_name=project, **WINDOW)
    return found.set_index("context.span_id").loc[sent["context.span_id"]]


with check("spans.log; spans.export_to_df: every span"):
    service.spans.log(space_id=SPACE, project_name=project, dataframe=sent)
    equal(exported()["name"].tolist(), sent["name"].tolist(), "names")

with check("spans.update_evaluations, update_annotations, update_metadata: joined to their spans"):
    ids = sent["context.span_id"].head(2)
    to = {"space_id": SPACE, "project_name": project}
    service.spans.update_evaluations(dataframe=pd.DataFrame({"context.span_id": ids, "eval.tone.label": ["a", "b"]}), **to)
    service.spans.update_annotations(dataframe=pd.DataFrame({"context.span_id": ids, "annotation.me.label": ["c", "d"]}), **to)
    service.spans.update_metadata(dataframe=pd.DataFrame({"context.span_id": ids, "attributes.metadata.e": ["f", "g"]}), **to)
    read = exported().head(2)
    equal([read[c].tolist() for c in ["eval.tone.label", "annotation.me.label"]], [["a", "b"], ["c", "d"]], "labels")
    equal(read["attributes.metadata"].tolist(), [{"e": "f"}, {"e": "g"}], "metadata")

with check("projects.list: the project"):
    holds(project in [one.name for one in reader.projects.list(space_id=SPACE).projects], "the project is not there")

rows = [{"q": "one", "n": 1}, {"q": "two", "n": 2}]
for way, client in [("REST", service), ("Flight", over_flight)]:
    with check(f"datasets.create by {way}: get, list and list_examples, by REST and by Flight"):
        created = client.datasets.create(name=unique("set"), space_id=SPACE, examples=rows)
        equal(reader.datasets.get(dataset_id=created.id).name, created.name, "name")
        holds(created.id in [one.id for one in reader.datasets.list(space_id=SPACE).datasets], "the dataset is not listed")
        examples = reader.datasets.list_examples(dataset_id=created.id).examples
        equal([one.to_dict()["q"] for one in examples], ["one", "two"], "examples")
        # This version keeps no more of an example that came by Flight than its id and times.
        by_flight = reader.datasets.list_examples(dataset_id=created.id, all=True).examples
        equal([one.id for one in by_flight], [one.id for one in examples], "ids by Flight")

with check("experiments.run: read back by get, list and list_runs; then deleted"):
    experiment, _ = service.experiments.run(
        name=unique("try"), dataset_id=created.id, task=lambda dataset_row: dataset_row["q"].upper()
    )
    equal(reader.experiments.get(experiment_id=experiment.id).name, experiment.name, "name")
    equal([one.id for one in reader.experiments.list(dataset_id=created.id).experiments], [experiment.id], "experiments")
    runs = reader.experiments.list_runs(experiment_id=experiment.id).experiment_runs
    equal(sorted(one.output for one in runs), ["ONE", "TWO"], "outputs")
    service.experiments.delete(experiment_id=experiment.id)
    equal(reader.experiments.list(dataset_id=created.id).experiments, [], "experiments")

with check("datasets.delete: it is gone"):
    service.datasets.delete(dataset_id=created.id)
    holds(created.id not in [one.id for one in reader.datasets.list(space_id=SPACE).datasets], "it is still there")
