"""arize 8.42: the experiments that src/python/experiments-alike.test.ts compares with those of other clients."""

import pandas as pd
from arize.experiments.evaluators.types import EvaluationResult, EvaluationResultFieldNames
from arize.experiments.types import ExperimentTaskFieldNames

from checks import PLATFORM, check, equal
from clients import over_flight, service

DATASET = PLATFORM["dataset"]["id"]


def shout(dataset_row):
    return dataset_row["question"].upper()


async def shout_later(dataset_row):
    return dataset_row["question"].upper()


def is_long(output):
    return len(output) > 10


def length(output):
    return len(output)


def tone(output):
    return EvaluationResult(score=0.5, label="loud", explanation="all capitals")


EVALUATORS = [is_long, length, tone]

with check("experiments.run: over Flight, with spans over OTLP"):
    _, ran = service.experiments.run(name="v8 run", dataset=DATASET, task=shout, evaluators=EVALUATORS)
    equal(len(ran), 3, "runs")

with check("experiments.run: asynchronous task, several at once"):
    _, ran = service.experiments.run(name="v8 run, asynchronous", dataset=DATASET, task=shout_later, evaluators=EVALUATORS, concurrency=3)
    equal(len(ran), 3, "runs")

with check("experiments.run: dry: nothing is stored"):
    before = len(service.experiments.list(dataset=DATASET).experiments)
    made, ran = service.experiments.run(name="v8 dry", dataset=DATASET, task=shout, dry_run=True)
    equal((made, len(ran)), (None, 3), "answer")
    equal(len(service.experiments.list(dataset=DATASET).experiments), before, "experiments")


def results():
    examples = service.datasets.list_examples(dataset=DATASET).examples
    said = [example.to_dict()["question"].upper() for example in examples]
    return pd.DataFrame(
        {
            "example": [example.id for example in examples],
            "said": said,
            "long": [float(len(text) > 10) for text in said],
            "long_label": [str(len(text) > 10) for text in said],
            "length": [float(len(text)) for text in said],
            "tone": [0.5] * len(said),
            "tone_label": ["loud"] * len(said),
            "why": ["all capitals"] * len(said),
        }
    )


FIELDS = {
    "task_fields": ExperimentTaskFieldNames(example_id="example", output="said"),
    "evaluator_columns": {
        "is_long": EvaluationResultFieldNames(score="long", label="long_label"),
        "length": EvaluationResultFieldNames(score="length"),
        "tone": EvaluationResultFieldNames(score="tone", label="tone_label", explanation="why"),
    },
}

for way, client in [("REST", service), ("Flight", over_flight)]:
    with check(f"experiments.create: over {way}"):
        created = client.experiments.create(name=f"v8 created, {way}", dataset=DATASET, experiment_runs=results(), **FIELDS)
        equal(len(service.experiments.list_runs(experiment=created.id, all=True).experiment_runs), 3, "runs")
