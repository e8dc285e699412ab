"""What the package brings to the application: blueprints, job kinds, commands."""

from flask import Flask

from . import signed_in


def init_app(app: Flask) -> None:
    """Register everything of this package."""
    signed_in.init_app(app)
