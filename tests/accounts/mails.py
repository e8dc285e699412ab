"""Reading what the outbox holds, in tests."""

import re

from sqlalchemy import select

from gtn_events.core.db import db
from gtn_events.core.outbox import OutboxMail


def outbox() -> list[tuple[str, str]]:
    """The address and the template of every mail, in the order in which they were written."""
    rows = db.session.execute(select(OutboxMail.to_address, OutboxMail.template).order_by(OutboxMail.id))
    return [(address, template) for address, template in rows]


def link_of_last_mail() -> str:
    """The path of the first link in the mail written last."""
    body = db.session.scalars(select(OutboxMail.body_text).order_by(OutboxMail.id.desc()).limit(1)).one()
    found = re.search(r"https?://[^/\s]+(/\S+)", body)
    assert found, body
    return found.group(1)
