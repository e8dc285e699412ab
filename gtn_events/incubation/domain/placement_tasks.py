"""What a placement waits for: one pure list that pages, lists, homes and reminders read."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from gtn_events.accounts.models import Account

from ..enums import AgreementState, Light, MilestoneState, PartyRole, PlacementState, ReportKind, Viewer
from ..models import Agreement, Milestone, Party, Placement, Stay
from ..queries.placements import party_is
from .agreements import current_version

TO_SIGN = timedelta(days=14)
TO_SIGN_OFF = timedelta(days=7)
REPORT_AFTER = timedelta(days=7)
# One stay that is shorter than this needs no report in the middle.
LONG_ENOUGH = timedelta(days=28)
LIGHTS = (Light.GREEN, Light.AMBER, Light.RED)
SIDES = (PartyRole.FIRM, PartyRole.HOST)


class TaskKind(StrEnum):
    """What is waited for."""

    WRITE = "write"
    SEND = "send"
    SIGN = "sign"
    START = "start"
    ARRIVE = "arrive"
    MILESTONE = "milestone"
    SIGN_OFF = "sign-off"
    MID_TERM = "mid-term"
    FINAL = "final"
    COMPLETE = "complete"


@dataclass(frozen=True)
class Task:
    """One thing that one side has to do; what it is about stands in ``party``, ``milestone`` or ``stay``."""

    kind: TaskKind
    role: PartyRole
    due_on: date | None = None
    party: Party | None = None
    milestone: Milestone | None = None
    stay: Stay | None = None

    def is_late(self, today: date) -> bool:
        """Say whether its day is over."""
        return self.due_on is not None and self.due_on < today

    @property
    def subject(self) -> str:
        """What makes it unlike others of its kind and role within the placement."""
        about = self.party or self.milestone or self.stay
        return f"{self.kind}:{self.role}:{about.id if about is not None else ''}"


def tasks_of(placement: Placement, sent: Iterable[tuple[ReportKind, PartyRole]], *, today: date) -> list[Task]:
    """Return what a placement waits for now and next, what is due first first.

    Args:
        sent: the reports that were sent.
    """
    found = _of_agreement(placement)
    if placement.state is PlacementState.AGREED:
        found.append(Task(TaskKind.START, PartyRole.HOST, planned_start(placement)))
    if placement.state is PlacementState.RUNNING:
        found += _of_stays(placement) + _of_milestones(placement)
    found += _of_reports(placement, set(sent), today=today)
    if placement.state is PlacementState.RUNNING and not found:
        found.append(Task(TaskKind.COMPLETE, PartyRole.HOST, planned_end(placement)))
    return sorted(found, key=lambda task: task.due_on or date.min)


def falls_to(task: Task, viewers: Collection[Viewer], account: Account) -> bool:
    """Say whether a person can do it, who looks at the placement as one of ``viewers``."""
    if task.kind is TaskKind.SIGN:
        return task.party is not None and party_is(task.party, account)
    if task.kind in (TaskKind.WRITE, TaskKind.SEND):
        return not {Viewer.FIRM, Viewer.HOST, Viewer.HOME, Viewer.ORGANISER}.isdisjoint(viewers)
    if task.kind in (TaskKind.START, TaskKind.ARRIVE, TaskKind.COMPLETE):
        return not {Viewer.HOST, Viewer.ORGANISER}.isdisjoint(viewers)
    return {PartyRole.FIRM: Viewer.FIRM, PartyRole.HOST: Viewer.HOST}.get(task.role) in viewers


def planned_start(placement: Placement) -> date:
    """Return when the firm comes, as planned."""
    return min(stay.starts_on for stay in placement.stays)


def planned_end(placement: Placement) -> date:
    """Return when the last stay ends, as planned."""
    return max(stay.ends_on for stay in placement.stays)


def mid_term_on(placement: Placement) -> date | None:
    """Return the day in the middle of the time at the host; None for a short placement, which has no such report."""
    first, last = placement.started_on or planned_start(placement), planned_end(placement)
    return first + (last - first) / 2 if last - first >= LONG_ENOUGH else None


def mid_term_missing(
    placement: Placement, sent: Collection[tuple[ReportKind, PartyRole]], *, today: date
) -> list[PartyRole]:
    """Return whose report of the middle did not come before the last day; it is shown as missing, and still taken.

    Args:
        sent: the reports that were sent.
    """
    middle, last = mid_term_on(placement), placement.ended_on or planned_end(placement)
    if placement.started_on is None or middle is None or not middle <= last <= today:
        return []
    return [role for role in SIDES if (ReportKind.MID_TERM, role) not in sent]


def light_of(placement: Placement, *, today: date) -> Light | None:
    """Return how a placement goes that is under way: as its worst open milestone, amber at least when one is late."""
    if placement.state is not PlacementState.RUNNING:
        return None
    lights = [Light.GREEN]
    for each in placement.milestones:
        if each.state is MilestoneState.OPEN:
            lights.append(each.light)
            if each.due_on < today:
                lights.append(Light.AMBER)
    return max(lights, key=LIGHTS.index)


def _of_agreement(placement: Placement) -> list[Task]:
    version = current_version(placement)
    if version is None:
        return [Task(TaskKind.WRITE, PartyRole.HOST)] if placement.state is PlacementState.PREPARING else []
    if placement.state not in (PlacementState.PREPARING, PlacementState.AGREED, PlacementState.RUNNING):
        return []
    if version.state is AgreementState.DRAFT:
        return [Task(TaskKind.SEND, PartyRole.HOST)]
    if version.state is AgreementState.SIGNING:
        return [Task(TaskKind.SIGN, party.role, _sign_by(version), party=party) for party in _unsigned(version)]
    return []


def _of_stays(placement: Placement) -> list[Task]:
    ahead = [stay for stay in placement.stays if stay.arrived_on is None]
    return [Task(TaskKind.ARRIVE, PartyRole.HOST, ahead[0].starts_on, stay=ahead[0])] if ahead else []


def _of_milestones(placement: Placement) -> list[Task]:
    found = []
    for each in placement.milestones:
        if each.state is MilestoneState.OPEN:
            found.append(Task(TaskKind.MILESTONE, PartyRole.FIRM, each.due_on, milestone=each))
        elif each.state is MilestoneState.DONE and each.done_at is not None:
            found.append(Task(TaskKind.SIGN_OFF, PartyRole.HOST, each.done_at.date() + TO_SIGN_OFF, milestone=each))
    return found


def _of_reports(placement: Placement, sent: set[tuple[ReportKind, PartyRole]], *, today: date) -> list[Task]:
    """Name the report of the middle from its day to the side's last one, and that from a week before the end on."""
    found: list[Task] = []
    before_last = [role for role in SIDES if (ReportKind.FINAL, role) not in sent]
    if placement.state is PlacementState.RUNNING:
        middle, last = mid_term_on(placement), planned_end(placement)
        if middle is not None and middle <= today:
            missing = [role for role in before_last if (ReportKind.MID_TERM, role) not in sent]
            found += [Task(TaskKind.MID_TERM, role, middle + REPORT_AFTER) for role in missing]
        if today >= last - REPORT_AFTER:
            found += [Task(TaskKind.FINAL, role, last + REPORT_AFTER) for role in before_last]
    if placement.state is PlacementState.ENDED_EARLY and placement.ended_on is not None:
        found += [Task(TaskKind.FINAL, role, placement.ended_on + REPORT_AFTER) for role in before_last]
    return found


def _sign_by(version: Agreement) -> date | None:
    return version.sent_at.date() + TO_SIGN if version.sent_at is not None else None


def _unsigned(version: Agreement) -> list[Party]:
    return [party for party in version.parties if party.signed_at is None]
