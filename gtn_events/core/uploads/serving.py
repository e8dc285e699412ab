"""Handing stored files out: always as a download, never as a page of this site."""

from pathlib import Path

from flask import Response, abort, current_app, send_file

from gtn_events.config import Settings

from ..exports import disposition
from .models import Upload


def upload_folder() -> Path:
    """Return the folder that holds every stored file."""
    settings: Settings = current_app.config["SETTINGS"]
    return settings.upload_dir


def upload_path(upload: Upload) -> Path:
    """Return where the file of an upload lies."""
    return upload_folder() / upload.stored_as


def send_upload(upload: Upload) -> Response:
    """Return the file as a download under its own name; 404 when it was deleted.

    The view decides first who may have it.
    """
    path = upload_path(upload)
    if upload.deleted_at is not None or not path.is_file():
        abort(404)
    response = send_file(path, mimetype=upload.content_type, etag=upload.sha256, conditional=True, max_age=0)
    response.headers["Content-Disposition"] = disposition(upload.name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-cache"
    return response
