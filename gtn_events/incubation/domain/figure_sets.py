"""Giving the figures of a firm: from two weeks before they are due, changed until they are confirmed, then sealed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from gtn_events.accounts.models import Account
from gtn_events.core.canonical import sha256_of
from gtn_events.core.db import db
from gtn_events.core.errors import Stale
from gtn_events.core.journal import record

from ..errors import FiguresRefused, TransitionRefused
from ..figures import FIGURES, METHOD, check_together
from ..models import FigureSet
from ..notifications_figures import tell_of_receipt

EARLY = timedelta(days=14)
CONFIRMED = "figures confirmed"


@dataclass(frozen=True)
class GivenFigures:
    """What a form holds: decimal text by key, None where it is not known; ``source`` only from an organiser."""

    values: Mapping[str, str | None]
    note: str = ""
    source: str = ""


def opens_on(figures: FigureSet) -> date:
    """Return the first day on which the figures can be given."""
    return figures.due_on - EARLY


def can_be_given(figures: FigureSet, *, now: datetime) -> bool:
    """Say whether the figures can be typed now: it is time, and nobody has confirmed them."""
    return figures.sent_at is None and now.date() >= opens_on(figures)


def save_figures(figures: FigureSet, given: GivenFigures, *, actor: Account | None, now: datetime) -> None:
    """Keep what was typed; nothing counts before it is confirmed.

    Args:
        actor: None for somebody who came by the link of a mail.

    Raises:
        TransitionRefused: it is too early, or they are confirmed.
        FiguresRefused: some do not go together, or one is missing.

    Flushes; the caller commits.
    """
    _lock(figures)
    _require_time(figures, now)
    for key in FIGURES:
        if key not in given.values:
            raise FiguresRefused("Write a number, or say that it is not known.", field=key)
    check_together(given.values)
    kept = (*FIGURES, METHOD)
    figures.values = {key: given.values[key] for key in kept if key in given.values}
    figures.note, figures.source, figures.saved_at = given.note.strip(), given.source.strip(), now
    db.session.flush()
    record("figures saved", figures, actor=actor, now=now, scope=figures.scope)


def confirm_figures(figures: FigureSet, *, by: str, seen: int, actor: Account | None, now: datetime) -> None:
    """Confirm what was saved: from now on it counts and stays; the firm gets a receipt.

    Args:
        by: the name of who confirms.
        seen: the version of the row that was shown.

    Raises:
        TransitionRefused: nothing is saved, it is too early, or they are confirmed.
        Stale: somebody changed them after they were shown.

    Flushes; the caller commits.
    """
    _lock(figures)
    _require_time(figures, now)
    if figures.saved_at is None:
        raise TransitionRefused("Nothing is filled in yet.")
    if figures.lock_version != seen:
        raise Stale("The figures were changed after you opened this page. Look at them again.")
    figures.sent_at, figures.sent_by = now, " ".join(by.split())
    figures.sha256 = sha256_of(receipt_content(figures))
    db.session.flush()
    changes = {"moment": (None, figures.moment.value), "receipt": (None, figures.sha256)}
    record(CONFIRMED, figures, actor=actor, now=now, scope=figures.scope, changes=changes)
    tell_of_receipt(figures, now=now)


def open_again(figures: FigureSet, *, reason: str, actor: Account, now: datetime) -> None:
    """Let confirmed figures be corrected; they stop counting until they are confirmed again.

    Raises:
        TransitionRefused: they are not confirmed.
        FiguresRefused: there is no reason.

    Flushes; the caller commits.
    """
    _lock(figures)
    if figures.sent_at is None:
        raise TransitionRefused("These figures are not confirmed; they can be changed.")
    if not reason.strip():
        raise FiguresRefused("Give a reason: it stays in the journal.", field="reason")
    before = figures.sha256
    figures.sent_at, figures.sent_by, figures.sha256 = None, "", ""
    db.session.flush()
    changes = {"receipt": (before, None)}
    record(
        "figures opened again",
        figures,
        actor=actor,
        now=now,
        scope=figures.scope,
        changes=changes,
        reason=reason.strip(),
    )


def receipt_content(figures: FigureSet) -> dict[str, object]:
    """Return what the SHA-256 of a receipt is made from."""
    return {
        "application": figures.placement.application.reference,
        "moment": figures.moment.value,
        "values": dict(figures.values),
        "note": figures.note,
        "source": figures.source,
    }


def _lock(figures: FigureSet) -> None:
    db.session.refresh(figures, with_for_update={"of": FigureSet, "key_share": True})


def _require_time(figures: FigureSet, now: datetime) -> None:
    if figures.sent_at is not None:
        raise TransitionRefused("These figures are confirmed. Write to the organiser if one is wrong.")
    if not can_be_given(figures, now=now):
        raise TransitionRefused("It is too early for these figures.")
