"""arize_toolkit 1.0.20: methods that take ids, links, constructors and the deletion of data."""

from datetime import timedelta

from arize_toolkit import Client
from arize_toolkit.exceptions import ArizeAPIException
from checks import KEYS, ORGANIZATION, PLATFORM, SPACE, check, equal, holds, refused, unique
from world import PROJECT, URL, client_of, log_delays, now, rest

MEMBER = PLATFORM["users"]["member"]


def run(client):
    """On a model of its own, so that what is deleted here is missed nowhere else."""
    model = unique("by id")
    log_delays(model, 4)
    model_id = client.get_model(model)["id"]
    people_and_places(client)
    links(client, model, model_id)
    metrics_and_monitors(client, model, model_id)
    prompts_and_evaluators(client)
    deletions(client, model, model_id)


def people_and_places(client):
    with check("create_with_new_organization, create_with_new_space: clients of places that they made"):
        organization = unique("toolkit org")
        with_both = Client.create_with_new_organization(organization, "first", arize_developer_key=KEYS["admin"], arize_app_url=URL)
        equal(with_both.get_space("first")["id"], with_both.space_id, "space")
        with_space = Client.create_with_new_space(organization, "second", arize_developer_key=KEYS["admin"], arize_app_url=URL)
        equal((with_space.org_id, with_space.get_space("second")["id"]), (with_both.org_id, with_space.space_id), "ids")

    with check("assign_space_membership_by_id, remove_space_member_by_id: given and taken"):
        space = client.create_new_space(unique("members"), private=True, set_as_active=False)
        given = client.assign_space_membership_by_id(user_ids=MEMBER, space_ids=space, role="readOnly")
        equal([(one["role"], one["user"]["id"]) for one in given], [("readOnly", MEMBER)], "given")
        equal(client.remove_space_member_by_id(MEMBER, space_id=space)["space_id"], space, "taken")
        holds(MEMBER not in [one["user"]["id"] for one in client.get_space_users(space_id=space)], "still there")

    with check("set_sleep_time: between pages"):
        equal(client.set_sleep_time(0), client, "itself")

    with check("list_integrations: by provider and by name"):
        for name, provider in (("pager", "pagerduty"), ("channel", "slack")):
            client._graphql_client.execute(integration(name, provider))
        equal([one["name"] for one in client.list_integrations(provider_name="slack")], ["channel"], "provider")
        equal([one["providerName"] for one in client.list_integrations(search="PAG")], ["pagerduty"], "search")


def integration(name, provider):
    """The toolkit has no method that makes one."""
    from gql import gql

    return gql(
        f'mutation {{ createIntegrationKey(input: {{accountOrganizationId: "{ORGANIZATION}", name: "{name}", providerName: {provider}}})'
        " { integrationKey { id } } }"
    )


def links(client, model, model_id):
    place = f"{URL}/organizations/{ORGANIZATION}/spaces/{SPACE}"

    with check("space_url and the other links: made of the ids"):
        equal(client.space_url, place, "space")
        equal(client.model_url(model_id), f"{place}/models/{model_id}", "model")
        equal(client.get_model_url(model), client.model_url(model_id), "model by name")
        equal(client.custom_metric_url("m", "c"), f"{place}/models/m/custom_metrics/c", "custom metric")
        equal(client.monitor_url("m"), f"{place}/monitors/m", "monitor")
        equal(client.prompt_url("p"), f"{place}/prompt-hub/p", "prompt")
        equal(client.prompt_version_url("p", "v"), f"{place}/prompt-hub/p?version=v", "version")
        equal(client.dashboard_url("d"), f"{place}/dashboards/d", "dashboard")
        holds(client.file_import_jobs_url().startswith(f"{place}/imports"), "files")
        holds(client.table_import_jobs_url().startswith(f"{place}/imports"), "tables")

    with check("resolve_model_id: of a name, and refused for an unknown one"):
        equal(client.resolve_model_id(model_name=model), model_id, "id")
        with refused(Exception):
            client.resolve_model_id(model_name="nobody's")

    with check("get_dashboard_by_id, get_dashboard_url: of a board that was made"):
        name = unique("board")
        client.create_model_volume_dashboard(name)
        board = client.get_dashboard(name)
        equal(client.get_dashboard_by_id(board["id"])["name"], name, "by id")
        equal(client.get_dashboard_url(name), client.dashboard_url(board["id"]), "link")


def metrics_and_monitors(client, model, model_id):
    with check("update_custom_metric_by_id, get_custom_metric_url, delete_custom_metric_by_id: change and go"):
        client.create_custom_metric(metric="SELECT AVG(distance) FROM model", metric_name="far", model_id=model_id)
        metric = client.get_custom_metric(model, "far")["id"]
        equal(client.get_custom_metric_url(model, "far"), client.custom_metric_url(model_id, metric), "link")
        client.update_custom_metric_by_id(metric, model_id, name="farther", description="d")
        equal(client.get_custom_metric_by_id(metric)["description"], "d", "description")
        equal(client.delete_custom_metric_by_id(metric, model_id), True, "deleted")
        with refused(ArizeAPIException):
            client.get_custom_metric(model, "farther")

    with check("get_monitor_url, delete_monitor_by_id: gone afterwards"):
        client.create_performance_monitor("watch", model, "production", performance_metric="mae", threshold=1.0, integration_names="pager")
        monitor = client.get_monitor(model, "watch")
        equal([one["integration"]["name"] for one in monitor["contacts"]], ["pager"], "contacts")
        equal(client.get_monitor_url("watch", model), client.monitor_url(monitor["id"]), "link")
        equal(client.delete_monitor_by_id(monitor["id"]), True, "deleted")
        with refused(ArizeAPIException):
            client.get_monitor_by_id(monitor["id"])


def prompts_and_evaluators(client):
    with check("get_prompt_by_id, update_prompt_by_id, delete_prompt_by_id: change and go"):
        name = unique("prompt")
        client.create_prompt(name, messages=[{"role": "user", "content": "hi"}], provider="openAI", model_name="gpt-4o")
        prompt = client.get_prompt(name)["id"]
        client.update_prompt_by_id(prompt, description="new", tags=["t"])
        found = client.get_prompt_by_id(prompt)
        equal((found["name"], found["description"], found["tags"]), (name, "new", ["t"]), "prompt")
        # It selects no success, and so says False of what it deleted (spec/graphql.md §6.5).
        equal(client.delete_prompt_by_id(prompt), False, "answer")
        with refused(ArizeAPIException):
            client.get_prompt(name)

    with check("create_template_evaluator_version: the newest is shown"):
        rest("POST", "/v2/ai-integrations", {"name": unique("models"), "provider": "OPEN_AI", "api_key": "not-a-key"})
        integration_name = client.get_llm_integrations()[0]["name"]
        llm = {"llm_integration_name": integration_name, "llm_model_name": "gpt-4o"}
        choices = {"yes": 1, "no": 0}
        made = client.create_template_evaluator(unique("eval"), "Is {output} right?", "right", classification_choices=choices, **llm)
        client.create_template_evaluator_version(
            made["id"], "right", "Is {output} quite right?", commit_message="two", classification_choices=choices, **llm
        )
        equal(client.get_evaluator_by_id(made["id"])["commitMessage"], "two", "version")

    with check("get_all_file_import_jobs: parses more than it asks for, and fails on any server"):
        client.create_file_import_job(
            "gcs", "bucket", "path/", unique("files"), "numeric",
            {"predictionLabel": "p", "actualLabel": "a", "predictionId": "id", "timestamp": "t"},
        )
        with refused(ArizeAPIException, text="validation error"):
            client.get_all_file_import_jobs()


def deletions(client, model, model_id):
    today, tomorrow = now(), now() + timedelta(days=1)

    with check("delete_data: of another environment, and of days without data, takes nothing"):
        equal(client.delete_data(model, today - timedelta(days=1), tomorrow, environment="PREPRODUCTION"), True, "answer")
        equal(client.delete_data(model, "2020-01-01", "2020-02-01"), True, "answer")
        equal(client.get_model_volume(model), 4, "volume")

    with check("delete_data_by_id: a reader may not"):
        with refused(ArizeAPIException, text="ML_MODEL_DELETE"):
            client_of(KEYS["readOnly"]).delete_data_by_id(model_id, today, tomorrow)

    with check("delete_data_by_id: the records of these days are gone, and new ones count again"):
        equal(client.delete_data_by_id(model_id, today - timedelta(days=1), tomorrow), True, "answer")
        equal(client.get_model_volume(model), 0, "volume")
        log_delays(model, 2)
        equal(client.get_model_volume(model), 2, "volume afterwards")

    with check("delete_data: the spans of a tracing project"):
        holds(client.list_traces(model_name=PROJECT), "traces before")
        equal(client.delete_data(PROJECT, today - timedelta(days=1), tomorrow), True, "answer")
        equal(client.list_traces(model_name=PROJECT), [], "traces")
