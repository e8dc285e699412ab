"""The participation report of a forum, put together once for the page, the files and the PDF."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from gtn_events.accounts.enums import Gender, OrganisationKind
from gtn_events.core.economies import DelegationClass, economies_in_order
from gtn_events.core.exports import Cell
from gtn_events.core.moments import words_of_moment
from gtn_events.core.plots import stacked_bars_svg
from gtn_events.core.suppression import SMALLEST, suppressed
from gtn_events.core.text import day

from .enums import Funding
from .models import Forum
from .queries.forums import categories_in_order
from .queries.participation import STAGES, Cube, Group, participation
from .queries.participation_earlier import Earlier, earlier_values
from .queries.participation_parts import (
    ByGender,
    came_by_day,
    speakers_by_role,
    speakers_by_session,
    speakers_in_all,
)
from .queries.participation_side_events import SideEventRow, side_events

Counts = tuple[int | None, int | None, int | None, int | None]
"""Women, men, others and all; None where the number is left out."""
NOBODY: Counts = (0, 0, 0, 0)
STAGE_WORDS = {
    "nominated": _l("Nominated"),
    "approved": _l("Confirmed"),
    "attended": _l("Attended"),
    "booked": _l("Hold a place"),
    "passed": _l("Came in by its door"),
    "speaks": _l("In the programme"),
}
LEFT_OUT_WORDS = {
    "programme": _l(
        "The programme is not counted as of a day: the journal does not keep who had a part in it at that time."
    ),
    "side-events": _l(
        "Side events are not counted as of this day: two had the same title, and the journal does not tell them apart."
    ),
}
"""What a report as of a day does not hold, and why."""


@dataclass(frozen=True)
class Line:
    """One row of a table: its name, and the numbers of each stage.

    ``uncounted`` are places of stages in which nobody counts for this row, so that its noughts say nothing.
    """

    name: str
    counts: Sequence[Counts]
    at: datetime | None = None
    uncounted: Sequence[int] = ()


@dataclass(frozen=True)
class Section:
    """One table: by economy, by role.

    ``total`` is the last row, if there is one; ``adds_up`` says that it is the sum of the others.
    """

    key: str
    title: str
    head: str
    stages: Sequence[str]
    lines: Sequence[Line]
    total: Line | None
    adds_up: bool = False

    @property
    def has_gaps(self) -> bool:
        """Say whether a number was left out."""
        rows = [*self.lines, *([self.total] if self.total else [])]
        return any(number is None for line in rows for counts in line.counts for number in counts)


@dataclass(frozen=True)
class ParticipationReport:
    """Everything that is counted; ``published`` says that small numbers are left out.

    ``left_out`` are keys of ``LEFT_OUT_WORDS``.
    """

    forum: Forum
    as_of: datetime
    published: bool
    sections: Sequence[Section]
    left_out: Sequence[str] = ()

    def section(self, key: str) -> Section:
        """Return one of the tables."""
        return next(each for each in self.sections if each.key == key)

    def section_if_counted(self, key: str) -> Section | None:
        """Return one of the tables, None where the report leaves it out."""
        return next((each for each in self.sections if each.key == key), None)

    @property
    def total(self) -> Mapping[str, Counts]:
        """All people of the forum by stage."""
        line = self.section("economies").total
        return dict(zip(STAGES, line.counts if line else (NOBODY,) * 3, strict=True))

    @property
    def economies(self) -> int:
        """How many member economies somebody came from; before the forum, has somebody confirmed from."""
        by_name = {each.short_name for each in economies_in_order()}
        stage = 2 if self.total["attended"][3] else 1
        lines = (line for line in self.section("economies").lines if line.name in by_name)
        return sum(line.counts[stage][3] != 0 for line in lines)


def report_of(forum: Forum, *, now: datetime, as_of: datetime | None = None, published: bool) -> ParticipationReport:
    """Return the report, in as many queries whatever the size.

    Args:
        as_of: everything as it stood at that moment; what the journal does not hold is left out.
        published: leave small numbers out, and those that would give them away.
    """
    earlier = earlier_values(forum, as_of) if as_of else None
    sections = [*_of_people(forum, participation(forum, earlier)), *_of_parts(forum, earlier)]
    counted = {each.key for each in sections}
    left_out = [name for name, key in (("programme", "speakers"), ("side-events", "side-events")) if key not in counted]
    if published:
        sections = [_without_small(each) for each in sections]
    return ParticipationReport(forum, as_of or now, published, sections, left_out)


def economies_plot(report: ParticipationReport, *, standalone: bool = False) -> Markup | None:
    """Return those who came by economy and gender, or before the forum those confirmed.

    An economy with a number left out has no bar; None where every one has.
    """
    stage = 2 if report.total["attended"][3] else 1
    rows = [
        (line.name, line.name, [number or 0 for number in line.counts[stage][:3]])
        for line in report.section("economies").lines
        if None not in line.counts[stage]
    ]
    if not any(sum(counts) for _code, _name, counts in rows):
        return None
    series = (_("Women"), _("Men"), _("Another, or not said"))
    words = _("Came, by economy and gender.") if stage == 2 else _("Confirmed, by economy and gender.")
    width = 760 if standalone else 1080
    return stacked_bars_svg(rows, series=series, title=words, width=width, standalone=standalone)


def _of_people(forum: Forum, cube: Cube) -> list[Section]:
    economies = [(each.code, each.short_name) for each in economies_in_order()]
    classes = [(each.value, each.label) for each in DelegationClass if each is not DelegationClass.ECONOMY]
    categories = [(str(each.id), each.label) for each in categories_in_order(forum)]
    sectors = [(each.value, each.label) for each in OrganisationKind]
    funding = [(each.value, each.label) for each in Funding]
    return [
        _section("economies", (_("By economy"), _("Economy")), [*economies, *classes], cube, lambda of: of.holder),
        _section("roles", (_("By role"), _("Category")), categories, cube, lambda of: str(of.category_id)),
        _section("sectors", (_("By sector"), _("Kind of organisation")), sectors, cube, lambda of: of.sector),
        _section("funding", (_("By funding"), _("Who pays")), funding, cube, lambda of: of.funding),
    ]


def _section(
    key: str, words: tuple[str, str], names: Sequence[tuple[str, str]], cube: Cube, of: Callable[[Group], str]
) -> Section:
    """Return one table of people; rows without anybody stay away, but for the economies."""
    sums: dict[str, list[Counter[str]]] = {}
    for group, reached in cube.items():
        for row in sums.setdefault(of(group), [Counter() for _stage in STAGES]), sums.setdefault("all", _empty()):
            for counter, stage in zip(row, STAGES, strict=True):
                counter[group.gender] += getattr(reached, stage)
    known = dict(names)
    rows = [(name, sums.get(value)) for value, name in names]
    rows += [(_("Not said"), row) for value, row in sums.items() if value not in known and value != "all"]
    lines = [Line(name, _counts(row or _empty())) for name, row in rows if row or key == "economies"]
    return Section(key, *words, STAGES, lines, Line(_("All"), _counts(sums.get("all", _empty()))), adds_up=True)


def _empty() -> list[Counter[str]]:
    return [Counter() for _stage in STAGES]


def _counts(row: Sequence[Counter[str]]) -> list[Counts]:
    return [_four(each[Gender.WOMAN], each[Gender.MAN], each.total()) for each in row]


def _four(women: int, men: int, total: int) -> Counts:
    return (women, men, total - women - men, total)


def _of_parts(forum: Forum, earlier: Earlier | None) -> list[Section]:
    days = [Line(day(row.day), [_of(row.came)]) for row in came_by_day(forum, earlier)]
    sections = [Section("days", _("By day"), _("Day"), ("attended",), days, None), *_of_side_events(forum, earlier)]
    return sections if earlier else [*sections, *_of_programme(forum)]


def _of_side_events(forum: Forum, earlier: Earlier | None) -> list[Section]:
    rows = side_events(forum, earlier)
    if rows is None:
        return []
    lines = [_of_side_event(row) for row in rows]
    return [Section("side-events", _("By side event"), _("Side event"), ("booked", "passed"), lines, None)]


def _of_side_event(row: SideEventRow) -> Line:
    if row.came is None:
        return Line(row.title, [_of(row.booked), NOBODY], row.starts_at, uncounted=[1])
    return Line(row.title, [_of(row.booked), _of(row.came)], row.starts_at)


def _of_programme(forum: Forum) -> list[Section]:
    roles = [Line(row.role.label, [_of(row.people)]) for row in speakers_by_role(forum)]
    sessions = [Line(row.title, [_of(row.speakers)], row.starts_at) for row in speakers_by_session(forum)]
    everybody = Line(_("Different people"), [_of(speakers_in_all(forum))])
    return [
        Section("speakers", _("Speakers"), _("Part in the programme"), ("speaks",), roles, everybody),
        Section("sessions", _("Speakers by session"), _("Session"), ("speaks",), sessions, None),
    ]


def _of(people: ByGender) -> Counts:
    return (people.women, people.men, people.others, people.total)


def _without_small(section: Section) -> Section:
    """Return the table without small numbers, stage by stage; where rows do not add up, each row stands for itself."""
    rows = [*section.lines, *([section.total] if section.total else [])]
    kept: list[list[Counts]] = [[] for _row in rows]
    for stage in range(len(section.stages)):
        table = [[number or 0 for number in row.counts[stage]] for row in rows]
        for at, (numbers, gaps) in enumerate(zip(table, _gaps(table, adds_up=section.adds_up), strict=True)):
            women, men, others, total = (None if n in gaps else each for n, each in enumerate(numbers))
            kept[at].append((women, men, others, total))
    lines = [replace(row, counts=counts) for row, counts in zip(rows, kept, strict=True)]
    if section.total is None:
        return replace(section, lines=lines)
    return replace(section, lines=lines[:-1], total=lines[-1])


def _gaps(table: Sequence[Sequence[int]], *, adds_up: bool) -> list[set[int]]:
    """Return the columns to leave out for each row."""
    if not adds_up:
        return [{column for _row, column in suppressed([numbers])} for numbers in table]
    places = suppressed(table)
    return [{column for row, column in places if row == at} for at in range(len(table))]


def table_of(section: Section) -> tuple[list[str], list[list[Cell]]]:
    """Return a table as it leaves in a file: the first line and those below it; an asterisk is a number left out."""
    genders = (_("women"), _("men"), _("another, or not said"), _("all"))
    heads = [section.head, *(f"{STAGE_WORDS[stage]}: {word}" for stage in section.stages for word in genders)]
    lines = [*section.lines, *([section.total] if section.total else [])]
    return heads, [
        [line.name, *(cell for stage in range(len(line.counts)) for cell in _cells(line, stage))] for line in lines
    ]


def notes_of(report: ParticipationReport) -> list[str]:
    """Return what stands beside the tables in a workbook: as of when, and what is left out."""
    forum = report.forum
    moment = words_of_moment(report.as_of, forum.time_zone)
    notes = [_("%(forum)s: as it stood on %(moment)s in %(city)s.", forum=forum.title, moment=moment, city=forum.city)]
    if report.published:
        notes.append(_("Numbers below %(smallest)s are left out.", smallest=SMALLEST))
    return notes + [str(LEFT_OUT_WORDS[each]) for each in report.left_out]


def _cells(line: Line, stage: int) -> list[Cell]:
    """Return four cells: empty where nobody counts, an asterisk where a number is left out."""
    if stage in line.uncounted:
        return [None] * 4
    return ["*" if number is None else number for number in line.counts[stage]]
