"""The page of a speaker: biography, photo, times away, and the materials of their sessions."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import Permission, requires

from ..domain.programme_rules import add_time_away, remove_time_away
from ..domain.session_materials import remove_material
from ..domain.speakers import change_biography, remove_photo, set_photo
from ..forms.programme_rules import TimeAwayForm
from ..forms.speaker_pages import BiographyForm, SpeakerPhotoForm
from ..models import Forum, ForumSession, SessionMaterial, Speaker
from ..queries.programme_conflicts import times_away
from ..queries.session_materials import materials_of
from ..queries.speaker_pages import own_speaker, photos_of
from .adding_materials import materials_page
from .my import blueprint
from .programme.shown import speaker_is_shown


@blueprint.route("/speaking", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def speaking(forum: Forum) -> ResponseReturnValue:
    """Show what the programme says of the person, or change the biography."""
    speaker = _own_or_404(forum)
    form = BiographyForm(data=None if request.method == "POST" else {"biography": speaker.biography})
    if not form.validate_on_submit():
        return _page(forum, speaker, form=form)
    change_biography(forum, speaker, form.biography.data, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("Your biography is saved. It is public with the next version of the programme."), "success")
    return redirect(url_for(".speaking", forum=forum))


@blueprint.post("/speaking/photo")
@requires(Permission.SIGNED_IN)
def speaking_photo(forum: Forum) -> ResponseReturnValue:
    """Show a picture of the person, or say anew what can be seen on it."""
    speaker, form = _own_or_404(forum), SpeakerPhotoForm(prefix="photo")
    if not form.validate_on_submit():
        return _page(forum, speaker, photo_form=form)
    given = form.file.data or None, form.description.data
    try:
        set_photo(forum, speaker, *given, actor=current_account(), now=clock.now())
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(forum, speaker, photo_form=form)
    flash(_("Your photo is saved."), "success")
    return redirect(url_for(".speaking", forum=forum))


@blueprint.post("/speaking/photo/delete")
@requires(Permission.SIGNED_IN)
def speaking_photo_delete(forum: Forum) -> ResponseReturnValue:
    """Take the person's picture away."""
    remove_photo(forum, _own_or_404(forum), actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("Your photo is taken away."), "success")
    return redirect(url_for(".speaking", forum=forum))


@blueprint.route("/speaking/away", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def speaking_away(forum: Forum) -> ResponseReturnValue:
    """Ask when the person cannot come, or note it."""
    speaker, form = _own_or_404(forum), TimeAwayForm(forum.time_zone)
    if form.validate_on_submit():
        try:
            reason = form.reason.data
            add_time_away(speaker, *form.moments(), reason=reason, actor=current_account(), now=clock.now())
            db.session.commit()
        except DomainError as refusal:
            db.session.rollback()
            form.refuse(refusal)
        else:
            flash(_("The organisers see that you cannot come then."), "success")
            return redirect(url_for(".speaking", forum=forum) + "#away")
    page = render_template("forum/my/speaking_away.html", forum=forum, form=form)
    return page, 422 if request.method == "POST" else 200


@blueprint.post("/speaking/away/<int:away_id>/delete")
@requires(Permission.SIGNED_IN)
def speaking_away_delete(forum: Forum, away_id: int) -> ResponseReturnValue:
    """Forget that the person cannot come."""
    speaker = _own_or_404(forum)
    away = next((each for each in times_away(speaker=speaker) if each.id == away_id), None) or abort(404)
    remove_time_away(speaker, away, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("The time is taken away."), "success")
    return redirect(url_for(".speaking", forum=forum) + "#away")


@blueprint.route("/speaking/sessions/<code>", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def speaking_materials(forum: Forum, code: str) -> ResponseReturnValue:
    """Show the materials of a session where the person speaks, or add one."""
    session = _own_session_or_404(forum, code)
    address = url_for(".speaking_materials", forum=forum, code=session.code)
    return materials_page(forum, session, template="forum/my/speaking_materials.html", address=address)


@blueprint.post("/speaking/sessions/<code>/materials/<int:material_id>/delete")
@requires(Permission.SIGNED_IN)
def speaking_material_delete(forum: Forum, code: str, material_id: int) -> ResponseReturnValue:
    """Take a material away that the person added."""
    session = _own_session_or_404(forum, code)
    theirs = SessionMaterial.id == material_id, SessionMaterial.added_by_id == current_account().id
    material = db.one_or_404(materials_of(session.id).where(*theirs))
    title = material.title
    remove_material(forum, material, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("%(title)s is taken away.", title=title), "success")
    return redirect(url_for(".speaking_materials", forum=forum, code=session.code))


def _own_or_404(forum: Forum) -> Speaker:
    return own_speaker(forum, current_account().id) or abort(404)


def _own_session_or_404(forum: Forum, code: str) -> ForumSession:
    sessions = (link.session for link in _own_or_404(forum).session_links)
    return next((each for each in sessions if each.code == code), None) or abort(404)


def _page(
    forum: Forum,
    speaker: Speaker,
    *,
    form: BiographyForm | None = None,
    photo_form: SpeakerPhotoForm | None = None,
) -> ResponseReturnValue:
    photo = photos_of([speaker.id]).get(speaker.id)
    stored = {"description": photo.description if photo else ""}
    page = render_template(
        "forum/my/speaking.html",
        forum=forum,
        speaker=speaker,
        photo=photo,
        form=form or BiographyForm(formdata=None, data={"biography": speaker.biography}),
        photo_form=photo_form or SpeakerPhotoForm(prefix="photo", formdata=None, data=stored),
        away=times_away(speaker=speaker),
        sessions=list(dict.fromkeys(link.session for link in speaker.session_links)),
        shown=speaker_is_shown(forum, speaker),
    )
    return page, 422 if request.method == "POST" else 200
