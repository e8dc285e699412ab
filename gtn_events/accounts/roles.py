"""Which role gives which permission, and the check behind every view."""

from flask_login import current_user

from gtn_events.core.permissions import Permission, Scope, Verdict

from .enums import Role
from .models import Account, RoleGrant

# The desk of a side event belongs to its hosts; organisers have pages of their own for it.
_FORUM = frozenset(permission for permission in Permission if permission.value.startswith("forum-")) - {
    Permission.FORUM_SIDE_EVENT_HOST
}
_COMPETITION = frozenset(permission for permission in Permission if permission.value.startswith("competition-"))
_CALL = frozenset(permission for permission in Permission if permission.value.startswith("call-"))
# A judge's desk and the integrity report belong to the persons who were given those roles, not to every organiser.
_COMPETITION_ORGANISER = _COMPETITION - {Permission.COMPETITION_JUDGE, Permission.COMPETITION_INTEGRITY_SEE}

PERMISSIONS_OF: dict[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: frozenset(Permission) - {Permission.COMPETITION_JUDGE},
    Role.ORGANISER: (_FORUM | _COMPETITION_ORGANISER | _CALL | {Permission.HOST_CREATE})
    - {Permission.FORUM_CREATE, Permission.COMPETITION_CREATE, Permission.CALL_CREATE},
    Role.HELPER: (_FORUM | _COMPETITION_ORGANISER | _CALL)
    - {
        Permission.CALL_CREATE,
        Permission.CALL_EDIT,
        Permission.CALL_STAFF_EDIT,
        Permission.CALL_MAIL_MANAGE,
        Permission.CALL_MATCH,
        Permission.COMPETITION_CREATE,
        Permission.COMPETITION_EDIT,
        Permission.COMPETITION_STAFF_EDIT,
        Permission.COMPETITION_MAIL_MANAGE,
        Permission.COMPETITION_RESULTS_SEE,
        Permission.COMPETITION_RESULTS_DECIDE,
        Permission.FORUM_CREATE,
        Permission.FORUM_EDIT,
        Permission.FORUM_CLONE,
        Permission.FORUM_HELPERS_EDIT,
        Permission.FORUM_SENSITIVE_SEE,
        Permission.FORUM_CERTIFICATES_ISSUE,
        Permission.FORUM_TRAVEL_SEE,
    },
    Role.TRAVEL_OFFICER: frozenset({Permission.FORUM_TRAVEL_SEE}),
    Role.ECONOMY_COORDINATOR: frozenset(
        {
            Permission.HOST_VERIFY,
            Permission.DELEGATION_MANAGE,
            Permission.DELEGATION_BADGES_SEE,
            Permission.DELEGATION_TRAVEL_SEE,
        }
    ),
    Role.REGIONAL_COORDINATOR: frozenset({Permission.GROUP_SEE}),
    Role.CHECK_IN_STAFF: frozenset({Permission.FORUM_CHECK_IN}),
    Role.JUDGE: frozenset({Permission.COMPETITION_JUDGE}),
    Role.INTEGRITY_OFFICER: frozenset(
        {Permission.COMPETITION_SEE, Permission.COMPETITION_RESULTS_SEE, Permission.COMPETITION_INTEGRITY_SEE}
    ),
    Role.HOST_MANAGER: frozenset({Permission.HOST_MANAGE}),
    Role.SIDE_EVENT_HOST: frozenset({Permission.FORUM_SIDE_EVENT_HOST}),
}


def current_account() -> Account:
    """Return the signed-in account; only for views that require one."""
    account: Account = current_user._get_current_object()
    return account


def check_access(permission: Permission, scope: Scope | None) -> Verdict:
    """Say whether the person of this request holds a permission, for a scope or for the site."""
    if not current_user.is_authenticated:
        return Verdict.SIGN_IN
    if permission is Permission.SIGNED_IN:
        return Verdict.ALLOWED
    if any(gives(grant, permission, scope) for grant in current_account().live_grants):
        return Verdict.ALLOWED
    return Verdict.REFUSED


def gives(grant: RoleGrant, permission: Permission, scope: Scope | None) -> bool:
    """Say whether one grant gives a permission for a scope; site-wide grants give it for every one."""
    if permission not in PERMISSIONS_OF[grant.role]:
        return False
    if grant.scope_kind == "site":
        return True
    return scope is not None and (grant.scope_kind, grant.scope_id) == (scope.kind, scope.id)
