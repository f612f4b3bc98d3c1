"""arize 8.42: users and their invitations, audit logs, bindings and lists as data frames."""

from datetime import datetime, timedelta, timezone
from pathlib import Path

from arize._generated.api_client.exceptions import (
    BadRequestException,
    ForbiddenException,
    NotFoundException,
)
from arize._generated.api_client.models import AuditLogOperationType, InviteMode, Permission, RoleBindingResourceType, UserStatus
from arize import ArizeClient
from arize.users.types import PredefinedUserRole

from checks import KEYS, PLATFORM, SPACE, absent, check, equal, holds, pages, refused, unique
from clients import admin, member, reader, service

USERS = PLATFORM["users"]
MEMBER = PredefinedUserRole(name="MEMBER")


def new_user(mode=InviteMode.NONE):
    return admin.users.create(name="Ada", email=f"{unique('u')}@example.com", role=MEMBER, invite_mode=mode)


with check("users.resend_invitation: for an invitation; 400 for whoever has joined, 403 for a member, 404 for nobody"):
    invited = new_user(InviteMode.EMAIL_LINK)
    equal(invited.status, "INVITED", "status")
    admin.users.resend_invitation(user_id=invited.id)
    with refused(BadRequestException):
        admin.users.resend_invitation(user_id=USERS["member"])
    with refused(ForbiddenException):
        member.users.resend_invitation(user_id=invited.id)
    with refused(NotFoundException):
        admin.users.resend_invitation(user_id=absent("User"))

with check("users.reset_password: for an active one; 400 for an invitation, 403 for a member, 404 for nobody"):
    active = new_user()
    admin.users.reset_password(user_id=active.id)
    with refused(BadRequestException):
        admin.users.reset_password(user_id=invited.id)
    with refused(ForbiddenException):
        member.users.reset_password(user_id=active.id)
    with refused(NotFoundException):
        admin.users.reset_password(user_id=absent("User"))

with check("users.bulk_delete: by id and by address, with what became of each"):
    one, two = new_user(), new_user()
    answer = admin.users.bulk_delete(user_ids=[one.id, absent("User")], emails=[two.email.upper(), "nobody@example.com"])
    outcome = {result.user_id or result.email: result.status.value for result in getattr(answer, "results", answer)}
    equal(outcome, {"nobody@example.com": "not_found", one.id: "deleted", absent("User"): "failed", two.id: "deleted"}, "outcome")
    with refused(NotFoundException):
        admin.users.get(user=one.id)

with check("users.list: by address and state, oldest first"):
    listed = admin.users.list(email=invited.email.upper())
    equal([user.id for user in listed.users], [invited.id], "by address")
    equal(listed.to_df()["id"].tolist(), [invited.id], "to_df")
    states = {user.status for user in pages(admin.users.list, "users", status=[UserStatus.ACTIVE])}
    equal(states, {"ACTIVE"}, "states")
    times = [user.created_at for user in pages(admin.users.list, "users")]
    equal(times, sorted(times), "order")

with check("audit_logs.list: newest first, every one once, two at a time"):
    service.projects.create(name=unique("project"), space=SPACE)
    until = datetime.now(timezone.utc)
    logs = pages(admin.audit_logs.list, "logs", end_time=until)
    times = [log.created_at for log in logs]
    equal(times, sorted(times, reverse=True), "order")
    equal(len({log.id for log in logs}), len(logs), "ids")
    holds(len(logs) > 2, "too few")

with check("audit_logs.list: of somebody, of a kind, of a time; 403 for a member"):
    member.projects.create(name=unique("project"), space=SPACE)
    of = admin.audit_logs.list(user_id=USERS["member"], operation_type=AuditLogOperationType.MUTATION).logs
    holds(of and {log.user_id for log in of} == {USERS["member"]}, "not those of the member")
    equal(admin.audit_logs.list(end_time=datetime.now(timezone.utc) - timedelta(hours=1)).logs, [], "an hour ago")
    equal(admin.audit_logs.list(start_time=of[0].created_at, end_time=of[0].created_at).logs[0].created_at, of[0].created_at, "both ends count")
    with refused(ForbiddenException):
        member.audit_logs.list()

with check("role_bindings.update: to another role; 404 for a binding or a role that does not exist"):
    roles = [admin.roles.create(name=unique("role"), permissions=[Permission.DATASET_READ]) for _ in range(2)]
    project = service.projects.create(name=unique("project"), space=SPACE)
    binding = admin.role_bindings.create(
        user_id=USERS["readOnly"], role_id=roles[0].id, resource_type=RoleBindingResourceType.PROJECT, resource_id=project.id
    )
    changed = admin.role_bindings.update(binding_id=binding.id, role_id=roles[1].id)
    equal((changed.id, changed.role_id), (binding.id, roles[1].id), "binding")
    equal(admin.role_bindings.get(binding_id=binding.id).role_id, roles[1].id, "get")
    with refused(NotFoundException):
        admin.role_bindings.update(binding_id=absent("RoleBinding"), role_id=roles[1].id)
    with refused(NotFoundException):
        admin.role_bindings.update(binding_id=binding.id, role_id=absent("Role"))

for name, call in {
    "spaces.list": admin.spaces.list,
    "organizations.list": admin.organizations.list,
    "projects.list": admin.projects.list,
    "datasets.list": admin.datasets.list,
    "prompts.list": admin.prompts.list,
    "evaluators.list": admin.evaluators.list,
    "annotation_queues.list": admin.annotation_queues.list,
    "tasks.list": admin.tasks.list,
    "ai_integrations.list": admin.ai_integrations.list,
    "roles.list": admin.roles.list,
    "api_keys.list": admin.api_keys.list,
    "resource_restrictions.list": admin.resource_restrictions.list,
}.items():
    with check(f"{name}: everything there is, as a data frame; 400 for a cursor that cannot be read"):
        call().to_df()
        with refused(BadRequestException):
            call(cursor="no-cursor")

with check("clear_cache: what was read whole is kept on disk until then, and is read anew after"):
    caching = ArizeClient(api_key=KEYS["service"], enable_caching=True)
    dataset = caching.datasets.create(name=unique("data"), space=SPACE, examples=[{"q": "a"}])
    read = lambda: [example.additional_properties["q"] for example in caching.datasets.list_examples(dataset=dataset.id, all=True).examples]
    equal((read(), read()), (["a"], ["a"]), "examples")
    cache = Path(caching.sdk_config.cache_dir).expanduser()
    holds(any(cache.rglob("*")), "nothing was kept")
    caching.clear_cache()
    holds(not cache.exists(), "something is left")
    equal(read(), ["a"], "examples")
