"""Links that open the form of one set of figures without signing in."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload

from gtn_events.core.db import db

from ..errors import FiguresLinkRefused
from ..models import Application, FigureLink, FigureSet, Intake, Placement

LASTS = timedelta(days=60)


def make_link(figures: FigureSet, *, now: datetime) -> str:
    """Return the token of a new link, for a mail only; it cannot be had again. Flushes."""
    token = secrets.token_urlsafe(32)
    row = FigureLink(figure_set_id=figures.id, token_sha256=_digest(token), made_at=now, expires_at=now + LASTS)
    db.session.add(row)
    db.session.flush()
    return token


def figures_of_link(token: str, *, now: datetime) -> FigureSet:
    """Return the one set of figures that a link opens.

    Raises:
        FiguresLinkRefused: nobody made this link, or it has ended.
    """
    link = db.session.scalar(
        select(FigureLink)
        .where(FigureLink.token_sha256 == _digest(token))
        .options(
            joinedload(FigureLink.figure_set)
            .joinedload(FigureSet.placement)
            .options(
                joinedload(Placement.application).joinedload(Application.call),
                joinedload(Placement.application).joinedload(Application.account),
                joinedload(Placement.intake).joinedload(Intake.host),
            )
        )
    )
    if link is None:
        raise FiguresLinkRefused("This link is not complete. Open it from the mail again.")
    if link.expires_at <= now:
        raise FiguresLinkRefused(
            "This link has ended. Sign in to give your figures, or ask the organiser for a new one."
        )
    return link.figure_set


def end_links(figures: FigureSet) -> None:
    """Let no link open these figures any more. Flushes."""
    db.session.execute(delete(FigureLink).where(FigureLink.figure_set_id == figures.id))


def drop_old_links(*, now: datetime) -> None:
    """Remove links that ended a month ago; until then a page can say so."""
    db.session.execute(delete(FigureLink).where(FigureLink.expires_at < now - timedelta(days=30)))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
