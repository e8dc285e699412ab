"""Who works at the call."""

from gtn_events.accounts.views.staff import Workplace, mount_staff
from gtn_events.core.permissions import Permission

from ...models import Call
from ...queries.calls import STAFF_ROLES
from .blueprint import blueprint


def _workplace(call: Call) -> Workplace:
    return Workplace(call.scope, STAFF_ROLES, "incubation/manage/staff.html", {"call": call})


mount_staff(blueprint, permission=Permission.CALL_STAFF_EDIT, load=_workplace)
