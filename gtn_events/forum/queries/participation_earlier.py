"""What the journal says of an earlier moment: particulars, states and places at side events that changed since."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, select

from gtn_events.accounts.enums import Gender, OrganisationKind
from gtn_events.core.db import db
from gtn_events.core.economies import DelegationClass, economies_in_order
from gtn_events.core.journal import JournalEntry

from ..enums import BookingState, Funding
from ..models import Forum, Registration, SideEvent

BOOKED = frozenset(f"side event {state}" for state in BookingState)
Place = tuple[int, str]
"""A registration and the title that the side event had when it was written down."""


@dataclass(frozen=True)
class Earlier:
    """What registrations that were touched since a moment held before; the first change of a thing names it.

    ``states`` are of places at side events, None where there was none yet.
    """

    as_of: datetime
    values: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    states: Mapping[Place, str | None] = field(default_factory=dict)

    def gender(self) -> ColumnElement[str]:
        """Return the gender that a registration had, for a statement over registrations."""
        codes = codes_by_word()
        then: dict[str, list[int]] = {}
        for registration_id, values in self.values.items():
            if "gender" in values:
                before = values["gender"]
                then.setdefault(codes.get(before, before), []).append(registration_id)
        if not then:
            return Registration.gender.expression
        known = [(Registration.id.in_(ids), gender) for gender, ids in sorted(then.items())]
        return case(*known, else_=Registration.gender)


@dataclass(frozen=True)
class SideEventThen:
    """A side event that was there at a moment, with the title and time it had; None where nobody wrote the time."""

    id: int
    title: str
    starts_at: datetime | None


def earlier_values(forum: Forum, as_of: datetime) -> Earlier:
    """Return what the journal puts back, read once for the whole report."""
    values: dict[int, dict[str, Any]] = {}
    states: dict[Place, str | None] = {}
    statement = (
        select(JournalEntry.subject_id, JournalEntry.action, JournalEntry.changes)
        .where(later_entries(forum, as_of, Registration.__tablename__))
        .order_by(JournalEntry.id)
    )
    for registration_id, action, changes in db.session.execute(statement):
        fields = values.setdefault(registration_id, {})
        for name, (before, _after) in changes.items():
            # A side event may be called like a field: what is written of places is kept apart.
            if action in BOOKED:
                states.setdefault((registration_id, name), before)
            else:
                fields.setdefault(name, before)
    return Earlier(as_of, values, states)


def side_events_then(forum: Forum, as_of: datetime) -> tuple[list[SideEventThen], dict[str, set[int]]]:
    """Return the side events of a moment in the order of time, and who had a title at it or since, by that title."""
    found = {
        row.id: {"title": row.title, "starts_at": row.starts_at}
        for row in db.session.execute(
            select(SideEvent.id, SideEvent.title, SideEvent.starts_at).where(SideEvent.forum_id == forum.id)
        )
    }
    names: dict[str, set[int]] = {}
    for event_id, values in found.items():
        names.setdefault(values["title"], set()).add(event_id)
    _put_back(forum, as_of, found, names)
    there = [SideEventThen(event_id, values["title"], values["starts_at"]) for event_id, values in found.items()]
    return sorted(there, key=lambda each: (each.starts_at is None, each.starts_at, each.id)), names


def later_entries(forum: Forum, as_of: datetime, subject_type: str) -> ColumnElement[bool]:
    """Return the condition that an entry tells of such rows of a forum, after a moment."""
    return and_(
        JournalEntry.scope_kind == forum.scope.kind,
        JournalEntry.scope_id == forum.scope.id,
        JournalEntry.subject_type == subject_type,
        JournalEntry.at > as_of,
    )


def touched(forum: Forum, as_of: datetime) -> Select[int]:
    """Select the ids of registrations that something happened to since."""
    return select(JournalEntry.subject_id).where(later_entries(forum, as_of, Registration.__tablename__))


def codes_by_word() -> dict[str, str]:
    """Return the stored words of what the journal tells its readers in others."""
    words = {each.short_name: each.code for each in economies_in_order()}
    for kind in (Gender, OrganisationKind, DelegationClass, Funding):
        words |= {each.label: each.value for each in kind}
    return words


def _put_back(forum: Forum, as_of: datetime, found: dict[int, dict[str, Any]], names: dict[str, set[int]]) -> None:
    """Undo the entries about side events from the newest to the oldest, and note every title on the way."""
    statement = (
        select(JournalEntry.subject_id, JournalEntry.action, JournalEntry.changes)
        .where(later_entries(forum, as_of, SideEvent.__tablename__))
        .order_by(JournalEntry.id.desc())
    )
    for event_id, action, changes in db.session.execute(statement):
        if action == "side event added":
            found.pop(event_id, None)
            continue
        values = found.setdefault(event_id, {"title": "", "starts_at": None})
        if "title" in changes:
            values["title"] = changes["title"][0]
            names.setdefault(values["title"], set()).add(event_id)
        if "starts_at" in changes:
            values["starts_at"] = datetime.fromisoformat(changes["starts_at"][0])
