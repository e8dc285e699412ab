"""What every page of a placement begins with: the placement as the signed-in person sees it, and as what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from flask import abort, render_template

from gtn_events.accounts.models import Account
from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.venue_time import day_at_venue

from ...domain.placement_tasks import Task, falls_to, tasks_of
from ...domain.placement_transitions import Side
from ...enums import PartyRole, Viewer
from ...models import Call, Placement
from ...queries.placements import Sent, placement_of, reports_sent, viewers_of

WRITERS = (Viewer.FIRM, Viewer.HOST, Viewer.HOME, Viewer.ORGANISER)
STAFF = (Viewer.HOST, Viewer.ORGANISER)
PAIR = (Viewer.FIRM, Viewer.HOST)
# Who sees more than the agreement: everybody but a party that is nothing else.
READERS = (Viewer.FIRM, Viewer.HOST, Viewer.HOME, Viewer.HOST_ECONOMY, Viewer.ORGANISER)
SIDES = {Viewer.HOST: Side.HOST, Viewer.ORGANISER: Side.ORGANISER, Viewer.FIRM: Side.FIRM}
ROLES = {Viewer.FIRM: PartyRole.FIRM, Viewer.HOST: PartyRole.HOST}


@dataclass(frozen=True)
class Desk:
    """A placement before one person at one moment; ``today`` is the day at the host."""

    placement: Placement
    account: Account
    viewers: frozenset[Viewer]
    now: datetime
    today: date

    def is_one_of(self, viewers: Iterable[Viewer]) -> bool:
        """Say whether the person is one of these."""
        return bool(self.viewers.intersection(viewers))

    def require(self, viewers: Iterable[Viewer]) -> None:
        """Answer 403 to anybody else who sees the placement."""
        if not self.is_one_of(viewers):
            abort(403)

    @property
    def side(self) -> Side:
        """As whom the person acts: for the host before the organiser before the firm."""
        return next((side for viewer, side in SIDES.items() if viewer in self.viewers), None) or abort(403)

    @property
    def role(self) -> PartyRole | None:
        """Whose reports the person writes; None for whoever writes none."""
        return next((role for viewer, role in ROLES.items() if viewer in self.viewers), None)

    @cached_property
    def sent(self) -> Sent:
        """The reports that were sent."""
        return reports_sent([self.placement.id]).get(self.placement.id, frozenset())

    def tasks(self) -> list[Task]:
        """Return what the placement waits for."""
        return tasks_of(self.placement, self.sent, today=self.today)

    def is_mine(self, task: Task) -> bool:
        """Say whether the person can do it."""
        return falls_to(task, self.viewers, self.account)


def desk_for(call: Call, placement_id: int) -> Desk:
    """Return the placement if the signed-in person has part in it, or answer 404."""
    account = current_account()
    statement = placement_of(placement_id, call_id=call.id, account=account)
    placement: Placement = db.session.scalar(statement) or abort(404)
    now = clock.now()
    today = day_at_venue(now, placement.intake.host.time_zone)
    return Desk(placement, account, viewers_of(placement, account), now, today)


def page(desk: Desk, name: str, **context: Any) -> str:  # Any: what the page needs beyond the desk
    """Return one of the placement's pages."""
    placement = desk.placement
    return render_template(
        f"incubation/placement/{name}.html",
        desk=desk,
        placement=placement,
        application=placement.application,
        call=placement.application.call,
        host=placement.intake.host,
        viewers=desk.viewers,
        reads_all=desk.is_one_of(READERS),
        now=desk.now,
        today=desk.today,
        **context,
    )
