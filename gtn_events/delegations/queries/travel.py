"""Reads of funded travel: one person, the board, an economy, who is still to be reminded."""

from collections.abc import Collection, Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from gtn_events.core.db import db
from gtn_events.core.economies import Economy
from gtn_events.core.text import fold
from gtn_events.forum.enums import RegistrationState
from gtn_events.forum.models import Forum, Registration

from ..models import TravelCeiling, Traveller, TravelPaper, TravelSettings
from ..travel_enums import FundingCategory, PaperKind, PaperState, TravellerState

BATCH = 500


def travel_settings(forum: Forum) -> TravelSettings | None:
    """Return the rules of a forum, None while nobody has set them."""
    return db.session.scalar(select(TravelSettings).where(TravelSettings.forum_id == forum.id))


def ceilings_of(forum: Forum) -> dict[str, int]:
    """Return the ceilings that differ from the usual one, by economy."""
    rows = db.session.scalars(select(TravelCeiling).where(TravelCeiling.forum_id == forum.id))
    return {row.economy_code: row.places for row in rows}


def live_traveller(*, forum_id: int, account_id: int) -> Traveller | None:
    """Return the funded travel of a person at a forum."""
    return db.session.scalar(
        select(Traveller)
        .where(
            Traveller.forum_id == forum_id,
            Traveller.account_id == account_id,
            Traveller.state != TravellerState.WITHDRAWN,
        )
        .options(selectinload(Traveller.papers))
    )


def funded_now(registration_ids: Sequence[int]) -> list[Traveller]:
    """Return whose travel is funded among these registrations, neither settled nor ended."""
    found: list[Traveller] = []
    for start in range(0, len(registration_ids), BATCH):
        part = registration_ids[start : start + BATCH]
        theirs = Traveller.registration_id.in_(part), Traveller.state == TravellerState.FUNDED
        found += db.session.scalars(select(Traveller).where(*theirs).order_by(Traveller.id))
    return found


def funded_participants(forum: Forum, economy_code: str) -> int:
    """Return how many participants of an economy are funded."""
    statement = select(func.count()).where(
        Traveller.forum_id == forum.id,
        Traveller.economy_code == economy_code,
        Traveller.category == FundingCategory.PARTICIPANT,
        Traveller.state != TravellerState.WITHDRAWN,
    )
    return db.session.scalar(statement) or 0


def traveller_in(forum: Forum, traveller_id: int) -> Select[Traveller]:
    """Select one traveller of this forum."""
    return select(Traveller).where(Traveller.forum_id == forum.id, Traveller.id == traveller_id)


def paper_in(forum: Forum, paper_id: int) -> Select[TravelPaper]:
    """Select one paper of this forum's travellers."""
    return select(TravelPaper).join(Traveller).where(Traveller.forum_id == forum.id, TravelPaper.id == paper_id)


def travellers_of(forum: Forum, *, economy_code: str = "", search: str = "") -> list[Traveller]:
    """Return the travellers of a forum with their papers, in the order of economies and names.

    Args:
        economy_code: only this economy.
        search: folded; in names, organisation, address, number.
    """
    statement = (
        select(Traveller)
        .join(Traveller.registration)
        .outerjoin(Economy, Economy.code == Traveller.economy_code)
        .where(Traveller.forum_id == forum.id)
        .options(
            contains_eager(Traveller.registration).joinedload(Registration.economy), selectinload(Traveller.papers)
        )
        .order_by(Economy.rank, Registration.sort_name, Traveller.id)
    )
    if economy_code:
        statement = statement.where(Traveller.economy_code == economy_code)
    if search:
        statement = statement.where(Registration.search_text.contains(search, autoescape=True))
    return list(db.session.scalars(statement))


def fundable(forum: Forum, search: str, *, states: Collection[RegistrationState], most: int) -> list[Registration]:
    """Return who could be funded and is not, every word of the search in name, organisation, address or number.

    Args:
        states: those in which a registration can be funded.
    """
    funded = select(Traveller.registration_id).where(
        Traveller.forum_id == forum.id, Traveller.state != TravellerState.WITHDRAWN
    )
    statement = (
        select(Registration)
        .outerjoin(Economy, Economy.code == Registration.economy_code)
        .where(
            Registration.forum_id == forum.id,
            Registration.state.in_(states),
            Registration.id.not_in(funded),
            *(Registration.search_text.contains(fold(word), autoescape=True) for word in search.split()),
        )
        .options(contains_eager(Registration.economy))
        .order_by(Economy.rank, Registration.sort_name, Registration.id)
        .limit(most)
    )
    return list(db.session.scalars(statement))


def papers_to_look_at(forum_ids: Sequence[int]) -> dict[int, int]:
    """Return how many papers of people who are funded wait for an officer, by forum; none where none waits."""
    statement = (
        select(Traveller.forum_id, func.count(TravelPaper.id))
        .join(TravelPaper, TravelPaper.traveller_id == Traveller.id)
        .where(Traveller.forum_id.in_(forum_ids), Traveller.state == TravellerState.FUNDED)
        .where(TravelPaper.state == PaperState.SENT)
        .group_by(Traveller.forum_id)
    )
    return dict(db.session.execute(statement).all())


def travellers_with_papers_due() -> list[tuple[Traveller, TravelSettings]]:
    """Return everybody who is funded, with the rules of their forum, where there is a day for papers."""
    statement = (
        select(Traveller, TravelSettings)
        .join(TravelSettings, TravelSettings.forum_id == Traveller.forum_id)
        .where(Traveller.state == TravellerState.FUNDED, TravelSettings.due_on.is_not(None))
        .options(selectinload(Traveller.papers), joinedload(Traveller.registration), joinedload(Traveller.forum))
        .order_by(Traveller.id)
    )
    return [(row[0], row[1]) for row in db.session.execute(statement)]


def paper_states(traveller: Traveller, needed: Collection[str]) -> dict[PaperKind, PaperState]:
    """Return where each needed paper of a loaded traveller stands, and those that came without being needed."""
    sent = {paper.kind: paper.state for paper in traveller.papers}
    return {kind: sent.get(kind, PaperState.MISSING) for kind in PaperKind if kind in sent or kind.value in needed}


def missing_papers(traveller: Traveller, needed: Collection[str]) -> list[PaperKind]:
    """Return what the traveller still has to send, for the first time or again."""
    due = (PaperState.MISSING, PaperState.RETURNED)
    return [kind for kind, state in paper_states(traveller, needed).items() if kind.value in needed and state in due]
