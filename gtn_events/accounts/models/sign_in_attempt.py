"""Failed attempts, counted to slow down guessing."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from gtn_events.core.db import Model


class SignInAttempt(Model):
    """One failed sign-in (or one reset or confirmation mail asked for), by address and by client.

    ``subject`` is ``address:<key>`` or ``client:<ip>``; rows older than a day are swept away.
    """

    __tablename__ = "accounts_sign_in_attempt"
    __table_args__ = (Index("ix_accounts_sign_in_attempt_subject", "subject", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(340))
    at: Mapped[datetime] = mapped_column(index=True)
