"""Making the message that goes over the wire."""

import hashlib
from datetime import datetime
from urllib.parse import urlsplit

from flask import current_app
from flask_mail import Attachment as MailAttachment
from flask_mail import Message

from gtn_events.config import Settings

from .attachments import Attachment
from .models import OutboxMail


def build_message(mail: OutboxMail, attachments: list[Attachment], *, now: datetime) -> Message:
    """Return the finished message; its Message-ID comes from the key, so that every try bears the same."""
    settings: Settings = current_app.config["SETTINGS"]
    recipient = (mail.to_name, mail.to_address) if mail.to_name else mail.to_address
    message = Message(
        subject=mail.subject,
        recipients=[recipient],
        body=mail.body_text,
        html=mail.body_html,
        sender=settings.mail_from,
        date=now.timestamp(),
        # Asks vacation programs and other robots not to answer (RFC 3834).
        extra_headers={"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"},
        attachments=[MailAttachment(each.name, each.content_type, each.data) for each in attachments],
    )
    message.msgId = message_id(mail.key, settings.base_url)
    return message


def message_id(key: str, base_url: str) -> str:
    """Return the Message-ID of a key: the same for ever, without telling the key."""
    digest = hashlib.sha256(key.encode()).hexdigest()[:32]
    return f"<{digest}@{urlsplit(base_url).hostname or 'gtn.invalid'}>"
