"""What a judge's home page shows: scorecards that wait, with the close of their round."""

from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from gtn_events.accounts.home import HomeItem, HomeSection
from gtn_events.accounts.models import Account

from .models import Competition, Round
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
    return HomeSection(waiting=[_item(*each) for each in waiting])


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
