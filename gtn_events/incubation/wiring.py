"""What the package brings to the application."""

from flask import Flask

from gtn_events.accounts.domain.personal_data import register_personal_data
from gtn_events.accounts.home import register_home_section
from gtn_events.accounts.scopes import register_scope_names
from gtn_events.core.views.pages import register_landing

from . import expiry as _expiry  # noqa: F401  # registers the reminders of verifications
from . import match_jobs as _match_jobs  # noqa: F401  # registers the job that matches, and what ends offers
from . import words
from .home_hosts import hosts_section
from .landing import calls_to_show
from .personal_data_hosts import erase_hosts, export_hosts
from .scope_names import names_of_calls, names_of_hosts
from .views import economy, host, hosts, manage, opening, public

BLUEPRINTS = (
    public.blueprint,
    hosts.blueprint,
    opening.blueprint,
    manage.blueprint,
    host.blueprint,
    economy.blueprint,
)


def init_app(app: Flask) -> None:
    """Register everything of this package."""
    words.init_app(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    register_scope_names("call", names_of_calls)
    register_scope_names("host", names_of_hosts)
    register_home_section(hosts_section)
    register_personal_data("hosts", export_hosts, erase_hosts)
    register_landing(app, "calls", calls_to_show)
