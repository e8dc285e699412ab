"""What the package brings to the application: blueprints, job kinds, commands."""

from flask import Flask

from gtn_events.accounts.domain.personal_data import register_personal_data
from gtn_events.accounts.home import register_home_section
from gtn_events.designs.kinds import register_designed_kind

from . import batch
from .commands import certificate_keys
from .design.kinds import certificate_kinds
from .home import own_certificates
from .personal_data import erase_certificates, export_certificates
from .views import blueprint


def init_app(app: Flask) -> None:
    """Register everything of this package."""
    app.register_blueprint(blueprint)
    for kind in certificate_kinds():
        register_designed_kind(kind)
    app.cli.add_command(certificate_keys)
    register_home_section(own_certificates)
    register_personal_data("certificates", export_certificates, erase_certificates)


__all__ = ["batch", "init_app"]
