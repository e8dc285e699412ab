"""How far hosts are with their reviews, and the applications of one economy: what its coordinator sees."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, not_, select
from sqlalchemy.orm import joinedload

from gtn_events.core.db import db

from ..enums import ApplicationState, CallState
from ..models import Application, Call, Host, HostRank, Intake, Interview, Review, Wish
from .blocks import standing_block


@dataclass(frozen=True)
class OwnFirm:
    """One application of a firm of the economy; which hosts it named, and in which order, is not told."""

    application: Application
    hosts: int
    interviews: int


@dataclass(frozen=True)
class OwnHost:
    """How far one host of the economy is in one call; figures only, no application of another economy."""

    intake: Intake
    named_by: int
    reviewed: int
    placed: int

    @property
    def sent_at(self) -> datetime | None:
        """When the ranking was sent, None while it was not."""
        return self.intake.ranking_sent_at


def firms_of_economy(code: str) -> Sequence[OwnFirm]:
    """Return the applications of an economy's firms to calls that are not over, by call and title."""
    hosts = select(func.count()).where(Wish.application_id == Application.id).correlate(Application).scalar_subquery()
    talks = (
        select(func.count()).where(Interview.application_id == Application.id).correlate(Application).scalar_subquery()
    )
    statement = (
        select(Application, hosts, talks)
        .join(Call, Call.id == Application.call_id)
        .where(Application.economy_code == code, Call.state == CallState.PUBLISHED)
        .options(joinedload(Application.call))
        .order_by(Call.closes_at.desc(), Call.id, Application.sort_title, Application.id)
    )
    return [OwnFirm(*row) for row in db.session.execute(statement)]


def hosts_of_economy(code: str) -> Sequence[OwnHost]:
    """Return how far an economy's hosts are in calls that are not over, by call and name."""
    seen = (
        (Application.id == Wish.application_id)
        & (Application.state == ApplicationState.ADMITTED)
        & not_(standing_block(Application.id, Wish.intake_id))
    )
    named = select(func.count()).select_from(Wish).join(Application, seen).where(Wish.intake_id == Intake.id)
    reviewed = select(func.count(Review.application_id.distinct())).where(
        Review.intake_id == Intake.id, Review.total.is_not(None)
    )
    placed = select(func.count()).select_from(HostRank).where(HostRank.intake_id == Intake.id)
    figures = [each.correlate(Intake).scalar_subquery() for each in (named, reviewed, placed)]
    statement = (
        select(Intake, *figures)
        .join(Host, Host.id == Intake.host_id)
        .join(Call, Call.id == Intake.call_id)
        .where(Host.economy_code == code, Call.state == CallState.PUBLISHED, Intake.withdrawn_at.is_(None))
        .options(joinedload(Intake.call), joinedload(Intake.host))
        .order_by(Call.closes_at.desc(), Call.id, Host.sort_name, Host.id)
    )
    return [OwnHost(*row) for row in db.session.execute(statement)]
