"""The door: scan or type, let in, take back."""

from dataclasses import dataclass

from flask import Blueprint, flash, jsonify, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.http import wants_json
from gtn_events.core.permissions import Permission, requires
from gtn_events.core.text import clean_text, clock_time, local

from ..domain.check_in import MAIN_DOOR, Outcome, Scan, check_in, undo_check_in
from ..models import Checkpoint, Forum, Registration
from ..queries.check_in import (
    MOST_FOUND,
    by_name,
    by_reference,
    check_in_of,
    count_in,
    live_check_ins,
    name_of_account,
    person_of,
    recent_check_ins,
)
from ..queries.forums import checkpoint_of
from .loading import load_forum

blueprint = Blueprint("forum_check_in", __name__, url_prefix="/forums/<forum>/check-in")
load_forum(blueprint)

STATION = "check_in_station"
LONGEST_TYPED = 200


@dataclass(frozen=True)
class Shown:
    """What the screen says about the last scan; ``scan`` is None when no such ticket exists."""

    scan: Scan | None
    typed: str
    by: str = ""

    @property
    def outcome(self) -> Outcome:
        return self.scan.outcome if self.scan else Outcome.NOT_REGISTERED


@blueprint.get("/")
@requires(Permission.FORUM_CHECK_IN)
def station(forum: Forum) -> ResponseReturnValue:
    """Show the door: the field, what was found by name, the last check-ins and how many are in."""
    typed = clean_text(request.args.get("q", ""))[:LONGEST_TYPED]
    return _page(forum, None, typed=typed)


@blueprint.post("/")
@requires(Permission.FORUM_CHECK_IN)
def scan(forum: Forum) -> ResponseReturnValue:
    """Let in whoever holds the scanned or typed number; any other text is searched as a name."""
    typed = clean_text(request.form.get("code", ""))[:LONGEST_TYPED]
    code = typed.rsplit("/", 1)[-1]
    found = by_reference(forum, code) if code else None
    if found is None and not wants_json() and not _looks_like_number(code):
        return redirect(url_for(".station", forum=forum, q=typed))
    if found is None:
        return _answer(forum, Shown(None, typed))
    return _let_in(forum, found)


@blueprint.post("/people/<int:registration_id>")
@requires(Permission.FORUM_CHECK_IN)
def let_in(forum: Forum, registration_id: int) -> ResponseReturnValue:
    """Let in somebody who was found by name."""
    return _let_in(forum, db.one_or_404(person_of(forum, registration_id)))


@blueprint.post("/check-ins/<int:check_in_id>/undo")
@requires(Permission.FORUM_CHECK_IN)
def undo(forum: Forum, check_in_id: int) -> ResponseReturnValue:
    """Take a check-in back."""
    found = db.one_or_404(check_in_of(_door(forum), check_in_id))
    undo_check_in(found, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("The check-in of %(name)s is taken back.", name=found.registration.delegate_name), "success")
    return redirect(url_for(".station", forum=forum))


@blueprint.post("/station")
@requires(Permission.FORUM_CHECK_IN)
def name_station(forum: Forum) -> ResponseReturnValue:
    """Remember in this browser what the staff call the place where they stand."""
    session[STATION] = clean_text(request.form.get("station", ""))[:80]
    return redirect(url_for(".station", forum=forum))


def _let_in(forum: Forum, found: Registration) -> ResponseReturnValue:
    door = _door(forum)
    where = session.get(STATION) or door.label
    result = check_in(found, door, station=where, actor=current_account(), now=clock.now())
    db.session.commit()
    by = name_of_account(result.check_in.by_id) if result.check_in else ""
    return _answer(forum, Shown(result, found.reference, by))


def _answer(forum: Forum, shown: Shown) -> ResponseReturnValue:
    if not wants_json():
        return _page(forum, shown)
    inside, confirmed = count_in(_door(forum))
    html = render_template("forum/check_in/_result.html", forum=forum, shown=shown)
    return jsonify(outcome=shown.outcome, html=html, inside=inside, confirmed=confirmed)


def _page(forum: Forum, shown: Shown | None, *, typed: str = "") -> str:
    door = _door(forum)
    inside, confirmed = count_in(door)
    found = by_name(forum, typed)
    people = found[:MOST_FOUND]
    return render_template(
        "forum/check_in/station.html",
        forum=forum,
        door=door,
        shown=shown,
        typed=typed,
        people=people,
        more_people=len(found) > MOST_FOUND,
        already=live_check_ins(door, people) if people else {},
        recent=recent_check_ins(door),
        inside=inside,
        confirmed=confirmed,
        station=session.get(STATION) or door.label,
        now=clock.now(),
        time_of=lambda moment: clock_time(local(moment, forum.time_zone)),
    )


def _door(forum: Forum) -> Checkpoint:
    return db.one_or_404(checkpoint_of(forum, MAIN_DOOR))


def _looks_like_number(text: str) -> bool:
    return any(char.isdigit() for char in text) and " " not in text.strip()
