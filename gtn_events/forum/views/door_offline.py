"""What a door's page asks for to keep working without a connection: the list, a pulse, and a place for what waited."""

from datetime import UTC, datetime, timedelta
from typing import Any

from flask import abort, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.permissions import Permission, requires
from gtn_events.core.text import clean_text

from ..domain.door_list import door_list
from ..domain.door_rule import slot_of
from ..domain.door_scans import MOST_SCANS, Received, SentScan, receive_scans
from ..enums import Direction, Outcome
from ..errors import ScansRefused
from ..models import Checkpoint, Forum
from ..queries.check_in import count_in
from .check_in import blueprint, door_of

NONCE_LENGTHS = range(16, 37)
MOST_BYTES = 100_000


@blueprint.get("/worker.js")
@requires(Permission.FORUM_CHECK_IN)
def worker(forum: Forum) -> ResponseReturnValue:  # noqa: ARG001  # the address alone says for which pages it works
    """Send the service worker; it works for the pages below its own address."""
    response = current_app.send_static_file("js/door-worker.js")
    response.headers["Cache-Control"] = "no-cache"
    return response


@blueprint.get("/at/<at>/list.json")
@requires(Permission.FORUM_CHECK_IN)
def offline_list(forum: Forum, at: str) -> ResponseReturnValue:
    """Send the signed list of this checkpoint, or none when the forum is over."""
    signed = door_list(door_of(forum, at), secret_key=current_app.config["SETTINGS"].secret_key, now=clock.now())
    told = {"list": signed.content, "signature": signed.signature} if signed else {"list": None}
    return jsonify(told), {"Cache-Control": "no-store"}


@blueprint.get("/at/<at>/pulse.json")
@requires(Permission.FORUM_CHECK_IN)
def pulse(forum: Forum, at: str) -> ResponseReturnValue:
    """Say that the person still may, how many are in, and with which token scans are sent."""
    told = {"token": generate_csrf(), "account": current_account().id, **_figures(door_of(forum, at))}
    return jsonify(told), {"Cache-Control": "no-store"}


@blueprint.post("/at/<at>/sync.json")
@requires(Permission.FORUM_CHECK_IN)
def sync(forum: Forum, at: str) -> ResponseReturnValue:
    """Take the scans that waited; each is answered, and what was sent twice is kept once."""
    if (request.content_length or 0) > MOST_BYTES:
        abort(413)
    door = door_of(forum, at)
    now = clock.now()
    received = receive_scans(door, _sent(now), actor=current_account(), now=now)
    db.session.commit()
    return jsonify(answers=[_told(each) for each in received], **_figures(door))


def _figures(door: Checkpoint) -> dict[str, int]:
    inside, awaited = count_in(door, slot_of(door.rule, clock.now(), door.forum.time_zone))
    return {"inside": inside, "confirmed": awaited}


def _told(received: Received) -> dict[str, Any]:  # Any: JSON
    scan = received.scan
    return {"nonce": received.nonce, "kept": scan is not None, "outcome": scan.outcome if scan else None}


def _sent(now: datetime) -> list[SentScan]:
    """Return the scans of the request.

    Raises:
        ScansRefused: it is no batch of scans, or too large a one; nothing of it is kept.
    """
    body = request.get_json(silent=True)
    body = body if isinstance(body, dict) else {}
    scans = body.get("scans")
    if not isinstance(scans, list) or len(scans) > MOST_SCANS or not all(isinstance(each, dict) for each in scans):
        raise ScansRefused(_("Send at most %(count)s scans at a time.", count=MOST_SCANS))
    device = _text(body, "device", 36)
    # What the device's clock is off by goes for all its moments.
    sent_at = _moment(body, "sent_at")
    return [_scan(each, device=device, off=now - sent_at) for each in scans]


def _scan(given: dict[str, Any], *, device: str, off: timedelta) -> SentScan:  # Any: JSON
    nonce = _text(given, "nonce", NONCE_LENGTHS[-1])
    if len(nonce) not in NONCE_LENGTHS:
        raise ScansRefused(_("A scan has no name of its own."))
    return SentScan(
        nonce=nonce,
        code=_text(given, "code", 200),
        at=_shifted(_moment(given, "at"), off),
        direction=Direction.OUT if given.get("way") == Direction.OUT else Direction.IN,
        shown=_outcome(given.get("shown")),
        device=device,
        station=_text(given, "station", 80),
    )


def _outcome(given: Any) -> Outcome:  # Any: JSON
    try:
        return Outcome(given)
    except ValueError:
        raise ScansRefused(_("A scan does not say what was shown.")) from None


def _moment(given: dict[str, Any], name: str) -> datetime:  # Any: JSON
    try:
        moment = datetime.fromisoformat(_text(given, name, 40))
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        raise ScansRefused(_("A moment cannot be read.")) from None


def _shifted(moment: datetime, off: timedelta) -> datetime:
    try:
        return moment + off
    except OverflowError:
        raise ScansRefused(_("A moment cannot be read.")) from None


def _text(given: dict[str, Any], name: str, most: int) -> str:  # Any: JSON
    value = given.get(name)
    return clean_text(value)[:most] if isinstance(value, str) else ""
