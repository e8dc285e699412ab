"""The organiser's list of registrations: what it asks, shows, counts and exports."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, exists, func, nulls_last, or_, select
from sqlalchemy.orm import aliased, joinedload
from werkzeug.datastructures import MultiDict

from gtn_events.accounts.enums import Gender
from gtn_events.core.db import db
from gtn_events.core.economies import DelegationClass, Economy, economies_in_order
from gtn_events.core.listing import Listing
from gtn_events.core.text import fold

from ..enums import ApprovalStage, DelegationFunction, RegistrationState
from ..models import CheckIn, Forum, ForumCategory, Registration

SORTS = {"name": Registration.sort_name, "asked": Registration.submitted_at, "changed": Registration.state_changed_at}
COLUMNS = ("organisation", "category", "economy", "state", "asked", "stage", "email", "gender", "reference", "changed")
USUAL_COLUMNS = ("organisation", "category", "economy", "state", "asked")
PAGE_SIZE = 25
FEW = 2_000
BATCH = 1_000
CLASSES_IN_ORDER = (DelegationClass.OBSERVER, DelegationClass.SECRETARIAT, DelegationClass.ABAC, DelegationClass.GUEST)
_CLASS_RANK = case(
    *((Registration.delegation_class == each, rank) for rank, each in enumerate(CLASSES_IN_ORDER, start=1)), else_=0
)
UNRANKED = 999_999
_FUNCTION = case(
    {each: place for place, each in enumerate(DelegationFunction, start=1)}, value=Registration.delegation_function
)
# One text that sorts like function, rank, name: pages of a list are found by comparing one column.
PLACE_IN_DELEGATION: ColumnElement[str] = (
    cast(_FUNCTION * 1_000_000 + func.coalesce(Registration.delegation_rank, UNRANKED), String) + Registration.sort_name
)
RowSelect = Select[*tuple[Any, ...]]  # Any: columns of many types; ListRow names them


@dataclass(frozen=True, slots=True)
class ListRow:
    """One line of the list, read as columns: the page never builds whole registrations."""

    id: int
    reference: str
    honorific: str
    given_name: str
    family_name: str
    own_script_name: str
    own_script_language: str
    gender: str
    email: str
    organisation_name: str
    position: str
    category_id: int
    economy_code: str | None
    delegation_class: DelegationClass
    state: RegistrationState
    submitted_at: datetime
    state_changed_at: datetime
    stage: ApprovalStage
    answer_due_at: datetime | None


ROW_COLUMNS = (
    Registration.id,
    Registration.reference,
    Registration.honorific,
    Registration.given_name,
    Registration.family_name,
    Registration.own_script_name,
    Registration.own_script_language,
    Registration.gender,
    Registration.email,
    Registration.organisation_name,
    Registration.position,
    Registration.category_id,
    Registration.economy_code,
    Registration.delegation_class,
    Registration.state,
    Registration.submitted_at,
    Registration.state_changed_at,
    Registration.stage,
    Registration.answer_due_at,
)


@dataclass(frozen=True)
class ListNames:
    """The words behind the codes of a list, read once a page."""

    categories: Mapping[int, str]
    economies: Mapping[str, str]

    def representation(self, row: ListRow) -> str:
        """Return the economy, or the delegation class of those without one."""
        return self.economies.get(row.economy_code or "", row.delegation_class.label)

    @cached_property
    def represented(self) -> list[tuple[str, str]]:
        """Every choice of the economy filter, in protocol order, then the classes without an economy."""
        classes = [each for each in DelegationClass if each is not DelegationClass.ECONOMY]
        return [*self.economies.items(), *((each.value, each.label) for each in classes)]


def list_names(forum: Forum) -> ListNames:
    """Return the names of the forum's categories and of the economies, in their orders."""
    categories = (
        select(ForumCategory.id, ForumCategory.label)
        .where(ForumCategory.forum_id == forum.id)
        .order_by(ForumCategory.position, ForumCategory.id)
    )
    return ListNames(
        categories=dict(db.session.execute(categories).all()),
        economies={each.code: each.short_name for each in economies_in_order()},
    )


def read_listing(path: str, args: "MultiDict[str, str]", names: ListNames) -> Listing:
    """Return what the address asks of the list."""
    return Listing.read(
        path,
        args,
        sorts=SORTS,
        default_sort="name",
        filters={
            "state": [state.value for state in RegistrationState],
            "category": [str(each) for each in names.categories],
            "economy": [code for code, _ in names.represented],
            "stage": [each.value for each in ApprovalStage],
            "gender": [each.value for each in Gender],
            "column": COLUMNS,
        },
        size=PAGE_SIZE,
    )


def narrowed(forum: Forum, listing: Listing, *, but_state: bool = False) -> list[ColumnElement[bool]]:
    """Return the conditions of a listing's search and filters; ``but_state`` leaves the states out."""
    conditions: list[ColumnElement[bool]] = [Registration.forum_id == forum.id]
    if listing.search:
        conditions.append(_found(listing.search))
    if not but_state and (states := listing.chosen("state")):
        conditions.append(Registration.state.in_([RegistrationState(state) for state in states]))
    if categories := listing.chosen("category"):
        conditions.append(Registration.category_id.in_([int(each) for each in categories]))
    if represented := listing.chosen("economy"):
        conditions.append(_represents(represented))
    if genders := listing.chosen("gender"):
        conditions.append(Registration.gender.in_(genders))
    if stages := listing.chosen("stage"):
        conditions.append(Registration.state == RegistrationState.PENDING)
        conditions.append(Registration.stage.in_([ApprovalStage(each) for each in stages]))
    return conditions


def rows_of(forum: Forum, listing: Listing, *, total: int) -> RowSelect:
    """Select the list's columns, narrowed, not ordered; each row makes a ``ListRow``.

    Args:
        total: how many the listing matches. Few that are searched for are picked by their ids;
            in the order of the list, most of it would be read before a page is full.
    """
    statement = select(*ROW_COLUMNS).where(*narrowed(forum, listing))
    if not listing.search or total > FEW:
        return statement
    found = aliased(Registration)
    return statement.where(
        Registration.id.in_(select(found.id).where(found.forum_id == forum.id, _found(listing.search, found)))
    )


def counts_by_state(forum: Forum, listing: Listing) -> dict[RegistrationState, int]:
    """Return how many registrations are in each state under the other filters; empty states are left out."""
    statement = (
        select(Registration.state, func.count())
        .where(*narrowed(forum, listing, but_state=True))
        .group_by(Registration.state)
    )
    found = dict(db.session.execute(statement).all())
    return {state: found[state] for state in RegistrationState if state in found}


def total_of(listing: Listing, counts: Mapping[RegistrationState, int]) -> int:
    """Return how many the listing matches, from the counts by state."""
    chosen = listing.chosen("state")
    return sum(count for state, count in counts.items() if not chosen or state in chosen)


def registration_of(forum: Forum, registration_id: int) -> Select[Registration]:
    """Select one registration of this forum with everything that its page shows."""
    return (
        select(Registration)
        .where(Registration.forum_id == forum.id, Registration.id == registration_id)
        .options(
            joinedload(Registration.category).joinedload(ForumCategory.pool),
            joinedload(Registration.economy),
            joinedload(Registration.account),
            joinedload(Registration.consent_text),
        )
    )


def ids_of(forum: Forum, listing: Listing) -> list[int]:
    """Return the ids of everything the listing matches, those who asked first first."""
    statement = (
        select(Registration.id).where(*narrowed(forum, listing)).order_by(Registration.submitted_at, Registration.id)
    )
    return list(db.session.scalars(statement))


def registrations_among(forum: Forum, ids: Iterable[int]) -> Iterator[Registration]:
    """Yield this forum's registrations among the ids, those who asked first first, some hundred at a time."""
    wanted = sorted(set(ids))
    found: list[tuple[datetime, int]] = []
    for start in range(0, len(wanted), BATCH):
        part = wanted[start : start + BATCH]
        asked = select(Registration.submitted_at, Registration.id).where(
            Registration.forum_id == forum.id, Registration.id.in_(part)
        )
        found += db.session.execute(asked)
    in_order = [registration_id for _, registration_id in sorted(found)]
    for start in range(0, len(in_order), BATCH):
        part = in_order[start : start + BATCH]
        rows = {
            each.id: each
            for each in db.session.scalars(
                select(Registration)
                .where(Registration.id.in_(part))
                .options(
                    joinedload(Registration.category).joinedload(ForumCategory.pool), joinedload(Registration.account)
                )
            )
        }
        yield from (rows[each] for each in part)


def in_protocol_order(statement: RowSelect) -> RowSelect:
    """Order a select of registrations as lists run: economies in their order, then classes, inside as at the desk.

    There the head stands first, then the others by function, by rank and by family name.
    """
    return statement.outerjoin(Economy, Economy.code == Registration.economy_code).order_by(
        nulls_last(Economy.rank), _CLASS_RANK, PLACE_IN_DELEGATION, Registration.id
    )


def check_ins_of(registration: Registration) -> list[CheckIn]:
    """Return every check-in of one delegate, undone ones too, the newest first."""
    statement = (
        select(CheckIn)
        .where(CheckIn.registration_id == registration.id)
        .options(joinedload(CheckIn.checkpoint))
        .order_by(CheckIn.at.desc())
    )
    return list(db.session.scalars(statement))


def has_registrations(forum: Forum) -> bool:
    """Say whether anybody ever registered."""
    return bool(db.session.scalar(select(exists().where(Registration.forum_id == forum.id))))


def _found(search: str, among: type[Registration] = Registration) -> ColumnElement[bool]:
    """Return the condition that every word stands somewhere: names, organisation, e-mail address or number."""
    return and_(*(among.search_text.contains(fold(word), autoescape=True) for word in search.split()))


def _represents(chosen: Sequence[str]) -> ColumnElement[bool]:
    classes = {each.value for each in DelegationClass}
    codes = [each for each in chosen if each not in classes]
    if len(codes) == len(chosen):
        return Registration.economy_code.in_(codes)  # without the OR, which no index helps
    return or_(
        Registration.economy_code.in_(codes),
        and_(
            Registration.economy_code.is_(None),
            Registration.delegation_class.in_([DelegationClass(each) for each in chosen if each in classes]),
        ),
    )
