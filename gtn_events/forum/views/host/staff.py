"""Who hosts a side event."""

from gtn_events.accounts.enums import Role
from gtn_events.accounts.views.staff import Workplace, mount_staff
from gtn_events.core.permissions import Permission

from ...models import Forum
from .blueprint import HostedEvent, blueprint


def _workplace(side_event: HostedEvent, forum: Forum) -> Workplace:
    return Workplace(
        side_event.scope,
        (Role.SIDE_EVENT_HOST,),
        "forum/host/staff.html",
        {"side_event": side_event, "forum": forum},
    )


mount_staff(blueprint, permission=Permission.FORUM_SIDE_EVENT_HOST, load=_workplace)
