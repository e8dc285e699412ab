"""The competition's mails: the outbox of the ground, mounted for this competition."""

from gtn_events.core.permissions import Permission
from gtn_events.core.views.outbox import add_mail_pages

from .blueprint import blueprint

add_mail_pages(blueprint, permission=Permission.COMPETITION_MAIL_MANAGE, section="competition-manage", tab="mail")
