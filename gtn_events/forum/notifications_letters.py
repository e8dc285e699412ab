"""Mails about letters: that there is one and where to fetch it, never what it says."""

from datetime import datetime

from .models import Letter
from .notifications import tell_once


def tell_of_letter(letter: Letter, *, now: datetime) -> None:
    """Tell a delegate that a letter can be fetched."""
    tell_once(letter.registration, "forum/letter_issued", occasion=str(letter.number), now=now, letter=letter)


def tell_of_revoked_letter(letter: Letter, *, now: datetime) -> None:
    """Tell a delegate that a letter does not stand any more, and why."""
    tell_once(letter.registration, "forum/letter_revoked", occasion=str(letter.number), now=now, letter=letter)
