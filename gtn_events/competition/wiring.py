"""What the package brings to the application: blueprints, job kinds, commands."""

from flask import Flask

from gtn_events.accounts.domain.personal_data import register_personal_data
from gtn_events.accounts.home import register_home_section
from gtn_events.accounts.scopes import register_scope_names
from gtn_events.certificates.batch import register_batch_source
from gtn_events.core.integrity import register_check
from gtn_events.core.outbox import register_mail_kinds
from gtn_events.core.views.pages import register_landing
from gtn_events.designs.owners import register_design_owner

from . import assignment_jobs as _assignment_jobs  # noqa: F401  # registers its kinds of jobs
from . import certificates, words
from . import entry_jobs as _entry_jobs  # noqa: F401  # registers its kinds of jobs
from . import periodic as _periodic  # noqa: F401  # registers what is done by the clock
from . import ranking_job as _ranking_job  # noqa: F401  # registers the job that computes rankings
from . import results_mail_job as _results_mail_job  # noqa: F401  # registers the job that tells the entrants
from . import simulation_job as _simulation_job  # noqa: F401  # registers the job that tries designs
from .design_owner import DESIGNERS, competition_with_designs
from .domain.endorsement_integrity import endorsement_differences
from .domain.integrity import entry_differences
from .domain.integrity_chain import chain_differences
from .domain.integrity_live import ballot_differences
from .domain.roots import root_differences
from .economy_home import economy_section
from .entrant_home import entrant_section
from .home_appeals import appeals_section
from .home_judge import judge_section
from .landing import competitions_to_show
from .mail_kinds import MAIL_KINDS
from .organiser_home import organiser_section
from .personal_data import erase_entries, export_entries
from .personal_data_judging import erase_judging, export_judging
from .personal_data_nominations import erase_nominations, export_nominations
from .scope_names import names_of_competitions
from .views import economy, enter, feedback, judge, live, manage, my, opening, public
from .views import my_appeal as _my_appeal  # noqa: F401  # adds its views to the entrant's own pages

BLUEPRINTS = (
    public.blueprint,
    enter.blueprint,
    my.blueprint,
    economy.blueprint,
    opening.blueprint,
    manage.blueprint,
    judge.blueprint,
    feedback.blueprint,
    live.blueprint,
)


def init_app(app: Flask) -> None:
    """Register everything of this package."""
    words.init_app(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    register_home_section(organiser_section)
    register_home_section(judge_section)
    register_home_section(economy_section)
    register_home_section(appeals_section)
    register_personal_data("entries", export_entries, erase_entries)
    register_personal_data("judging", export_judging, erase_judging)
    register_personal_data("nominations", export_nominations, erase_nominations)
    register_check("entries", entry_differences)
    register_mail_kinds("competition", MAIL_KINDS)
    register_check("endorsements", endorsement_differences)
    register_scope_names("competition", names_of_competitions)
    register_check("scorecards", chain_differences)
    register_check("ballots", ballot_differences)
    register_check("roots", root_differences)
    register_landing(app, "competitions", competitions_to_show)
    register_batch_source(certificates.SOURCE, certificates.honours_due)
    register_design_owner("competition", competition_with_designs, permissions=DESIGNERS)
    register_home_section(entrant_section)
