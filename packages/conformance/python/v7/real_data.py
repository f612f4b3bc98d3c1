"""arize 7.52: real data through datasets, and their versions by name."""

from arize.experimental.datasets.utils.constants import GENERATIVE

from checks import KEYS, SPACE, check, equal, refused, unique
from clients import datasets_client
from vega import frame, same

client = datasets_client(KEYS["service"])


def create(name, data):
    return client.create_dataset(space_id=SPACE, dataset_name=name, dataset_type=GENERATIVE, data=data)


for source in ["cars", "penguins", "movies", "flights-200k"]:
    with check(f"create_dataset: {source} goes in and comes back equal"):
        created = create(unique(source), frame(source))
        same(frame(source), client.get_dataset(space_id=SPACE, dataset_id=created))

with check("update_dataset: by name; get_dataset: every version by its name"):
    name = unique("cars")
    create(name, frame("cars"))
    client.update_dataset(space_id=SPACE, dataset_name=name, data=frame("penguins"))
    versions = client.get_dataset_versions(space_id=SPACE, dataset_name=name)["dataset_version"].tolist()
    equal(len(versions), 2, "versions")
    same(frame("penguins"), client.get_dataset(space_id=SPACE, dataset_name=name))
    same(frame("penguins"), client.get_dataset(space_id=SPACE, dataset_name=name, dataset_version=versions[0]))
    same(frame("cars"), client.get_dataset(space_id=SPACE, dataset_name=name, dataset_version=versions[1]))

with check("get_dataset: not found for a version that does not exist"):
    with refused(KeyError, text="no version"):
        client.get_dataset(space_id=SPACE, dataset_name=name, dataset_version="nowhere")

with check("delete_dataset: by name, with its versions; the name is free again"):
    equal(client.delete_dataset(space_id=SPACE, dataset_name=name), True, "answer")
    create(name, frame("penguins"))
    equal(len(client.get_dataset_versions(space_id=SPACE, dataset_name=name)), 1, "versions")

with check("create_dataset: refused for ids that repeat, naming them, and nothing is made"):
    repeated = frame("penguins").assign(id="the same")
    name = unique("repeated")
    with refused(RuntimeError):
        create(name, repeated)
    equal(name in client.list_datasets(space_id=SPACE)["dataset_name"].tolist(), False, "the dataset is there")
