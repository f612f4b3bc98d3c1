"""arize 8.42: datasets and experiments, over REST and over Flight."""

import pandas as pd
from arize._generated.api_client.exceptions import (
    BadRequestException,
    ConflictException,
    ForbiddenException,
    NotFoundException,
    UnauthorizedException,
)
from arize.experiments.evaluators.types import EvaluationResultFieldNames
from arize.experiments.types import ExperimentTaskFieldNames
from pyarrow import flight

from checks import PLATFORM, SPACE, check, equal, holds, refused, unique
from clients import over_flight, reader, service, unknown

ABSENT_DATASET = "RGF0YXNldDo5ODc2NTQzMjE6elpaWg=="
EXAMPLES = [
    {"country": "France", "capital": "Paris", "people": 68},
    {"country": "Perú", "capital": "Lima", "people": 34.5},
    {"country": "日本", "capital": "東京", "people": 124},
]


def create(client=service, **more):
    return client.datasets.create(**{"name": unique("capitals"), "space": SPACE, "examples": EXAMPLES, **more})


def values(examples):
    return [{name: example.to_dict()[name] for name in EXAMPLES[0]} for example in examples]


with check("datasets.create: read back by list_examples, over REST"):
    dataset = create()
    equal(dataset.space_id, SPACE, "space")
    equal(values(service.datasets.list_examples(dataset=dataset.id).examples), EXAMPLES, "examples")

with check("datasets.list_examples: all=True reads over Flight the same"):
    read = service.datasets.list_examples(dataset=dataset.id, all=True).examples
    equal(sorted(values(read), key=str), sorted(EXAMPLES, key=str), "examples")

with check("datasets.create: over Flight, read back over both"):
    frame = pd.DataFrame({"n": range(12_000), "text": [f"row {n} ü" for n in range(12_000)]})
    large = create(over_flight, examples=frame)
    equal(service.datasets.get(dataset=large.id).name, large.name, "name")
    everything = over_flight.datasets.list_examples(dataset=large.id, all=True).examples
    found = sorted((example.to_dict()["n"], example.to_dict()["text"]) for example in everything)
    equal(found, list(zip(frame["n"].tolist(), frame["text"].tolist())), "rows")
    equal(len(service.datasets.list_examples(dataset=large.id, limit=500).examples), 500, "first page over REST")

with check("datasets.create: over Flight, unauthorized for a reader of the space"):
    from checks import KEYS
    from arize import ArizeClient

    with refused(flight.FlightUnauthorizedError, text="DATASET_CREATE"):
        create(ArizeClient(api_key=KEYS["readOnly"], max_http_payload_size_mb=-1), examples=frame)

with check("datasets.create: in a space given by name"):
    equal(create(space=PLATFORM["space"]["name"]).space_id, SPACE, "space")

with check("datasets.create: 409 for a name the space has"):
    with refused(ConflictException):
        create(name=dataset.name)

with check("datasets.create: 403 for a reader of the space"):
    with refused(ForbiddenException, text="DATASET_CREATE"):
        create(reader)

with check("datasets.create: 401 for an unknown key"):
    with refused(UnauthorizedException):
        create(unknown)

with check("datasets.create: 400 for an example that brings its own id"):
    with refused(BadRequestException):
        create(examples=[{"id": "mine", "a": 1}])

with check("datasets.get: by id and by name, with its versions"):
    equal(reader.datasets.get(dataset=dataset.name, space=SPACE).id, dataset.id, "by name")
    equal(len(reader.datasets.get(dataset=dataset.id).versions), 1, "versions")

with check("datasets.get: 404 for one that does not exist"):
    with refused(NotFoundException):
        service.datasets.get(dataset=ABSENT_DATASET)

with check("datasets.list: by space and by name"):
    listed = service.datasets.list(space=SPACE, name=dataset.name).datasets
    equal([one.id for one in listed], [dataset.id], "ids")

with check("datasets.append_examples: the new ones come last"):
    appended = service.datasets.append_examples(dataset=dataset.id, examples=[{"country": "Chad", "capital": "N'Djamena", "people": 18}])
    examples = service.datasets.list_examples(dataset=dataset.id).examples
    equal([examples[-1].id], appended.example_ids, "ids")

with check("datasets.update_examples: in place and into a new version"):
    first = service.datasets.list_examples(dataset=dataset.id).examples[0]
    service.datasets.update_examples(dataset=dataset.id, examples=[{"id": first.id, "capital": "Lutetia"}])
    equal(service.datasets.list_examples(dataset=dataset.id).examples[0].to_dict()["capital"], "Lutetia", "in place")
    old = service.datasets.get(dataset=dataset.id).versions[0].id
    service.datasets.update_examples(dataset=dataset.id, examples=[{"id": first.id, "capital": "Paris"}], new_version="back")
    equal(len(service.datasets.get(dataset=dataset.id).versions), 2, "versions")
    kept = service.datasets.list_examples(dataset=dataset.id, dataset_version_id=old).examples[0]
    equal(kept.to_dict()["capital"], "Lutetia", "old version")

with check("datasets.delete_examples: says which are gone"):
    last = service.datasets.list_examples(dataset=dataset.id).examples[-1].id
    latest = service.datasets.get(dataset=dataset.id).versions[0].id
    answer = service.datasets.delete_examples(dataset=dataset.id, dataset_version_id=latest, examples=[last])
    equal((answer.completed, answer.deleted_example_ids), (True, [last]), "answer")

with check("datasets.update: renames it"):
    name = unique("renamed")
    equal(service.datasets.update(dataset=dataset.id, name=name).name, name, "name")

# --- experiments


def task(dataset_row):
    return f"The capital is {dataset_row['capital']}"


def is_long(output):
    return len(output) > 20


def length(output):
    return len(output)


with check("experiments.run: task and evaluators over Flight and OTLP, read back by list_runs"):
    experiment, ran = service.experiments.run(
        name=unique("first try"), dataset=dataset.id, task=task, evaluators=[is_long, length], concurrency=2
    )
    equal(len(ran), 3, "runs")
    for all_runs in [False, True]:
        runs = service.experiments.list_runs(experiment=experiment.id, all=all_runs).experiment_runs
        equal(sorted(run.output for run in runs), sorted(ran["output"]), f"outputs, all={all_runs}")
        equal(sorted(run.example_id for run in runs), sorted(ran["example_id"]), f"example ids, all={all_runs}")
        scores = sorted(run.to_dict()["eval.length.score"] for run in runs)
        equal(scores, sorted(ran["eval.length.score"]), f"scores, all={all_runs}")

with check("experiments.run: a task that fails leaves its error in the run"):

    def failing(dataset_row):
        if dataset_row["country"] == "France":
            raise ValueError("no answer")
        return "fine"

    partly, _ = service.experiments.run(name=unique("failing"), dataset=dataset.id, task=failing)
    runs = service.experiments.list_runs(experiment=partly.id, all=True).experiment_runs
    equal(sorted("no answer" in (run.error or "") for run in runs), [False, False, True], "errors")

with check("experiments.run: unauthorized for a reader of the space"):
    with refused(flight.FlightUnauthorizedError, ForbiddenException):
        reader.experiments.run(name=unique("x"), dataset=dataset.id, task=task)


def results():
    ids = [example.id for example in service.datasets.list_examples(dataset=dataset.id).examples]
    return pd.DataFrame(
        {"example": ids, "said": [f"answer {n}" for n in range(len(ids))], "points": [n / 2 for n in range(len(ids))]}
    )


FIELDS = {
    "task_fields": ExperimentTaskFieldNames(example_id="example", output="said"),
    "evaluator_columns": {"quality": EvaluationResultFieldNames(score="points")},
}

for way, client in [("REST", service), ("Flight", over_flight)]:
    with check(f"experiments.create: over {way}, read back"):
        frame = results()
        created = client.experiments.create(name=unique("logged"), dataset=dataset.id, experiment_runs=frame, **FIELDS)
        runs = service.experiments.list_runs(experiment=created.id).experiment_runs
        found = {run.example_id: (run.output, run.to_dict()["eval.quality.score"]) for run in runs}
        equal(found, {row.example: (row.said, row.points) for row in frame.itertuples()}, "runs")

with check("experiments.create: 403 for a reader of the space"):
    with refused(ForbiddenException, text="EXPERIMENT_CREATE"):
        reader.experiments.create(name=unique("x"), dataset=dataset.id, experiment_runs=results(), **FIELDS)

with check("experiments.create: 409 for a name the dataset has"):
    with refused(ConflictException):
        service.experiments.create(name=experiment.name, dataset=dataset.id, experiment_runs=results(), **FIELDS)

with check("experiments.get: by id and by name"):
    equal(reader.experiments.get(experiment=experiment.id).name, experiment.name, "by id")
    equal(reader.experiments.get(experiment=experiment.name, dataset=dataset.id).id, experiment.id, "by name")

with check("experiments.list: of a dataset"):
    ids = [one.id for one in service.experiments.list(dataset=dataset.id).experiments]
    holds(experiment.id in ids and created.id in ids, f"ids {ids}")

with check("experiments.append_runs: ids in the order of the input"):
    ids = results()["example"].tolist()
    appended = service.experiments.append_runs(experiment=created.id, experiment_runs=[{"example_id": ids[0], "output": "more"}])
    runs = service.experiments.list_runs(experiment=created.id).experiment_runs
    equal((runs[-1].id, runs[-1].output), (appended.run_ids[0], "more"), "last run")

with check("experiments.delete: it is gone"):
    service.experiments.delete(experiment=experiment.id)
    with refused(NotFoundException):
        service.experiments.get(experiment=experiment.id)

with check("datasets.delete: 403 for a reader of the space; then it is gone"):
    with refused(ForbiddenException, text="DATASET_DELETE"):
        reader.datasets.delete(dataset=dataset.id)
    service.datasets.delete(dataset=dataset.id)
    with refused(NotFoundException):
        service.datasets.get(dataset=dataset.id)
