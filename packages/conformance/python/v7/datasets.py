"""arize 7.52: datasets and experiments over Flight."""

import pandas as pd
from arize.experimental.datasets.experiments.types import EvaluationResultColumnNames, ExperimentTaskResultColumnNames
from arize.experimental.datasets.utils.constants import GENERATIVE
from pyarrow import flight

from checks import KEYS, SPACE, UNKNOWN_KEY, check, equal, holds, refused, unique
from clients import datasets_client

ABSENT_SPACE = "U3BhY2U6OTg3NjU0MzIxOnpaelo="


def client(key=KEYS["service"]):
    return datasets_client(key)


def capitals():
    return pd.DataFrame(
        {
            "country": ["France", "Perú", "日本"],
            "capital": ["Paris", "Lima", None],
            "people": [68, 34, 124],
            "area": [551.5, 1285.25, 377.975],
        }
    )


def create(name=None, key=KEYS["service"], space=SPACE):
    return client(key).create_dataset(space_id=space, dataset_name=name or unique("capitals"), dataset_type=GENERATIVE, data=capitals())


with check("create_dataset: read back by get_dataset, by id and by name"):
    name = unique("capitals")
    dataset_id = create(name)
    holds(dataset_id, "no dataset id")
    for received in [client().get_dataset(space_id=SPACE, dataset_id=dataset_id), client().get_dataset(space_id=SPACE, dataset_name=name)]:
        equal(len(received), 3, "rows")
        received = received.sort_values("people").reset_index(drop=True)
        sent = capitals().sort_values("people").reset_index(drop=True)
        for column in sent.columns:
            equal(received[column].where(received[column].notna(), None).tolist(), sent[column].where(sent[column].notna(), None).tolist(), column)
        holds(received["id"].is_unique, "ids repeat")
        equal(str(received["created_at"].dtype), "int64", "created_at")

with check("create_dataset: refused for a name the space has"):
    with refused(RuntimeError, text="Failed to create dataset"):
        create(name)

with check("create_dataset: unauthorized for a reader of the space"):
    with refused(flight.FlightUnauthorizedError, text="DATASET_CREATE"):
        create(key=KEYS["readOnly"])

with check("create_dataset: unauthenticated with an unknown key"):
    with refused(flight.FlightUnauthenticatedError):
        create(key=UNKNOWN_KEY)

with check("create_dataset: not found for a space that does not exist"):
    with refused(KeyError):
        create(space=ABSENT_SPACE)

with check("list_datasets: the datasets of the space"):
    listed = client(KEYS["readOnly"]).list_datasets(space_id=SPACE)
    row = listed[listed["dataset_id"] == dataset_id].iloc[0]
    equal((row["dataset_name"], row["dataset_type"]), (name, "GENERATIVE"), "row")
    holds(row["created_at"] > "2020", f"created_at {row['created_at']}")

with check("update_dataset: makes a version and keeps the old one"):
    more = client().get_dataset(space_id=SPACE, dataset_id=dataset_id)
    versions_before = client().get_dataset_versions(space_id=SPACE, dataset_id=dataset_id)
    more.loc[len(more)] = {**more.iloc[0].to_dict(), "id": "new-example", "country": "Chad"}
    equal(client().update_dataset(space_id=SPACE, data=more, dataset_id=dataset_id), dataset_id, "dataset id")
    equal(len(client().get_dataset(space_id=SPACE, dataset_id=dataset_id)), 4, "rows of the latest version")
    old = versions_before["dataset_version"].iloc[0]
    equal(len(client().get_dataset(space_id=SPACE, dataset_id=dataset_id, dataset_version=old)), 3, "rows of the old version")

with check("get_dataset_versions: newest first"):
    versions = client().get_dataset_versions(space_id=SPACE, dataset_id=dataset_id)
    equal(len(versions), 2, "versions")
    equal(versions["created_at"].tolist(), sorted(versions["created_at"], reverse=True), "created_at")

with check("update_dataset: unauthorized for a reader of the space"):
    with refused(flight.FlightUnauthorizedError):
        client(KEYS["readOnly"]).update_dataset(space_id=SPACE, data=capitals(), dataset_id=dataset_id)

with check("get_dataset: not found for one that does not exist"):
    with refused(KeyError):
        client().get_dataset(space_id=SPACE, dataset_name=unique("absent"))


def answer(dataset_row):
    return f"The capital of {dataset_row['country']}"


def is_long(output):
    return len(output) > 23


def score(output):
    return len(output) / 100


with check("run_experiment: task and evaluators, read back by get_experiment"):
    experiment_name = unique("first try")
    experiment_id, ran = client().run_experiment(
        space_id=SPACE, experiment_name=experiment_name, dataset_id=dataset_id, task=answer, evaluators=[is_long, score]
    )
    holds(experiment_id, "no experiment id")
    equal(len(ran), 4, "runs")
    received = client().get_experiment(space_id=SPACE, experiment_id=experiment_id)
    equal(len(received), 4, "runs read back")
    merged = ran.merge(received, on="example_id", suffixes=("", "_read"))
    output = "result_read" if "result_read" in merged.columns else "output"
    for column, read in [("result", output), ("eval.score.score", "eval.score.score_read"), ("eval.is_long.label", "eval.is_long.label_read")]:
        equal(merged[read].tolist(), merged[column].tolist(), column)

with check("get_experiment: by the names of experiment and dataset"):
    equal(len(client().get_experiment(space_id=SPACE, experiment_name=experiment_name, dataset_name=name)), 4, "runs")

with check("log_experiment: results that were made elsewhere"):
    examples = client().get_dataset(space_id=SPACE, dataset_id=dataset_id)
    frame = pd.DataFrame(
        {
            "example": examples["id"],
            "said": [f"answer {n}" for n in range(len(examples))],
            "points": [n / 2 for n in range(len(examples))],
            "verdict": ["good"] * len(examples),
        }
    )
    logged = client().log_experiment(
        space_id=SPACE,
        experiment_name=unique("logged"),
        experiment_df=frame,
        task_columns=ExperimentTaskResultColumnNames(example_id="example", result="said"),
        evaluator_columns={"quality": EvaluationResultColumnNames(score="points", label="verdict")},
        dataset_name=name,
    )
    received = client().get_experiment(space_id=SPACE, experiment_id=logged)
    merged = frame.merge(received, left_on="example", right_on="example_id")
    equal(merged["eval.quality.score"].tolist(), merged["points"].tolist() if "points" in merged else frame["points"].tolist(), "scores")
    equal(set(merged["eval.quality.label"]), {"good"}, "labels")

with check("run_experiment: unauthorized for a reader of the space"):
    with refused(flight.FlightUnauthorizedError):
        client(KEYS["readOnly"]).run_experiment(space_id=SPACE, experiment_name=unique("x"), dataset_id=dataset_id, task=answer)

with check("delete_experiment: it is gone"):
    deleted, deleted_id = client().delete_experiment(space_id=SPACE, experiment_id=experiment_id)
    equal((deleted, deleted_id), (True, experiment_id), "answer")
    with refused(KeyError):
        client().get_experiment(space_id=SPACE, experiment_id=experiment_id)

with check("delete_dataset: unauthorized for a reader of the space, and it stays"):
    with refused(flight.FlightUnauthorizedError):
        client(KEYS["readOnly"]).delete_dataset(space_id=SPACE, dataset_id=dataset_id)
    holds(dataset_id in client().list_datasets(space_id=SPACE)["dataset_id"].tolist(), "the dataset is gone")

with check("delete_dataset: it is gone"):
    equal(client().delete_dataset(space_id=SPACE, dataset_id=dataset_id), True, "answer")
    with refused(KeyError):
        client().get_dataset(space_id=SPACE, dataset_id=dataset_id)
