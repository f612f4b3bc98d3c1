"""Every public method of the clients of arize 7, one a line."""

from arize.api import Client as RecordClient
from arize.experimental.datasets import ArizeDatasetsClient
from arize.exporter import ArizeExportClient
from arize.pandas.logger import Client

for client, prefix in [
    (RecordClient, "arize.api.Client."),
    (Client, "Client."),
    (ArizeExportClient, "ArizeExportClient."),
    (ArizeDatasetsClient, ""),
]:
    for method in sorted(dir(client)):
        if not method.startswith("_") and callable(getattr(client, method)):
            print(f"{prefix}{method}")
