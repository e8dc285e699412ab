"""The sections of a progress report, and the words that the data gives them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_babel.speaklater import LazyString

from gtn_events.core.economies import DelegationClass, economies_in_order

from .models import Forum
from .participation import Counts, ParticipationReport
from .queries.programme_summary import ProgrammeSummary, programme_summary
from .words import days_in_words


@dataclass(frozen=True)
class ReportSection:
    """One part of the report; ``hint`` tells the organiser what belongs there."""

    key: str
    title: LazyString
    hint: LazyString


SECTIONS: tuple[ReportSection, ...] = (
    ReportSection("summary", _l("Executive summary"), _l("Half a page that stands for the whole.")),
    ReportSection(
        "decisions", _l("Required action"), _l("One to a line: what the group is to note, endorse or comment.")
    ),
    ReportSection("background", _l("Background"), _l("Where the forum comes from: concept note, earlier meetings.")),
    ReportSection("held", _l("The forum"), _l("What was held where and when.")),
    ReportSection("participants", _l("Participants and economies"), _l("Who took part, in the order of economies.")),
    ReportSection("experts", _l("Experts and speakers"), _l("Who spoke, and for whom.")),
    ReportSection("programme", _l("Programme and side events"), _l("What was talked about.")),
    ReportSection("gender", _l("Women and men"), _l("Shares, and what was done for balance.")),
    ReportSection("outcomes", _l("Outcomes"), _l("What came of it: agreements, outputs, results of the evaluation.")),
    ReportSection("recommendations", _l("Recommendations"), _l("One to a line; each becomes a numbered point.")),
    ReportSection("next-steps", _l("Next steps"), _l("One to a line, with a date and who does it.")),
)
NUMBERED = frozenset({"decisions", "recommendations", "next-steps"})
KEYS = tuple(each.key for each in SECTIONS)


def words_from_data(forum: Forum, report: ParticipationReport) -> dict[str, str]:
    """Return the text that the data gives each section; empty where only people know."""
    summary = programme_summary(forum)
    said: Mapping[str, Callable[[], str]] = {
        "summary": lambda: _joined(_held(forum), _attended(report)),
        "decisions": lambda: _("Note the report on %(forum)s.", forum=forum.title),
        "held": lambda: _held(forum),
        "participants": lambda: _participants(report),
        "experts": lambda: _experts(summary),
        "programme": lambda: _programme(summary, report),
        "gender": lambda: _gender(report),
    }
    return {key: said[key]() if key in said else "" for key in KEYS}


def _held(forum: Forum) -> str:
    return _(
        "%(forum)s was held in %(city)s, %(economy)s, on %(days)s, at %(venue)s.",
        forum=f"{forum.title} ({forum.edition})" if forum.edition else forum.title,
        city=forum.city,
        economy=forum.host_economy.short_name,
        days=days_in_words(forum.starts_on, forum.ends_on),
        venue=forum.venue,
    )


def _attended(report: ParticipationReport) -> str:
    count = report.total["attended"][3]
    if not count:
        return _("Nobody has been checked in yet.")
    return _(
        "%(people)s of %(economies)s took part.",
        people=ngettext("%(num)d person", "%(num)d people", count),
        economies=ngettext("%(num)d economy", "%(num)d economies", report.economies),
    )


def _participants(report: ParticipationReport) -> str:
    names = {each.short_name for each in economies_in_order()}
    came = [line for line in report.section("economies").lines if line.counts[2][3] != 0]
    economies = [line.name for line in came if line.name in names]
    beside = [each.label for each in DelegationClass if each.label in {line.name for line in came}]
    parts = [_attended(report)]
    if economies:
        parts.append(_("They came from %(economies)s.", economies=_listed(economies)))
    if beside:
        parts.append(_("Also present: %(classes)s.", classes=_listed(beside)))
    nominated, confirmed = report.total["nominated"][3], report.total["approved"][3]
    if nominated is not None and confirmed is not None:
        parts.append(
            _(
                "%(nominated)s had been nominated or had registered; %(confirmed)s were confirmed.",
                nominated=nominated,
                confirmed=confirmed,
            )
        )
    return _joined(*parts)


def _experts(summary: ProgrammeSummary) -> str:
    if not summary.speakers:
        return ""
    return _(
        "%(experts)s of %(economies)s spoke; the last annex names them.",
        experts=ngettext("%(num)d expert", "%(num)d experts", len(summary.speakers)),
        economies=ngettext("%(num)d economy", "%(num)d economies", summary.economies),
    )


def _programme(summary: ProgrammeSummary, report: ParticipationReport) -> str:
    parts = []
    if summary.sessions:
        parts.append(
            ngettext("The programme had %(num)d session.", "The programme had %(num)d sessions.", summary.sessions)
        )
    if summary.tracks:
        tracks = [f"{name} ({count})" for name, count in summary.tracks]
        parts.append(_("Its tracks were %(tracks)s.", tracks=_listed(tracks)))
    beside = report.section_if_counted("side-events")
    if beside and beside.lines:
        titles = [line.name for line in beside.lines]
        parts.append(
            ngettext(
                "There was %(num)d side event: %(titles)s.",
                "There were %(num)d side events: %(titles)s.",
                len(titles),
                titles="; ".join(titles),
            )
        )
    return _joined(*parts)


def _gender(report: ParticipationReport) -> str:
    speakers = report.section_if_counted("speakers")
    parts = [_share(_("Of those who took part"), report.total["attended"])]
    if speakers is not None and speakers.total is not None:
        parts.append(_share(_("Of the speakers"), speakers.total.counts[0]))
    return _joined(*parts)


def _share(of: str, counts: Counts) -> str:
    women, _men, _others, total = counts
    if not women or not total:
        return ""
    return _("%(of)s, %(share)s %% were women.", of=of, share=round(100 * women / total))


def _listed(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return _("%(names)s and %(last)s", names="; ".join(names[:-1]), last=names[-1])


def _joined(*parts: str) -> str:
    return " ".join(_kept(parts))


def _kept(parts: Iterable[str]) -> list[str]:
    return [part for part in parts if part]
