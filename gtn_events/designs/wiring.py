"""What the package brings to the application: the pages of designs."""

from flask import Flask

from .views import blueprint


def init_app(app: Flask) -> None:
    """Register everything of this package."""
    app.register_blueprint(blueprint)
