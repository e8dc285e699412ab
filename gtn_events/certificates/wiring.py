"""What the package brings to the application: blueprints, job kinds, commands."""

from flask import Flask

from gtn_events.accounts.domain.personal_data import register_personal_data

from . import batch
from .personal_data import erase_certificates, export_certificates
from .views import blueprint


def init_app(app: Flask) -> None:
    """Register everything of this package."""
    app.register_blueprint(blueprint)
    register_personal_data("certificates", export_certificates, erase_certificates)


__all__ = ["batch", "init_app"]
