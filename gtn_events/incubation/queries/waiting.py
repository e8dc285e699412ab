"""Who waits for a place, host by host in that host's order: what a place that becomes free would go by."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, not_, select
from sqlalchemy.orm import joinedload

from gtn_events.core.db import db

from ..enums import ApplicationState, OfferState
from ..models import Application, HostRank, Intake, Offer, Wish
from .blocks import standing_block

# Who holds a place, and who gave one back, waits for none; an offer that was taken back puts nobody out.
NOT_WAITING = tuple(state for state in OfferState if state is not OfferState.WITHDRAWN)


@dataclass(frozen=True)
class Waiting:
    """One application on the list of a host; those of one tier are equal until a lottery decides."""

    application: Application
    tier: int


@dataclass(frozen=True)
class Ahead:
    """How many stand before an applicant on a host's list, and how many the host ranks as high."""

    before: int
    alike: int


def waiting_lists(intake_ids: Collection[int]) -> dict[int, list[Waiting]]:
    """Return for each of these places who waits for one, the best tier first."""
    found: dict[int, list[Waiting]] = {each: [] for each in intake_ids}
    statement = (
        _waiting(intake_ids, HostRank.intake_id, HostRank.tier, Application)
        .options(joinedload(Application.economy))
        .order_by(HostRank.intake_id, HostRank.tier, Application.sort_title, Application.id)
    )
    for intake_id, tier, application in db.session.execute(statement):
        found[intake_id].append(Waiting(application, tier))
    return found


def waiting_before(application: Application) -> dict[int, Ahead]:
    """Return for each host that an applicant waits for how many stand before; other hosts are left out."""
    wished = db.session.scalars(select(Wish.intake_id).where(Wish.application_id == application.id)).all()
    tiers: dict[int, dict[int, int]] = defaultdict(dict)
    for intake_id, tier, who in db.session.execute(_waiting(wished, HostRank.intake_id, HostRank.tier, Application.id)):
        tiers[intake_id][who] = tier
    return {
        intake_id: Ahead(
            before=sum(tier < those[application.id] for tier in those.values()),
            alike=sum(tier == those[application.id] for tier in those.values()) - 1,
        )
        for intake_id, those in tiers.items()
        if application.id in those
    }


def _waiting(intake_ids: Collection[int], *columns: Any) -> Select[Any]:  # Any: columns of every type
    answered = select(Offer.id).where(Offer.application_id == Application.id, Offer.state.in_(NOT_WAITING))
    return (
        select(*columns)
        .select_from(HostRank)
        .join(Application, Application.id == HostRank.application_id)
        .join(Wish, and_(Wish.application_id == Application.id, Wish.intake_id == HostRank.intake_id))
        .join(Intake, Intake.id == HostRank.intake_id)
        .where(
            HostRank.intake_id.in_(intake_ids),
            HostRank.tier.is_not(None),
            Intake.withdrawn_at.is_(None),
            Application.state == ApplicationState.ADMITTED,
            not_(answered.exists()),
            not_(standing_block(Application.id, HostRank.intake_id)),
        )
    )
