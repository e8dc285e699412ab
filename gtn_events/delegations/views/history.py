"""The mails of the economy's people, and the journal of what happened to them."""

from flask import render_template
from flask.typing import ResponseReturnValue

from gtn_events.core.db import db
from gtn_events.core.journal import shown_entries
from gtn_events.core.permissions import Permission, requires

from ..models import Delegation
from ..queries.history import journal_of, mails_of, names_in
from .blueprint import blueprint


@blueprint.get("/mails")
@requires(Permission.DELEGATION_MANAGE)
def mails(delegation: Delegation) -> ResponseReturnValue:
    """Show what was sent to the economy's people about this forum, the newest first."""
    return render_template("delegations/mails.html", mails=mails_of(delegation))


@blueprint.get("/journal")
@requires(Permission.DELEGATION_MANAGE)
def journal(delegation: Delegation) -> ResponseReturnValue:
    """Show who did what to the economy's registrations, the newest first."""
    entries = db.session.scalars(journal_of(delegation)).all()
    return render_template(
        "delegations/journal.html", history=shown_entries(entries), people=names_in(delegation, entries)
    )
