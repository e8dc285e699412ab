"""The mail that tells entrants of published results; it says no place and no score."""

from datetime import datetime

from gtn_events.accounts.models import Account
from gtn_events.core.outbox import Recipient, enqueue_mail

from .models import Competition


def tell_of_results(competition: Competition, account: Account, *, at: datetime) -> bool:
    """Put the mail into the outbox, once for a person; False when it was written before.

    Args:
        at: when it may leave, which is not before the embargo ends.
    """
    mail = enqueue_mail(
        f"results:{competition.id}:{account.id}",
        "competition/results_published",
        to=Recipient(account.email, account.display_name, account.language, account.time_zone),
        context={"competition": competition},
        now=at,
        scope=competition.scope,
    )
    return mail is not None
