"""The organiser's list of applications: filters, search, counts, one application with everything."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, select
from sqlalchemy.orm import joinedload, selectinload

from gtn_events.core.db import db
from gtn_events.core.economies import economies_in_order
from gtn_events.core.listing import Listing
from gtn_events.core.text import fold
from gtn_events.questionnaire.models import AnswerSet

from ..enums import ApplicationState
from ..models import Application, Call, Host, Intake, Wish

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

PAGE_SIZE = 50
BATCH = 500
SORTS = {"title": Application.sort_title, "sent": Application.submitted_at, "economy": Application.economy_code}
RowSelect = Select[*tuple[Any, ...]]  # Any: the columns of ListRow


@dataclass(frozen=True)
class ListRow:
    """One line of the list."""

    id: int
    reference: str
    title: str
    organisation_name: str
    economy_code: str
    sector: str
    trl: int
    weeks: int
    state: ApplicationState
    submitted_at: datetime
    organisation_size: str
    founded_in: int | None
    answer_set_id: int
    wishes: int


_WISHES = select(func.count()).where(Wish.application_id == Application.id).correlate(Application).scalar_subquery()
ROW_COLUMNS = (
    Application.id,
    Application.reference,
    Application.title,
    Application.organisation_name,
    Application.economy_code,
    Application.sector,
    Application.trl,
    Application.weeks,
    Application.state,
    Application.submitted_at,
    Application.organisation_size,
    Application.founded_in,
    Application.answer_set_id,
    _WISHES,
)


@dataclass(frozen=True)
class ListNames:
    """The words behind the codes of a list, read once a page."""

    economies: Mapping[str, str]
    sectors: Mapping[str, str]
    hosts: Mapping[int, str]


def list_names(call: Call) -> ListNames:
    """Return the names of the economies, of the call's sectors, and of its hosts by intake."""
    hosts = select(Intake.id, Host.name).join(Host).where(Intake.call_id == call.id).order_by(Host.sort_name)
    return ListNames(
        economies={each.code: each.short_name for each in economies_in_order()},
        sectors={each["key"]: each["label"] for each in call.sectors},
        hosts=dict(db.session.execute(hosts).all()),
    )


def read_listing(path: str, args: "MultiDict[str, str]", names: ListNames) -> Listing:
    """Return what the address asks of the list."""
    return Listing.read(
        path,
        args,
        sorts=SORTS,
        default_sort="title",
        filters={
            "state": [state.value for state in ApplicationState],
            "economy": list(names.economies),
            "sector": list(names.sectors),
            "host": [str(each) for each in names.hosts],
        },
        size=PAGE_SIZE,
    )


def narrowed(call: Call, listing: Listing, *, but_state: bool = False) -> list[ColumnElement[bool]]:
    """Return the conditions of a listing's search and filters; ``but_state`` leaves the states out."""
    conditions: list[ColumnElement[bool]] = [Application.call_id == call.id]
    if listing.search:
        words = listing.search.split()
        conditions.append(and_(*(Application.search_text.contains(fold(word), autoescape=True) for word in words)))
    if not but_state and (states := listing.chosen("state")):
        conditions.append(Application.state.in_([ApplicationState(state) for state in states]))
    if economies := listing.chosen("economy"):
        conditions.append(Application.economy_code.in_(economies))
    if sectors := listing.chosen("sector"):
        conditions.append(Application.sector.in_(sectors))
    if hosts := listing.chosen("host"):
        wished = Wish.intake_id.in_([int(each) for each in hosts])
        conditions.append(exists().where(Wish.application_id == Application.id, wished))
    return conditions


def rows_of(call: Call, listing: Listing) -> RowSelect:
    """Select the list's columns, narrowed, not ordered; each row makes a ``ListRow``."""
    return select(*ROW_COLUMNS).where(*narrowed(call, listing))


def counts_of(call: Call, listing: Listing) -> dict[ApplicationState, int]:
    """Return how many applications are in each state under the other filters; empty states are left out."""
    conditions = narrowed(call, listing, but_state=True)
    statement = select(Application.state, func.count()).where(*conditions).group_by(Application.state)
    found = dict(db.session.execute(statement).all())
    return {state: found[state] for state in ApplicationState if state in found}


def total_of(listing: Listing, counts: Mapping[ApplicationState, int]) -> int:
    """Return how many the listing matches, from the counts by state."""
    chosen = listing.chosen("state")
    return sum(count for state, count in counts.items() if not chosen or state in chosen)


def has_applications(call: Call) -> bool:
    """Say whether anything was ever sent."""
    return bool(db.session.scalar(select(exists().where(Application.call_id == call.id))))


def ids_of(call: Call, listing: Listing) -> list[int]:
    """Return the ids of everything the listing matches, what was sent first first."""
    statement = select(Application.id).where(*narrowed(call, listing))
    return list(db.session.scalars(statement.order_by(Application.submitted_at, Application.id)))


def applications_among(call: Call, ids: Iterable[int]) -> Iterator[Application]:
    """Yield this call's applications among the ids with their accounts, in the order of the ids."""
    wanted = list(dict.fromkeys(ids))
    for start in range(0, len(wanted), BATCH):
        part = wanted[start : start + BATCH]
        statement = (
            select(Application)
            .where(Application.call_id == call.id, Application.id.in_(part))
            .options(joinedload(Application.account))
        )
        found = {application.id: application for application in db.session.scalars(statement)}
        yield from (found[each] for each in part if each in found)


def overrides_of(application_ids: Collection[int]) -> dict[int, dict[str, Any]]:  # Any: see Application
    """Return what was let pass for each application, by its id."""
    statement = select(Application.id, Application.eligibility_override).where(Application.id.in_(application_ids))
    return dict(db.session.execute(statement).all())


def application_of(call: Call, reference: str) -> Select[Application]:
    """Select one application of this call by its number, with everything that its page shows."""
    return (
        select(Application)
        .where(Application.call_id == call.id, Application.reference == reference)
        .options(
            joinedload(Application.account),
            joinedload(Application.economy),
            joinedload(Application.answer_set).joinedload(AnswerSet.version),
            selectinload(Application.wishes).joinedload(Wish.intake).joinedload(Intake.host).joinedload(Host.economy),
            selectinload(Application.versions),
        )
    )
