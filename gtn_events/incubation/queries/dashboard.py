"""What the dashboard counts: stages by call, places by host, flows between economies, figures; one query each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, String, and_, case, cast, func, or_, select, true

from gtn_events.core.db import db

from ..enums import ApplicationState, CallState, Moment, OfferState, PlacementState, Trait
from ..models import Application, Call, FigureSet, Host, Intake, Offer, Placement
from ..outcomes import Asked, GivenSet

AGREED = (PlacementState.AGREED, PlacementState.RUNNING, PlacementState.COMPLETED, PlacementState.ENDED_EARLY)
RowSelect = Select[*tuple[Any, ...]]  # Any: columns of any type
PLACED = tuple(state for state in PlacementState if state.took_place)


class Stage(StrEnum):
    """How far an application came; whoever reached one has reached those before it."""

    APPLIED = "applied"
    ADMITTED = "admitted"
    MATCHED = "matched"
    ACCEPTED = "accepted"
    AGREED = "agreed"
    PLACED = "placed"
    COMPLETED = "completed"

    @property
    def label(self) -> str:
        """The stage as a person reads it."""
        return {
            "applied": _("Applied"),
            "admitted": _("Admitted"),
            "matched": _("Matched"),
            "accepted": _("Accepted"),
            "agreed": _("Agreed"),
            "placed": _("Placed"),
            "completed": _("Completed"),
        }[self.value]


@dataclass(frozen=True)
class Reach:
    """What somebody may see: some calls, and of them everything or what concerns one economy."""

    calls: tuple[int, ...]
    economy: str | None = None


@dataclass(frozen=True)
class Cohort:
    """One call: how many applications reached each stage, and how many of those are of firms led by a woman."""

    call_id: int
    title: str
    counts: tuple[int, ...]
    women: tuple[int, ...]


@dataclass(frozen=True)
class HostFill:
    """One host: the places it gives, and those that a firm accepted."""

    slug: str
    name: str
    economy_code: str
    places: int
    filled: int

    @property
    def free(self) -> int:
        """Places that nobody has accepted."""
        return max(self.places - self.filled, 0)


def calls_to_count() -> list[Call]:
    """Return every call that is not a draft, the latest first."""
    statement = select(Call).where(Call.state != CallState.DRAFT).order_by(Call.closes_at.desc(), Call.id.desc())
    return list(db.session.scalars(statement))


def cohorts(reach: Reach) -> list[Cohort]:
    """Return the calls of a reach with their stages, the latest first."""
    each = _stages_of_applications(reach).subquery()
    sums = [func.coalesce(func.sum(each.c[stage.value]), 0) for stage in Stage]
    women = [func.coalesce(func.sum(each.c[stage.value] * each.c.women), 0) for stage in Stage]
    statement = (
        select(Call.id, Call.title, *sums, *women)
        .outerjoin(each, each.c.call_id == Call.id)
        .where(Call.id.in_(reach.calls))
        .group_by(Call.id)
        .order_by(Call.closes_at.desc(), Call.id.desc())
    )
    size = len(Stage)
    return [
        Cohort(row[0], row[1], tuple(row[2 : 2 + size]), tuple(row[2 + size :]))
        for row in db.session.execute(statement)
    ]


def places_of_hosts(reach: Reach) -> list[HostFill]:
    """Return the hosts that give places in the calls, those with the most first."""
    own = Host.economy_code == reach.economy if reach.economy else true()
    filled = (
        select(Intake.host_id, func.count().label("filled"))
        .join(Offer, Offer.intake_id == Intake.id)
        .where(Intake.call_id.in_(reach.calls), Offer.state == OfferState.ACCEPTED)
        .group_by(Intake.host_id)
        .subquery()
    )
    places = func.sum(Intake.places)
    statement = (
        select(Host.slug, Host.name, Host.economy_code, places, func.coalesce(func.max(filled.c.filled), 0))
        .join(Intake, Intake.host_id == Host.id)
        .outerjoin(filled, filled.c.host_id == Host.id)
        .where(Intake.call_id.in_(reach.calls), Intake.withdrawn_at.is_(None), own)
        .group_by(Host.id)
        .order_by(places.desc(), Host.sort_name, Host.id)
    )
    return [HostFill(*row) for row in db.session.execute(statement)]


def flows(reach: Reach) -> dict[tuple[str, str], int]:
    """Return how many firms of one economy accepted a place in another: (home, host's economy) to a number."""
    statement = (
        select(Application.economy_code, Host.economy_code, func.count())
        .select_from(Offer)
        .join(Application, Application.id == Offer.application_id)
        .join(Intake, Intake.id == Offer.intake_id)
        .join(Host, Host.id == Intake.host_id)
        .where(Application.call_id.in_(reach.calls), Offer.state == OfferState.ACCEPTED)
        .group_by(Application.economy_code, Host.economy_code)
    )
    if reach.economy:
        statement = statement.where(or_(Application.economy_code == reach.economy, Host.economy_code == reach.economy))
    return {(home, host): count for home, host, count in db.session.execute(statement)}


def asked_figures(reach: Reach, today: date) -> list[Asked]:
    """Return for each moment how many sets are due or given, and how many are given."""
    given = FigureSet.sent_at.is_not(None)
    statement = (
        _of_sets(select(FigureSet.moment, func.count(), func.sum(case((given, 1), else_=0))), reach)
        .where(or_(given, FigureSet.due_on <= today))
        .group_by(FigureSet.moment)
    )
    found = {moment: (due, answered) for moment, due, answered in db.session.execute(statement)}
    return [Asked(moment, *found.get(moment, (0, 0))) for moment in Moment]


def given_figures(reach: Reach) -> Sequence[GivenSet]:
    """Return the values of every confirmed set."""
    columns = select(FigureSet.placement_id, FigureSet.moment, FigureSet.values)
    statement = _of_sets(columns, reach).where(FigureSet.sent_at.is_not(None))
    return [(placement, moment, values) for placement, moment, values in db.session.execute(statement)]


def _of_sets(statement: RowSelect, reach: Reach) -> RowSelect:
    return (
        statement.select_from(FigureSet)
        .join(Placement, Placement.id == FigureSet.placement_id)
        .join(Application, Application.id == Placement.application_id)
        .where(_applications_in(reach))
    )


def _applications_in(reach: Reach) -> ColumnElement[bool]:
    own = Application.economy_code == reach.economy if reach.economy else true()
    return and_(Application.call_id.in_(reach.calls), own)


def _stages_of_applications(reach: Reach) -> RowSelect:
    """Select one row for each application: 1 or 0 for every stage, and whether a woman leads the firm."""
    reached = {
        Stage.APPLIED: true(),
        Stage.ADMITTED: or_(Application.state == ApplicationState.ADMITTED, Offer.id.is_not(None)),
        Stage.MATCHED: Offer.id.is_not(None),
        # A placement that was cancelled took its offer back; that it was accepted stays true.
        Stage.ACCEPTED: or_(Offer.state == OfferState.ACCEPTED, Placement.id.is_not(None)),
        Stage.AGREED: Placement.state.in_(AGREED),
        Stage.PLACED: Placement.state.in_(PLACED),
        Stage.COMPLETED: Placement.state == PlacementState.COMPLETED,
    }
    flags = [func.max(case((condition, 1), else_=0)).label(stage.value) for stage, condition in reached.items()]
    led = cast(Application.traits, String).contains(f'"{Trait.WOMEN_LED.value}"', autoescape=True)
    return (
        select(Application.call_id, *flags, func.max(case((led, 1), else_=0)).label("women"))
        .outerjoin(Offer, Offer.application_id == Application.id)
        .outerjoin(Placement, Placement.offer_id == Offer.id)
        .where(_applications_in(reach))
        .group_by(Application.id)
    )
