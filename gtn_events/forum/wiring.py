"""What the package brings to the application: blueprints, job kinds, commands."""

from flask import Flask

from gtn_events.core.integrity import register_check

from . import list_jobs as _list_jobs  # noqa: F401  # registers its kinds of jobs
from . import periodic as _periodic  # noqa: F401  # registers the tasks of the clock
from . import words
from .commands import import_programme
from .domain.integrity import seat_differences, state_differences
from .views import check_in, manage, my, programme, public, register
from .views import my_change as _my_change  # noqa: F401  # adds its pages to my.blueprint

BLUEPRINTS = (public.blueprint, register.blueprint, my.blueprint, programme.blueprint)
ORGANISER_BLUEPRINTS = (manage.opening, manage.blueprint, check_in.blueprint)


def init_app(app: Flask) -> None:
    """Register everything of this package."""
    words.init_app(app)
    for blueprint in (*BLUEPRINTS, *ORGANISER_BLUEPRINTS):
        app.register_blueprint(blueprint)
    register_check("seats", seat_differences)
    register_check("registrations", state_differences)
    app.cli.add_command(import_programme)
