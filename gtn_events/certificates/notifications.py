"""Mails to the holders of certificates."""

from datetime import datetime

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.outbox import Recipient, enqueue_mail

from .models import Certificate


def tell_of_correction(new: Certificate, *, now: datetime) -> None:
    """Tell the holder the number of a corrected certificate, and that the earlier one is replaced; once.

    Nobody is told of a certificate whose holder has no account.
    """
    holder = db.session.get(Account, new.holder_account_id) if new.holder_account_id else None
    if holder is None or holder.erased_at is not None:
        return
    enqueue_mail(
        f"certificate:{new.id}:corrected",
        "certificates/corrected",
        to=Recipient(holder.email, holder.display_name, holder.language, holder.time_zone),
        context={"certificate": new},
        now=now,
        scope=new.scope,
    )
