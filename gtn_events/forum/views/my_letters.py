"""The delegate's letters: asking for a visa letter, fetching what was issued, taking the passport back."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.downloads import send_attachment
from gtn_events.core.errors import DomainError
from gtn_events.core.outbox import Attachment
from gtn_events.core.permissions import Permission, requires

from ..documents_letters import letter_pdf
from ..domain.letters import read_letter
from ..domain.passports import APPROVED_BY_ALL, PURGE_AFTER, ask_for_letter, refuse_unless_approved, take_passport_back
from ..forms.letters import PassportForm
from ..models import Forum, Letter
from ..queries.letters import letter_in, letters_of, request_of
from .my import blueprint, own_registration


@blueprint.get("/letters")
@requires(Permission.SIGNED_IN)
def letters(forum: Forum) -> ResponseReturnValue:
    """Show the letters, and whether a visa letter was asked for."""
    registration = own_registration(forum)
    return render_template(
        "forum/my/letters.html",
        forum=forum,
        registration=registration,
        letters=letters_of(registration),
        request_made=request_of(registration),
        may_ask=registration.state in APPROVED_BY_ALL,
        shred_on=forum.purge_sensitive_on or forum.ends_on + PURGE_AFTER,
    )


@blueprint.route("/letters/ask", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def letter_ask(forum: Forum) -> ResponseReturnValue:
    """Show the empty form, or keep what a visa letter needs; what is kept is never shown here again."""
    registration, form = own_registration(forum), PassportForm()
    refuse_unless_approved(registration)
    if not form.validate_on_submit():
        return _form_page(forum, form)
    try:
        ask_for_letter(registration, form.data_of(), actor=current_account(), now=clock.now())
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _form_page(forum, form)
    flash(_("The organiser has what the letter needs. You get a mail when it is there."), "success")
    return redirect(url_for(".letters", forum=forum))


@blueprint.post("/letters/withdraw")
@requires(Permission.SIGNED_IN)
def letter_withdraw(forum: Forum) -> ResponseReturnValue:
    """Shred the passport data."""
    if take_passport_back(own_registration(forum), actor=current_account(), now=clock.now()):
        db.session.commit()
        flash(_("Your passport data are deleted."), "success")
    return redirect(url_for(".letters", forum=forum))


@blueprint.post("/letters/<int:letter_id>/file")
@requires(Permission.SIGNED_IN)
def letter_file(forum: Forum, letter_id: int) -> ResponseReturnValue:
    """Send one of the person's own letters as PDF; the journal notes it."""
    registration = own_registration(forum)
    letter = db.one_or_404(letter_in(forum, letter_id).where(Letter.registration_id == registration.id))
    facts = read_letter(letter, actor=current_account(), now=clock.now())
    file = Attachment(f"{letter.reference}.pdf", "application/pdf", letter_pdf(facts, ended=letter.ending))
    db.session.commit()
    return send_attachment(file)


def _form_page(forum: Forum, form: PassportForm) -> ResponseReturnValue:
    page = render_template(
        "forum/my/letter_ask.html",
        forum=forum,
        form=form,
        shred_on=forum.purge_sensitive_on or forum.ends_on + PURGE_AFTER,
    )
    return page, 422 if form.errors else 200
