"""The figures that a person gave for a firm: told in the export; in the erasure words go and numbers stay."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, select, update
from sqlalchemy.orm import contains_eager, joinedload

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import JournalEntry

from .domain.figure_sets import CONFIRMED
from .figures import METHOD
from .models import Application, FigureLink, FigureSet, Intake, Placement


def export_figures(account: Account) -> list[dict[str, Any]]:
    """Return each set that was asked of a person, with what was given, JSON-ready."""
    return [
        {
            "application": each.placement.application.reference,
            "host": each.placement.intake.host.name,
            "moment": each.moment.value,
            "due_on": each.due_on.isoformat(),
            "values": each.values,
            "note": each.note,
            "source": each.source,
            "confirmed_at": each.sent_at.isoformat() if each.sent_at else None,
            "confirmed_by": each.sent_by,
            "sha256": each.sha256,
            "mails": each.reminders,
        }
        for each in _sets_of(account)
    ]


def erase_figures(account: Account, _now: datetime) -> None:
    """Take words and names out of a person's figures and end their links. Flushes.

    The numbers stay in sums. That emissions had a method, and that an organiser had a source, stays true.
    A person who confirmed figures for a firm is taken out of those, too.
    """
    sets = _sets_of(account)
    for each in sets:
        method = {METHOD: "Erased"} if each.values.get(METHOD) else {}
        each.values = {**each.values, **method}
        each.note, each.sent_by, each.source = "", "", "Erased" if each.source else ""
    ids = [each.id for each in sets]
    db.session.execute(delete(FigureLink).where(FigureLink.figure_set_id.in_(ids)))
    about = (JournalEntry.subject_type == FigureSet.__tablename__, JournalEntry.subject_id.in_(ids))
    db.session.execute(update(JournalEntry).where(*about).values(reason=None))
    db.session.execute(update(FigureSet).where(FigureSet.id.in_(_confirmed_by(account))).values(sent_by=""))
    db.session.flush()


def _confirmed_by(account: Account) -> Select[int]:
    return select(JournalEntry.subject_id).where(
        JournalEntry.actor_id == account.id,
        JournalEntry.subject_type == FigureSet.__tablename__,
        JournalEntry.action == CONFIRMED,
    )


def _sets_of(account: Account) -> Sequence[FigureSet]:
    statement = (
        select(FigureSet)
        .join(FigureSet.placement)
        .join(Placement.application)
        .where(Application.account_id == account.id)
        .options(
            contains_eager(FigureSet.placement).options(
                contains_eager(Placement.application), joinedload(Placement.intake).joinedload(Intake.host)
            )
        )
        .order_by(FigureSet.due_on, FigureSet.id)
    )
    return db.session.scalars(statement).all()
