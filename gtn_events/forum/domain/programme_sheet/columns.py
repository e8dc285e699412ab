"""What a column of a programme's spreadsheet can mean, how headings call it, and how one cell is read."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from gtn_events.core.text import clean_text, fold

from ...enums import SessionKind, SessionLevel, SpeakerRole
from ...language_names import LANGUAGE_CODE, MOST_LANGUAGES, language_codes
from ...programme_files.table import speakers_cell
from ...queries.programme import SessionFacts
from ..programme_import.moments import parse_clock

NOT_USED = ""
MOST_MINUTES = 24 * 60
MOST_PEOPLE = 1_000_000
DAY_ZERO = date(1899, 12, 30)  # ECMA-376 part 1, 18.17.4.1: the days of a workbook are counted from here
_NUMBER = re.compile(r"\d{1,6}(\.\d{1,20})?", re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})", re.ASCII)
FORMULAS = "=+-@"
Read = Callable[[str], Any]  # Any: what the field of a session holds


class CellRefused(ValueError):
    """What stands in a cell cannot be taken; the text says why."""


@dataclass(frozen=True)
class Field:
    """One meaning; ``headings`` are how files call it, folded, our own export's first."""

    name: str
    headings: tuple[str, ...]
    read: Read


def seen(text: str) -> str:
    """Return a text as it comes back from a spreadsheet: clean, without the apostrophe that keeps it a text."""
    cleaned = clean_text(text)
    return cleaned[1:] if cleaned[:1] == "'" and cleaned[1:2] and cleaned[1] in FORMULAS else cleaned


def cell_of(name: str, cell: str) -> str:
    """Return what stands in a cell, days and times as texts: workbooks keep them as numbers of days."""
    text = seen(cell)
    if name not in {"day", "start", "end"} or not _NUMBER.fullmatch(text):
        return text
    days = float(text)
    if name == "day":
        return (DAY_ZERO + timedelta(days=int(days))).isoformat()
    if "." not in text and text != "0":
        return text  # somebody wrote 9 for nine o'clock: an error at the cell, not midnight
    minutes = round(days % 1 * MOST_MINUTES) % MOST_MINUTES
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def day_among(cell: str, first: date, last: date) -> str:
    """Return a day that is written with its year last as year-month-day, if it can be meant in one way only.

    Both orders of day and month are tried; one reading alone has to be a day from ``first`` to ``last``. Anything
    else comes back as it is.
    """
    parts = _YEAR_LAST.fullmatch(cell)
    if parts is None:
        return cell
    one, two, year = (int(part) for part in parts.group(1, 3, 4))
    read = {_date(year, month, day) for day, month in ((one, two), (two, one))}
    meant = [each for each in read if each is not None and first <= each <= last]
    return meant[0].isoformat() if len(meant) == 1 else cell


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def cells_of(session: SessionFacts, abstract: str, *, expected: int | None, wished: int | None) -> dict[str, str]:
    """Return what our own export writes of a session, as it comes back.

    Args:
        expected: how many people are to come.
        wished: how many minutes it is to last, where it has no time.
    """
    written = {
        "code": session.code,
        "title": session.title,
        "subtitle": session.subtitle,
        "day": session.local.date().isoformat() if session.local else "",
        "start": f"{session.local:%H:%M}" if session.local else "",
        "end": f"{session.local_end:%H:%M}" if session.local_end else "",
        "minutes": str((session.minutes if session.local else wished) or ""),
        "room": session.room.name if session.room else "",
        "track": session.track.name if session.track else "",
        "kind": session.kind.value,
        "language": session.language,
        "interpretation": ", ".join(session.interpretation),
        "level": session.level.label if session.level else "",
        "speakers": speakers_cell(session),
        "abstract": abstract,
        "expected": str(expected or ""),
    }
    return {name: seen(text) for name, text in written.items()}


def guess_columns(header: Sequence[str]) -> list[str]:
    """Return the name of the field that each heading means, each field once; empty where none is meant."""
    found: list[str] = []
    for heading in header:
        meant = next((each.name for each in FIELDS.values() if fold(heading.strip()) in each.headings), NOT_USED)
        found.append(meant if meant not in found else NOT_USED)
    return found


def speakers_in(cell: str) -> list[tuple[str, SpeakerRole]]:
    """Return the names that stand between semicolons, with the role that may stand after each in brackets."""
    found: dict[tuple[str, SpeakerRole], None] = {}
    roles = {fold(role.label): role for role in SpeakerRole}
    for part in filter(None, (each.strip() for each in cell.split(";"))):
        name, _, ending = part.rpartition(" (")
        role = roles.get(fold(ending.removesuffix(")"))) if name and ending.endswith(")") else None
        found[(name if role else part)[:200], role or SpeakerRole.SPEAKER] = None
    return list(found)


def _text(most: int) -> Read:
    def read(cell: str) -> str:
        if cell.startswith("="):
            raise CellRefused("A formula is not calculated here. Write the value.")
        if len(cell) > most:
            raise CellRefused(f"Use at most {most} signs; there are {len(cell)}.")
        return cell

    return read


def _line(most: int) -> Read:
    read = _text(most)
    return lambda cell: " ".join(read(cell).split())


def _title(cell: str) -> Any:
    if not cell:
        raise CellRefused("Give the session a title.")
    return _line(400)(cell)


def _number(most: int) -> Read:
    def read(cell: str) -> int | None:
        if not cell:
            return None
        if not (cell.isascii() and cell.isdecimal() and len(cell) <= len(str(most))) or not 0 < int(cell) <= most:
            raise CellRefused(f"Write a number from 1 to {most}.")
        return int(cell)

    return read


def _day(cell: str) -> date | None:
    try:
        return date.fromisoformat(cell[:10]) if cell else None
    except ValueError:
        raise CellRefused("Write the day as year-month-day: 2027-05-06.") from None


def _clock(cell: str) -> Any:
    clock = parse_clock(cell)
    if cell and clock is None:
        raise CellRefused("Write the time as hours and minutes: 09:30.")
    return clock


def _kind(cell: str) -> SessionKind:
    if cell and fold(cell) not in set(SessionKind):
        raise CellRefused(f"Write one of these: {', '.join(SessionKind)}.")
    return SessionKind(fold(cell)) if cell else SessionKind.SESSION


def _interpretation(cell: str) -> tuple[str, ...]:
    codes = language_codes(cell)
    wrong = next((code for code in codes if not LANGUAGE_CODE.fullmatch(code)), None)
    if wrong is not None:
        raise CellRefused(f"“{wrong[:40]}” is not the code of a language, such as es or zh-Hans.")
    if len(codes) > MOST_LANGUAGES:
        raise CellRefused(f"Write at most {MOST_LANGUAGES} languages.")
    return codes


def _level(cell: str) -> SessionLevel | None:
    levels = {fold(word): level for level in SessionLevel for word in (level.value, level.label)}
    if cell and fold(cell) not in levels:
        raise CellRefused(f"Write one of these, or nothing: {', '.join(level.label for level in SessionLevel)}.")
    return levels[fold(cell)] if cell else None


def _code(cell: str) -> str:
    return cell.rstrip("/").rpartition("/")[2]


FIELDS: Mapping[str, Field] = {
    each.name: each
    for each in (
        Field("code", ("address", "code", "url", "link"), _code),
        Field("title", ("title", "session", "session title", "name"), _title),
        Field("subtitle", ("subtitle", "second title"), _line(400)),
        Field("day", ("day", "date"), _day),
        Field("start", ("start", "starts", "begin", "from"), _clock),
        Field("end", ("end", "ends", "until", "to"), _clock),
        Field("minutes", ("minutes", "duration", "length"), _number(MOST_MINUTES)),
        Field("room", ("room", "location", "place", "hall"), _line(120)),
        Field("track", ("track", "theme", "stream"), _line(120)),
        Field("kind", ("type", "kind"), _kind),
        Field("language", ("language",), _line(20)),
        Field("interpretation", ("interpretation", "interpreted into"), _interpretation),
        Field("level", ("level",), _level),
        Field("speakers", ("speakers", "speaker", "people", "who"), lambda cell: speakers_in(_text(4000)(cell))),
        Field("abstract", ("abstract", "description", "summary"), _text(20_000)),
        Field("expected", ("people expected", "expected", "audience"), _number(MOST_PEOPLE)),
    )
}
