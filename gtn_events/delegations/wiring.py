"""What the package brings to the application."""

from flask import Flask

from gtn_events.accounts.home import register_home_section

from .coordinator_home import coordinator_section
from .views import blueprint


def init_app(app: Flask) -> None:
    """Register everything of this package."""
    app.register_blueprint(blueprint)
    register_home_section(coordinator_section)
