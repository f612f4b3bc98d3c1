"""arize 8.42: spaces, keys, people, roles."""

from datetime import datetime, timedelta, timezone

from arize._generated.api_client.exceptions import (
    BadRequestException,
    ConflictException,
    ForbiddenException,
    NotFoundException,
    UnauthorizedException,
    UnprocessableEntityException,
)
from arize._generated.api_client.models import (
    ApiKeyStatus,
    InviteMode,
    Permission,
    ResourceRestrictionType,
    RoleBindingResourceType,
)
from arize.api_keys.types import OrgBinding, PredefinedRoleAssignment, SpaceBinding, SpaceRoleAssignment
from arize.organizations.types import PredefinedOrgRole
from arize.spaces.types import PredefinedSpaceRole
from arize.users.types import PredefinedUserRole

from checks import KEYS, ORGANIZATION, PLATFORM, SPACE, check, equal, holds, pages, refused, unique
from clients import admin, client_of, member, reader, service, unknown

USERS = PLATFORM["users"]
ABSENT_SPACE = "U3BhY2U6OTg3NjU0MzIxOnpaelo="

def new_space():
    return admin.spaces.create(name=unique("space"), organization_id=ORGANIZATION)


# --- spaces

with check("spaces.create: answers the space; spaces.get finds it by id and by name"):
    space = admin.spaces.create(name=unique("space"), organization_id=ORGANIZATION, description="for tests")
    equal(space.description, "for tests", "description")
    equal(admin.spaces.get(space=space.id).name, space.name, "by id")
    equal(admin.spaces.get(space=space.name).id, space.id, "by name")

with check("spaces.create: 409 for a name the organization has"):
    with refused(ConflictException):
        admin.spaces.create(name=space.name, organization_id=ORGANIZATION)

with check("spaces.create: 403 for a reader of the organization"):
    with refused(ForbiddenException, text="SPACE_CREATE"):
        reader.spaces.create(name=unique("space"), organization_id=ORGANIZATION)

with check("spaces.create: 400 for an empty name"):
    with refused(BadRequestException):
        admin.spaces.create(name="", organization_id=ORGANIZATION)

with check("spaces.get: 404 for one that does not exist"):
    with refused(NotFoundException):
        admin.spaces.get(space=ABSENT_SPACE)

with check("spaces.get: 401 for an unknown key"):
    with refused(UnauthorizedException):
        unknown.spaces.get(space=SPACE)

with check("spaces.list: every one once"):
    made = {new_space().id for _ in range(3)}
    ids = [one.id for one in pages(admin.spaces.list, "spaces", organization_id=ORGANIZATION)]
    equal(len(ids), len(set(ids)), "ids")
    holds(made <= set(ids), "one is missing")

with check("spaces.update: changes what is given"):
    equal(admin.spaces.update(space=space.id, description="new").description, "new", "description")
    equal(admin.spaces.get(space=space.id).name, space.name, "name")

with check("spaces.update: 403 for a member"):
    with refused(ForbiddenException, text="SPACE_UPDATE"):
        member.spaces.update(space=SPACE, description="mine")

with check("spaces.add_user and spaces.remove_user: of a user of the organization"):
    membership = admin.spaces.add_user(space=space.id, user_id=USERS["member"], role=PredefinedSpaceRole(name="ADMIN"))
    equal((membership.user_id, membership.space_id), (USERS["member"], space.id), "membership")
    member.spaces.update(space=space.id, description="as its admin")
    admin.spaces.remove_user(space=space.id, user_id=USERS["member"])
    with refused(NotFoundException):
        admin.spaces.remove_user(space=space.id, user_id=USERS["member"])

with check("spaces.delete: it is gone"):
    admin.spaces.delete(space=space.id)
    with refused(NotFoundException):
        admin.spaces.get(space=space.id)

# --- keys


def service_key(client=admin, **binding):
    return client.api_keys.create_service_key(
        name=unique("pipeline"), orgs=[OrgBinding(org_id=ORGANIZATION, spaces=[SpaceBinding(space=SPACE, **binding)])]
    )


with check("api_keys.create: the key works at once"):
    created = member.api_keys.create(name=unique("laptop"))
    equal(created.redacted_key, f"{created.key[:6]}...{created.key[-3:]}", "redacted_key")
    equal(client_of(created.key).spaces.get(space=SPACE).id, SPACE, "space")

with check("api_keys.create_service_key: defaults are filled in"):
    created_service = service_key()
    equal(created_service.bot_user.organizations[0].spaces[0].space_id, SPACE, "space")
    equal(client_of(created_service.key).spaces.get(space=SPACE).id, SPACE, "space")

with check("api_keys.create_service_key: 403 where SERVICE_KEY_CREATE is missing"):
    with refused(ForbiddenException, text="SERVICE_KEY_CREATE"):
        service_key(reader)

with check("api_keys.create_service_key: 422 for a role above the creator's own"):
    with refused(UnprocessableEntityException):
        service_key(member, role=SpaceRoleAssignment(PredefinedRoleAssignment(name="ADMIN", type="PREDEFINED")))

with check("api_keys.list: own user keys, and the service keys of a space"):
    own = pages(member.api_keys.list, "api_keys")
    holds(created.id in [key.id for key in own], "the user key is missing")
    of_space = pages(admin.api_keys.list, "api_keys", space=SPACE)
    holds(created_service.id in [key.id for key in of_space], "the service key is missing")
    holds(created.key not in str(own) and created_service.key not in str(of_space), "a secret is listed")

with check("api_keys.list: 403 for another user's keys"):
    with refused(ForbiddenException):
        member.api_keys.list(user_id=USERS["admin"])

with check("api_keys.refresh: the new secret works and the old one does not"):
    fresh = admin.api_keys.refresh(api_key_id=created_service.id)
    equal(client_of(fresh.key).spaces.get(space=SPACE).id, SPACE, "space")
    with refused(UnauthorizedException):
        client_of(created_service.key).spaces.get(space=SPACE)

with check("api_keys.refresh: 422 for a later expiry"):
    now = datetime.now(timezone.utc)
    expiring = member.api_keys.create(name=unique("laptop"), expires_at=now + timedelta(days=2))
    with refused(UnprocessableEntityException):
        member.api_keys.refresh(api_key_id=expiring.id, expires_at=now + timedelta(days=3))

with check("api_keys.revoke: the next request is refused; again is a no-op"):
    member.api_keys.revoke(api_key_id=created.id)
    with refused(UnauthorizedException):
        client_of(created.key).spaces.get(space=SPACE)
    member.api_keys.revoke(api_key_id=created.id)
    holds(created.id in [key.id for key in pages(member.api_keys.list, "api_keys", status=ApiKeyStatus.REVOKED)], "not listed as revoked")

with check("api_keys.revoke: 404 for another developer's key"):
    other = admin.api_keys.create(name=unique("laptop"))
    with refused(NotFoundException):
        member.api_keys.revoke(api_key_id=other.id)

# --- organizations and users

with check("organizations.create: found by id and by name; update and delete"):
    organization = admin.organizations.create(name=unique("organization"))
    equal(admin.organizations.get(organization=organization.name).id, organization.id, "by name")
    equal(admin.organizations.update(organization=organization.id, description="new").description, "new", "description")
    holds(organization.id in [one.id for one in pages(admin.organizations.list, "organizations")], "not listed")
    admin.organizations.delete(organization=organization.id)
    with refused(NotFoundException):
        admin.organizations.get(organization=organization.id)

with check("organizations.create: 403 for a member"):
    with refused(ForbiddenException):
        member.organizations.create(name=unique("organization"))


def new_user():
    address = f"{unique('u')}@example.com"
    return admin.users.create(name="Ada", email=address, role=PredefinedUserRole(name="MEMBER"), invite_mode=InviteMode.NONE)


with check("users.create: found by id and by address; update"):
    user = new_user()
    equal(admin.users.get(user=user.id).email, user.email, "by id")
    equal([one.id for one in admin.users.list(email=user.email).users], [user.id], "by address")
    equal(admin.users.update(user_id=user.id, name="Grace").name, "Grace", "name")

with check("users.create: 403 for a member"):
    with refused(ForbiddenException):
        member.users.create(name="Ada", email=f"{unique('u')}@example.com", role=PredefinedUserRole(name="MEMBER"), invite_mode=InviteMode.NONE)

with check("organizations.add_user and organizations.remove_user: of a user of the account"):
    membership = admin.organizations.add_user(organization=ORGANIZATION, user_id=user.id, role=PredefinedOrgRole(name="MEMBER"))
    equal(membership.user_id, user.id, "user")
    admin.organizations.remove_user(organization=ORGANIZATION, user_id=user.id)

with check("users.delete: again is a no-op"):
    admin.users.delete(user_id=user.id)
    admin.users.delete(user_id=user.id)

# --- projects, roles, bindings, restrictions

with check("projects.create: found by id and by name; update, list and delete"):
    project = service.projects.create(name=unique("project"), space=SPACE)
    equal(reader.projects.get(project=project.name, space=SPACE).id, project.id, "by name")
    equal(service.projects.update(project=project.id, name=unique("renamed")).id, project.id, "update")
    holds(project.id in [one.id for one in pages(service.projects.list, "projects", space=SPACE)], "not listed")
    with refused(ForbiddenException, text="PROJECT_DELETE"):
        reader.projects.delete(project=project.id)
    service.projects.delete(project=project.id)
    with refused(NotFoundException):
        service.projects.get(project=project.id)

with check("roles.create: found again; update and delete"):
    role = admin.roles.create(name=unique("role"), permissions=[Permission.DATASET_CREATE])
    equal(admin.roles.get(role=role.id).permissions, [Permission.DATASET_CREATE], "permissions")
    equal(admin.roles.update(role=role.id, description="new").description, "new", "description")
    holds(role.id in [one.id for one in pages(admin.roles.list, "roles")], "not listed")
    admin.roles.delete(role=role.id)
    with refused(NotFoundException):
        admin.roles.get(role=role.id)

with check("role_bindings.create: lasts until role_bindings.delete"):
    role = admin.roles.create(name=unique("role"), permissions=[Permission.PROJECT_CREATE])
    with refused(ForbiddenException):
        reader.projects.create(name=unique("project"), space=SPACE)
    binding = admin.role_bindings.create(
        user_id=USERS["readOnly"], role_id=role.id, resource_type=RoleBindingResourceType.SPACE, resource_id=SPACE
    )
    reader.projects.create(name=unique("project"), space=SPACE)
    equal(admin.role_bindings.get(binding_id=binding.id).role_id, role.id, "role")
    listed = admin.role_bindings.list(resource_type=RoleBindingResourceType.SPACE, user_id=USERS["readOnly"])
    holds(binding.id in [one.id for one in listed.role_bindings], "not listed")
    admin.role_bindings.delete(binding_id=binding.id)
    with refused(ForbiddenException):
        reader.projects.create(name=unique("project"), space=SPACE)

with check("resource_restrictions.restrict: closes a project until unrestrict"):
    project = admin.projects.create(name=unique("project"), space=SPACE)
    admin.resource_restrictions.restrict(resource_id=project.id)
    with refused(NotFoundException):
        reader.projects.get(project=project.id)
    listed = admin.resource_restrictions.list(resource_type=ResourceRestrictionType.PROJECT)
    holds(project.id in [one.resource_id for one in listed.resource_restrictions], "not listed")
    admin.resource_restrictions.unrestrict(resource_id=project.id)
    equal(reader.projects.get(project=project.id).id, project.id, "project")
