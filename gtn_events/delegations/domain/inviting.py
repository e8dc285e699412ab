"""Inviting many nominees at once: who would get a link, who not and why."""

from collections.abc import Sequence
from datetime import datetime

from flask_babel import gettext as _

from gtn_events.core.bulk import Effect
from gtn_events.core.errors import DomainError
from gtn_events.forum.domain.submission import refuse_outside_window

from ..enums import NominationState as State
from ..models import Delegation, Nomination
from .nominee_links import not_invited_because


def effect_of_inviting(
    delegation: Delegation, nominations: Sequence[Nomination], *, everybody: bool, now: datetime
) -> tuple[Effect[State], list[Nomination]]:
    """Return what inviting them would do as things stand, and who would get a link; nothing is changed.

    Args:
        everybody: all are meant, not people chosen by hand: whoever is in reserve, or had a link before, is left out.
    """
    effect: Effect[State] = Effect()
    invited = []
    closed = _closed(delegation, now=now)
    for nomination in nominations:
        why = closed or not_invited_because(nomination) or (_only_by_hand(nomination) if everybody else "")
        if why:
            effect.refuse(nomination.name, why)
        else:
            effect.outcomes[State.INVITED] += 1
            invited.append(nomination)
    return effect, invited


def _closed(delegation: Delegation, *, now: datetime) -> str:
    try:
        refuse_outside_window(delegation.forum, now=now)
    except DomainError:
        return _("nobody can register now")
    return ""


def _only_by_hand(nomination: Nomination) -> str:
    if nomination.reserve:
        return _("is in reserve; choose by hand")
    return _("had a link that is too old; choose by hand") if nomination.state is State.EXPIRED else ""
