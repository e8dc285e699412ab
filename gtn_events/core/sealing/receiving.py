"""Uploads that are to be sealed are received in memory: no temporary file holds them in plain."""

from collections.abc import Callable
from io import BytesIO
from typing import IO, Any, TypeVar

from flask import Flask, Request, current_app
from werkzeug.exceptions import RequestEntityTooLarge

View = TypeVar("View", bound=Callable[..., Any])
MOST_BYTES = 8 * 1024 * 1024


def receives_sealed(view: View) -> View:
    """Mark a view whose uploads go under seal; its requests may have at most 8 MiB."""
    view.receives_sealed = True  # type: ignore[attr-defined]  # a mark on the function, read below
    return view


class SealedRequest(Request):
    """A request that knows which views must not leave files behind."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        view = current_app.view_functions.get(self.endpoint or "")
        if not getattr(view, "receives_sealed", False):
            return super()._get_file_stream(total_content_length, content_type, filename, content_length)
        if total_content_length is None or total_content_length > MOST_BYTES:
            raise RequestEntityTooLarge
        return BytesIO()


def init_app(app: Flask) -> None:
    """Let the application receive its requests like this."""
    app.request_class = SealedRequest
