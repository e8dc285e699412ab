"""The call's mails: the outbox of the ground, mounted for this call."""

from gtn_events.core.permissions import Permission
from gtn_events.core.views.outbox import add_mail_pages

from .blueprint import blueprint

add_mail_pages(blueprint, permission=Permission.CALL_MAIL_MANAGE, section="call-manage", tab="mail")
