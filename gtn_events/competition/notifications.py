"""Which mail about an entry goes to whom, and what it needs to say."""

from datetime import datetime
from typing import Any

from gtn_events.core.outbox import Recipient, enqueue_mail

from .models import Entry


def tell_entrant(
    entry: Entry, template: str, *, now: datetime, occasion: str = "", **context: Any
) -> None:  # Any: whatever the mail needs beyond entry and competition
    """Put one mail about an entry into the outbox, once for each occasion.

    Args:
        template: such as ``competition/entry_admitted``.
        occasion: what makes the event unlike an earlier one; the change of the entry's state if empty.
    """
    account, competition = entry.account, entry.competition
    enqueue_mail(
        f"entry:{entry.id}:{template}:{occasion or entry.state_changed_at.isoformat()}",
        template,
        to=Recipient(
            address=account.email,
            name=account.display_name,
            language=account.language,
            time_zone=account.time_zone,
        ),
        context={"entry": entry, "competition": competition, **context},
        now=now,
        scope=competition.scope,
    )
