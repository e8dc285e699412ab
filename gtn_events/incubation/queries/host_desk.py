"""What one host sees of the applications to a call; everything its pages read goes through ``visible``."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import ColumnElement, Select, exists, not_, or_, select
from sqlalchemy.orm import joinedload

from gtn_events.core.db import db
from gtn_events.questionnaire.models import AnswerSet

from ..enums import ApplicationState, InterviewState
from ..models import Application, Call, Host, HostRank, Intake, Interview, Review, Wish
from .blocks import standing_block

LIVE_INTERVIEWS = (InterviewState.PROPOSED, InterviewState.AGREED)


def intake_of(call: Call, host: Host) -> Intake | None:
    """Return the places that a host gives in a call, None when it gives none or has withdrawn them."""
    statement = (
        select(Intake)
        .where(Intake.call_id == call.id, Intake.host_id == host.id, Intake.withdrawn_at.is_(None))
        .options(joinedload(Intake.call), joinedload(Intake.host))
    )
    intake: Intake | None = db.session.scalar(statement)
    return intake


def named(intake: Intake) -> ColumnElement[bool]:
    """Return the condition that an application names the host."""
    return exists().where(Wish.application_id == Application.id, Wish.intake_id == intake.id)


def visible(intake: Intake) -> ColumnElement[bool]:
    """Return the condition under which a host sees an application.

    Admitted, from another economy, not kept apart by a block, and either naming the host or
    open to others of a sector that the host takes.
    """
    of_its_sectors = Application.sector.in_(intake.only_sectors) if intake.only_sectors else Application.sector != ""
    return (
        (Application.call_id == intake.call_id)
        & (Application.state == ApplicationState.ADMITTED)
        & (Application.economy_code != intake.host.economy_code)
        & not_(standing_block(Application.id, intake.id))
        & or_(named(intake), Application.seen_by_others.is_(True) & of_its_sectors)
    )


@dataclass(frozen=True)
class DeskRow:
    """One application on a host's desk; the means are of the host's own people."""

    application: Application
    named_us: bool
    own_total: Decimal | None
    mean: Decimal | None
    reviews: int
    rank: HostRank | None
    interview: Interview | None


def desk_of(intake: Intake, account_id: int) -> list[DeskRow]:
    """Return what a host sees, those that named it first, then by title, in five queries whatever the length."""
    statement = (
        select(Application, named(intake))
        .where(visible(intake))
        .options(joinedload(Application.economy))
        .order_by(Application.sort_title, Application.id)
    )
    found = [(application, bool(by_name)) for application, by_name in db.session.execute(statement)]
    ids = [application.id for application, _named in found]
    ranks, interviews = ranks_of(intake, ids), newest_interviews(intake, ids)
    totals, own = _totals(intake, ids), _own_totals(intake, account_id)
    rows = [
        DeskRow(
            application,
            by_name,
            own.get(application.id),
            *totals.get(application.id, (None, 0)),
            ranks.get(application.id),
            interviews.get(application.id),
        )
        for application, by_name in found
    ]
    return sorted(rows, key=lambda row: not row.named_us)


def visible_application(intake: Intake, reference: str) -> Select[Application]:
    """Select one application by its number, if the host sees it."""
    return (
        select(Application)
        .where(Application.reference == reference, visible(intake))
        .options(
            joinedload(Application.account),
            joinedload(Application.economy),
            joinedload(Application.answer_set).joinedload(AnswerSet.version),
        )
    )


def has_named(intake: Intake, application: Application) -> bool:
    """Say whether an application names the host; its place in the order is nobody's business here."""
    wished = exists().where(Wish.application_id == application.id, Wish.intake_id == intake.id)
    return bool(db.session.scalar(select(wished)))


def ranks_of(intake: Intake, ids: Collection[int]) -> dict[int, HostRank]:
    """Return where a host puts these applications, by their id."""
    statement = select(HostRank).where(HostRank.intake_id == intake.id, HostRank.application_id.in_(ids))
    return {rank.application_id: rank for rank in db.session.scalars(statement)}


def newest_interviews(intake: Intake, ids: Collection[int]) -> dict[int, Interview]:
    """Return the newest interview with each of these applications, by its id."""
    statement = (
        select(Interview)
        .where(Interview.intake_id == intake.id, Interview.application_id.in_(ids))
        .order_by(Interview.id)
    )
    return {interview.application_id: interview for interview in db.session.scalars(statement)}


def review_of(intake: Intake, application: Application, account_id: int) -> Review | None:
    """Return what this person of the host gave an application."""
    statement = select(Review).where(
        Review.intake_id == intake.id, Review.application_id == application.id, Review.account_id == account_id
    )
    review: Review | None = db.session.scalar(statement)
    return review


def others_reviews(intake: Intake, application: Application, account_id: int) -> Sequence[Review]:
    """Return the finished reviews of the host's other people; their notes are their own."""
    statement = (
        select(Review)
        .where(
            Review.intake_id == intake.id,
            Review.application_id == application.id,
            Review.account_id != account_id,
            Review.total.is_not(None),
        )
        .options(joinedload(Review.account))
        .order_by(Review.id)
    )
    return db.session.scalars(statement).all()


def interviews_with(intake: Intake, application: Application) -> Sequence[Interview]:
    """Return the interviews of a host with an application, the newest first."""
    statement = (
        select(Interview)
        .where(Interview.intake_id == intake.id, Interview.application_id == application.id)
        .order_by(Interview.id.desc())
    )
    return db.session.scalars(statement).all()


def _totals(intake: Intake, ids: Collection[int]) -> dict[int, tuple[Decimal | None, int]]:
    """Return mean and number of the finished reviews; decimals are text in the database, so they are added here."""
    statement = select(Review.application_id, Review.total).where(
        Review.intake_id == intake.id, Review.application_id.in_(ids), Review.total.is_not(None)
    )
    found: dict[int, list[Decimal]] = {}
    for application_id, total in db.session.execute(statement):
        found.setdefault(application_id, []).append(total or Decimal())
    return {id_: (sum(totals, Decimal()) / len(totals), len(totals)) for id_, totals in found.items()}


def _own_totals(intake: Intake, account_id: int) -> dict[int, Decimal | None]:
    statement = select(Review.application_id, Review.total).where(
        Review.intake_id == intake.id, Review.account_id == account_id
    )
    return dict(db.session.execute(statement).all())
