"""Who works at the forum."""

from gtn_events.accounts.views.staff import Workplace, mount_staff
from gtn_events.core.permissions import Permission

from ...models import Forum
from ...queries.forums import STAFF_ROLES
from .blueprint import blueprint


def _workplace(forum: Forum) -> Workplace:
    return Workplace(forum.scope, STAFF_ROLES, "forum/manage/staff.html", {"forum": forum})


mount_staff(blueprint, permission=Permission.FORUM_HELPERS_EDIT, load=_workplace)
