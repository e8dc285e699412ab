"""The mails of the demonstration for everybody: nothing leaves the machine, so this page is the post office."""

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from gtn_events.core.db import db
from gtn_events.core.outbox import MailState, OutboxMail, mails_in
from gtn_events.core.permissions import public

MOST_SHOWN = 30
# What an organiser holds back or threw away has reached nobody.
UNDERWAY = tuple(state for state in MailState if state not in (MailState.HELD, MailState.DISCARDED))

blueprint = Blueprint("demo_mails", __name__, url_prefix="/demo/mails")


@blueprint.get("")
@public
def newest() -> ResponseReturnValue:
    """List the newest mails, whoever they are for."""
    statement = mails_in(None, UNDERWAY).order_by(OutboxMail.id.desc()).limit(MOST_SHOWN)
    return render_template("demo/mails.html", mails=list(db.session.scalars(statement)))


@blueprint.get("/<int:mail_id>")
@public
def show(mail_id: int) -> ResponseReturnValue:
    """Show one mail as text, its links to be followed."""
    mail = db.session.scalar(mails_in(None, UNDERWAY).where(OutboxMail.id == mail_id))
    if mail is None:
        abort(404)
    return render_template("demo/mail.html", mail=mail)
