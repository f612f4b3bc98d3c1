"""The Python side of the datasets benchmark, one measurement a process: `datasets.py create|read …`, one JSON line on stdout."""

import json
import os
import resource
import sys
import tempfile
import time

import numpy as np
import pandas as pd


def frame(rows):
    n = np.arange(rows)
    return pd.DataFrame(
        {
            "question": [f"What is the answer to question number {i}?" for i in range(rows)],
            "answer": [f"It is {i * 7}, and no other" for i in range(rows)],
            "topic": [f"topic {i % 17}" for i in range(rows)],
            "city": [f"Zoë {i % 977}" for i in range(rows)],
            "score": n / 7,
            "weight": (n % 1009) / 3,
            "ratio": 1 / (n + 1),
            "rank": n,
            "votes": (n * 31) % 100_003,
            "hard": n % 3 == 0,
        }
    )


def client_of(host, port, key):
    os.environ.update({"ARIZE_SINGLE_HOST": host, "ARIZE_SINGLE_PORT": port, "ARIZE_API_SCHEME": "http", "ARIZE_FLIGHT_SCHEME": "grpc+tcp"})
    os.environ.update({"ARIZE_DIRECTORY": tempfile.mkdtemp(), "ARIZE_ENABLE_CACHING": "false"})
    from arize import ArizeClient

    # Every size goes by Flight: by REST this client takes 1000 examples at most.
    return ArizeClient(api_key=key, max_http_payload_size_mb=-1)


def main(command, rows, host, port, key, space, dataset):
    rows = int(rows)
    client = client_of(host, port, key)
    if command == "create":
        data = frame(rows)
        started = time.perf_counter()
        client.datasets.create(name=dataset, space=space, examples=data)
        seconds = time.perf_counter() - started
    else:
        started = time.perf_counter()
        examples = client.datasets.list_examples(dataset=dataset, space=space, all=True).examples
        seconds = time.perf_counter() - started
        found = [example.additional_properties for example in examples]
        sent = frame(rows).drop(columns="hard").to_dict("records")
        wrong = sum(any(row[name] != value for name, value in expected.items()) for row, expected in zip(found, sent))
        if wrong or len(found) != rows:
            raise AssertionError(f"{len(found)} rows came back, {wrong} of them other ones")
    print(json.dumps({"rows": rows, "seconds": seconds, "peakBytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}), flush=True)


main(*sys.argv[1:])
