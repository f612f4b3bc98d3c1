"""arize 7.52: the experiments that src/python/experiments-alike.test.ts compares with those of other clients."""

import pandas as pd
from arize.experimental.datasets.experiments.types import (
    EvaluationResult,
    EvaluationResultColumnNames,
    ExperimentTaskResultColumnNames,
)

from checks import KEYS, PLATFORM, SPACE, check, equal, holds
from clients import datasets_client

DATASET = PLATFORM["dataset"]
client = datasets_client(KEYS["service"])


def shout(dataset_row):
    return dataset_row["question"].upper()


def is_long(output):
    return len(output) > 10


def length(output):
    return len(output)


def tone(output):
    return EvaluationResult(score=0.5, label="loud", explanation="all capitals")


with check("run_experiment: over Flight, with spans over OTLP"):
    experiment_id, ran = client.run_experiment(
        space_id=SPACE, experiment_name="v7 run", dataset_id=DATASET["id"], task=shout, evaluators=[is_long, length, tone]
    )
    holds(experiment_id, "no experiment id")
    equal(len(ran), 3, "runs")

with check("run_experiment: dry: nothing is stored"):
    made, ran = client.run_experiment(space_id=SPACE, experiment_name="v7 dry", dataset_id=DATASET["id"], task=shout, dry_run=True)
    equal((made, len(ran)), ("", 3), "answer")

with check("log_experiment: results that were made elsewhere"):
    examples = client.get_dataset(space_id=SPACE, dataset_id=DATASET["id"])
    said = [question.upper() for question in examples["question"]]
    frame = pd.DataFrame(
        {
            "example": examples["id"],
            "said": said,
            "long": [float(len(text) > 10) for text in said],
            "long_label": [str(len(text) > 10) for text in said],
            "length": [float(len(text)) for text in said],
            "tone": [0.5] * len(said),
            "tone_label": ["loud"] * len(said),
            "why": ["all capitals"] * len(said),
        }
    )
    logged = client.log_experiment(
        space_id=SPACE,
        experiment_name="v7 logged",
        experiment_df=frame,
        task_columns=ExperimentTaskResultColumnNames(example_id="example", result="said"),
        evaluator_columns={
            "is_long": EvaluationResultColumnNames(score="long", label="long_label"),
            "length": EvaluationResultColumnNames(score="length"),
            "tone": EvaluationResultColumnNames(score="tone", label="tone_label", explanation="why"),
        },
        dataset_name=DATASET["name"],
    )
    equal(len(client.get_experiment(space_id=SPACE, experiment_id=logged)), 3, "runs")
