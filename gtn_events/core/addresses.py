"""What may stand in an address of the site and in what is sent to it."""

from collections.abc import Iterable
from typing import Any  # Any: view arguments of whatever address

from flask import Flask, abort, request
from werkzeug.routing import IntegerConverter, Map, UnicodeConverter

LARGEST_ID = 2**31 - 1  # PostgreSQL's integer; a larger number is no row's id anywhere


class RowIdConverter(IntegerConverter):
    """``<int:...>``: a number that can be the id of a row; any other one is a page that does not exist."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=LARGEST_ID)


class WordConverter(UnicodeConverter):
    """``<...>``: a part of an address without control characters; PostgreSQL cannot even be asked for a NUL."""

    regex = r"[^/\x00-\x1f\x7f]+"

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map)
        self.regex = type(self).regex


def row_ids(sent: Iterable[str]) -> list[int]:
    """Return the ids of rows that a form names; what cannot be one is left out."""
    digits = (each for each in sent if each.isdecimal() and len(each) <= len(str(LARGEST_ID)))
    return [number for number in map(int, digits) if number <= LARGEST_ID]


def row_id(sent: str | None) -> int:
    """Return the id of a row that a form names; 0, which no row has, for what cannot be one."""
    return next(iter(row_ids([sent or ""])), 0)


def init_app(app: Flask) -> None:
    """Let every address use them, and refuse what no person types: floods and NULs."""
    # Before those of the blueprints, which look into the database and so begin the request's transaction.
    app.url_value_preprocessor(_take_in)
    app.before_request(_refuse_nul)
    app.url_map.converters.update(default=WordConverter, string=WordConverter, int=RowIdConverter)


def _take_in(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Wait for the whole form first: a transaction that writes would keep everybody waiting for a slow sender."""
    _refuse_floods()
    if endpoint is not None and request.method == "POST":
        request.form  # noqa: B018  # reading it is what waits


def _refuse_floods() -> None:
    """Hold plain forms to the limits that Werkzeug holds multipart ones to; a page may say back what was typed."""
    if request.mimetype != "application/x-www-form-urlencoded":
        return
    if _is_over(request.content_length, request.max_form_memory_size):
        abort(413)
    if _is_over(sum(len(values) for values in request.form.listvalues()), request.max_form_parts):
        abort(413)


def _is_over(size: int | None, limit: int | None) -> bool:
    return size is not None and limit is not None and size > limit


def _refuse_nul() -> None:
    if request.method == "POST" and any("\0" in value for values in request.form.listvalues() for value in values):
        abort(400)
