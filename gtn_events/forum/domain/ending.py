"""What ends with a registration: its places at side events, its letters, and what packages above hang on it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from gtn_events.accounts.models import Account

from ..enums import RegistrationState as State
from ..models import Letter, Registration
from ..queries.letters import valid_letters
from .bookings import end_bookings
from .letters import revoke_letters_of
from .session_places import end_session_bookings

NUMBERS_NAMED = 5


@dataclass(frozen=True)
class Dependant:
    """What a package above hangs on registrations.

    Attributes:
        told: says in whole sentences what of these registrations (ids) would end; nothing when there is nothing.
        end: ends it for one registration and tells its person, with the actor (None: the system), the moment
            and the reason in words.
    """

    told: Callable[[Sequence[int]], list[str]]
    end: Callable[[Registration, Account | None, datetime, str], None]


_dependants: list[Dependant] = []


def register_dependant(dependant: Dependant) -> None:
    """Let something of a package above end with each registration; once is enough."""
    if dependant not in _dependants:
        _dependants.append(dependant)


def end_what_hangs_on(registration: Registration, *, actor: Account | None, now: datetime) -> None:
    """End everything that stood on a registration which is over. Flushes; the caller commits.

    Nothing of it comes back by itself when the registration is taken up again: letters are issued
    anew with new numbers, and what a package above gave is given anew.
    """
    reason = _why(registration.state)
    end_bookings(registration, now=now)
    end_session_bookings(registration, now=now)
    revoke_letters_of(registration, reason=reason, actor=actor, now=now)
    for dependant in _dependants:
        dependant.end(registration, actor, now, reason)


def would_end(registration_ids: Sequence[int]) -> list[str]:
    """Return in sentences what besides places would end with these registrations; nothing is changed."""
    letters = valid_letters(registration_ids)
    sentences = [_letters_in_words(letters)] if letters else []
    return sentences + [each for dependant in _dependants for each in dependant.told(registration_ids)]


def _letters_in_words(letters: list[Letter]) -> str:
    if len(letters) > NUMBERS_NAMED:
        return _("%(num)d letters are revoked.", num=len(letters))
    return ngettext(
        "Letter %(numbers)s is revoked.",
        "Letters %(numbers)s are revoked.",
        len(letters),
        numbers=", ".join(each.reference for each in letters),
    )


def _why(state: State) -> str:
    return {
        State.CANCELLED: _("The registration was cancelled."),
        State.REJECTED: _("The registration was rejected."),
        State.DECLINED: _("The place was passed on."),
    }[state]
