"""Mails of funded travel: that it is paid and what to send, what came back, what is still missing."""

from collections.abc import Sequence
from datetime import date, datetime

from gtn_events.forum.notifications import tell_once

from .models import Traveller, TravelPaper, TravelSettings
from .travel_enums import PaperKind


def tell_of_funding(traveller: Traveller, settings: TravelSettings, *, now: datetime) -> None:
    """Tell a traveller what is paid and which papers are needed."""
    needed = [kind for kind in PaperKind if kind.value in settings.papers]
    _tell(traveller, "forum/travel_funded", occasion=str(traveller.id), now=now, needed=needed, rules=settings)


def tell_of_withdrawal(traveller: Traveller, *, now: datetime) -> None:
    """Tell a traveller that the funding was taken back, and why."""
    _tell(traveller, "forum/travel_withdrawn", occasion=str(traveller.id), now=now)


def tell_of_end(traveller: Traveller, *, now: datetime) -> None:
    """Tell a traveller that the funding ended with the registration."""
    _tell(traveller, "forum/travel_ended", occasion=str(traveller.id), now=now)


def tell_of_returned(paper: TravelPaper, *, now: datetime) -> None:
    """Tell a traveller which paper came back, and why."""
    occasion = f"{paper.id}:{now.isoformat()}"
    _tell(paper.traveller, "forum/travel_paper_returned", occasion=occasion, now=now, paper=paper)


def remind_of_papers(
    traveller: Traveller, missing: Sequence[PaperKind], *, due_on: date, days: int, now: datetime
) -> None:
    """Remind a traveller once for each number of days before the last one."""
    occasion = f"{traveller.id}:{due_on.isoformat()}:{days}"
    _tell(traveller, "forum/travel_papers_missing", occasion=occasion, now=now, missing=missing, due_on=due_on)


def _tell(traveller: Traveller, template: str, *, occasion: str, now: datetime, **context: object) -> None:
    tell_once(traveller.registration, template, occasion=occasion, now=now, traveller=traveller, **context)
