"""What the package brings to the application."""

from flask import Flask

from gtn_events.accounts.domain.personal_data import register_personal_data
from gtn_events.accounts.home import register_home_section
from gtn_events.accounts.scopes import register_scope_names
from gtn_events.core.outbox import register_attachment, register_mail_kinds
from gtn_events.core.views.pages import register_landing
from gtn_events.designs.owners import register_design_owner

from . import application_words, match_words, placement_words, words
from . import expiry as _expiry  # noqa: F401  # registers the reminders of verifications
from . import match_jobs as _match_jobs  # noqa: F401  # registers the job that matches, and what ends offers
from . import placement_sweep as _placement_sweep  # noqa: F401  # registers the reminders of placements
from . import sweep as _sweep  # noqa: F401  # registers the reminders of rankings and talks
from .applicant_home import applicant_section
from .calendar import calendar_of
from .design_owner import DESIGNERS, call_with_designs
from .domain.interviews import CALENDAR
from .figures_home import figures_section
from .home_hosts import hosts_section
from .host_home import host_section
from .landing import calls_to_show
from .mail_kinds import MAIL_KINDS
from .personal_data import erase_applications, export_applications
from .personal_data_figures import erase_figures, export_figures
from .personal_data_hosts import erase_hosts, export_hosts
from .personal_data_offers import erase_offers, export_offers
from .personal_data_placements import erase_placements, export_placements
from .personal_data_reviews import erase_reviews, export_reviews
from .placement_home import placements_section
from .scope_names import names_of_calls, names_of_hosts
from .views import apply, dashboard, economy, figures, host, hosts, manage, my, opening, placement, public
from .views import my_interviews as _my_interviews  # noqa: F401  # adds its views to the blueprint of ``my``
from .views import my_offer as _my_offer  # noqa: F401  # as above

BLUEPRINTS = (
    public.blueprint,
    hosts.blueprint,
    opening.blueprint,
    apply.blueprint,
    my.blueprint,
    manage.blueprint,
    host.blueprint,
    economy.blueprint,
    placement.blueprint,
    figures.blueprint,
    dashboard.blueprint,
)


def init_app(app: Flask) -> None:
    """Register everything of this package."""
    words.init_app(app)
    application_words.init_app(app)
    match_words.init_app(app)
    placement_words.init_app(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    register_scope_names("call", names_of_calls)
    register_scope_names("host", names_of_hosts)
    register_home_section(applicant_section)
    register_home_section(figures_section)
    register_home_section(host_section)
    register_home_section(hosts_section)
    register_mail_kinds("call", MAIL_KINDS)
    register_home_section(placements_section)
    register_attachment(CALENDAR, calendar_of)
    register_personal_data("hosts", export_hosts, erase_hosts)
    register_personal_data("placements", export_placements, erase_placements)
    register_personal_data("applications", export_applications, erase_applications)
    register_personal_data("offers", export_offers, erase_offers)
    register_personal_data("firm-figures", export_figures, erase_figures)
    register_personal_data("host-reviews", export_reviews, erase_reviews)
    register_landing(app, "calls", calls_to_show)
    register_design_owner("call", call_with_designs, permissions=DESIGNERS)
