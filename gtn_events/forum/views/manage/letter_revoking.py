"""Taking a letter back."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.permissions import Permission, requires

from ...domain.letters import revoke_letter
from ...errors import ReasonMissing
from ...models import Forum
from ...notifications_letters import tell_of_revoked_letter
from ...queries.letters import letter_in
from .blueprint import blueprint


@blueprint.route("/letters/file/<int:letter_id>/revoke", methods=["GET", "POST"])
@requires(Permission.FORUM_SENSITIVE_SEE)
def letters_revoke(forum: Forum, letter_id: int) -> ResponseReturnValue:
    """Ask for the reason, or revoke a letter and tell its holder."""
    letter, now = db.one_or_404(letter_in(forum, letter_id)), clock.now()
    reason = request.form.get("reason", "").strip()
    error, status = "", 200
    if request.method == "POST":
        try:
            revoke_letter(letter, reason=reason, actor=current_account(), now=now)
        except ReasonMissing as missing:
            error, status = missing.message, 422
        else:
            tell_of_revoked_letter(letter, now=now)
            db.session.commit()
            flash(_("Letter %(number)s is revoked.", number=letter.reference), "success")
            return redirect(url_for(".letters_person", forum=forum, registration_id=letter.registration_id))
    page = render_template("forum/manage/letters_revoke.html", forum=forum, letter=letter, error=error)
    return page, status
