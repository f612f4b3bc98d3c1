"""arize_toolkit 1.0.20: every command that it has, from its arguments on, in this process; cli.py starts it as one of its own."""

import json
import os
import tempfile
from datetime import timedelta

# Where the command keeps its profiles; it is read when the module is imported.
os.environ["HOME"] = tempfile.mkdtemp(prefix="axlab-toolkit-")

import click
from arize_toolkit.cli.main import cli
from checks import KEYS, ORGANIZATION, PLATFORM, SPACE, check, equal, holds, unique
from click.testing import CliRunner
from world import MODEL, PROJECT, TRACE, URL, now, rest

ENVIRONMENT = {
    "ARIZE_DEVELOPER_KEY": KEYS["admin"],
    "ARIZE_ORGANIZATION": PLATFORM["organization"]["name"],
    "ARIZE_SPACE": PLATFORM["space"]["name"],
    "ARIZE_APP_URL": URL,
}
RAN = set()


def leaves(group, path=()):
    """Every command by its words."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from leaves(command, (*path, name))
        else:
            yield (*path, name)


COMMANDS = set(leaves(cli))


def run(line, *more, key=KEYS["admin"], answers=None):
    """`line` is split at its blanks; what may hold blanks comes after it."""
    words = [*line.split(), *more]
    for length in (2, 3):
        if tuple(words[:length]) in COMMANDS:
            RAN.add(tuple(words[:length]))
    environment = {**ENVIRONMENT, "ARIZE_DEVELOPER_KEY": key}
    return CliRunner().invoke(cli, ["--json", *words], env=environment, input=answers)


def done(line, *more, **options):
    result = run(line, *more, **options)
    holds(result.exit_code == 0, f"{line}: {result.output} {result.exception!r}")
    return result.output


def answer(line, *more):
    return json.loads(done(line, *more))


def names(items):
    return [item["name"] for item in items]


MEMBER = rest("GET", f"/v2/users/{PLATFORM['users']['member']}")["name"]
TODAY = now().date()

with check("orgs create, list"):
    name = unique("org")
    done("orgs create", name, "first")
    holds(name in names(answer("orgs list")), "list")

space = unique("space")
with check("spaces create, list, get, update, switch"):
    done("spaces create", space, "--private", "--no-switch")
    holds(space in names(answer("spaces list")), "list")
    made = answer("spaces get", space)
    equal(made["private"], True, "private")
    equal(answer("spaces update --description", "new", "--space-id", made["id"])["description"], "new", "description")
    holds(made["id"] in done("spaces switch", space).replace("\n", ""), "switch")
    done("spaces switch", PLATFORM["space"]["name"])

with check("users get, assign, remove; spaces users"):
    equal(answer("users get", MEMBER)["id"], PLATFORM["users"]["member"], "get")
    equal(answer("users assign", MEMBER, "--spaces", space, "--role", "readOnly")[0]["role"], "readOnly", "assign")
    done("users remove", MEMBER, "--space", space)
    holds(MEMBER in done("spaces users --search", MEMBER), "users")

with check("spaces create-key: a key that works"):
    key = answer("spaces create-key", unique("key"))["apiKey"]
    holds(MODEL in done("models list", key=key), "models")

with check("models and projects list, get, volume, performance; total-volume fails on any server"):
    for group in ("models", "projects"):
        holds(MODEL in names(answer(f"{group} list")), "list")
        equal(answer(f"{group} get", MODEL)["name"], MODEL, "get")
        equal(answer(f"{group} volume", MODEL), 6, "volume")
        # It hands its client arguments that the client does not have.
        holds("model_name" in repr(run(f"{group} total-volume").exception), "total")
        start = (now() - timedelta(days=40)).isoformat()
        windows = answer(f"{group} performance mae production --model-name", MODEL, "--start-time", start)
        equal(windows[-1]["metricValue"], 2.0, "mean absolute error")

with check("custom-metrics create, list, get, update, copy, delete"):
    done("custom-metrics create far --model", MODEL, "--metric", "SELECT AVG(distance) FROM model")
    equal(names(answer("custom-metrics list --model-name", MODEL)), ["far"], "list")
    done("custom-metrics update far --model", MODEL, "--metric", "SELECT MAX(distance) FROM model")
    equal(answer("custom-metrics get far --model", MODEL)["metric"], "SELECT MAX(distance) FROM model", "get")
    done("custom-metrics copy far --model", MODEL, "--new-model", MODEL, "--new-name", "copy")
    done("custom-metrics delete copy --yes --model", MODEL)
    equal(names(answer("custom-metrics list --model-name", MODEL)), ["far"], "list afterwards")

with check("monitors create-performance, create-drift, create-data-quality, list, get, copy, values, latest-value, delete"):
    done("monitors create-performance mae --environment production --performance-metric mae --threshold 1 --model", MODEL)
    done("monitors create-drift drift --dimension-category featureLabel --dimension-name distance --model", MODEL)
    done(
        "monitors create-data-quality empty --data-quality-metric percentEmpty --environment production",
        *("--dimension-category", "featureLabel", "--dimension-name", "distance", "--threshold", "50", "--model", MODEL),
    )
    equal(sorted(names(answer("monitors list --model-name", MODEL))), ["drift", "empty", "mae"], "list")
    equal(answer("monitors get mae --model", MODEL)["status"], "triggered", "get")
    equal(answer("monitors values mae --granularity day --model", MODEL)["dataPoints"][-1]["y"], 2.0, "values")
    holds("2.0" in done("monitors latest-value mae --granularity day --model", MODEL), "latest")
    done("monitors copy mae --new-name copy --model", MODEL)
    done("monitors delete copy --yes --model", MODEL)
    equal(sorted(names(answer("monitors list --model-name", MODEL))), ["drift", "empty", "mae"], "list afterwards")

with check("alert-integrations list: none were made"):
    equal(answer("alert-integrations list"), [], "integrations")

with check("dashboards create, create-volume, list, get"):
    board, volumes = unique("board"), unique("volumes")
    done("dashboards create", board)
    done("dashboards create-volume", volumes)
    holds({board, volumes} <= set(names(answer("dashboards list"))), "list")
    holds(MODEL in names(answer("dashboards get", volumes)["models"]), "models")

with check("prompts create, list, get, versions, update, delete"):
    prompt = unique("prompt")
    messages = json.dumps([{"role": "user", "content": "Say {word}"}])
    done("prompts create --provider openAI --model-name gpt-4o", prompt, "--messages", messages, "--tag", "t")
    equal(answer("prompts get", prompt)["tags"], ["t"], "get")
    equal(len(answer("prompts versions", prompt)), 1, "versions")
    done("prompts update --description", "new", prompt)
    equal(answer("prompts get", prompt)["description"], "new", "description")
    holds(prompt in names(answer("prompts list")), "list")
    # It calls deleted what it deleted, and fails all the same (spec/graphql.md §6.5).
    run("prompts delete --yes", prompt)
    holds(run("prompts get", prompt).exit_code != 0, "still there")

with check("evaluators create-template, create-code, list, get, delete; edit fails on any server"):
    rest("POST", "/v2/ai-integrations", {"name": "models", "provider": "OPEN_AI", "api_key": "not-a-key"})
    template, code = unique("template"), unique("code")
    done(
        "evaluators create-template --metric-name right --classification-choices",
        *('{"yes": 1, "no": 0}', "--llm-integration-name", "models", "--llm-model-name", "gpt-4o", template),
        *("--template", "Is {output} right?"),
    )
    source = "class Length(CodeEvaluator):\n    def evaluate(self, *, dataset_row=None, **kwargs):\n        return 1\n"
    made = answer(
        "evaluators create-code --metric-name length --evaluation-class Length --span-attribute attributes.output.value",
        *(code, "--code", source),
    )
    holds({template, code} <= set(names(answer("evaluators list"))), "list")
    equal(answer("evaluators get", code)["id"], made["id"], "get")
    # It hands its client an argument that the client does not have.
    holds("updated_name" in repr(run("evaluators edit --description", "counts", made["id"]).exception), "edit")
    done("evaluators delete --yes", made["id"])
    holds(code not in names(answer("evaluators list")), "list afterwards")

SCHEMA = json.dumps({"predictionLabel": "p", "actualLabel": "a", "predictionId": "id", "timestamp": "t"})
with check("imports files create, get, delete; list fails on any server"):
    made = answer(
        "imports files create --blob-store s3 --bucket bucket --prefix p/ --model-type regression",
        *("--model", unique("files"), "--schema", SCHEMA),
    )["jobId"]
    equal(answer("imports files get", made)["bucketName"], "bucket", "get")
    # It parses more than it asks for (spec/graphql.md §6.4).
    holds(run("imports files list").exit_code != 0, "list")
    done("imports files delete --yes", made)
    holds(run("imports files get", made).exit_code != 0, "still there")

with check("imports tables create, list, get, delete"):
    made = answer(
        "imports tables create --table-store BigQuery --model-type regression",
        *("--model", unique("tables"), "--schema", SCHEMA),
        *("--table-config", json.dumps({"projectId": "p", "dataset": "d", "tableName": "t"})),
    )["jobId"]
    equal(answer("imports tables get", made)["table"], "t", "get")
    holds(made in [one["jobId"] for one in answer("imports tables list")], "list")
    done("imports tables delete --yes", made)

with check("datasets list, get, examples: made by REST"):
    name = unique("set")
    made = rest("POST", "/v2/datasets", {"name": name, "space_id": SPACE, "examples": [{"question": "q", "score": 2}]})
    holds(name in names(answer("datasets list")), "list")
    equal(answer("datasets get", name)["id"], made["id"], "get")
    equal([one["data"]["question"] for one in answer("datasets examples", name)], ["q"], "examples")

with check("traces list, get, columns: spans that came by OTLP, and as a file"):
    equal(names(answer("traces list --model-name", PROJECT)), ["ask"], "list")
    equal(len(answer("traces get --all", TRACE, "--model-name", PROJECT)), 2, "get")
    holds("attributes.llm.token_count.total" in answer("traces columns --model-name", PROJECT), "columns")
    path = os.path.join(os.environ["HOME"], "traces.csv")
    done("traces list --model-name", PROJECT, "--csv", path)
    holds("ask" in open(path).read(), "file")

with check("models delete-data, projects delete-data: gone afterwards"):
    days = ("--yes", "--start-time", str(TODAY - timedelta(days=1)), "--end-time", str(TODAY + timedelta(days=1)))
    done("models delete-data", MODEL, *days)
    equal(answer("models volume", MODEL), 0, "volume")
    done("projects delete-data", PROJECT, *days)
    equal(answer("traces list --model-name", PROJECT), [], "traces")

# Last: with a profile the command keeps the ids of what it found, and looks nothing up again.
with check("config init, list, show, use: profiles, and no key shown"):
    answers = f"{KEYS['admin']}\n{PLATFORM['organization']['name']}\n{PLATFORM['space']['name']}\n{URL}\n"
    done("config init --profile-name other", answers=answers)
    holds("other" in done("config list"), "list")
    shown = done("config show --profile-name other")
    holds(URL in shown and KEYS["admin"] not in shown, shown)
    done("config use other")

with check("arize_toolkit: every command was run"):
    equal(sorted(" ".join(words) for words in COMMANDS - RAN), [], f"never run of {len(COMMANDS)}")
