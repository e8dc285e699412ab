"""A spreadsheet of nominations: what each line would do, with its errors by cell; then doing it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError

from gtn_events.accounts.domain.addresses import parse_address
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError, UploadRefused
from gtn_events.forum.enums import ACTIVE_STATES, Funding
from gtn_events.forum.models import ForumCategory, Registration

from ..enums import OPEN_NOMINATIONS, NominationState
from ..errors import NominationRefused
from ..models import Delegation, Nomination
from .nomination_record import change_nomination, record_nomination
from .nomination_transitions import Act
from .nominations import Nominee, apply_nominee, funding_refusal, missing_in
from .sheet_columns import CellRefused, Column, columns_for, written

MOST_ROWS = 2_000


class Fate(StrEnum):
    """What a line would do."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass
class Line:
    """One line of the file; ``errors`` and ``changes`` are by the field of a column."""

    number: int
    cells: dict[str, str]
    fate: Fate = Fate.REFUSED
    nominee: Nominee | None = None
    nomination: Nomination | None = None
    errors: dict[str, str] = field(default_factory=dict)
    changes: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def is_complete(self) -> bool:
        """Say whether the person could be nominated with what stands there."""
        return self.nominee is not None and not missing_in(self.nominee)


@dataclass(frozen=True)
class Preview:
    """Every line, and the columns that the file has."""

    columns: list[Column]
    lines: list[Line]

    @property
    def counts(self) -> Counter[Fate]:
        """How many lines there are of each fate."""
        return Counter(line.fate for line in self.lines)


def preview_sheet(
    delegation: Delegation,
    sheet: Sequence[Sequence[str]],
    categories: Sequence[ForumCategory],
    *,
    keeps: bool = False,
) -> Preview:
    """Return what a file would do; nothing is written. Two queries, whatever the number of lines.

    Args:
        keeps: keep the nominations that are there until the transaction ends, for ``apply_sheet``.

    Raises:
        UploadRefused: there is no line of headings, or no column of addresses.
    """
    columns = columns_for(categories)
    places = _places_of(columns, sheet[0] if sheet else ())
    lines = [
        _read(number, row, columns, places, delegation) for number, row in enumerate(sheet[1:], start=2) if any(row)
    ]
    _compare(delegation, lines, columns, given=set(places), keeps=keeps)
    return Preview([column for column in columns if column.field in places], lines)


def apply_sheet(
    delegation: Delegation, lines: Sequence[Line], *, nominates: bool, actor: Account, now: datetime
) -> Counter[Fate]:
    """Write every line that is not refused; a new one becomes a draft.

    Args:
        nominates: also nominate whoever has all that the host needs, those who were drafts before, too.

    Returns:
        How many lines did what.

    Raises:
        NominationRefused: another coordinator nominated one of the addresses at the same moment; nothing is kept.

    Flushes; the caller commits.
    """
    done: Counter[Fate] = Counter()
    for line in lines:
        done[line.fate] += 1
        if line.nominee is None or line.fate is Fate.REFUSED:
            continue
        if line.nomination is None:
            line.nomination = _new(delegation, actor, now)
        if line.fate is not Fate.UNCHANGED:
            apply_nominee(line.nomination, line.nominee)
            line.nomination.changed_at = now
            db.session.add(line.nomination)
    try:
        db.session.flush()
    except IntegrityError:
        raise NominationRefused(
            "One of the people was nominated by somebody else at this moment. Look at the file again."
        ) from None
    for line in lines:
        _write_down(line, nominates=nominates, actor=actor, now=now)
    db.session.flush()
    return done


def _write_down(line: Line, *, nominates: bool, actor: Account, now: datetime) -> None:
    nomination = line.nomination
    if nomination is None or line.fate is Fate.REFUSED:
        return
    if line.fate is not Fate.UNCHANGED:
        action = "nomination drafted" if line.fate is Fate.NEW else "nomination changed"
        record_nomination(action, nomination, actor=actor, now=now)
    if nominates and line.is_complete and nomination.state is NominationState.DRAFT:
        change_nomination(nomination, Act.NOMINATE, actor=actor, now=now)
        nomination.nominated_at, nomination.nominated_by_id = now, actor.id


def _new(delegation: Delegation, actor: Account, now: datetime) -> Nomination:
    return Nomination(
        forum=delegation.forum,
        economy=delegation.economy,
        state=NominationState.DRAFT,
        nominated_by_id=actor.id,
        created_at=now,
        changed_at=now,
    )


def _places_of(columns: Sequence[Column], headings: Sequence[str]) -> dict[str, int]:
    places = {heading.casefold(): place for place, heading in reversed(list(enumerate(headings)))}
    found = {column.field: places[column.label.casefold()] for column in columns if column.label.casefold() in places}
    if "email" not in found or "category" not in found:
        raise UploadRefused(
            "The first line has to name the columns; “E-mail” and “Category” are needed. Begin with the template.",
            field="file",
        )
    return found


def _read(
    number: int, row: Sequence[str], columns: Sequence[Column], places: dict[str, int], delegation: Delegation
) -> Line:
    def cell(column: Column) -> str:
        place = places.get(column.field, len(row))
        return row[place] if place < len(row) else ""

    line = Line(number, {column.field: cell(column) for column in columns})
    values = {}
    for column in columns:
        try:
            values[column.field] = column.read(line.cells[column.field])
        except CellRefused as refused:
            line.errors[column.field] = str(refused)
    try:
        values["email"] = parse_address(values.get("email", "")).email
    except DomainError as refused:
        line.errors.setdefault("email", refused.message)
    if values.get("funding") is Funding.APEC and (why := funding_refusal(delegation.economy)):
        line.errors["funding"] = why
    if not line.errors:
        line.nominee = Nominee(**values)
    return line


def _compare(
    delegation: Delegation, lines: Sequence[Line], columns: Sequence[Column], *, given: set[str], keeps: bool
) -> None:
    statement = _open_nominations(delegation)
    if keeps:
        statement = statement.with_for_update(of=Nomination, key_share=True)
    held = {each.email_key: each for each in db.session.scalars(statement)}
    registered = set(db.session.scalars(_registered_keys(delegation)))
    seen: dict[str, int] = {}
    for line in lines:
        if line.nominee is None:
            continue
        key = line.nominee.email.lower()
        there = held.get(key)
        if key in seen:
            line.errors["email"] = f"The address stands in line {seen[key]} already."
        elif key in registered or (there is not None and there.economy_code != delegation.code):
            line.errors["email"] = "The person is nominated or registered for this forum already."
        else:
            _decide(line, there, columns, given)
        seen.setdefault(key, line.number)


def _decide(line: Line, there: Nomination | None, columns: Sequence[Column], given: set[str]) -> None:
    if there is None or line.nominee is None:
        line.fate = Fate.NEW
        return
    # A column that the file has not leaves alone what is there.
    kept = {each.name: getattr(there, each.name) for each in fields(Nominee) if each.name not in given}
    line.nomination, line.nominee = there, Nominee(**{**_values(line.nominee), **kept, "email": there.email})
    for column in columns:
        before, after = getattr(there, column.field), getattr(line.nominee, column.field)
        if before != after:
            line.changes[column.field] = (written(column, before), written(column, after))
    line.fate = Fate.CHANGED if line.changes else Fate.UNCHANGED


def _values(nominee: Nominee) -> dict[str, object]:
    return {each.name: getattr(nominee, each.name) for each in fields(nominee)}


def _open_nominations(delegation: Delegation) -> Select[Nomination]:
    return select(Nomination).where(
        Nomination.forum_id == delegation.forum.id, Nomination.state.in_(sorted(OPEN_NOMINATIONS))
    )


def _registered_keys(delegation: Delegation) -> Select[str]:
    return (
        select(Account.email_key)
        .join(Registration, Registration.account_id == Account.id)
        .where(Registration.forum_id == delegation.forum.id, Registration.state.in_(sorted(ACTIVE_STATES)))
    )
