"""Sets of figures: of one placement, of a call as a list, and those that a mail has to ask for."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.listing import Listing
from gtn_events.core.text import fold

from ..enums import Moment
from ..models import Application, Call, FigureSet, Host, Intake, Placement

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

SORTS = {"due": FigureSet.due_on, "firm": Application.sort_title}
STANDS = ("late", "due", "given", "later")
ORDER = {moment: number for number, moment in enumerate(Moment)}


def sets_of(placement: Placement) -> list[FigureSet]:
    """Return the sets of a placement in the order of their moments."""
    found = db.session.scalars(select(FigureSet).where(FigureSet.placement_id == placement.id))
    return sorted(found, key=lambda each: ORDER[each.moment])


def last_given(figures: FigureSet) -> FigureSet | None:
    """Return the confirmed set of the moment nearest before this one."""
    earlier = [
        each
        for each in sets_of(figures.placement)
        if each.sent_at is not None and ORDER[each.moment] < ORDER[figures.moment]
    ]
    return earlier[-1] if earlier else None


def set_of_call(call: Call, figures_id: int) -> Select[FigureSet]:
    """Select one set of a call with everything that its page shows."""
    return (
        select(FigureSet)
        .join(FigureSet.placement)
        .join(Placement.application)
        .where(FigureSet.id == figures_id, Application.call_id == call.id)
        .options(
            contains_eager(FigureSet.placement).options(
                contains_eager(Placement.application).joinedload(Application.account),
                joinedload(Placement.intake).joinedload(Intake.host),
            )
        )
    )


def read_listing(path: str, args: "MultiDict[str, str]") -> Listing:
    """Return what the address asks of the list of a call's figures."""
    filters = {"moment": [moment.value for moment in Moment], "stands": STANDS}
    return Listing.read(path, args, sorts=SORTS, default_sort="due", filters=filters, size=50)


def rows_of(call: Call, listing: Listing, today: date, early: timedelta) -> Select[FigureSet]:
    """Select the sets of a call that a listing asks for, not ordered."""
    statement = (
        select(FigureSet)
        .join(FigureSet.placement)
        .join(Placement.application)
        .join(Placement.intake)
        .join(Intake.host)
        .where(Application.call_id == call.id)
        .options(
            contains_eager(FigureSet.placement).options(
                contains_eager(Placement.application),
                contains_eager(Placement.intake).contains_eager(Intake.host),
            )
        )
    )
    if listing.search:
        words = listing.search.split()
        statement = statement.where(*(Application.search_text.contains(fold(each), autoescape=True) for each in words))
    if moments := listing.chosen("moment"):
        statement = statement.where(FigureSet.moment.in_([Moment(each) for each in moments]))
    if stands := listing.chosen("stands"):
        statement = statement.where(or_(*(_stands(each, today, early) for each in stands)))
    return statement


def counts_of(call: Call, today: date, early: timedelta) -> dict[str, int]:
    """Return how many sets of a call are late, due soon, given or still to come."""
    names = case(*((_stands(each, today, early), each) for each in STANDS), else_="later")
    statement = (
        select(names, func.count())
        .select_from(FigureSet)
        .join(FigureSet.placement)
        .join(Placement.application)
        .where(Application.call_id == call.id)
        .group_by(names)
    )
    found: Mapping[str, int] = dict(db.session.execute(statement).all())
    return {each: found.get(each, 0) for each in STANDS}


def to_be_asked(days: Sequence[date], *, first: date, most: int) -> Sequence[FigureSet]:
    """Return sets of which fewer mails went out than should have, the longest due first.

    Args:
        days: one for each mail, the latest first: it should have gone for what is due until then.
        first: nothing that was due before.
    """
    wanted = sum((case((FigureSet.due_on <= day, 1), else_=0) for day in days), start=literal(0))
    statement = (
        select(FigureSet)
        .join(FigureSet.placement)
        .join(Placement.application)
        .join(Application.account)
        .where(
            FigureSet.sent_at.is_(None),
            FigureSet.due_on.between(first, days[0]),
            FigureSet.reminders < wanted,
            Account.erased_at.is_(None),
        )
        .options(
            contains_eager(FigureSet.placement).options(
                contains_eager(Placement.application).options(
                    contains_eager(Application.account), joinedload(Application.call)
                ),
                joinedload(Placement.intake).joinedload(Intake.host).joinedload(Host.economy),
            )
        )
        .order_by(FigureSet.due_on, FigureSet.id)
        .limit(most)
    )
    return db.session.scalars(statement).all()


def _stands(name: str, today: date, early: timedelta) -> ColumnElement[Any]:  # Any: a condition
    waits = FigureSet.sent_at.is_(None)
    return {
        "given": FigureSet.sent_at.is_not(None),
        "late": and_(waits, FigureSet.due_on < today),
        "due": and_(waits, FigureSet.due_on >= today, FigureSet.due_on <= today + early),
        "later": and_(waits, FigureSet.due_on > today + early),
    }[name]
