"""The people of one economy at one forum; every select here is narrowed to both."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import joinedload
from werkzeug.datastructures import MultiDict

from gtn_events.core.db import db
from gtn_events.core.listing import Column, Listing
from gtn_events.core.text import fold
from gtn_events.forum.enums import ApprovalStage, DelegationFunction, Funding
from gtn_events.forum.enums import RegistrationState as State
from gtn_events.forum.models import ForumCategory, Registration
from gtn_events.forum.queries.registrations import PLACE_IN_DELEGATION, RowSelect

from ..models import Delegation

SORTS: dict[str, Column] = {
    "protocol": PLACE_IN_DELEGATION,
    "name": Registration.sort_name,
    "asked": Registration.submitted_at,
}
PAGE_SIZE = 25


@dataclass(frozen=True, slots=True)
class Person:
    """One line of the list."""

    id: int
    reference: str
    honorific: str
    given_name: str
    family_name: str
    own_script_name: str
    own_script_language: str
    email: str
    gender: str
    organisation_name: str
    position: str
    category_id: int
    state: State
    stage: ApprovalStage
    answer_due_at: datetime | None
    submitted_at: datetime
    delegation_function: DelegationFunction
    delegation_rank: int | None
    funding: Funding

    @property
    def waits_for_economy(self) -> bool:
        """Say whether the economy has to answer."""
        return self.state is State.PENDING and self.stage is ApprovalStage.ECONOMY


COLUMNS = tuple(getattr(Registration, name) for name in Person.__dataclass_fields__)


def read_listing(path: str, args: "MultiDict[str, str]", categories: Mapping[int, str]) -> Listing:
    """Return what the address asks of the list."""
    return Listing.read(
        path,
        args,
        sorts=SORTS,
        default_sort="protocol",
        filters={
            "state": [state.value for state in State],
            "category": [str(each) for each in categories],
            "waits": ["economy"],
        },
        size=PAGE_SIZE,
    )


def of_delegation(delegation: Delegation) -> ColumnElement[bool]:
    """Return the condition that a registration is one of this economy's at this forum."""
    return and_(Registration.forum_id == delegation.forum.id, Registration.economy_code == delegation.code)


def rows_of(delegation: Delegation, listing: Listing) -> RowSelect:
    """Select the list's columns, narrowed, not ordered; each row makes a ``Person``."""
    return select(*COLUMNS).where(*_narrowed(delegation, listing))


def people_of(delegation: Delegation, listing: Listing) -> list[Person]:
    """Return everybody the listing matches, in protocol order."""
    statement = rows_of(delegation, listing).order_by(PLACE_IN_DELEGATION, Registration.id)
    return [Person(*row) for row in db.session.execute(statement)]


def ids_of(delegation: Delegation, listing: Listing) -> list[int]:
    """Return the ids of everybody the listing matches, in protocol order."""
    statement = (
        select(Registration.id).where(*_narrowed(delegation, listing)).order_by(PLACE_IN_DELEGATION, Registration.id)
    )
    return list(db.session.scalars(statement))


def counts_by_state(delegation: Delegation, listing: Listing) -> dict[State, int]:
    """Return how many of the economy's people are in each state under the other filters."""
    statement = (
        select(Registration.state, func.count())
        .where(*_narrowed(delegation, listing, but_state=True))
        .group_by(Registration.state)
    )
    found = dict(db.session.execute(statement).all())
    return {state: found[state] for state in State if state in found}


def confirmed_by_gender(delegation: Delegation) -> dict[str, int]:
    """Return how many of its people are confirmed, by the gender they declared."""
    statement = (
        select(Registration.gender, func.count())
        .where(of_delegation(delegation), Registration.state == State.CONFIRMED)
        .group_by(Registration.gender)
    )
    return dict(db.session.execute(statement).all())


def waiting_for_economy(delegation: Delegation) -> tuple[int, datetime | None]:
    """Return how many wait for the economy's answer, and until when the first of them may."""
    statement = select(func.count(), func.min(Registration.answer_due_at)).where(of_delegation(delegation), *_ASKED)
    count, due_at = db.session.execute(statement).one()
    return count, due_at


def registration_of(delegation: Delegation, registration_id: int) -> Select[Registration]:
    """Select one registration of this economy at this forum with what its page shows."""
    return (
        select(Registration)
        .where(of_delegation(delegation), Registration.id == registration_id)
        .options(
            joinedload(Registration.category).joinedload(ForumCategory.pool),
            joinedload(Registration.economy),
            joinedload(Registration.account),
        )
    )


def registrations_among(delegation: Delegation, ids: Iterable[int]) -> list[Registration]:
    """Return the economy's registrations among the ids, those who asked first first."""
    statement = (
        select(Registration)
        .where(of_delegation(delegation), Registration.id.in_(sorted(set(ids))))
        .options(joinedload(Registration.category).joinedload(ForumCategory.pool), joinedload(Registration.account))
        .order_by(Registration.submitted_at, Registration.id)
    )
    return list(db.session.scalars(statement))


_ASKED = (Registration.state == State.PENDING, Registration.stage == ApprovalStage.ECONOMY)


def _narrowed(delegation: Delegation, listing: Listing, *, but_state: bool = False) -> list[ColumnElement[bool]]:
    conditions = [of_delegation(delegation)]
    if listing.search:
        words = fold(listing.search).split()
        conditions.append(and_(*(Registration.search_text.contains(word, autoescape=True) for word in words)))
    if not but_state and (states := listing.chosen("state")):
        conditions.append(Registration.state.in_([State(state) for state in states]))
    if categories := listing.chosen("category"):
        conditions.append(Registration.category_id.in_([int(each) for each in categories]))
    if listing.chosen("waits"):
        conditions += _ASKED
    return conditions
