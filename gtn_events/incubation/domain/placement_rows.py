"""Placements as the rows of a list: how each goes, what it waits for, and what of that is late."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from gtn_events.core.db import db
from gtn_events.core.venue_time import day_at_venue

from ..enums import Light, MilestoneState
from ..models import Agreement, Application, Call, Placement
from ..queries.placement_list import LATE, WAITING
from ..queries.placements import Sent, placements_where, reports_sent
from .agreements import current_version
from .placement_tasks import Task, light_of, planned_end, planned_start, tasks_of


@dataclass(frozen=True)
class PlacementRow:
    """One line of a list; ``late`` is what is overdue."""

    placement: Placement
    light: Light | None
    tasks: Sequence[Task]
    late: Sequence[Task]

    @property
    def agreement(self) -> Agreement | None:
        """The version that stands."""
        return current_version(self.placement)

    @property
    def milestones(self) -> tuple[int, int]:
        """How many milestones are signed off, and how many there are without those given up."""
        counted = [each for each in self.placement.milestones if each.state is not MilestoneState.DROPPED]
        return sum(each.state is MilestoneState.SIGNED_OFF for each in counted), len(counted)

    @property
    def days(self) -> tuple[date, date]:
        """From when until when: as it was, or as it is planned."""
        placement = self.placement
        return placement.started_on or planned_start(placement), placement.ended_on or planned_end(placement)


def rows_for(placements: Iterable[Placement], *, now: datetime) -> list[PlacementRow]:
    """Return the rows of placements that are loaded whole, in their order; one query more, whatever their number."""
    found = list(placements)
    sent = reports_sent(each.id for each in found)
    return [_row(each, tasks_at(each, sent.get(each.id, frozenset()), now=now), now=now) for each in found]


def tasks_at(placement: Placement, sent: Sent, *, now: datetime) -> list[Task]:
    """Return what a placement waits for at a moment, on the calendar of the host."""
    return tasks_of(placement, sent, today=day_at_venue(now, placement.intake.host.time_zone))


def ids_that_go(call: Call, chosen: Sequence[str], *, now: datetime) -> set[int]:
    """Return the ids of the call's placements that go as one of the lights says, or where something is late."""
    waiting = placements_where((Application.call_id == call.id) & Placement.state.in_(WAITING))
    rows = rows_for(db.session.scalars(waiting), now=now)
    return {row.placement.id for row in rows if row.light in chosen or (LATE in chosen and row.late)}


def _row(placement: Placement, tasks: list[Task], *, now: datetime) -> PlacementRow:
    today = day_at_venue(now, placement.intake.host.time_zone)
    late = [task for task in tasks if task.is_late(today)]
    return PlacementRow(placement, light_of(placement, today=today), tasks, late)
