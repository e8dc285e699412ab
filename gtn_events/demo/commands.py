"""``gtn-events demo``: load the demonstration, and print the accounts that are in it."""

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import func, select, update

from gtn_events.accounts.domain.roles import SITE, grant_role
from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.competition.domain.results_file import keep_results
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.economies import Economy, seed_economies
from gtn_events.core.outbox import MailState, OutboxMail
from gtn_events.core.permissions import Scope
from gtn_events.forum.models import Forum

from .accounts import PASSWORD, add_people, add_role_accounts, present_role_accounts
from .forums import open_first_forum, open_next_forum
from .judging import honour_first_edition
from .loading import load_calls, load_competitions
from .registrations import issue_certificates, register_for_first_forum, register_for_next_forum

demo = AppGroup("demo", help="The demonstration: invented people, one real evening of clicking around.")


@demo.command("load")
def load() -> None:
    """Load the demonstration into an empty database, all or nothing."""
    if db.session.scalar(select(func.count()).select_from(Account)):
        raise click.ClickException("This database holds people already; the demonstration is for an empty one.")
    now = clock.now()
    seed_economies(db.session)
    staff = add_role_accounts(now=now)
    people = add_people(now=now)
    first = open_first_forum(staff["organiser"], people)
    upcoming = open_next_forum(first, staff["organiser"], now=now)
    _give_roles(staff, [first, upcoming])
    register_for_first_forum(first, people, staff["organiser"], staff["door"])
    issue_certificates(first, staff["organiser"], secret_key=current_app.config["SECRET_KEY"])
    register_for_next_forum(upcoming, people, staff["organiser"], now=now)
    secret_key = current_app.config["SECRET_KEY"]
    competitions = load_competitions(staff, people, forum=upcoming, secret_key=secret_key, now=now)
    honour_first_edition(competitions[0], staff["organiser"], secret_key=secret_key)
    calls, hosts = load_calls(staff, people, year=upcoming.starts_on.year, secret_key=secret_key, now=now)
    _mark_sent([first.scope, upcoming.scope, *(each.scope for each in competitions)])
    _mark_sent([*(each.scope for each in calls), *(each.scope for each in hosts)])
    db.session.commit()
    keep_results(competitions[0], current_app.config["SETTINGS"].instance_dir)
    click.echo(f"Loaded {first.title} (5 and 6 June 2013) and {upcoming.title}, open for registration.")
    click.echo("Loaded " + ", ".join([each.title for each in competitions] + [each.title for each in calls]) + ".")


@demo.command("accounts")
def accounts() -> None:
    """Print the accounts of the demonstration, one for each role."""
    for each in present_role_accounts():
        role = each.role.label if each.role else "Delegate"
        click.echo(f"  {each.email:<26} {role:<20} {each.shows}")
    click.echo(f"  The password of all of them: {PASSWORD}")


def _mark_sent(scopes: list[Scope]) -> None:
    """Mark the mails as sent when they were written: nobody gets them now."""
    for scope in scopes:
        theirs = (OutboxMail.scope_kind == scope.kind, OutboxMail.scope_id == scope.id)
        db.session.execute(
            update(OutboxMail).where(*theirs).values(state=MailState.SENT, sent_at=OutboxMail.created_at, attempts=1)
        )
    # The link of a nomination belongs to no scope.
    nominated = update(OutboxMail).where(OutboxMail.template == "competition/firm_nominated")
    db.session.execute(nominated.values(state=MailState.SENT, sent_at=OutboxMail.created_at, attempts=1))


def _give_roles(staff: dict[str, Account], forums: list[Forum]) -> None:
    now = clock.now()
    administrator = staff["admin"]
    grant_role(administrator, Role.ADMINISTRATOR, scope=SITE, actor=None, now=now)
    for forum in forums:
        for key, role in (
            ("organiser", Role.ORGANISER),
            ("helper", Role.HELPER),
            ("door", Role.CHECK_IN_STAFF),
        ):
            grant_role(staff[key], role, scope=forum.scope, actor=administrator, now=now)
    rank = db.session.get_one(Economy, "THA").rank
    grant_role(
        staff["coordinator"], Role.ECONOMY_COORDINATOR, scope=Scope("economy", rank), actor=administrator, now=now
    )
