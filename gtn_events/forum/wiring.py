"""What the package brings to the application: blueprints, job kinds, commands."""

from flask import Flask

from gtn_events.accounts.domain.personal_data import register_personal_data
from gtn_events.accounts.home import register_home_section
from gtn_events.accounts.proven_addresses import register_address_proven
from gtn_events.accounts.scopes import register_scope_names
from gtn_events.certificates.batch import register_batch_source
from gtn_events.core.badges import register_badges
from gtn_events.core.integrity import register_check
from gtn_events.core.outbox import register_mail_kinds
from gtn_events.core.views.pages import register_landing
from gtn_events.designs.kinds import register_designed_kind
from gtn_events.designs.owners import register_design_owner

from . import archive_job as _archive_job  # noqa: F401  # registers the job that packs the archive
from . import badge_job as _badge_job  # noqa: F401  # registers the job that prints badges
from . import badges, certificates, certificates_makers, words
from . import booklet_job as _booklet_job  # noqa: F401  # registers the job that makes the booklet
from . import letter_job as _letter_job  # noqa: F401  # registers the job that issues invitations
from . import list_jobs as _list_jobs  # noqa: F401  # registers its kinds of jobs
from . import mailing_job as _mailing_job  # noqa: F401  # registers the job that writes mails to many
from . import participants_job as _participants_job  # noqa: F401  # registers the job that writes the list
from . import periodic as _periodic  # noqa: F401  # registers the tasks of the clock
from . import sheet_jobs as _sheet_jobs  # noqa: F401  # registers the jobs of the poster and the signs
from . import timetable_job as _timetable_job  # noqa: F401  # registers the job that proposes a timetable
from .commands import import_programme, programme_pdf
from .design_owner import DESIGNERS, forum_with_designs
from .designed_lists import list_kinds
from .documents import register_attachments
from .domain.integrity import (
    allotment_differences,
    seat_differences,
    state_differences,
    substitution_differences,
)
from .domain.session_calls.claiming import claim_speakers
from .home import home_section
from .home_sessions import sessions_section
from .landing import forums_to_show
from .letter_designs import letter_kinds
from .mail_kinds import MAIL_KINDS
from .personal_data import erase_forum, export_forum
from .personal_data_letters import erase_letters, export_letters
from .personal_data_sessions import erase_sessions, export_sessions
from .scope_names import names_of_forums, names_of_side_events
from .views import (
    check_in,
    delegation_badges,
    feed,
    guests,
    host,
    manage,
    manage_session_calls,
    my,
    programme,
    proposals,
    public,
    register,
    session_calls,
)
from .views import door_offline as _door_offline  # noqa: F401  # adds its pages to check_in.blueprint
from .views import door_walk_in as _door_walk_in  # noqa: F401  # adds its page to check_in.blueprint
from .views import guest_questions as _guest_questions  # noqa: F401  # adds its page to guests.blueprint
from .views import manage_programme as _manage_programme  # noqa: F401  # adds its pages to manage.blueprint
from .views import my_agenda as _my_agenda  # noqa: F401  # adds its pages to my.blueprint
from .views import my_change as _my_change  # noqa: F401  # adds its pages to my.blueprint
from .views import my_clash as _my_clash  # noqa: F401  # adds its pages to my.blueprint
from .views import my_letters as _my_letters  # noqa: F401  # adds its pages to my.blueprint
from .views import my_questions as _my_questions  # noqa: F401  # adds its page to my.blueprint
from .views import my_speaking as _my_speaking  # noqa: F401  # adds its pages to my.blueprint
from .views import my_ticket as _my_ticket  # noqa: F401  # adds its pages to my.blueprint

BLUEPRINTS = (
    public.blueprint,
    register.blueprint,
    my.blueprint,
    programme.blueprint,
    proposals.blueprint,
    session_calls.blueprint,
    guests.blueprint,
    delegation_badges.blueprint,
    feed.blueprint,
)
ORGANISER_BLUEPRINTS = (
    manage.opening,
    manage.blueprint,
    manage.own_questions,
    manage_session_calls.blueprint,
    manage_session_calls.own_questions,
    check_in.blueprint,
    host.blueprint,
)


def init_app(app: Flask) -> None:
    """Register everything of this package."""
    words.init_app(app)
    for blueprint in (*BLUEPRINTS, *ORGANISER_BLUEPRINTS):
        app.register_blueprint(blueprint)
    register_landing(app, "forums", forums_to_show)
    register_attachments()
    register_address_proven(claim_speakers)
    register_home_section(home_section)
    register_home_section(sessions_section)
    register_personal_data("forum", export_forum, erase_forum)
    register_personal_data("letters", export_letters, erase_letters)
    register_personal_data("session-calls", export_sessions, erase_sessions)
    register_mail_kinds("forum", MAIL_KINDS)
    register_scope_names("forum", names_of_forums)
    register_scope_names("side-event", names_of_side_events)
    register_check("seats", seat_differences)
    register_check("registrations", state_differences)
    register_check("allotments", allotment_differences)
    register_check("substitutions", substitution_differences)
    app.cli.add_command(import_programme)
    app.cli.add_command(programme_pdf)
    register_batch_source(certificates.SOURCE, certificates.participation_due)
    register_batch_source(certificates_makers.SOURCE, certificates_makers.makers_due)
    for kind in (*letter_kinds(), *list_kinds()):
        register_designed_kind(kind)
    register_design_owner("forum", forum_with_designs, permissions=DESIGNERS)
    register_badges(badges.KIND, badges.events_with_badges, badges.read_badge_of_forum)
