"""What the package brings to the application."""

from flask import Flask

from gtn_events.accounts.domain.personal_data import register_personal_data
from gtn_events.accounts.home import register_home_section
from gtn_events.forum.domain.submission import register_at_submission

from . import circulars_periodic as _circulars_periodic  # noqa: F401  # registers the reminders of circulars
from . import invitations_job as _invitations_job  # noqa: F401  # registers the job that invites many
from . import periodic as _periodic  # noqa: F401  # registers what is done by the clock
from .circulars_home import circulars_section
from .coordinator_home import coordinator_section
from .domain.nominee_answers import endorse_if_nominated
from .personal_data import erase_delegations, export_delegations
from .personal_data_circulars import erase_acknowledgements, export_acknowledgements
from .personal_data_officers import erase_officers, export_officers
from .views import blueprint, circulars, circulars_manage, delegations_manage, nominee, officers_manage
from .wiring_travel import init_travel

BLUEPRINTS = (
    blueprint,
    nominee.blueprint,
    circulars.blueprint,
    circulars_manage.blueprint,
    delegations_manage.blueprint,
    officers_manage.blueprint,
)


def init_app(app: Flask) -> None:
    """Register everything of this package."""
    for each in BLUEPRINTS:
        app.register_blueprint(each)
    register_home_section(coordinator_section)
    register_home_section(circulars_section)
    register_personal_data("delegations", export_delegations, erase_delegations)
    register_personal_data("circulars", export_acknowledgements, erase_acknowledgements)
    register_personal_data("officers", export_officers, erase_officers)
    register_at_submission(endorse_if_nominated)
    init_travel(app)
