"""arize 8.42: real data through datasets on both sides of the threshold, and annotations."""

import pandas as pd
from arize._generated.api_client import models
from arize._generated.api_client.exceptions import BadRequestException

from checks import SPACE, check, equal, refused, unique
from clients import over_flight, service
from vega import frame, same


def create(client, name, examples):
    return client.datasets.create(name=name, space=SPACE, examples=examples)


def read_whole(dataset):
    """Over Flight."""
    examples = service.datasets.list_examples(dataset=dataset.id, all=True).examples
    return pd.DataFrame([example.additional_properties for example in examples])


def with_nulls(data):
    """JSON has no NaN, which is what a frame's missing numbers are; by REST they must be None."""
    return data.astype(object).where(data.notna(), None)


with check("datasets.create: 400 by REST for a frame with NaN, saying what to send instead"):
    with refused(BadRequestException, text="JSON has no NaN"):
        create(service, unique("penguins"), frame("penguins"))

for source in ["cars", "penguins"]:
    for way, client in [("REST", service), ("Flight", over_flight)]:
        with check(f"datasets.create: {source} goes in by {way} and comes back equal by both"):
            sent = frame(source)
            made = create(client, unique(source), with_nulls(sent) if way == "REST" else sent)
            same(sent, read_whole(made))
            page = service.datasets.list_examples(dataset=made.id, limit=500).examples
            same(sent, pd.DataFrame([example.additional_properties for example in page]))

for source in ["movies", "flights-200k"]:
    with check(f"datasets.create: {source} goes in by Flight and comes back equal"):
        sent = frame(source)
        same(sent, read_whole(create(over_flight, unique(source), sent)))

with check("datasets.annotate_examples: read with the example by REST"):
    config = service.annotation_configs.create_freeform(name=unique("note"), space=SPACE)
    made = create(service, unique("annotated"), with_nulls(frame("penguins").head(3)))
    first = service.datasets.list_examples(dataset=made.id).examples[0]
    note = models.AnnotateRecordInput(record_id=first.id, values=[models.AnnotationInput(name=config.name, text="mind the ä")])
    service.datasets.annotate_examples(dataset=made.id, annotations=[note])
    again = service.datasets.list_examples(dataset=made.id).examples
    equal([(one.name, one.text) for one in again[0].annotations], [(config.name, "mind the ä")], "annotations")
    equal(again[1].annotations, None, "annotations of another")
