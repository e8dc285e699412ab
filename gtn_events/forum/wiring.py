"""What the package brings to the application: blueprints, job kinds, commands."""

from flask import Flask

from gtn_events.core.integrity import register_check

from . import periodic as _periodic  # noqa: F401  # registers the tasks of the clock
from . import words
from .domain.integrity import seat_differences, state_differences
from .views import my, public, register
from .views import my_change as _my_change  # noqa: F401  # adds its pages to my.blueprint

BLUEPRINTS = (public.blueprint, register.blueprint, my.blueprint)


def init_app(app: Flask) -> None:
    """Register everything of this package."""
    words.init_app(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    register_check("seats", seat_differences)
    register_check("registrations", state_differences)
