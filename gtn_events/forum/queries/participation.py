"""Who was nominated, approved and came: counted by the database, now or as it stood at an earlier moment."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select

from gtn_events.core.db import db

from ..enums import Direction, RegistrationState
from ..models import CheckIn, Checkpoint, Forum, Registration
from .participation_earlier import Earlier, codes_by_word, touched

AT_ONCE = 500
RowSelect = Select[*tuple[Any, ...]]  # Any: columns of many types


@dataclass(frozen=True)
class Group:
    """People who are counted together; ``holder`` is an economy's code or the word of a delegation class."""

    holder: str
    gender: str
    category_id: int
    sector: str
    funding: str


@dataclass(frozen=True)
class Reached:
    """How many of a group were nominated (they asked, or somebody named them), were confirmed, and came."""

    nominated: int = 0
    approved: int = 0
    attended: int = 0

    def __add__(self, other: "Reached") -> "Reached":
        return Reached(self.nominated + other.nominated, self.approved + other.approved, self.attended + other.attended)


Cube = Mapping[Group, Reached]


def participation(forum: Forum, earlier: Earlier | None = None) -> Cube:
    """Return every group of a forum and how far its people came.

    Args:
        earlier: count as it stood at its moment: registrations that were sent by then, in the
            state and with the particulars they had then, by the journal. None counts as it stands.

    One statement for those nothing happened to since; the others are read and put back one by one.
    """
    cube: Counter[tuple[Group, str]] = Counter()
    as_of = earlier.as_of if earlier else None
    for *of, nominated, approved, attended in db.session.execute(_grouped(forum, as_of)):
        cube.update(_counts(_group(of), Reached(nominated, approved or 0, attended or 0)))
    if earlier is not None:
        for group, reached in _as_they_stood(forum, earlier):
            cube.update(_counts(group, reached))
    groups = dict.fromkeys(group for group, _stage in cube)
    return {group: Reached(*(cube[group, stage] for stage in STAGES)) for group in groups}


STAGES = ("nominated", "approved", "attended")


def _counts(group: Group, reached: Reached) -> dict[tuple[Group, str], int]:
    return {(group, stage): getattr(reached, stage) for stage in STAGES}


def _group(values: Sequence[Any]) -> Group:  # Any: the columns of _OF
    code, delegation_class, gender, category_id, sector, funding = values
    return Group(code or str(delegation_class), gender, category_id, sector, str(funding))


_OF = (
    Registration.economy_code,
    Registration.delegation_class,
    Registration.gender,
    Registration.category_id,
    Registration.organisation_kind,
    Registration.funding,
)


def _grouped(forum: Forum, as_of: datetime | None) -> RowSelect:
    confirmed = case((Registration.state == RegistrationState.CONFIRMED, 1), else_=0)
    came = case((came_by(as_of), 1), else_=0)
    statement = (
        select(*_OF, func.count(), func.sum(confirmed), func.sum(came))
        .where(Registration.forum_id == forum.id)
        .group_by(*_OF)
    )
    if as_of is None:
        return statement
    return statement.where(Registration.submitted_at <= as_of, Registration.id.not_in(touched(forum, as_of)))


def came_by(as_of: datetime | None) -> ColumnElement[bool]:
    """Return the condition that a person of a registration was checked in, by a moment or by now."""
    return exists().where(CheckIn.registration_id == Registration.id, check_in_counts(as_of))


def check_in_counts(as_of: datetime | None) -> ColumnElement[bool]:
    """Return the condition that a check-in counts, or counted at a moment: inwards, where it counts, not undone."""
    return and_(passed_by(as_of), CheckIn.checkpoint_id.in_(select(Checkpoint.id).where(Checkpoint.counts)))


def passed_by(as_of: datetime | None) -> ColumnElement[bool]:
    """Return the condition that somebody came in by a door, wherever it is, and it was not undone."""
    inwards = CheckIn.direction == Direction.IN
    if as_of is None:
        return and_(inwards, CheckIn.undone_at.is_(None))
    return and_(inwards, CheckIn.at <= as_of, or_(CheckIn.undone_at.is_(None), CheckIn.undone_at > as_of))


def _as_they_stood(forum: Forum, earlier: Earlier) -> Iterable[tuple[Group, Reached]]:
    names = codes_by_word()
    ids = sorted(earlier.values)
    for start in range(0, len(ids), AT_ONCE):
        statement = select(Registration.id, Registration.state, came_by(earlier.as_of), *_OF).where(
            Registration.id.in_(ids[start : start + AT_ONCE]),
            Registration.forum_id == forum.id,
            Registration.submitted_at <= earlier.as_of,
        )
        for registration_id, state, came, *of in db.session.execute(statement):
            was = earlier.values[registration_id]
            confirmed = was.get("state", state) == RegistrationState.CONFIRMED
            yield _with(_group(of), was, names), Reached(1, int(confirmed), int(came))


def _with(group: Group, was: Mapping[str, Any], codes: Mapping[str, str]) -> Group:
    """Return the group a person belonged to by the values they had; the journal keeps codes, or words for readers."""

    def value(field: str, present: str) -> str:
        before = was.get(field, present)
        return codes.get(before, before) if before else ""

    holder = group.holder
    if "economy_code" in was or "delegation_class" in was:
        code = value("economy_code", group.holder if group.holder.isupper() else "")
        holder = code or value("delegation_class", group.holder)
    return replace(
        group,
        holder=holder,
        gender=value("gender", group.gender),
        sector=value("organisation_kind", group.sector),
        funding=value("funding", group.funding),
    )
