"""A speaker's photo, and whose account keeps what is said of them."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import Permission, requires

from ...domain.speakers import give_account, remove_photo, set_photo
from ...forms.speaker_pages import SpeakerAccountForm, SpeakerPhotoForm
from ...models import Forum
from ...queries.programme_rows import speaker_of
from ..manage.blueprint import blueprint
from .speakers import speaker_page


@blueprint.post("/programme/speakers/<code>/photo")
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_speaker_photo(forum: Forum, code: str) -> ResponseReturnValue:
    """Show a picture of a speaker, or say anew what can be seen on it."""
    speaker = db.one_or_404(speaker_of(forum, code))
    form = SpeakerPhotoForm(prefix="photo")
    if not form.validate_on_submit():
        return speaker_page(forum, speaker, photo_form=form)
    given = form.file.data or None, form.description.data
    try:
        set_photo(forum, speaker, *given, actor=current_account(), now=clock.now())
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return speaker_page(forum, speaker, photo_form=form)
    flash(_("The photo of %(name)s is saved.", name=speaker.name), "success")
    return redirect(url_for(".programme_speaker", forum=forum, code=speaker.code))


@blueprint.post("/programme/speakers/<code>/photo/delete")
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_speaker_photo_delete(forum: Forum, code: str) -> ResponseReturnValue:
    """Take the picture of a speaker away."""
    speaker = db.one_or_404(speaker_of(forum, code))
    remove_photo(forum, speaker, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("The photo of %(name)s is taken away.", name=speaker.name), "success")
    return redirect(url_for(".programme_speaker", forum=forum, code=speaker.code))


@blueprint.post("/programme/speakers/<code>/account")
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_speaker_account(forum: Forum, code: str) -> ResponseReturnValue:
    """Let somebody keep what the programme says of them, or nobody any more."""
    speaker = db.one_or_404(speaker_of(forum, code))
    form = SpeakerAccountForm(prefix="account")
    if not form.validate_on_submit():
        return speaker_page(forum, speaker, account_form=form)
    try:
        give_account(forum, speaker, form.email.data, actor=current_account(), now=clock.now())
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return speaker_page(forum, speaker, account_form=form)
    if speaker.account_id:
        flash(_("%(name)s has a page of their own now.", name=speaker.name), "success")
    else:
        flash(_("Nobody but organisers changes what is said of %(name)s.", name=speaker.name), "success")
    return redirect(url_for(".programme_speaker", forum=forum, code=speaker.code))
