"""Mails about the figures of a firm: they are asked for, they have arrived."""

from datetime import datetime

from .models import FigureSet
from .notifications import tell_applicant


def ask_for_figures(figures: FigureSet, token: str, *, occasion: str, now: datetime) -> None:
    """Put the mail with the link into the outbox, once for each occasion."""
    _tell(figures, "incubation/figures_asked", occasion, now=now, token=token)


def tell_of_receipt(figures: FigureSet, *, now: datetime) -> None:
    """Put the receipt of confirmed figures into the outbox; nothing while the person is erased."""
    if figures.placement.application.account.erased_at is None:
        _tell(figures, "incubation/figures_received", now.isoformat(), now=now)


def _tell(figures: FigureSet, template: str, occasion: str, *, now: datetime, token: str = "") -> None:
    tell_applicant(
        figures.placement.application,
        template,
        now=now,
        occasion=f"figures {figures.id} {occasion}",
        figures=figures,
        host=figures.placement.intake.host,
        late=figures.due_on < now.date(),
        token=token,
    )
