"""The signed file of results and the key that proves it."""

from pathlib import Path

from flask import Response, abort, current_app, send_file
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import ServiceUnavailable

from gtn_events.config import Settings
from gtn_events.core import clock
from gtn_events.core.permissions import public

from ...domain import signing
from ...domain.publication import are_visible
from ...domain.results_file import path_of_results
from ...models import Competition
from .blueprint import blueprint


@blueprint.get("/<competition>/results.json")
@public
def results_json(competition: Competition) -> ResponseReturnValue:
    """Give the file once everybody may see the results; a worker has made it when they were published."""
    if not are_visible(competition, now=clock.now()):
        abort(404)
    path = path_of_results(competition, _instance_dir())
    if not path.exists():
        raise ServiceUnavailable(retry_after=30)
    return send_file(path, mimetype="application/json", download_name=f"{competition.slug}-results.json")


@blueprint.get("/<competition>/signing-key.pem")
@public
def signing_key(competition: Competition) -> ResponseReturnValue:  # noqa: ARG001  # the address names it
    """Give the public key."""
    return Response(signing.public_pem(signing.signing_key(_instance_dir())), mimetype="application/x-pem-file")


def _instance_dir() -> Path:
    settings: Settings = current_app.config["SETTINGS"]
    return settings.instance_dir
