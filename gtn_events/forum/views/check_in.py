"""The door: scan or type, let in, take back."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, current_app, flash, jsonify, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.http import wants_json
from gtn_events.core.permissions import Permission, requires
from gtn_events.core.text import clean_text, clock_time, local

from ..domain.check_in import MAIN_DOOR, Scan, undo_check_in
from ..domain.door_list import public_key
from ..domain.door_rule import slot_of
from ..domain.door_scans import SentScan, is_same_scan, new_nonce, scan_at_door
from ..enums import Direction, Outcome
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
    recent_scans,
    scans_by_nonce,
)
from ..queries.door import checkpoints_in_order
from ..queries.forums import checkpoint_of
from .loading import load_forum, tab_counts

blueprint = Blueprint("forum_check_in", __name__, url_prefix="/forums/<forum>/check-in")
load_forum(blueprint)

STATION = "check_in_station"
LONGEST_TYPED = 200
LATELY = timedelta(minutes=10)
AT_MAIN_DOOR = {"at": MAIN_DOOR}


@dataclass(frozen=True)
class Shown:
    """What the screen says about the last scan; ``scan`` is None when no such ticket exists."""

    scan: Scan | None
    typed: str
    by: str = ""

    @property
    def outcome(self) -> Outcome:
        return self.scan.outcome if self.scan else Outcome.UNKNOWN


@blueprint.get("/", defaults=AT_MAIN_DOOR)
@blueprint.get("/at/<at>/")
@requires(Permission.FORUM_CHECK_IN)
def station(forum: Forum, at: str) -> ResponseReturnValue:
    """Show the door: the field, what was found by name, the last scans and how many are in.

    ``bare`` leaves the people out: that is the page a device keeps for when there is no connection.
    """
    typed = clean_text(request.args.get("q", ""))[:LONGEST_TYPED]
    return _page(forum, door_of(forum, at), None, typed=typed, bare="bare" in request.args)


@blueprint.get("/at/<at>/lately")
@requires(Permission.FORUM_CHECK_IN)
def lately(forum: Forum, at: str) -> ResponseReturnValue:
    """Return the part of the page that others change: how many are in, and the last scans."""
    door = door_of(forum, at)
    return render_template("forum/check_in/_lately.html", forum=forum, door=door, **_beside(door))


@blueprint.post("/", defaults=AT_MAIN_DOOR)
@blueprint.post("/at/<at>/")
@requires(Permission.FORUM_CHECK_IN)
def scan(forum: Forum, at: str) -> ResponseReturnValue:
    """Let in whoever holds the scanned or typed number; any other text is searched as a name."""
    door = door_of(forum, at)
    typed = clean_text(request.form.get("code", ""))[:LONGEST_TYPED]
    code = typed.rsplit("/", 1)[-1]
    found = by_reference(forum, code) if code else None
    if found is None and not wants_json() and not _looks_like_number(code):
        return redirect(url_for(".station", forum=forum, at=at, q=typed, way=_way()))
    return _answer(forum, door, _scanned(door, found, code))


@blueprint.post("/people/<int:registration_id>", defaults=AT_MAIN_DOOR)
@blueprint.post("/at/<at>/people/<int:registration_id>")
@requires(Permission.FORUM_CHECK_IN)
def let_in(forum: Forum, at: str, registration_id: int) -> ResponseReturnValue:
    """Let in somebody who was found by name."""
    door = door_of(forum, at)
    found = db.one_or_404(person_of(forum, registration_id))
    return _answer(forum, door, _scanned(door, found, found.reference))


@blueprint.post("/check-ins/<int:check_in_id>/undo", defaults=AT_MAIN_DOOR)
@blueprint.post("/at/<at>/check-ins/<int:check_in_id>/undo")
@requires(Permission.FORUM_CHECK_IN)
def undo(forum: Forum, at: str, check_in_id: int) -> ResponseReturnValue:
    """Take a check-in back."""
    found = db.one_or_404(check_in_of(door_of(forum, at), check_in_id))
    undo_check_in(found, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("The check-in of %(name)s is taken back.", name=found.registration.delegate_name), "success")
    return redirect(url_for(".station", forum=forum, at=at))


@blueprint.post("/station", defaults=AT_MAIN_DOOR)
@blueprint.post("/at/<at>/station")
@requires(Permission.FORUM_CHECK_IN)
def name_station(forum: Forum, at: str) -> ResponseReturnValue:
    """Remember in this browser what the staff call the place where they stand."""
    door = door_of(forum, at)
    session[STATION] = clean_text(request.form.get("station", ""))[:80]
    return redirect(url_for(".station", forum=forum, at=door.key))


def door_of(forum: Forum, at: str) -> Checkpoint:
    """Return one checkpoint of this forum by its key, or stop with 404."""
    return db.one_or_404(checkpoint_of(forum, at))


def station_at(door: Checkpoint) -> str:
    """Return what the staff of this browser call the place where they stand."""
    return session.get(STATION) or door.label


def _scanned(door: Checkpoint, found: Registration | None, code: str) -> Shown:
    """Write the scan down, commit, and return what the screen says; one whose answer was lost is told again."""
    now = clock.now()
    nonce = clean_text(request.form.get("nonce", ""))[:36]
    sent = SentScan(
        nonce=nonce or new_nonce(),
        code=code,
        at=now,
        direction=_way(),
        device=clean_text(request.form.get("device", ""))[:36],
        station=station_at(door),
    )
    before = scans_by_nonce([nonce]).get(nonce) if nonce else None
    if before is not None and found is not None and is_same_scan(before, door, found, sent):
        return Shown(Scan(before.outcome, found, before.check_in), found.reference)
    if before is not None:
        sent = replace(sent, nonce=new_nonce())
    _written, result = scan_at_door(found, door, sent, actor=current_account(), now=now)
    db.session.commit()
    by = name_of_account(result.check_in.by_id) if result and result.check_in else ""
    return Shown(result, found.reference if found else code, by)


def _way() -> Direction:
    return Direction.OUT if request.values.get("way") == Direction.OUT else Direction.IN


def _answer(forum: Forum, door: Checkpoint, shown: Shown) -> ResponseReturnValue:
    if not wants_json():
        return _page(forum, door, shown)
    inside, awaited = count_in(door, slot_of(door.rule, clock.now(), forum.time_zone))
    html = render_template("forum/check_in/_result.html", forum=forum, door=door, shown=shown)
    passes = shown.scan.check_in.pass_number if shown.scan and shown.scan.check_in else 0
    return jsonify(outcome=shown.outcome, html=html, inside=inside, confirmed=awaited, passes=passes)


def _page(forum: Forum, door: Checkpoint, shown: Shown | None, *, typed: str = "", bare: bool = False) -> str:
    now = clock.now()
    found = [] if bare else by_name(forum, typed)
    people = found[:MOST_FOUND]
    slot = slot_of(door.rule, now, forum.time_zone)
    return render_template(
        "forum/check_in/station.html",
        forum=forum,
        door=door,
        doors=checkpoints_in_order(forum),
        tab_counts=tab_counts(forum),
        shown=shown,
        typed=typed,
        way=_way(),
        people=people,
        more_people=len(found) > MOST_FOUND,
        already=live_check_ins(door, people, slot) if people else {},
        station=station_at(door),
        public_key=public_key(current_app.config["SETTINGS"].secret_key),
        account=current_account(),
        now=now,
        **_beside(door, bare=bare),
    )


def _beside(door: Checkpoint, *, bare: bool = False) -> dict[str, Any]:  # Any: what the template shows
    now, forum = clock.now(), door.forum
    inside, awaited = count_in(door, slot_of(door.rule, now, forum.time_zone))
    recent = [] if bare else recent_scans(door, since=now - LATELY)
    return {
        "inside": inside,
        "confirmed": awaited,
        "lately": recent,
        "earlier": [] if recent or bare else recent_scans(door, limit=5),
        "time_of": lambda moment: _time_in(forum, moment),
    }


def _time_in(forum: Forum, moment: datetime) -> str:
    return clock_time(local(moment, forum.time_zone))


def _looks_like_number(text: str) -> bool:
    return any(char.isdigit() for char in text) and " " not in text.strip()
