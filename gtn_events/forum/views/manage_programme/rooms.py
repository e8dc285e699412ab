"""Rooms and tracks: add, change, take away."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import Permission, requires

from ...domain.programme import add_room, add_track, change_room, change_track, fresh_colour, remove_room, remove_track
from ...forms.programme import RoomForm, TrackForm
from ...models import Forum, Room, Track
from ...queries.programme_conflicts import times_away
from ...queries.programme_rows import room_of, track_of
from ..manage.blueprint import blueprint


@blueprint.route("/programme/rooms/new", methods=["GET", "POST"])
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_room_new(forum: Forum) -> ResponseReturnValue:
    """Show an empty form, or add a room."""
    return _room_page(forum, None)


@blueprint.route("/programme/rooms/<int:room_id>", methods=["GET", "POST"])
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_room(forum: Forum, room_id: int) -> ResponseReturnValue:
    """Show a room's form, or change the room."""
    return _room_page(forum, db.one_or_404(room_of(forum, room_id)))


@blueprint.post("/programme/rooms/<int:room_id>/delete")
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_room_delete(forum: Forum, room_id: int) -> ResponseReturnValue:
    """Take away a room in which nothing takes place."""
    room = db.one_or_404(room_of(forum, room_id))
    remove_room(forum, room, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("%(name)s is taken away.", name=room.name), "success")
    return redirect(url_for(".programme", forum=forum))


@blueprint.route("/programme/tracks/new", methods=["GET", "POST"])
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_track_new(forum: Forum) -> ResponseReturnValue:
    """Show an empty form, or add a track."""
    return _track_page(forum, None)


@blueprint.route("/programme/tracks/<int:track_id>", methods=["GET", "POST"])
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_track(forum: Forum, track_id: int) -> ResponseReturnValue:
    """Show a track's form, or change the track."""
    return _track_page(forum, db.one_or_404(track_of(forum, track_id)))


@blueprint.post("/programme/tracks/<int:track_id>/delete")
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_track_delete(forum: Forum, track_id: int) -> ResponseReturnValue:
    """Take away a track; its sessions stay."""
    track = db.one_or_404(track_of(forum, track_id))
    remove_track(forum, track, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("%(name)s is taken away.", name=track.name), "success")
    return redirect(url_for(".programme", forum=forum))


def _room_page(forum: Forum, room: Room | None) -> ResponseReturnValue:
    form = RoomForm(obj=room)
    if form.validate_on_submit():
        values = {name: form[name].data for name in ("name", "seats", "notes", "equipment")}
        try:
            if room is None:
                add_room(forum, **values, actor=current_account(), now=clock.now())
            else:
                change_room(forum, room, **values, actor=current_account(), now=clock.now())
            db.session.commit()
        except DomainError as refusal:
            db.session.rollback()
            form.refuse(refusal)
        else:
            flash(_("%(name)s is saved.", name=form.name.data), "success")
            return redirect(url_for(".programme", forum=forum))
    away = times_away(room=room) if room else []
    page = render_template("forum/manage/programme/room.html", forum=forum, form=form, room=room, away=away)
    return page, 422 if request.method == "POST" else 200


def _track_page(forum: Forum, track: Track | None) -> ResponseReturnValue:
    form = TrackForm(obj=track, data=None if track else {"colour": fresh_colour(forum)})
    if form.validate_on_submit():
        name, colour = form.name.data, form.colour.data
        try:
            if track is None:
                add_track(forum, name=name, colour=colour, actor=current_account(), now=clock.now())
            else:
                change_track(forum, track, name=name, colour=colour, actor=current_account(), now=clock.now())
            db.session.commit()
        except DomainError as refusal:
            db.session.rollback()
            form.refuse(refusal)
        else:
            flash(_("%(name)s is saved.", name=name), "success")
            return redirect(url_for(".programme", forum=forum))
    page = render_template("forum/manage/programme/track.html", forum=forum, form=form, track=track)
    return page, 422 if request.method == "POST" else 200
