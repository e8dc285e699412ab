"""Who looks after a host."""

from gtn_events.accounts.enums import Role
from gtn_events.accounts.views.staff import Workplace, mount_staff
from gtn_events.core.permissions import Permission

from ...domain.hosts import end_manager
from ...models import Host
from .blueprint import blueprint


def _workplace(host: Host) -> Workplace:
    return Workplace(host.scope, (Role.HOST_MANAGER,), "incubation/host/staff.html", {"host": host}, end=end_manager)


mount_staff(blueprint, permission=Permission.HOST_MANAGE, load=_workplace)
