"""What each line of a programme's spreadsheet would do: nothing is written here."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from gtn_events.core.errors import UploadRefused, VenueTimeRefused
from gtn_events.core.exports import LONGEST_CELL
from gtn_events.core.text import fold
from gtn_events.core.venue_time import moment_at_venue

from ...models import Forum
from ...queries.programme import SessionFacts, abstracts, load_programme
from ...queries.told_of_sessions import told_of_sessions
from .columns import FIELDS, NOT_USED, CellRefused, cell_of, cells_of, day_among, seen

MOST_LINES = 5000
PLACE = ("day", "start", "end", "minutes")


class Fate(StrEnum):
    """What becomes of a line."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass
class Line:
    """One line: its cells, errors and changes (before, after) by field, and the values that it would set."""

    number: int
    cells: dict[str, str]
    session_id: int | None = None
    errors: dict[str, str] = field(default_factory=dict)
    changes: dict[str, tuple[str, str]] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)  # Any: what the field of a session holds

    @property
    def fate(self) -> Fate:
        """What becomes of it."""
        if self.errors:
            return Fate.REFUSED
        if self.session_id is None:
            return Fate.NEW
        return Fate.CHANGED if self.changes else Fate.UNCHANGED


@dataclass(frozen=True)
class Preview:
    """Every line below the headings; ``columns`` are the fields that the columns mean."""

    header: list[str]
    columns: list[str]
    lines: list[Line]

    @property
    def counts(self) -> Counter[Fate]:
        """How many lines have each fate."""
        return Counter(line.fate for line in self.lines)


def preview_sheet(forum: Forum, lines: Sequence[Sequence[str]], columns: Sequence[str]) -> Preview:
    """Return what a spreadsheet would do.

    A session is known by its address or code, or else by its title. A cell that says what our own
    export writes of the session changes nothing, and columns that are not used leave everything as it is.

    Raises:
        UploadRefused: there is no line below the headings, or no column is the title.
    """
    if len(lines) < 2:
        raise UploadRefused("The file has no line below the headings.", field="file")
    if "title" not in columns:
        raise UploadRefused("Say which column is the title.", field="columns")
    reader = _Reader(forum)
    read = [
        reader.line(
            number, {name: cell_of(name, cell) for name, cell in zip(columns, _filled(cells, columns), strict=True)}
        )
        for number, cells in enumerate(lines[1:], start=2)
        if any(cells)
    ]
    return Preview(list(lines[0]), list(columns), read)


def _filled(cells: Sequence[str], columns: Sequence[str]) -> list[str]:
    return [*cells, *("" for _ in range(len(columns) - len(cells)))][: len(columns)]


class _Reader:
    def __init__(self, forum: Forum) -> None:
        self._forum = forum
        programme, texts = load_programme(forum), abstracts(forum)
        told = told_of_sessions(forum)
        self._wished = {number: each.wished_minutes for number, each in told.items()}
        self._sessions = {each.id: each for each in programme.sessions}
        self._written = {
            each.id: cells_of(
                each, texts.get(each.id, ""), expected=told[each.id].expected, wished=self._wished[each.id]
            )
            for each in programme.sessions
        }
        self._by_code = {each.code.casefold(): each.id for each in programme.sessions}
        self._by_title: dict[str, list[int]] = defaultdict(list)
        for each in programme.sessions:
            self._by_title[fold(seen(each.title))].append(each.id)
        self._met: set[int] = set()

    def line(self, number: int, cells: dict[str, str]) -> Line:
        """Return what one line would do."""
        cells.pop(NOT_USED, None)
        if "day" in cells:
            cells["day"] = day_among(cells["day"], self._forum.starts_on, self._forum.ends_on)
        line = Line(number, cells)
        self._find(line)
        before = self._written.get(line.session_id or 0, {})
        for name, cell in cells.items():
            if name == "code" or _is_same(cell, before.get(name)):
                continue
            try:
                line.values[name] = FIELDS[name].read(cell)
            except CellRefused as refused:
                line.errors[name] = str(refused)
            if line.session_id is not None:
                line.changes[name] = (before.get(name, ""), cell)
        if not line.errors:
            self._place(line, self._sessions.get(line.session_id or 0))
        return line

    def _find(self, line: Line) -> None:
        """Set the session that the line is about."""
        code = FIELDS["code"].read(line.cells.get("code", "")).casefold()
        titled = self._by_title.get(fold(line.cells["title"]), [])
        if code in self._by_code:
            line.session_id = self._by_code[code]
        elif len(titled) > 1:
            line.errors["title"] = "Several sessions have this title. Use the column with their addresses."
        elif titled:
            line.session_id = titled[0]
        if line.session_id in self._met:
            line.errors["title"] = "Another line is about this session already."
        if line.session_id is not None:
            self._met.add(line.session_id)

    def _place(self, line: Line, session: SessionFacts | None) -> None:
        """Put day, start and length together where one of them is another than before."""
        changed = [name for name in PLACE if name in line.values]
        if not changed:
            return
        told = {name: line.values.pop(name, None) if name in changed else self._of(session, name) for name in PLACE}
        day, start = told["day"], told["start"]
        if day is None and start is None:
            line.values["starts_at"], line.values["minutes"] = None, told["minutes"]
            return
        if day is None or start is None:
            line.errors["day" if day is None else "start"] = "Write both day and start, or none."
            return
        minutes = _minutes(told, changed)
        if minutes is None:
            line.errors["minutes"] = "Say how many minutes it lasts."
            return
        try:
            line.values["starts_at"] = moment_at_venue(datetime.combine(day, start), self._forum.time_zone)
            line.values["minutes"] = minutes
        except VenueTimeRefused as refused:
            line.errors["start"] = refused.message

    def _of(self, session: SessionFacts | None, name: str) -> Any:  # Any: a day, a time or a number
        if session is None:
            return None
        if session.local is None or session.local_end is None:
            return self._wished[session.id] if name == "minutes" else None
        return {
            "day": session.local.date(),
            "start": session.local.time(),
            "end": session.local_end.time(),
            "minutes": session.minutes,
        }[name]


def _is_same(cell: str, before: str | None) -> bool:
    """Say whether a cell is what our export writes; a spreadsheet cuts what is longer than a cell of it."""
    if before is None or len(before) <= LONGEST_CELL:
        return cell == before
    return cell in {before, seen(before[:LONGEST_CELL])}


def _minutes(told: dict[str, Any], changed: list[str]) -> int | None:  # Any: as ``_of`` returns
    """Return the length; an end that alone was changed says it, since the minutes are those of before."""
    minutes: int | None = told["minutes"]
    if told["end"] is None or (minutes is not None and ("minutes" in changed or "end" not in changed)):
        return minutes
    start, end = (60 * each.hour + each.minute for each in (told["start"], told["end"]))
    return int((end - start) % (24 * 60)) or None
