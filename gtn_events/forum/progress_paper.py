"""The progress report put together: cover sheet, texts, and the tables of people, for the PDF and the document."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from flask_babel import gettext as _

from .domain.progress_report import progress_report_of
from .models import Forum, ProgressReport
from .participation import ParticipationReport, report_of
from .progress_words import NUMBERED, SECTIONS, words_from_data
from .queries.programme_summary import programme_summary


@dataclass(frozen=True)
class Part:
    """One section with words: its paragraphs, or its points where ``numbered``."""

    title: str
    paragraphs: Sequence[str]
    numbered: bool


@dataclass(frozen=True)
class Paper:
    """Everything that is printed; ``cover`` is pairs of a word and what was typed, without empty ones."""

    title: str
    cover: Sequence[tuple[str, str]]
    parts: Sequence[Part]
    people: ParticipationReport
    speakers: Sequence[tuple[str, str]]


def paper_of(forum: Forum, *, now: datetime) -> Paper:
    """Return the report as it was saved, with the words of the data where nobody wrote others."""
    report = progress_report_of(forum)
    people = counted_for(forum, report, now=now)
    texts = words_from_data(forum, people) | dict(report.texts if report else {})
    parts = [
        Part(str(each.title), _paragraphs(texts[each.key], each.key), each.key in NUMBERED)
        for each in SECTIONS
        if texts[each.key].strip()
    ]
    title = _("Progress report: %(forum)s", forum=forum.title)
    return Paper(title, _cover(report), parts, people, programme_summary(forum).speakers)


def counted_for(forum: Forum, report: ProgressReport | None, *, now: datetime) -> ParticipationReport:
    """Return the people of the report: as of its day, or now; small numbers left out unless it says otherwise."""
    as_of = None
    if report is not None and report.as_of is not None:
        ends = datetime.combine(report.as_of + timedelta(days=1), time(), forum.zone).astimezone(UTC)
        as_of = min(ends - timedelta(microseconds=1), now)
    return report_of(forum, now=now, as_of=as_of, published=report is None or not report.small_numbers)


def _cover(report: ProgressReport | None) -> list[tuple[str, str]]:
    if report is None:
        return []
    typed = (
        (_("Document number"), report.document_number),
        (_("Agenda item"), report.agenda_item),
        (_("Purpose"), report.purpose.label),
        (_("Submitted by"), report.submitted_by),
        (_("Meeting"), report.meeting),
        (_("Place"), report.meeting_place),
        (_("Dates"), report.meeting_dates),
    )
    return [(word, value) for word, value in typed if value]


def _paragraphs(text: str, key: str) -> list[str]:
    split = text.splitlines() if key in NUMBERED else text.split("\n\n")
    return [" ".join(each.split()) for each in split if each.strip()]
