"""Sessions: add, change, take away, and who appears in them."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import Permission, requires

from ...conflict_words import conflicts_in_words
from ...domain.programme_sessions import (
    SpeakerDetails,
    add_session,
    add_speaker,
    change_session,
    place_speaker,
    remove_session,
    withdraw_speaker,
)
from ...enums import SpeakerRole
from ...forms.programme import PlaceSpeakerForm, SessionForm, stored_session
from ...models import Forum, ForumSession
from ...queries.programme_conflicts import conflicts_of
from ...queries.programme_rows import (
    rooms_of,
    session_of,
    speaker_named,
    speaker_names,
    tracks_of,
)
from ..manage.blueprint import blueprint
from ..programme.shown import session_is_shown

MOST_TOLD = 5


@blueprint.route("/programme/sessions/new", methods=["GET", "POST"])
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_session_new(forum: Forum) -> ResponseReturnValue:
    """Show an empty form, or add a session."""
    form = SessionForm(forum, rooms_of(forum), tracks_of(forum))
    if not form.validate_on_submit():
        return _page(forum, form, None)
    try:
        session = add_session(forum, form.details(), actor=current_account(), now=clock.now())
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(forum, form, None)
    return _saved(forum, session)


@blueprint.route("/programme/sessions/<code>", methods=["GET", "POST"])
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_session(forum: Forum, code: str) -> ResponseReturnValue:
    """Show a session's form and its speakers, or change the session."""
    session = db.one_or_404(session_of(forum, code))
    stored = None if request.method == "POST" else stored_session(session, forum.time_zone)
    form = SessionForm(forum, rooms_of(forum), tracks_of(forum), data=stored)
    if not form.validate_on_submit():
        return _page(forum, form, session)
    try:
        change_session(forum, session, form.details(), actor=current_account(), now=clock.now())
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(forum, form, session)
    return _saved(forum, session)


@blueprint.post("/programme/sessions/<code>/delete")
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_session_delete(forum: Forum, code: str) -> ResponseReturnValue:
    """Take a session away."""
    session = db.one_or_404(session_of(forum, code))
    title = session.title
    remove_session(forum, session, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("%(title)s is taken away.", title=title), "success")
    return redirect(url_for(".programme", forum=forum))


@blueprint.post("/programme/sessions/<code>/speakers")
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_session_place(forum: Forum, code: str) -> ResponseReturnValue:
    """Let somebody appear in a session, adding the person if the name is new."""
    session = db.one_or_404(session_of(forum, code))
    place_form = PlaceSpeakerForm(prefix="place")
    stored = SessionForm(
        forum, rooms_of(forum), tracks_of(forum), formdata=None, data=stored_session(session, forum.time_zone)
    )
    if not place_form.validate_on_submit():
        return _page(forum, stored, session, place_form)
    name, actor, now = place_form.speaker.data, current_account(), clock.now()
    try:
        speaker = speaker_named(forum, name) or add_speaker(forum, SpeakerDetails(name=name), actor=actor, now=now)
        place_speaker(forum, session, speaker, role=SpeakerRole(place_form.role.data), actor=actor, now=now)
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        place_form.refuse(refusal)
        return _page(forum, stored, session, place_form)
    flash(_("%(name)s appears in this session.", name=name), "success")
    return redirect(url_for(".programme_session", forum=forum, code=code) + "#speakers")


@blueprint.post("/programme/sessions/<code>/speakers/<int:link_id>/delete")
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_session_withdraw(forum: Forum, code: str, link_id: int) -> ResponseReturnValue:
    """Take somebody out of a session."""
    session = db.one_or_404(session_of(forum, code))
    link = next((each for each in session.speaker_links if each.id == link_id), None) or abort(404)
    name = link.speaker.name
    withdraw_speaker(forum, session, link, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("%(name)s no longer appears in this session.", name=name), "success")
    return redirect(url_for(".programme_session", forum=forum, code=code) + "#speakers")


def _saved(forum: Forum, session: ForumSession) -> ResponseReturnValue:
    flash(_("%(title)s is saved.", title=session.title), "success")
    found = conflicts_of(forum)
    own = [each for each in (*found.blocking, *found.warnings) if session.id in (each.session_id, each.other_id)]
    for told in conflicts_in_words(forum, own[:MOST_TOLD]):
        flash(told.sentence, "warning")
    return redirect(url_for(".programme_session", forum=forum, code=session.code))


def _page(
    forum: Forum, form: SessionForm, session: ForumSession | None, place_form: PlaceSpeakerForm | None = None
) -> ResponseReturnValue:
    page = render_template(
        "forum/manage/programme/session.html",
        forum=forum,
        form=form,
        session=session,
        place_form=place_form or PlaceSpeakerForm(prefix="place", formdata=None),
        names=speaker_names(forum) if session else [],
        shown=session is not None and session_is_shown(forum, session),
    )
    return page, 422 if request.method == "POST" else 200
