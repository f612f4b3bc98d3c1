"""experiments.run of arize 8.42 over the same dataset, with the same task; prints the seconds it took."""

import asyncio
import json
import os
import tempfile
import time

settings = json.loads(os.environ["AXLAB_BENCH"])
os.environ.update(
    {
        "ARIZE_SINGLE_HOST": settings["host"],
        "ARIZE_SINGLE_PORT": str(settings["port"]),
        "ARIZE_API_SCHEME": "http",
        "ARIZE_OTLP_SCHEME": "http",
        "ARIZE_FLIGHT_SCHEME": "grpc+tcp",
        "ARIZE_ENABLE_CACHING": "false",
        "ARIZE_DIRECTORY": tempfile.mkdtemp(prefix="axlab-bench-"),
    }
)

from arize import ArizeClient  # noqa: E402

client = ArizeClient(api_key=settings["key"])


async def task(dataset_row):
    await asyncio.sleep(settings["taskMs"] / 1000)
    return dataset_row["question"]


def right(output):
    return True


started = time.perf_counter()
experiment, frame = client.experiments.run(
    name=settings["name"], dataset=settings["dataset"], task=task, evaluators=[right], concurrency=settings["concurrency"]
)
seconds = time.perf_counter() - started
assert len(frame) == settings["examples"], len(frame)
print(f"\nseconds {seconds}", flush=True)
