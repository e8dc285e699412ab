"""What the package brings to the application: blueprints, job kinds, commands."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register everything of this package."""
