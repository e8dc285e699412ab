"""What is said of a speaker."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.permissions import Permission, requires

from ...domain.programme_sessions import change_speaker
from ...forms.programme import SpeakerForm, stored_speaker
from ...forms.speaker_pages import SpeakerAccountForm, SpeakerPhotoForm
from ...models import Forum, Speaker
from ...queries.programme_conflicts import times_away
from ...queries.programme_rows import speaker_of
from ...queries.speaker_pages import photos_of
from ..manage.blueprint import blueprint
from ..programme.shown import speaker_is_shown


@blueprint.route("/programme/speakers/<code>", methods=["GET", "POST"])
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_speaker(forum: Forum, code: str) -> ResponseReturnValue:
    """Show a speaker's form, or change what is said of them."""
    speaker = db.one_or_404(speaker_of(forum, code))
    form = SpeakerForm(data=None if request.method == "POST" else stored_speaker(speaker))
    if form.validate_on_submit():
        change_speaker(forum, speaker, form.details(), actor=current_account(), now=clock.now())
        db.session.commit()
        flash(_("%(name)s is saved.", name=speaker.name), "success")
        return redirect(url_for(".programme_speaker", forum=forum, code=speaker.code))
    return speaker_page(forum, speaker, form=form)


def speaker_page(
    forum: Forum,
    speaker: Speaker,
    *,
    form: SpeakerForm | None = None,
    photo_form: SpeakerPhotoForm | None = None,
    account_form: SpeakerAccountForm | None = None,
) -> ResponseReturnValue:
    """Return the page of a speaker with all its forms; those that were not sent show what is stored."""
    photo = photos_of([speaker.id]).get(speaker.id)
    seen, email = photo.description if photo else "", speaker.account.email if speaker.account else ""
    page = render_template(
        "forum/manage/programme/speaker.html",
        forum=forum,
        speaker=speaker,
        photo=photo,
        form=form or SpeakerForm(formdata=None, data=stored_speaker(speaker)),
        photo_form=photo_form or SpeakerPhotoForm(prefix="photo", formdata=None, data={"description": seen}),
        account_form=account_form or SpeakerAccountForm(prefix="account", formdata=None, data={"email": email}),
        away=times_away(speaker=speaker),
        shown=speaker_is_shown(forum, speaker),
    )
    return page, 422 if request.method == "POST" else 200
