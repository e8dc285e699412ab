"""Style, scripts and pictures: browsers keep them for a year, under an address that changes with their content."""

import hashlib
from functools import cache

from flask import Flask, current_app, request
from flask.typing import ResponseReturnValue
from flask.wrappers import Response

from .permissions import public
from .templating import PACKAGE

FOLDER = PACKAGE / "static"
KEPT = "public, max-age=31536000, immutable"


def static_address() -> str:
    """Return where this release's files stand: its version is part of the path, so that what they name has it too."""
    return f"/static/{static_version()}"


@cache
def static_version() -> str:
    """Return a digest of every file, equal in all processes of one release."""
    digest = hashlib.blake2b(digest_size=8)
    for path in sorted(path for path in FOLDER.rglob("*") if path.is_file()):
        digest.update(path.relative_to(FOLDER).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def init_app(app: Flask) -> None:
    """Let browsers keep the files, and serve pages of another release, which is there while servers are replaced."""
    app.add_url_rule("/static/<version>/<path:filename>", "static_of_another_release", _of_another_release)
    app.after_request(_keep)


@public
def _of_another_release(version: str, filename: str) -> ResponseReturnValue:  # noqa: ARG001  # any version
    return current_app.send_static_file(filename)


def _keep(response: Response) -> Response:
    if request.endpoint == "static" and response.status_code < 400:
        response.headers["Cache-Control"] = KEPT
    return response
