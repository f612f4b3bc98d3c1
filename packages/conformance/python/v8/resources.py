"""arize 8.42: prompts, evaluators, AI integrations, annotation queues, tasks."""

from arize._generated.api_client.exceptions import (
    BadRequestException,
    ConflictException,
    ForbiddenException,
    NotFoundException,
    UnauthorizedException,
)
from arize._generated.api_client.models import (
    AiIntegrationProvider,
    AiIntegrationScoping,
    AnnotationInput,
    AssignmentMethod,
    EvaluatorLlmConfig,
    InputVariableFormat,
    InvocationParams,
    LlmGenerationRunConfig,
    LlmProvider,
    ManagedCodeConfig,
    ManagedCodeEvaluator,
    ProviderParams,
    StaticParam,
    StaticParamDefaultValue,
    StaticParamType,
    TaskEvaluatorInput,
    TemplateConfig,
)
from arize._generated.api_client.models import LLMMessage, MessageRole
from arize._generated.api_client.models.annotation_queue_example_record_input import AnnotationQueueExampleRecordInput

from arize.experiments.types import ExperimentTaskFieldNames

from checks import ORGANIZATION, PLATFORM, SPACE, check, equal, holds, pages, refused, unique
from clients import admin, member, reader, service, unknown

HERE = AiIntegrationScoping(organization_id=ORGANIZATION, space_id=SPACE)

# --- prompts

MESSAGES = [LLMMessage(role=MessageRole.SYSTEM, content="Be brief"), LLMMessage(role=MessageRole.USER, content="{question}")]


def new_prompt(client=service, **more):
    return client.prompts.create(
        space=SPACE,
        name=unique("prompt"),
        commit_message="first",
        input_variable_format=InputVariableFormat.F_STRING,
        provider=LlmProvider.OPEN_AI,
        messages=MESSAGES,
        **more,
    )


with check("prompts.create: answers the prompt and its version; prompts.get finds it by id and by name"):
    prompt = new_prompt(
        description="d",
        model="gpt-4o",
        invocation_params=InvocationParams(temperature=0.5, stop=["x"]),
        provider_params=ProviderParams(region="eu"),
    )
    equal(prompt.description, "d", "description")
    equal(prompt.version.model, "gpt-4o", "model")
    equal([message.content for message in prompt.version.messages], ["Be brief", "{question}"], "messages")
    equal(prompt.version.invocation_params.temperature, 0.5, "temperature")
    equal(prompt.version.provider_params.region, "eu", "region")
    equal(reader.prompts.get(prompt=prompt.id).version.id, prompt.version.id, "by id")
    equal(reader.prompts.get(prompt=prompt.name, space=SPACE).id, prompt.id, "by name")

with check("prompts.create: 409 for a name the space has"):
    with refused(ConflictException):
        service.prompts.create(
            space=SPACE, name=prompt.name, commit_message="c", input_variable_format=InputVariableFormat.F_STRING,
            provider=LlmProvider.OPEN_AI, messages=MESSAGES,
        )

with check("prompts.create: 403 for a reader, 401 for an unknown key"):
    with refused(ForbiddenException, text="PROMPT_CREATE"):
        new_prompt(reader)
    with refused(UnauthorizedException):
        new_prompt(unknown)

with check("prompts.list: every one once"):
    made = {new_prompt().id for _ in range(3)}
    ids = [one.id for one in pages(reader.prompts.list, "prompts", space=SPACE)]
    equal(len(ids), len(set(ids)), "ids")
    holds(made <= set(ids), "one is missing")

with check("prompts.update: describes; 403 for a reader"):
    equal(service.prompts.update(prompt=prompt.id, description="new").description, "new", "description")
    with refused(ForbiddenException, text="PROMPT_UPDATE"):
        reader.prompts.update(prompt=prompt.id, description="x")

with check("prompts.create_version, get_version, list_versions: newest first"):
    second = service.prompts.create_version(
        prompt=prompt.id, commit_message="second", input_variable_format=InputVariableFormat.MUSTACHE,
        provider=LlmProvider.ANTHROPIC, messages=[LLMMessage(role=MessageRole.USER, content="{{question}}")],
    )
    equal(reader.prompts.get_version(version_id=second.id).commit_message, "second", "get_version")
    equal([one.id for one in pages(reader.prompts.list_versions, "prompt_versions", prompt=prompt.id)], [second.id, prompt.version.id], "order")
    equal(reader.prompts.get(prompt=prompt.id).version.id, second.id, "latest")
    equal(reader.prompts.get(prompt=prompt.id, version_id=prompt.version.id).version.id, prompt.version.id, "by version")

with check("prompts.set_labels moves a label; get and get_version_by_label find it; delete_label takes it off"):
    service.prompts.set_labels(version_id=prompt.version.id, labels=["live", "old"])
    equal(service.prompts.set_labels(version_id=second.id, labels=["live"]).labels, ["live"], "labels")
    equal(reader.prompts.get_version_by_label(prompt=prompt.id, label_name="live").id, second.id, "by label")
    equal(reader.prompts.get(prompt=prompt.id, label="old").version.labels, ["old"], "left")
    service.prompts.delete_label(version_id=second.id, label_name="live")
    with refused(NotFoundException):
        reader.prompts.get_version_by_label(prompt=prompt.id, label_name="live")

with check("prompts.delete: it is gone; 403 for a reader"):
    with refused(ForbiddenException, text="PROMPT_DELETE"):
        reader.prompts.delete(prompt=prompt.id)
    service.prompts.delete(prompt=prompt.id)
    with refused(NotFoundException):
        reader.prompts.get(prompt=prompt.id)

# --- AI integrations

SECRET = "sk-provider-secret-9876543210"

with check("ai_integrations.create: says that it has a key, and does not give it back; get finds it by id and by name"):
    integration = service.ai_integrations.create(
        name=unique("models"), provider=AiIntegrationProvider.OPEN_AI, api_key=SECRET, model_names=["gpt-4o"], scopings=[HERE]
    )
    equal(integration.has_api_key, True, "has_api_key")
    holds(SECRET not in str(integration), "the key came back")
    equal(reader.ai_integrations.get(integration=integration.id).model_names, ["gpt-4o"], "by id")
    equal(reader.ai_integrations.get(integration=integration.name, space=SPACE).id, integration.id, "by name")

with check("ai_integrations.create: 409 for a name the account has, 403 for a reader and for the whole account"):
    with refused(ConflictException):
        service.ai_integrations.create(name=integration.name, provider=AiIntegrationProvider.GEMINI, scopings=[HERE])
    with refused(ForbiddenException, text="LLM_INTEGRATION_CREATE"):
        reader.ai_integrations.create(name=unique("x"), provider=AiIntegrationProvider.OPEN_AI, scopings=[HERE])
    with refused(ForbiddenException, text="LLM_INTEGRATION_CREATE"):
        service.ai_integrations.create(name=unique("x"), provider=AiIntegrationProvider.OPEN_AI)

with check("ai_integrations.update: removes the key; 403 for a reader"):
    equal(service.ai_integrations.update(integration=integration.id, api_key=None).has_api_key, False, "has_api_key")
    with refused(ForbiddenException, text="LLM_INTEGRATION_UPDATE"):
        reader.ai_integrations.update(integration=integration.id, base_url="https://x")

with check("ai_integrations.list: every one once"):
    more = {service.ai_integrations.create(name=unique("m"), provider=AiIntegrationProvider.GEMINI, scopings=[HERE]).id for _ in range(2)}
    ids = [one.id for one in pages(reader.ai_integrations.list, "ai_integrations", space=SPACE)]
    equal(len(ids), len(set(ids)), "ids")
    holds(more | {integration.id} <= set(ids), "one is missing")

# --- evaluators

TEMPLATE = TemplateConfig(
    name="relevance", template="{input} {output}", include_explanations=True, use_function_calling_if_available=True,
    classification_choices={"yes": 1, "no": 0},
    llm_config=EvaluatorLlmConfig(
        ai_integration_id=integration.id, model_name="gpt-4o", invocation_parameters=InvocationParams(), provider_parameters=ProviderParams()
    ),
)
CODE = ManagedCodeConfig(
    type="MANAGED", name="words", managed_evaluator=ManagedCodeEvaluator.CONTAINS_ANY_KEYWORD, variables=["output"],
    static_params=[StaticParam(name="keywords", type=StaticParamType.STRING_ARRAY, default_value=StaticParamDefaultValue(["a"]))],
)

with check("evaluators.create_template_evaluator: answers the configuration with its defaults"):
    judge = service.evaluators.create_template_evaluator(name=unique("judge"), space=SPACE, commit_message="c", template_config=TEMPLATE)
    equal(judge.version.template_config.classification_choices, {"yes": 1, "no": 0}, "choices")
    equal(judge.version.template_config.data_granularity, "SPAN", "granularity")

with check("evaluators.create_code_evaluator: answers the configuration; get finds it by name"):
    words = service.evaluators.create_code_evaluator(name=unique("words"), space=SPACE, commit_message="c", code_config=CODE, description="d")
    equal(words.description, "d", "description")
    equal(reader.evaluators.get(evaluator=words.name, space=SPACE).version.id, words.version.id, "by name")
    equal(reader.evaluators.get_version(version_id=words.version.id).code_config.variables, ["output"], "variables")

with check("evaluators.create_code_evaluator: 409 for a name the space has, 403 for a reader"):
    with refused(ConflictException):
        service.evaluators.create_code_evaluator(name=words.name, space=SPACE, commit_message="c", code_config=CODE)
    with refused(ForbiddenException, text="EVALUATOR_CREATE"):
        reader.evaluators.create_code_evaluator(name=unique("w"), space=SPACE, commit_message="c", code_config=CODE)

with check("evaluators.create_template_version, create_code_version, list_versions: newest first"):
    later = service.evaluators.create_template_version(evaluator=judge.id, commit_message="second", template_config=TEMPLATE)
    equal([one.id for one in pages(reader.evaluators.list_versions, "evaluator_versions", evaluator=judge.id)], [later.id, judge.version.id], "order")
    equal(service.evaluators.create_code_version(evaluator=words.id, commit_message="s", code_config=CODE).commit_message, "s", "code")

with check("evaluators.update renames, evaluators.list has it, evaluators.delete takes it away; 403 for a reader"):
    renamed = unique("renamed")
    equal(service.evaluators.update(evaluator=words.id, name=renamed).name, renamed, "name")
    holds(words.id in [one.id for one in pages(reader.evaluators.list, "evaluators", space=SPACE)], "not on the list")
    with refused(ForbiddenException, text="EVALUATOR_DELETE"):
        reader.evaluators.delete(evaluator=words.id)
    service.evaluators.delete(evaluator=words.id)
    with refused(NotFoundException):
        reader.evaluators.get(evaluator=words.id)

# --- annotation queues

with check("annotation_queues.create: answers its configs and annotators; get finds it by name"):
    config = admin.annotation_configs.create_freeform(name=unique("quality"), space=SPACE)
    people = {user.id: user.email for user in admin.users.list().users}
    annotator = people[PLATFORM["users"]["member"]]
    queue = service.annotation_queues.create(
        name=unique("queue"), space=SPACE, annotation_config_ids=[config.id], annotator_emails=[annotator],
        instructions="look", assignment_method=AssignmentMethod.ALL,
    )
    equal([user.email for user in queue.annotators], [annotator], "annotators")
    equal(reader.annotation_queues.get(annotation_queue=queue.name, space=SPACE).id, queue.id, "by name")

with check("annotation_queues.add_records and list_records: examples with their data, for every annotator"):
    dataset = service.datasets.create(name=unique("data"), space=SPACE, examples=[{"q": "a"}, {"q": "b"}, {"q": "c"}])
    source = AnnotationQueueExampleRecordInput(record_type="EXAMPLE", dataset_id=dataset.id)
    added = service.annotation_queues.add_records(annotation_queue=queue.id, record_sources=[source])
    equal(len(added.record_sources), 3, "added")
    records = pages(reader.annotation_queues.list_records, "records", annotation_queue=queue.id)
    equal(sorted(record.data["q"] for record in records), ["a", "b", "c"], "data")
    equal(records[0].assigned_users[0].user.email, annotator, "assigned")

with check("annotation_queues.annotate_record completes it; assign_record begins anew"):
    answer = member.annotation_queues.annotate_record(
        annotation_queue=queue.id, record_id=records[0].id, annotations=[AnnotationInput(name=queue.annotation_configs[0].actual_instance.name, text="fine")]
    )
    equal(answer.annotations[0].text, "fine", "text")
    equal(reader.annotation_queues.list_records(annotation_queue=queue.id).records[0].assigned_users[0].completion_status, "COMPLETED", "status")
    again = service.annotation_queues.assign_record(annotation_queue=queue.id, record_id=records[0].id, assigned_user_emails=[annotator])
    equal(again.assigned_users[0].completion_status, "PENDING", "status")

with check("annotation_queues.annotate_record: 400 for a config that the queue has not, 403 for a reader"):
    with refused(BadRequestException):
        member.annotation_queues.annotate_record(annotation_queue=queue.id, record_id=records[0].id, annotations=[AnnotationInput(name="other", text="t")])
    with refused(ForbiddenException, text="QUEUE_RECORD_ANNOTATE"):
        reader.annotation_queues.annotate_record(annotation_queue=queue.id, record_id=records[0].id, annotations=[AnnotationInput(name="other", text="t")])

with check("annotation_queues.update, delete_records, list, delete"):
    equal(service.annotation_queues.update(annotation_queue=queue.id, instructions="again").instructions, "again", "instructions")
    service.annotation_queues.delete_records(annotation_queue=queue.id, record_ids=[records[0].id])
    equal(len(reader.annotation_queues.list_records(annotation_queue=queue.id).records), 2, "left")
    holds(queue.id in [one.id for one in pages(reader.annotation_queues.list, "annotation_queues", space=SPACE)], "not on the list")
    with refused(ForbiddenException, text="QUEUE_DELETE"):
        reader.annotation_queues.delete(annotation_queue=queue.id)
    service.annotation_queues.delete(annotation_queue=queue.id)
    with refused(NotFoundException):
        reader.annotation_queues.get(annotation_queue=queue.id)

# --- tasks

with check("tasks.create_evaluation_task, get, list: a code evaluator over an experiment"):
    holder = service.datasets.create(name=unique("data"), space=SPACE, examples=[{"q": "a"}, {"q": "b"}])
    examples = service.datasets.list_examples(dataset=holder.id).examples
    experiment = service.experiments.create(
        name=unique("experiment"), dataset=holder.id,
        experiment_runs=[{"example_id": example.id, "output": "has a"} for example in examples],
        task_fields=ExperimentTaskFieldNames(example_id="example_id", output="output"),
    )
    checker = service.evaluators.create_code_evaluator(name=unique("words"), space=SPACE, commit_message="c", code_config=CODE)
    task = service.tasks.create_evaluation_task(
        name=unique("task"), task_type="CODE_EVALUATION", dataset=holder.id, experiment_ids=[experiment.id],
        evaluators=[TaskEvaluatorInput(evaluator_id=checker.id)],
    )
    equal(task.evaluators[0].evaluator_name, checker.name, "evaluator")
    equal(reader.tasks.get(task=task.id).experiment_ids, [experiment.id], "get")
    holds(task.id in [one.id for one in pages(reader.tasks.list, "tasks", space=SPACE)], "not on the list")

with check("tasks.trigger_run, wait_for_run, get_run, list_runs: the run completes and has counted"):
    run = service.tasks.trigger_run(task=task.id)
    done = service.tasks.wait_for_run(run_id=run.id, poll_interval=0.2, timeout=20)
    equal((done.status, done.num_successes), ("COMPLETED", 2), "run")
    equal(reader.tasks.get_run(run_id=run.id).id, run.id, "get_run")
    equal([one.id for one in reader.tasks.list_runs(task=task.id).task_runs], [run.id], "list_runs")

with check("tasks.trigger_run: 403 for a reader; tasks.cancel_run: 400 once it has ended"):
    with refused(ForbiddenException, text="EXPERIMENT_EVAL_TASK_UPDATE"):
        reader.tasks.trigger_run(task=task.id)
    with refused(BadRequestException):
        service.tasks.cancel_run(run_id=run.id)

with check("tasks.create_run_experiment_task: keeps its configuration; a run fails and says that no model is called"):
    generation = service.tasks.create_run_experiment_task(
        name=unique("generate"), dataset=holder.id,
        run_configuration=LlmGenerationRunConfig(
            experiment_type="LLM_GENERATION", ai_integration_id=integration.id, messages=MESSAGES,
            input_variable_format=InputVariableFormat.MUSTACHE,
        ),
    )
    failed = service.tasks.wait_for_run(
        run_id=service.tasks.trigger_run(task=generation.id, experiment_name=unique("x")).id, poll_interval=0.2, timeout=20
    )
    equal(failed.status, "FAILED", "status")
    holds("no model" in failed.failure_reason, failed.failure_reason)

with check("tasks.update renames; tasks.delete takes it away; 403 for a reader"):
    renamed = unique("renamed")
    equal(service.tasks.update(task=task.id, name=renamed).name, renamed, "name")
    with refused(ForbiddenException, text="EXPERIMENT_EVAL_TASK_DELETE"):
        reader.tasks.delete(task=task.id)
    service.tasks.delete(task=task.id)
    with refused(NotFoundException):
        reader.tasks.get(task=task.id)

with check("ai_integrations.delete: it is gone; 403 for a reader"):
    with refused(ForbiddenException, text="LLM_INTEGRATION_DELETE"):
        reader.ai_integrations.delete(integration=integration.id)
    service.ai_integrations.delete(integration=integration.id)
    with refused(NotFoundException):
        reader.ai_integrations.get(integration=integration.id)
