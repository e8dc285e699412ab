"""How what a match gave, and why not more, reads on a page."""

from collections.abc import Mapping, Sequence

from babel.lists import format_list
from flask import Flask
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import ngettext as _n

from .matching import Reason
from .models import Intake, MatchOutcome
from .queries.choices import Choice
from .queries.match import Flow, is_published

MOST_RANKS_TOLD = 4


def ordinal(number: int) -> str:
    """Return ``1st``, ``2nd``, ``3rd``, ``4th``."""
    if number % 100 in {11, 12, 13} or not 1 <= number % 10 <= 3:
        return _("%(num)sth", num=number)
    return {1: _("%(num)sst", num=number), 2: _("%(num)snd", num=number), 3: _("%(num)srd", num=number)}[number % 10]


def why_not(choice: Choice) -> str:
    """Return in a sentence or two why an applicant could not get a wish; empty when there is nothing to explain."""
    intake = choice.intake
    sentences: Mapping[Reason, str] = {
        Reason.OWN_ECONOMY: _("It is in your own economy; a placement goes to another one."),
        Reason.BLOCKED: _("You and this host were declared not to be matched."),
        Reason.NOT_RANKED: _("It did not put your application into its order."),
        Reason.ECONOMY_CAP: _n(
            "It takes at most %(num)s firm of one economy, and that place is taken.",
            "It takes at most %(num)s firms of one economy, and these places are taken.",
            intake.economy_cap or 0,
        ),
        Reason.SECTOR_CAP: _n(
            "It takes at most %(num)s firm of one sector, and that place is taken.",
            "It takes at most %(num)s firms of one sector, and these places are taken.",
            intake.sector_cap or 0,
        ),
        Reason.RESERVED: _("A place that was left is kept for others."),
        Reason.LOTTERY: _("It ranks you as high as the last one it took; the lottery decided between you."),
        Reason.RANKED_HIGHER: _filled(choice),
        Reason.NO_PLACES: _("All its places were taken before this match."),
        Reason.BETTER_FIT: _(
            "Over all, its places go to others that fit there better. Hosts do not rank in this call."
        ),
        Reason.BLOCKING: _("Its several limits together did not allow it; the result counts you two as such a pair."),
    }
    if choice.reason is None:
        return ""
    told = sentences[choice.reason]
    if choice.rank is None or choice.reason in {Reason.OWN_ECONOMY, Reason.BLOCKED, Reason.BETTER_FIT}:
        return told
    return told + " " + _("You were its %(rank)s.", rank=ordinal(choice.rank))


def short_why(reason: Reason | str) -> str:
    """Return a reason in two or three words, for a tag or a line of a list."""
    words: Mapping[Reason, str] = {
        Reason.OWN_ECONOMY: _("Own economy"),
        Reason.BLOCKED: _("Kept apart"),
        Reason.NOT_RANKED: _("Not in its order"),
        Reason.ECONOMY_CAP: _("Limit of one economy"),
        Reason.SECTOR_CAP: _("Limit of one sector"),
        Reason.RESERVED: _("Place kept for others"),
        Reason.LOTTERY: _("Lottery"),
        Reason.RANKED_HIGHER: _("Filled above"),
        Reason.NO_PLACES: _("No place left"),
        Reason.BETTER_FIT: _("Others fit better"),
        Reason.BLOCKING: _("Several limits at once"),
    }
    return words[Reason(reason)]


def higher_lines(outcome: MatchOutcome, intakes: Mapping[int, Intake]) -> list[str]:
    """Return for each wish above what an applicant got one line for the organiser."""
    return [
        _line(each["rank"], intakes[each["intake"]].host.name, short_why(each["reason"])) for each in outcome.higher
    ]


def ranks_in_words(ranks: Sequence[int]) -> str:
    """Return ``1st, 2nd and 5th``, or how far down a longer list goes."""
    if len(ranks) > MOST_RANKS_TOLD:
        return _("%(count)s, down to the %(last)s", count=len(ranks), last=ordinal(max(ranks)))
    return str(format_list([ordinal(each) for each in ranks], locale=get_locale() or "en"))


def flow_sentence(flows: Sequence[Flow], names: Mapping[str, str]) -> str:
    """Return what the ring of flows shows, as a person would say it."""
    if not flows:
        return _("Ring of the economies; nobody is placed.")
    return _(
        "%(firms)s between the economies; the most from %(home)s to %(host)s, %(count)s.",
        firms=_n("%(num)s placement", "%(num)s placements", sum(each.firms for each in flows)),
        home=names[flows[0].home],
        host=names[flows[0].host],
        count=flows[0].firms,
    )


def init_app(app: Flask) -> None:
    """Give templates the words, and whether a match of a call can be looked at."""
    app.jinja_env.filters.update(ordinal=ordinal, why_not=why_not, short_why=short_why, ranks_in_words=ranks_in_words)
    app.jinja_env.globals.update(
        match_is_published=is_published, higher_lines=higher_lines, flow_sentence=flow_sentence
    )


def _filled(choice: Choice) -> str:
    above = [each for each in choice.taken if choice.rank is None or each < choice.rank]
    if not above:
        return _("Its places went to applicants that it ranks higher.")
    if len(above) > MOST_RANKS_TOLD:
        return _n(
            "Its %(num)s place went to an applicant that it ranks higher, down to its %(last)s.",
            "Its %(num)s places went to applicants that it ranks higher, down to its %(last)s.",
            len(above),
            last=ordinal(max(above)),
        )
    return _n(
        "Its place went to an applicant that it ranks higher: its %(ranks)s.",
        "Its %(num)s places went to applicants that it ranks higher: its %(ranks)s.",
        len(above),
        ranks=ranks_in_words(above),
    )


def _line(rank: int | None, host: str, why: str) -> str:
    if rank is None:
        return _("%(host)s: %(why)s", host=host, why=why)
    return _("%(host)s: %(why)s, %(rank)s there", host=host, why=why, rank=ordinal(rank))
