"""arize_toolkit 1.0.20: its command as a process; commands.py runs all that it has."""

import json
import os
import subprocess
import sys
import tempfile

from checks import KEYS, PLATFORM, UNKNOWN_KEY, check, equal, holds, unique
from world import MODEL, PROJECT, URL

# The module of the command: not every installation has the script beside its interpreter.
COMMAND = [sys.executable, "-m", "arize_toolkit.cli"]
# A home of its own: the command keeps resolved ids of other servers there.
HOME = tempfile.mkdtemp(prefix="axlab-toolkit-")


def run(*arguments, key=KEYS["admin"]):
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": HOME,
        "ARIZE_DEVELOPER_KEY": key,
        "ARIZE_ORGANIZATION": PLATFORM["organization"]["name"],
        "ARIZE_SPACE": PLATFORM["space"]["name"],
        "ARIZE_APP_URL": URL,
    }
    return subprocess.run([*COMMAND, "--json", *arguments], env=environment, capture_output=True, text=True, timeout=60)


def answer(*arguments):
    done = run(*arguments)
    holds(done.returncode == 0, done.stdout + done.stderr)
    return json.loads(done.stdout)


def names(items):
    return [item["name"] for item in items]


with check("spaces list, models list: what the key may see"):
    holds(PLATFORM["space"]["name"] in names(answer("spaces", "list")), "space")
    holds(MODEL in names(answer("models", "list")), "model")

with check("models volume: the records that were logged"):
    holds("6" in run("models", "volume", MODEL).stdout, "volume")

with check("monitors create-performance, list, get, delete"):
    made = run("monitors", "create-performance", "by command", "--model", MODEL, "--environment", "production", "--performance-metric", "mae", "--threshold", "1")
    holds(made.returncode == 0, made.stdout + made.stderr)
    holds("by command" in names(answer("monitors", "list", "--model-name", MODEL)), "list")
    equal(answer("monitors", "get", "by command", "--model", MODEL)["status"], "triggered", "status")
    holds(run("monitors", "delete", "by command", "--model", MODEL, "--yes").returncode == 0, "delete")

with check("prompts and dashboards: listed after they were made"):
    board = unique("board")
    made = run("dashboards", "create", board)
    holds(made.returncode == 0, made.stdout + made.stderr)
    holds(board in names(answer("dashboards", "list")), "list")

with check("traces list: spans that came by OTLP"):
    equal(names(answer("traces", "list", "--model-name", PROJECT)), ["ask"], "traces")

with check("an unknown key ends with an error and shows no key"):
    done = run("spaces", "list", key=UNKNOWN_KEY)
    holds(done.returncode != 0, "exit code")
    holds(UNKNOWN_KEY not in done.stdout + done.stderr, "the key is shown")
