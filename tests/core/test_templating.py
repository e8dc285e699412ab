"""Templates share one table of globals, and one that brings its own keeps them to itself."""

from flask import Flask

TEMPLATE = "base.html"


def test_templates_share_the_globals(app: Flask) -> None:
    assert app.jinja_env.get_template(TEMPLATE).globals is app.jinja_env.globals


def test_own_globals_stay_with_their_template(app: Flask) -> None:
    own = app.jinja_env.from_string("{{ colour }} {{ url_for is defined }}", globals={"colour": "green"})
    assert own.render() == "green True"
    assert "colour" not in app.jinja_env.globals
