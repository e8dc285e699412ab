"""What the package brings to the application: blueprints, job kinds, commands."""

from flask import Flask

from gtn_events.accounts.domain.personal_data import register_personal_data
from gtn_events.accounts.home import register_home_section
from gtn_events.accounts.scopes import register_scope_names

from . import periodic as _periodic  # noqa: F401  # registers what gives and ends the roles of posts
from .home import network_section
from .personal_data import erase_posts, export_posts
from .scope_names import names_of_groups
from .views import blueprint


def init_app(app: Flask) -> None:
    """Register everything of this package."""
    app.register_blueprint(blueprint)
    register_scope_names("group", names_of_groups)
    register_home_section(network_section)
    register_personal_data("posts", export_posts, erase_posts)
