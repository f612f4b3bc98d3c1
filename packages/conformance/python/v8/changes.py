"""arize 8.42: what is renamed or changed, and when that is refused."""

from arize._generated.api_client.exceptions import (
    ConflictException,
    ForbiddenException,
    NotFoundException,
)
from arize._generated.api_client.models import InputVariableFormat, LLMMessage, LlmProvider, MessageRole, Permission
from arize._generated.api_client.models import InviteMode
from arize.users.types import PredefinedUserRole

from checks import SPACE, absent, check, equal, holds, pages, refused, unique
from clients import admin, member, reader, service

with check("organizations.update: renames and describes; 403 for a member, 404 for none, 409 for a name in use"):
    one, other = (admin.organizations.create(name=unique("organization")) for _ in range(2))
    name = unique("renamed")
    changed = admin.organizations.update(organization=one.name, name=name, description="d")
    equal((changed.id, changed.name, changed.description), (one.id, name, "d"), "organization")
    with refused(ConflictException):
        admin.organizations.update(organization=one.id, name=other.name)
    with refused(ForbiddenException, NotFoundException):
        member.organizations.update(organization=one.id, name="x")
    with refused(NotFoundException):
        admin.organizations.update(organization=absent("Organization"), name="x")

with check("projects.update: renames, by its name; 403 for a reader, 404 for none"):
    project = service.projects.create(name=unique("project"), space=SPACE)
    name = unique("renamed")
    equal(service.projects.update(project=project.name, space=SPACE, name=name).id, project.id, "id")
    equal(reader.projects.get(project=project.id).name, name, "name")
    with refused(ForbiddenException, text="PROJECT_UPDATE"):
        reader.projects.update(project=project.id, name="x")
    with refused(NotFoundException):
        service.projects.update(project=absent("Model"), name="x")

with check("resource_restrictions.unrestrict: opens a project again; 404 for one that is not restricted"):
    admin.resource_restrictions.restrict(resource_id=project.id)
    holds(project.id in [one.resource_id for one in pages(admin.resource_restrictions.list, "resource_restrictions")], "not on the list")
    with refused(NotFoundException):
        reader.projects.get(project=project.id)
    admin.resource_restrictions.unrestrict(resource_id=project.id)
    equal(reader.projects.get(project=project.id).id, project.id, "id")
    with refused(NotFoundException):
        admin.resource_restrictions.unrestrict(resource_id=project.id)

with check("roles.update: replaces the permissions; 403 for a member, 404 for none, 409 for a name in use"):
    one, other = (admin.roles.create(name=unique("role"), permissions=[Permission.DATASET_READ]) for _ in range(2))
    changed = admin.roles.update(role=one.name, permissions=[Permission.PROMPT_READ], description="d")
    equal((changed.id, changed.permissions, changed.description), (one.id, ["PROMPT_READ"], "d"), "role")
    with refused(ConflictException):
        admin.roles.update(role=one.id, name=other.name)
    with refused(ForbiddenException):
        member.roles.update(role=one.id, name="x")
    with refused(NotFoundException):
        admin.roles.update(role=absent("Role"), name="x")

with check("users.update: renames, and takes the developer's rights; 403 for a member, 404 for nobody"):
    user = admin.users.create(
        name="Ada", email=f"{unique('u')}@example.com", role=PredefinedUserRole(name="MEMBER"), invite_mode=InviteMode.NONE
    )
    changed = admin.users.update(user_id=user.id, name="Grace", is_developer=False)
    equal((changed.id, changed.name, changed.is_developer), (user.id, "Grace", False), "user")
    with refused(ForbiddenException):
        member.users.update(user_id=user.id, name="x")
    with refused(NotFoundException):
        admin.users.update(user_id=absent("User"), name="x")


def version(prompt, client=service):
    return client.prompts.create_version(
        prompt=prompt, commit_message="c", input_variable_format=InputVariableFormat.F_STRING, provider=LlmProvider.OPEN_AI,
        messages=[LLMMessage(role=MessageRole.USER, content="{q}")],
    )


prompt = service.prompts.create(
    name=unique("prompt"), space=SPACE, commit_message="c", input_variable_format=InputVariableFormat.F_STRING,
    provider=LlmProvider.OPEN_AI, messages=[LLMMessage(role=MessageRole.USER, content="{q}")],
)

with check("prompts.get_version_by_label: the version that has it now, by the prompt's name; 404 for a label nobody has"):
    second = version(prompt.id)
    service.prompts.set_labels(version_id=prompt.version.id, labels=["live"])
    equal(reader.prompts.get_version_by_label(prompt=prompt.name, space=SPACE, label_name="live").id, prompt.version.id, "first")
    service.prompts.set_labels(version_id=second.id, labels=["live"])
    equal(reader.prompts.get_version_by_label(prompt=prompt.id, label_name="live").id, second.id, "moved")
    with refused(NotFoundException):
        reader.prompts.get_version_by_label(prompt=prompt.id, label_name="LIVE")

with check("prompts.delete_label: takes it off; 403 for a reader, 404 for one the version has not"):
    with refused(ForbiddenException, text="PROMPT_UPDATE"):
        reader.prompts.delete_label(version_id=second.id, label_name="live")
    service.prompts.delete_label(version_id=second.id, label_name="live")
    with refused(NotFoundException):
        service.prompts.delete_label(version_id=second.id, label_name="live")

with check("prompts.create_version: 403 for a reader, 404 for no prompt"):
    with refused(ForbiddenException, text="PROMPT_UPDATE"):
        version(prompt.id, reader)
    with refused(NotFoundException):
        version(absent("Prompt"))
