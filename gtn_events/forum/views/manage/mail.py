"""The forum's mails: the outbox of the ground, mounted for this forum."""

from gtn_events.core.permissions import Permission
from gtn_events.core.views.outbox import add_mail_pages

from .blueprint import blueprint

add_mail_pages(blueprint, permission=Permission.FORUM_MAIL_MANAGE, section="manage", tab="mail")
