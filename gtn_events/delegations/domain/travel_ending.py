"""Funding that ends with a registration: nothing more is paid, and the papers stay under seal until their day."""

from collections.abc import Sequence
from datetime import datetime

from flask_babel import ngettext

from gtn_events.accounts.models import Account
from gtn_events.core import journal
from gtn_events.core.db import db
from gtn_events.forum.domain.ending import Dependant
from gtn_events.forum.enums import Funding
from gtn_events.forum.models import Registration

from ..notifications_travel import tell_of_end
from ..queries.travel import funded_now
from ..travel_enums import TravellerState


def end_funding(registration: Registration, actor: Account | None, now: datetime, reason: str) -> None:
    """End the funding of a registration that is over; who is settled already stays so. Flushes; the caller commits.

    Unlike funding that an officer takes back, its papers stay: what was spent by then may have to be shown.
    """
    for traveller in funded_now([registration.id]):
        traveller.state, traveller.ended_reason = TravellerState.WITHDRAWN, reason
        registration.funding = Funding.OWN
        action = "travel funding ended"
        journal.record(action, traveller, actor=actor, now=now, scope=traveller.scope, reason=reason)
        db.session.flush()
        tell_of_end(traveller, now=now)


def funding_that_ends(registration_ids: Sequence[int]) -> list[str]:
    """Say in a sentence whose funding would end with these registrations."""
    count = len(funded_now(registration_ids))
    if not count:
        return []
    return [
        ngettext(
            "The funding of the travel ends; nothing more is paid.",
            "The funding of the travel of %(num)d people ends; nothing more is paid.",
            count,
        )
    ]


FUNDING = Dependant(told=funding_that_ends, end=end_funding)
