"""Asking for figures by mail: two weeks before they are due, when they are, two weeks after, and then no more."""

from datetime import date, datetime, timedelta

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record

from ..errors import TransitionRefused
from ..models import FigureSet
from ..notifications_figures import ask_for_figures
from ..queries.figure_sets import to_be_asked
from .figure_links import make_link
from .figure_sets import EARLY, can_be_given

AFTER = timedelta(days=14)
# A sweep may come late; a mail about what was over for weeks would only puzzle.
LATE = timedelta(days=14)
MOST = 200


def stage_of(due_on: date, today: date) -> int:
    """Return how many of the three mails should have gone by now; 0 before the first."""
    return sum(today >= day for day in (due_on - EARLY, due_on, due_on + AFTER))


def ask_for_due_figures(*, now: datetime) -> int:
    """Write to the firms whose figures are due, each mail once. Flushes.

    Returns:
        How many mails were written.
    """
    today = now.date()
    found = to_be_asked((today + EARLY, today, today - AFTER), first=today - AFTER - LATE, most=MOST)
    for figures in found:
        figures.reminders = stage_of(figures.due_on, today)
        ask_for_figures(figures, make_link(figures, now=now), occasion=str(figures.reminders), now=now)
    db.session.flush()
    return len(found)


def send_link_again(figures: FigureSet, *, actor: Account, now: datetime) -> None:
    """Mail the firm a new link because an organiser asks for it.

    Raises:
        TransitionRefused: the figures are confirmed, or it is too early.

    Flushes; the caller commits.
    """
    if not can_be_given(figures, now=now):
        raise TransitionRefused("These figures cannot be given now, so no link was sent.")
    if figures.placement.application.account.erased_at is not None:
        raise TransitionRefused("The person's account was erased; there is nobody to write to.")
    ask_for_figures(figures, make_link(figures, now=now), occasion=now.isoformat(), now=now)
    record("link to the figures sent again", figures, actor=actor, now=now, scope=figures.scope)
