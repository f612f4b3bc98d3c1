"""The Python side of the ingest benchmark, one measurement a process: `ingest.py log|export|serve|pull …`, one JSON line on stdout."""

import json
import os
import statistics
import sys
import tempfile
import time

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import flight

VECTOR = 32
CITIES = ["Rome", "Paris", "Köln", "東京", "Oslo", "Lima", "New York", "Cairo"]


def frame(rows):
    n = np.arange(rows)
    start = int(time.time()) - 3600
    columns = {"s0": [f"row-{i}" for i in range(rows)]}
    for c in range(1, 5):
        columns[f"s{c}"] = [f"{CITIES[(i * (c + 3)) % 8]}-{(i * c) % 977}" for i in range(rows)]
    for c in range(10):
        columns[f"f{c}"] = ((n * (c + 7)) % 10_007) / 7 + 0.01
    for c in range(3):
        columns[f"i{c}"] = (n * (c + 11)) % 100_003
    columns["at"] = pd.to_datetime(start + n % 3000, unit="s", utc=True)
    vectors = ((n[:, None] + np.arange(VECTOR)[None, :] * 31) % 1009 / 1009).astype(np.float32)
    columns["vec"] = list(vectors)
    return pd.DataFrame(columns)


def say(**found):
    print(json.dumps(found), flush=True)


def log(rows, host, port, key, space, model):
    os.environ.update({"ARIZE_SINGLE_HOST": host, "ARIZE_SINGLE_PORT": port, "ARIZE_API_SCHEME": "http", "ARIZE_FLIGHT_SCHEME": "grpc+tcp"})
    os.environ.update({"ARIZE_DIRECTORY": tempfile.mkdtemp(), "ARIZE_ENABLE_CACHING": "false"})
    from arize import ArizeClient
    from arize.ml.types import EmbeddingColumnNames, Environments, ModelTypes, Schema

    data = frame(rows)
    client = ArizeClient(api_key=key)
    schema = Schema(
        prediction_id_column_name="s0",
        timestamp_column_name="at",
        prediction_label_column_name="f0",
        feature_column_names=[f"f{c}" for c in range(1, 10)] + ["i0", "i1", "i2", "s1", "s2", "s3"],
        tag_column_names=["s4"],
        embedding_feature_column_names={"picture": EmbeddingColumnNames(vector_column_name="vec")},
    )
    started = time.perf_counter()
    response = client.ml.log(
        space_id=space,
        model_name=model,
        model_type=ModelTypes.REGRESSION,
        model_version="1",
        environment=Environments.PRODUCTION,
        dataframe=data,
        schema=schema,
    )
    seconds = time.perf_counter() - started
    response.raise_for_status()
    say(rows=rows, seconds=seconds)


def read(client, descriptor, options):
    """Five times in one process: the median, and the first."""
    times = []
    for _ in range(5):
        started = time.perf_counter()
        info = client.get_flight_info(descriptor, options)
        table = client.do_get(info.endpoints[0].ticket, options).read_all()
        times.append(time.perf_counter() - started)
    say(rows=table.num_rows, bytes=table.nbytes, seconds=statistics.median(times), firstSeconds=times[0])
    return table


def export(host, port, key, space, model):
    """What the platform sends, taken by pyarrow's own client; the table is kept in a file for `serve`."""
    client = flight.connect(f"grpc+tcp://{host}:{port}", generic_options=[("grpc.max_receive_message_length", -1)])
    day = 24 * 3600
    shown = lambda t: time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(t))  # noqa: E731
    query = {"spaceId": space, "modelId": model, "environment": "PRODUCTION", "startTime": shown(time.time() - day), "endTime": shown(time.time() + 3600)}
    options = flight.FlightCallOptions(headers=[(b"auth-token-bin", key.encode()), (b"origin", b"arize-python-exporter")])
    table = read(client, flight.FlightDescriptor.for_command(json.dumps(query).encode()), options)
    path = sys.argv[7] if len(sys.argv) > 7 else None
    if path:
        with pa.OSFile(path, "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
            writer.write_table(table, max_chunksize=8192)


class TableServer(flight.FlightServerBase):
    def __init__(self, table):
        super().__init__("grpc+tcp://127.0.0.1:0")
        self.table = table

    def get_flight_info(self, _context, descriptor):
        endpoint = flight.FlightEndpoint(b"table", [])
        return flight.FlightInfo(self.table.schema, descriptor, [endpoint], self.table.num_rows, -1)

    def do_get(self, _context, _ticket):
        return flight.RecordBatchStream(self.table)


def serve(path):
    """pyarrow's own Flight server with the same table; ends when its stdin does."""
    with pa.memory_map(path) as source:
        table = pa.ipc.open_file(source).read_all()
    server = TableServer(table)
    say(port=server.port)
    sys.stdin.read()
    server.shutdown()


def pull(port):
    client = flight.connect(f"grpc+tcp://127.0.0.1:{port}", generic_options=[("grpc.max_receive_message_length", -1)])
    read(client, flight.FlightDescriptor.for_command(b"table"), flight.FlightCallOptions())


if __name__ == "__main__":
    command, *args = sys.argv[1:]
    if command == "log":
        log(int(args[0]), *args[1:])
    elif command == "export":
        export(*args[:5])
    elif command == "serve":
        serve(*args)
    else:
        pull(*args)
