"""The signed file of results and the key that proves it."""

import os
from pathlib import Path

from flask import Response, abort, current_app, send_file
from flask.typing import ResponseReturnValue

from gtn_events.config import Settings
from gtn_events.core import clock
from gtn_events.core.permissions import public

from ...domain import signing
from ...domain.publication import are_visible
from ...domain.results_file import results_file
from ...models import Competition
from .blueprint import blueprint


@blueprint.get("/<competition>/results.json")
@public
def results_json(competition: Competition) -> ResponseReturnValue:
    """Give the file once everybody may see the results; made at the first request, the same from then on."""
    if not are_visible(competition, now=clock.now()):
        abort(404)
    since = competition.results_published_at
    path = _instance_dir() / "results" / f"{competition.id}-{since:%Y%m%dT%H%M%S}.json"
    if not path.exists():
        _write(path, results_file(competition, signing.signing_key(_instance_dir())))
    return send_file(path, mimetype="application/json", download_name=f"{competition.slug}-results.json")


@blueprint.get("/<competition>/signing-key.pem")
@public
def signing_key(competition: Competition) -> ResponseReturnValue:  # noqa: ARG001  # the address names it
    """Give the public key."""
    return Response(signing.public_pem(signing.signing_key(_instance_dir())), mimetype="application/x-pem-file")


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    fresh = path.with_suffix(f".{os.getpid()}")
    fresh.write_bytes(data)
    # Whole or not at all: another request may read at this moment.
    fresh.replace(path)


def _instance_dir() -> Path:
    settings: Settings = current_app.config["SETTINGS"]
    return settings.instance_dir
