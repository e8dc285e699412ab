"""The outbox: mail that is written in the transaction of the change it tells of, and sent after it."""

from .attachments import Attachment, AttachmentFailed, AttachmentRef, register_attachment
from .delivery import deliver_due_mail, settle_ended_leases
from .forgetting import forget_mails
from .models import MailState, OutboxMail
from .own_links import hide_own_links, put_back_own_links
from .queries import count_by_state, has_due_mail, mail_of_scope, mails_in
from .transports import mailbox
from .treatment import MailNotEditable, discard_mail, edit_mail, release_all_mail, release_mail, send_again
from .wording import (
    MailWording,
    Wording,
    copy_wordings,
    mail_kinds,
    register_mail_kinds,
    set_wording,
    wording_of,
    wordings_of,
)
from .writing import Recipient, enqueue_mail

__all__ = [
    "Attachment",
    "AttachmentFailed",
    "AttachmentRef",
    "MailNotEditable",
    "MailState",
    "MailWording",
    "OutboxMail",
    "Recipient",
    "Wording",
    "copy_wordings",
    "count_by_state",
    "deliver_due_mail",
    "discard_mail",
    "edit_mail",
    "enqueue_mail",
    "forget_mails",
    "has_due_mail",
    "hide_own_links",
    "mail_kinds",
    "mail_of_scope",
    "mailbox",
    "mails_in",
    "put_back_own_links",
    "register_attachment",
    "register_mail_kinds",
    "release_all_mail",
    "release_mail",
    "send_again",
    "set_wording",
    "settle_ended_leases",
    "wording_of",
    "wordings_of",
]
