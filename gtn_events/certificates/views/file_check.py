"""Checking a file that somebody sends: only when their browser cannot, or when they choose to; nothing is kept."""

from datetime import date

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue

from gtn_events.config import Settings
from gtn_events.core import clock
from gtn_events.core.permissions import public

from ..proof.checking import LARGEST_FILE, check_file
from ..proof.keys import public_keys
from ..proof.published import PublishedList, trusted
from ..proof.revocations import revoked_rows
from .blueprint import blueprint


@blueprint.post("/verify/file")
@public
def check_sent_file() -> ResponseReturnValue:
    """Check a PDF that was sent, and show what was found."""
    sent = request.files.get("file")
    data = sent.stream.read(LARGEST_FILE + 1) if sent else b""
    if not data:
        return render_template("certificates/verify_form.html", typed="", problem=None, no_file=True), 422
    settings: Settings = current_app.config["SETTINGS"]
    now = clock.now()
    revoked = PublishedList(now, {number: (at.date(), state) for number, at, state in revoked_rows()})
    report = check_file(data, trusted(public_keys(settings.instance_dir, now=now)), revoked)
    issued_on = date.fromisoformat(report.statement["issued_on"]) if report.statement else None
    return render_template("certificates/verify_file.html", report=report, issued_on=issued_on)


@blueprint.get("/verify/file")
@public
def check_no_file() -> ResponseReturnValue:
    """Somebody comes back to the answer without their file: ask for it again."""
    return render_template("certificates/verify_form.html", typed="", problem=None, no_file=False)
