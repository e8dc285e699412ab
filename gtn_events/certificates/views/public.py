"""The page where anybody can see whether a certificate is real."""

import math
from datetime import timedelta

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gtn_events.core import clock
from gtn_events.core.patience import MissCounter
from gtn_events.core.permissions import public

from ..queries import certificate_of_typed_serial
from ..seal import page_seal
from ..serials import read_serial
from .blueprint import blueprint

LONGEST_SERIAL = 300
_misses = MissCounter(misses=30, window=timedelta(minutes=10))


@blueprint.get("/verify")
@public
def verify_form() -> ResponseReturnValue:
    """Ask for a serial; a typed one leads to its page."""
    typed = request.args.get("serial", "").strip()[:LONGEST_SERIAL]
    if not typed:
        return render_template("certificates/verify_form.html", typed="", problem=None)
    if read_serial(typed) is None:
        return render_template("certificates/verify_form.html", typed=typed, problem="unreadable"), 404
    return redirect(url_for(".verify", serial=typed.rstrip("/").rsplit("/", 1)[-1]))


@blueprint.get("/verify/<serial>")
@public
def verify(serial: str) -> ResponseReturnValue:
    """Show what a certificate says and whether it still stands."""
    if seconds := seconds_to_wait():
        minutes = math.ceil(seconds / 60)
        page = render_template("certificates/verify_form.html", typed=serial, problem="wait", minutes=minutes)
        return page, 429, {"Retry-After": str(seconds)}
    serial = serial[:LONGEST_SERIAL]
    certificate = certificate_of_typed_serial(serial)
    if certificate is None:
        count_miss()
        return render_template("certificates/verify_form.html", typed=serial, problem="unknown"), 404
    if certificate.serial != serial:
        return redirect(url_for(".verify", serial=certificate.serial))
    return render_template(
        "certificates/verify.html",
        certificate=certificate,
        facts=certificate.shown_facts,
        seal=page_seal(certificate.shown_facts.economy_rank),
    )


def seconds_to_wait() -> int:
    """Return how long whoever asks has to wait, since they asked for many serials that nobody issued."""
    return math.ceil(_misses.wait(request.remote_addr or "", now=clock.now()).total_seconds())


def count_miss() -> None:
    """Remember that whoever asks named a serial that nobody issued."""
    _misses.miss(request.remote_addr or "", now=clock.now())
