"""Taking a person out of the mails that were written to them."""

from sqlalchemy import ColumnElement, update

from ..db import db
from .models import MailState, OutboxMail

UNSENT = (MailState.HELD, MailState.QUEUED, MailState.CLAIMED)


def forget_mails(which: ColumnElement[bool]) -> None:
    """Empty every mail that matches; what has not left will not. Keys and states stay. The caller commits."""
    mails = update(OutboxMail).where(which).execution_options(synchronize_session="fetch")
    db.session.execute(mails.where(OutboxMail.state.in_(UNSENT)).values(state=MailState.DISCARDED))
    db.session.execute(
        mails.values(
            to_address="",
            to_name="",
            search_key="",
            subject="",
            body_text="",
            body_html="",
            attachments=[],
            last_error=None,
        )
    )
