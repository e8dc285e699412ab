"""The outbox: mail that is written in the transaction of the change it tells of, and sent after it."""

from .attachments import Attachment, AttachmentFailed, AttachmentRef, register_attachment
from .delivery import deliver_due_mail, settle_ended_leases
from .forgetting import forget_mails
from .models import MailState, OutboxMail
from .queries import count_by_state, has_due_mail, mail_of_scope, mails_in
from .transports import mailbox
from .treatment import MailNotEditable, discard_mail, edit_mail, release_all_mail, release_mail, send_again
from .writing import Recipient, enqueue_mail

__all__ = [
    "Attachment",
    "AttachmentFailed",
    "AttachmentRef",
    "MailNotEditable",
    "MailState",
    "OutboxMail",
    "Recipient",
    "count_by_state",
    "deliver_due_mail",
    "discard_mail",
    "edit_mail",
    "enqueue_mail",
    "forget_mails",
    "has_due_mail",
    "mail_of_scope",
    "mailbox",
    "mails_in",
    "register_attachment",
    "release_all_mail",
    "release_mail",
    "send_again",
    "settle_ended_leases",
]
