"""A finished file as a response that the browser saves."""

from urllib.parse import quote

from flask import Response

from .outbox import Attachment


def send_attachment(file: Attachment, *, inline: bool = False) -> Response:
    """Return the file under its own name; ``inline`` lets the browser show it (only for what we made)."""
    disposition = "inline" if inline else "attachment"
    response = Response(file.data, content_type=file.content_type)
    response.headers["Content-Disposition"] = f"{disposition}; filename*=UTF-8''{quote(file.name)}"
    response.headers["Cache-Control"] = "private, no-store"
    return response
