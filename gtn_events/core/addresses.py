"""What may stand in an address of the site."""

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

LARGEST_ID = 2**31 - 1  # PostgreSQL's integer; a larger number is no row's id anywhere


class RowIdConverter(IntegerConverter):
    """``<int:...>``: a number that can be the id of a row; any other one is a page that does not exist."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=LARGEST_ID)


def init_app(app: Flask) -> None:
    """Let every address use it."""
    app.url_map.converters["int"] = RowIdConverter
