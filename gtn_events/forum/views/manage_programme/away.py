"""Times in which a room is closed or a speaker cannot come: add, take away."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import Permission, requires

from ...domain.programme_rules import add_time_away, remove_time_away
from ...forms.programme_rules import TimeAwayForm
from ...models import Forum, Room, Speaker
from ...queries.programme_conflicts import times_away
from ...queries.programme_rows import room_of, speaker_of
from ..manage.blueprint import blueprint


@blueprint.route("/programme/rooms/<int:room_id>/away", methods=["GET", "POST"])
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_room_away(forum: Forum, room_id: int) -> ResponseReturnValue:
    """Ask when a room is closed, or note it."""
    room = db.one_or_404(room_of(forum, room_id))
    return _add(forum, room, back=url_for(".programme_room", forum=forum, room_id=room.id))


@blueprint.route("/programme/speakers/<code>/away", methods=["GET", "POST"])
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_speaker_away(forum: Forum, code: str) -> ResponseReturnValue:
    """Ask when a speaker cannot come, or note it."""
    speaker = db.one_or_404(speaker_of(forum, code))
    return _add(forum, speaker, back=url_for(".programme_speaker", forum=forum, code=speaker.code))


@blueprint.post("/programme/rooms/<int:room_id>/away/<int:away_id>/delete")
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_room_away_delete(forum: Forum, room_id: int, away_id: int) -> ResponseReturnValue:
    """Forget that a room is closed."""
    room = db.one_or_404(room_of(forum, room_id))
    return _remove(room, away_id, back=url_for(".programme_room", forum=forum, room_id=room.id))


@blueprint.post("/programme/speakers/<code>/away/<int:away_id>/delete")
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_speaker_away_delete(forum: Forum, code: str, away_id: int) -> ResponseReturnValue:
    """Forget that a speaker cannot come."""
    speaker = db.one_or_404(speaker_of(forum, code))
    return _remove(speaker, away_id, back=url_for(".programme_speaker", forum=forum, code=speaker.code))


def _add(forum: Forum, subject: Room | Speaker, *, back: str) -> ResponseReturnValue:
    form = TimeAwayForm(forum.time_zone)
    if form.validate_on_submit():
        try:
            add_time_away(subject, *form.moments(), reason=form.reason.data, actor=current_account(), now=clock.now())
            db.session.commit()
        except DomainError as refusal:
            db.session.rollback()
            form.refuse(refusal)
        else:
            flash(_("The time away of %(name)s is noted.", name=subject.name), "success")
            return redirect(back)
    page = render_template("forum/manage/programme/away.html", forum=forum, form=form, subject=subject, back=back)
    return page, 422 if request.method == "POST" else 200


def _remove(subject: Room | Speaker, away_id: int, *, back: str) -> ResponseReturnValue:
    found = times_away(room=subject) if isinstance(subject, Room) else times_away(speaker=subject)
    away = next((each for each in found if each.id == away_id), None) or abort(404)
    remove_time_away(subject, away, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("The time away of %(name)s is taken away.", name=subject.name), "success")
    return redirect(back)
