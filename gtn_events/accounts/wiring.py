"""What the package brings to the application: blueprints, job kinds, commands."""

from flask import Flask

from gtn_events.core.journal import register_actor_names

from . import commands, signed_in, sweep
from .domain.personal_data import erase_account, export_account, register_personal_data
from .home import register_home_section
from .queries.people import names_of
from .views import blueprint
from .views.home import own_section


def init_app(app: Flask) -> None:
    """Register everything of this package."""
    signed_in.init_app(app)
    commands.init_app(app)
    app.register_blueprint(blueprint)
    register_actor_names(names_of)
    register_home_section(own_section)
    register_personal_data("account", export_account, erase_account)


__all__ = ["init_app", "sweep"]
