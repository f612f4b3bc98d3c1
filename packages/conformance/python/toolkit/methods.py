"""arize_toolkit 1.0.20: its client's methods."""

from datetime import timedelta

from arize_toolkit.exceptions import ArizeAPIException
from checks import KEYS, ORGANIZATION, PLATFORM, SPACE, UNKNOWN_KEY, check, equal, holds, refused, unique
from ran import count_calls, never_called
from world import MODEL, PROJECT, TRACE, client_of, now, rest

import by_id

count_calls()
client = client_of(KEYS["admin"])
reader = client_of(KEYS["readOnly"])


def names(items):
    return [item["name"] for item in items]


def refusal(text=""):
    return refused(ArizeAPIException, text=text)


# --- start, spaces, people, keys

with check("Client: resolves the organization and the space by name"):
    equal((client.org_id, client.space_id), (ORGANIZATION, SPACE), "ids")

with check("Client: an unknown key is refused"):
    with refused(Exception, text="UNAUTHENTICATED"):
        client_of(UNKNOWN_KEY)

with check("get_all_organizations, get_all_spaces: what the key may see"):
    holds(PLATFORM["organization"]["name"] in names(client.get_all_organizations()), "organization")
    holds(PLATFORM["space"]["name"] in names(client.get_all_spaces()), "space")

space_name = unique("toolkit space")
with check("create_new_space: makes it once, and get_space finds it"):
    made = client.create_new_space(space_name, private=True, set_as_active=False)
    equal(client.create_new_space(space_name, private=True, set_as_active=False), made, "the second call")
    equal(client.get_space(space_name)["private"], True, "private")
    equal(client.get_space_by_id(made)["name"], space_name, "by id")

with check("update_space: description and colours"):
    updated = client.update_space(space_id=made, description="new", gradient_start_color="#000000")
    equal(updated["description"], "new", "description")

with check("update_space: a reader may not"):
    with refusal("SPACE_UPDATE"):
        reader.update_space(space_id=SPACE, description="mine")

with check("switch_space: to another space and back"):
    client.switch_space(space=space_name)
    equal(client.space_id, made, "space")
    client.switch_space(space=PLATFORM["space"]["name"])
    equal(client.space_id, SPACE, "space")

with check("create_new_organization_and_space: both are there"):
    name = unique("toolkit org")
    client.create_new_organization_and_space(name, "first space", space_private=False)
    holds(name in names(client.get_all_organizations()), "organization")

client = client_of(KEYS["admin"])
member_name = rest("GET", f"/v2/users/{PLATFORM['users']['member']}")["name"]

with check("get_user, get_space_users: people with their roles"):
    equal(client.get_user(member_name)["id"], PLATFORM["users"]["member"], "user")
    users = client.get_space_users()
    holds(any(one["user"]["name"] == member_name and one["role"] == "member" for one in users), f"member in {users}")

with check("assign_space_membership, remove_space_member: given and taken"):
    client.assign_space_membership(user_names=member_name, space_names=space_name, role="admin")
    users = client.get_space_users(space_id=made)
    holds(any(one["user"]["name"] == member_name and one["role"] == "admin" for one in users), f"admin in {users}")
    client.remove_space_member(member_name, space_name=space_name)

with check("create_space_admin_api_key: a key that works"):
    key = client.create_space_admin_api_key(unique("key"))
    equal(client_of(key["apiKey"]).space_id, SPACE, "space")

# --- models and metrics

with check("get_all_models, get_model: by name and by id"):
    model = client.get_model(MODEL)
    equal((model["modelType"], model["isDemoModel"]), ("numeric", False), "type")
    equal(client.get_model_by_id(model["id"])["name"], MODEL, "by id")
    holds(MODEL in names(client.get_all_models()), "list")

with check("get_model_volume: the records that were logged"):
    equal(client.get_model_volume(MODEL), 6, "volume")
    equal(client.get_model_volume_by_id(model["id"]), 6, "by id")

with check("get_total_volume: of the whole space"):
    total, by_model = client.get_total_volume()
    equal(by_model[MODEL], 6, "of the model")
    holds(total >= 6, "total")

with check("get_performance_metric_over_time: computed from the records"):
    windows = client.get_performance_metric_over_time(
        "mae", "production", model_name=MODEL, granularity="month", start_time=now() - timedelta(days=40), to_dataframe=False
    )
    equal([window["metricValue"] for window in windows][-1], 2.0, "mean absolute error")

with check("get_performance_metric_over_time: says what it does not compute"):
    with refusal("not computed"):
        client.get_performance_metric_over_time("ndcg", "production", model_name=MODEL)

with check("create_custom_metric, get_custom_metric, get_all_custom_metrics: of a model"):
    client.create_custom_metric(metric="SELECT AVG(distance) FROM model", metric_name="distance", model_name=MODEL)
    metric = client.get_custom_metric(MODEL, "distance")
    equal(metric["metric"], "SELECT AVG(distance) FROM model", "expression")
    equal(client.get_custom_metric_by_id(metric["id"])["name"], "distance", "by id")
    equal(names(client.get_all_custom_metrics_for_model(MODEL)), ["distance"], "list")
    equal(names(client.get_all_custom_metrics(MODEL)), ["distance"], "list by name")

with check("create_custom_metric: an expression that cannot be read is refused"):
    with refusal("character"):
        client.create_custom_metric(metric="AVERAGE OF distance", metric_name="broken", model_name=MODEL)

with check("update_custom_metric, copy_custom_metric, delete_custom_metric: change and go"):
    client.update_custom_metric("distance", MODEL, metric="SELECT MAX(distance) FROM model")
    equal(client.get_custom_metric(MODEL, "distance")["metric"], "SELECT MAX(distance) FROM model", "expression")
    client.copy_custom_metric(
        current_metric_name="distance", current_model_name=MODEL, new_model_name=MODEL, new_metric_name="copy"
    )
    equal(client.delete_custom_metric(MODEL, "copy"), True, "deleted")

# --- monitors

with check("create_performance_monitor, get_monitor: evaluated on the records"):
    url = client.create_performance_monitor(
        "mae watch", MODEL, "production", performance_metric="mae", threshold=1.0, email_addresses="a@b.test"
    )
    holds("/monitors/" in url, url)
    monitor = client.get_monitor(MODEL, "mae watch")
    equal((monitor["status"], monitor["isTriggered"], monitor["latestComputedValue"]), ("triggered", True, 2.0), "found")
    equal(client.get_monitor_by_id(monitor["id"])["threshold"], 1.0, "by id")

with check("create_performance_monitor: of a custom metric"):
    client.create_performance_monitor(
        "custom watch", MODEL, "production", custom_metric_id=client.get_custom_metric(MODEL, "distance")["id"], threshold=1000
    )
    equal(client.get_monitor(MODEL, "custom watch")["status"], "cleared", "status")

with check("create_drift_monitor, create_data_quality_monitor: with a dimension"):
    client.create_drift_monitor(
        "drift watch", MODEL, dimension_category="featureLabel", dimension_name="distance", std_dev_multiplier=2
    )
    client.create_data_quality_monitor(
        "empty watch", MODEL, "percentEmpty", "production", "featureLabel", dimension_name="distance", threshold=50
    )
    equal(client.get_monitor(MODEL, "empty watch")["latestComputedValue"], 0, "empty")
    equal(sorted(names(client.get_all_monitors(model_name=MODEL))), ["custom watch", "drift watch", "empty watch", "mae watch"], "list")
    equal(names(client.get_all_monitors(model_name=MODEL, monitor_category="drift")), ["drift watch"], "by category")

with check("get_monitor_metric_values, get_latest_monitor_value: the history"):
    values = client.get_monitor_metric_values("mae watch", MODEL, time_series_data_granularity="day")
    equal(values["dataPoints"][-1]["y"], 2.0, "value")
    equal(values["thresholdDataPoints"][-1]["y"], 1.0, "threshold")
    holds(client.get_latest_monitor_value("mae watch", MODEL, "day"), "latest")

with check("copy_monitor, delete_monitor: a copy, and then none"):
    client.copy_monitor("mae watch", MODEL, new_monitor_name="mae copy")
    equal(client.delete_monitor("mae copy", MODEL), True, "deleted")
    with refusal():
        client.get_monitor(MODEL, "mae copy")

with check("create_performance_monitor: a reader may not"):
    with refusal("MONITOR_CREATE"):
        reader.create_performance_monitor("mine", MODEL, "production", performance_metric="mae", threshold=1.0)

with check("list_integrations: none were made"):
    equal(client.list_integrations(), [], "integrations")

# --- dashboards

with check("create_dashboard, create_model_volume_dashboard, get_dashboard: with its widgets and models"):
    client.create_dashboard("empty board")
    client.create_model_volume_dashboard("volumes")
    board = client.get_dashboard("volumes")
    holds(any(widget["title"] for widget in board["lineChartWidgets"]), "widgets")
    holds(MODEL in names(board["models"]), "models")
    holds({"empty board", "volumes"} <= set(names(client.get_all_dashboards())), "list")

with check("create_dashboard: a name the space has is refused"):
    with refusal("CONFLICT"):
        client.create_dashboard("volumes")

# --- prompts

PROMPT = unique("prompt")
with check("create_prompt, get_prompt: what was written"):
    url = client.create_prompt(
        PROMPT,
        messages=[{"role": "user", "content": "Say {word}"}],
        tags=["a"],
        provider="openAI",
        model_name="gpt-4o",
        input_variable_format="f_string",
        invocation_params={"temperature": 0.5, "top_p": 0.9},
    )
    holds("/prompt-hub/" in url, url)
    prompt = client.get_prompt(PROMPT)
    equal(prompt["messages"][0]["content"], "Say {word}", "message")
    equal((prompt["provider"], prompt["modelName"], prompt["tags"]), ("openAI", "GPT_4o", ["a"]), "model")
    equal(prompt["llmParameters"]["temperature"], 0.5, "temperature")
    equal(client.get_formatted_prompt(PROMPT, word="hello").messages[0]["content"], "Say hello", "formatted")

with check("create_prompt again, get_all_prompt_versions: a second version"):
    client.create_prompt(PROMPT, messages=[{"role": "system", "content": "Short"}], commit_message="second")
    versions = client.get_all_prompt_versions(PROMPT)
    equal([version["commitMessage"] for version in versions], ["second", "created prompt"], "versions")
    holds(PROMPT in names(client.get_all_prompts()), "list")

with check("get_prompt: REST sees the same"):
    listed = rest("GET", f"/v2/prompts?space_id={SPACE}&name={PROMPT}")["prompts"]
    equal([one["id"] for one in listed], [client.get_prompt(PROMPT)["id"]], "ids")

with check("update_prompt, delete_prompt: renamed, and gone"):
    client.update_prompt(PROMPT, updated_name=PROMPT + "-new", description="d")
    equal(client.get_prompt(PROMPT + "-new")["description"], "d", "description")
    client.delete_prompt(PROMPT + "-new")
    with refusal():
        client.get_prompt(PROMPT + "-new")

# --- datasets

DATASET = unique("set")
made_set = rest("POST", "/v2/datasets", {"name": DATASET, "space_id": SPACE, "examples": [{"question": "q", "score": 2}, {"question": "r", "score": 3}]})
with check("get_dataset, get_all_datasets, get_dataset_examples: made by REST"):
    equal(client.get_dataset(DATASET)["id"], made_set["id"], "id")
    equal(client.get_dataset_by_id(made_set["id"])["name"], DATASET, "by id")
    holds(DATASET in names(client.get_all_datasets()), "list")
    examples = client.get_dataset_examples(name=DATASET)
    equal([(one["data"]["question"], one["data"]["score"]) for one in examples], [("q", 2), ("r", 3)], "examples")

# --- evaluators

rest("POST", "/v2/ai-integrations", {"name": "models", "provider": "OPEN_AI", "api_key": "not-a-key"})
EVALUATOR = unique("eval")
with check("get_llm_integrations: without the key"):
    integration = [one for one in client.get_llm_integrations() if one["name"] == "models"][0]
    equal((integration["provider"], integration["hasApiKey"]), ("openAI", True), "integration")

with check("create_template_evaluator, get_evaluator: over an integration"):
    client.create_template_evaluator(
        EVALUATOR,
        "Is {output} right?",
        "correct",
        tags=["t"],
        classification_choices={"yes": 1, "no": 0},
        llm_integration_name="models",
        llm_model_name="gpt-4o",
    )
    evaluator = client.get_evaluator(EVALUATOR)
    equal((evaluator["taskType"], evaluator["commitMessage"], evaluator["tags"]), ("template_evaluation", "Initial version", ["t"]), "evaluator")
    equal(client.get_evaluator_by_id(evaluator["id"])["name"], EVALUATOR, "by id")
    holds(EVALUATOR in names(client.get_evaluators()), "list")

CODE = "class Length(CodeEvaluator):\n    def evaluate(self, *, dataset_row=None, **kwargs):\n        return 1\n"
with check("create_code_evaluator, create_code_evaluator_version, edit_evaluator: code"):
    coded = client.create_code_evaluator(unique("code"), "length", CODE, "Length", ["attributes.output.value"])
    client.create_code_evaluator_version(coded["id"], "length", CODE, "Length", ["attributes.output.value"], commit_message="two")
    equal(client.get_evaluator_by_id(coded["id"])["commitMessage"], "two", "version")
    client.edit_evaluator(coded["id"], name=coded["name"], description="counts")
    equal(client.get_evaluator_by_id(coded["id"])["description"], "counts", "description")
    equal(names(client.get_evaluators(task_type="code_evaluation")), [coded["name"]], "by type")

with check("delete_evaluator: it is gone"):
    equal(client.delete_evaluator(coded["id"]), True, "deleted")
    with refusal():
        client.delete_evaluator(coded["id"])

# --- import jobs

with check("create_file_import_job, get_file_import_job: with its model and schema"):
    job_id = client.create_file_import_job(
        "s3", "bucket", "path/", unique("files"), "numeric",
        {"predictionLabel": "p", "actualLabel": "a", "predictionId": "id", "timestamp": "t"},
    )["jobId"]
    job = client.get_file_import_job(job_id)
    equal((job["jobStatus"], job["bucketName"], job["totalFilesPendingCount"]), ("active", "bucket", 0), "job")
    equal(job["schema"]["predictionId"], "id", "schema")

with check("update_file_import_job, delete_file_import_job: paused, and gone"):
    client.update_file_import_job(job_id, job_status="inactive")
    equal(client.get_file_import_job(job_id)["jobStatus"], "inactive", "status")
    equal(client.delete_file_import_job(job_id), True, "deleted")
    with refusal():
        client.get_file_import_job(job_id)

with check("create_table_import_job, update_table_import_job, delete_table_import_job: minutes in, seconds out"):
    table_id = client.create_table_import_job(
        "BigQuery", unique("tables"), "numeric",
        {"predictionLabel": "p", "actualLabel": "a", "predictionId": "id", "timestamp": "t"},
        bigquery_table_config={"projectId": "p", "dataset": "d", "tableName": "t"},
    )["jobId"]
    table = client.get_table_import_job(table_id)
    equal((table["table"], table["projectId"], table["dataset"]), ("t", "p", "d"), "table")
    client.update_table_import_job(table_id, refresh_interval=30, query_window_size=48)
    equal(client.get_table_import_job(table_id)["tableIngestionParameters"], {"refreshIntervalSeconds": 1800, "queryWindowSizeSeconds": 172800}, "interval")
    holds(table_id in [one["jobId"] for one in client.get_all_table_import_jobs()], "list")
    equal(client.delete_table_import_job(table_id), True, "deleted")

# --- traces and annotations

with check("list_traces, get_trace, get_span_columns: spans that came by OTLP"):
    traces = client.list_traces(model_name=PROJECT)
    equal([(one["name"], one["spanKind"]) for one in traces], [("ask", "CHAIN")], "roots")
    spans = client.get_trace(TRACE, model_name=PROJECT)
    equal(sorted(one["name"] for one in spans), ["answer", "ask"], "spans")
    equal(spans[0]["traceTokenCounts"]["aggregateTotalTokenCount"], 12, "tokens")
    holds("attributes.llm.token_count.total" in [str(one) if isinstance(one, str) else one["name"] for one in client.get_span_columns(model_name=PROJECT)], "columns")

with check("create_annotation: REST sees it on the span"):
    config = rest("POST", "/v2/annotation-configs", {"name": unique("note"), "space_id": SPACE, "annotation_config_type": "FREEFORM"})
    equal(
        client.create_annotation(config["name"], "me", "b7ad6b7169203331", "text", config["id"], model_name=PROJECT, text="good"),
        True,
        "annotated",
    )
    project = client.get_model(PROJECT)["id"]
    spans = rest("POST", "/v2/spans", {"project_id": project})["spans"]
    root = [span for span in spans if span["name"] == "ask"][0]
    equal([(one["name"], one["text"]) for one in root["annotations"]], [(config["name"], "good")], "annotations")

# --- by id, links, constructors, and at last what deletes data

by_id.run(client)

with check("Client: every public method was called"):
    equal(never_called(), [], "never called")
