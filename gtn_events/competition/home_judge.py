"""What a judge's home page shows: scorecards that wait, and the competitions they judge with the next opening."""

from collections.abc import Iterator
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from gtn_events.accounts.home import HomeItem, HomeSection
from gtn_events.accounts.models import Account
from gtn_events.core.moments import words_of_moment

from .models import Competition, Round
from .queries.judge_home import Judged, judged_by
from .queries.judging import late_seats_of_account, waiting_of_account


def judge_section(account: Account, now: datetime) -> HomeSection:
    """Return the judge's part of the home page; it names no entry."""
    waiting = [
        (competition, round_, count, round_.closes_at)
        for competition, round_, count in waiting_of_account(account)
        if now < round_.closes_at
    ]
    # A seat that an appeal has given: its round is closed for everybody else.
    waiting += [
        (competition, round_, 1, until) for competition, round_, until in late_seats_of_account(account, now=now)
    ]
    return HomeSection(waiting=[_item(*each) for each in waiting], have=list(_judged(account)))


def words_of_next_round(judged: Judged) -> str:
    """Return when scoring is planned to open and how many entries are theirs by then, in the host's time."""
    competition, round_ = judged.competition, judged.next_round
    if round_ is None:
        return ""
    opening = _(
        "%(round)s is planned to open on %(moment)s in %(city)s.",
        round=round_.title,
        moment=words_of_moment(round_.opens_at, competition.time_zone),
        city=competition.city,
    )
    if not judged.seats:
        return opening
    yours = ngettext("%(num)s entry is yours already.", "%(num)s entries are yours already.", judged.seats)
    return f"{opening} {yours}"


def _item(competition: Competition, round_: Round, count: int, deadline: datetime) -> HomeItem:
    return HomeItem(
        title=ngettext("%(num)s entry to judge", "%(num)s entries to judge", count),
        text=f"{competition.title} · {round_.title}",
        url=url_for("competition_judge.desk", competition=competition),
        button=_("Go on judging"),
        deadline=deadline,
        venue_zone=competition.time_zone,
        venue_name=competition.city,
    )


def _judged(account: Account) -> Iterator[HomeItem]:
    for each in judged_by(account):
        facts = (_("You judge it."), words_of_next_round(each))
        yield HomeItem(
            title=each.competition.title,
            text=" ".join(filter(None, facts)),
            url=url_for("competition_judge.desk", competition=each.competition),
        )
