"""What may stand in an address of the site and in what is sent to it."""

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


def init_app(app: Flask) -> None:
    """Let every address use them, and refuse what no keyboard can type."""
    app.before_request(_refuse_nul)
    app.url_map.converters.update(default=WordConverter, string=WordConverter, int=RowIdConverter)


def _refuse_nul() -> None:
    if request.method == "POST" and any("\0" in value for value in request.form.values()):
        abort(400)
