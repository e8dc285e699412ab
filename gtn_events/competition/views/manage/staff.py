"""Who works at the competition."""

from gtn_events.accounts.views.staff import Workplace, mount_staff
from gtn_events.core.permissions import Permission

from ...models import Competition
from ...queries.competitions import STAFF_ROLES
from .blueprint import blueprint


def _workplace(competition: Competition) -> Workplace:
    return Workplace(competition.scope, STAFF_ROLES, "competition/manage/staff.html", {"competition": competition})


mount_staff(blueprint, permission=Permission.COMPETITION_STAFF_EDIT, load=_workplace)
