"""What funded travel brings to the application."""

from flask import Flask

from gtn_events.accounts.domain.personal_data import register_personal_data
from gtn_events.accounts.home import register_home_section
from gtn_events.forum.domain.cloned_settings import register_at_cloning
from gtn_events.forum.domain.ending import register_dependant

from . import periodic_travel as _periodic_travel  # noqa: F401  # registers the reminders
from .domain.travel_cloning import take_travel_rules
from .domain.travel_ending import FUNDING
from .home_travel import travel_section
from .personal_data_travel import erase_travel, export_travel
from .views.travel import BLUEPRINTS


def init_travel(app: Flask) -> None:
    """Register pages, home section and personal data."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    register_home_section(travel_section)
    register_personal_data("travel", export_travel, erase_travel)
    register_dependant(FUNDING)
    register_at_cloning(take_travel_rules)
