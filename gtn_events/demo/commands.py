"""``gtn-events demo``: load the demonstration, and print the accounts that are in it."""

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import func, select
from werkzeug.utils import import_string

from gtn_events.accounts.models import Account
from gtn_events.core.db import db

from .accounts import PASSWORD, present_role_accounts

demo = AppGroup("demo", help="The demonstration: invented people, one real evening of clicking around.")


@demo.command("load")
@click.option("--upgrade", is_flag=True, help="Bring the database up to date first.")
def load(*, upgrade: bool) -> None:
    """Load the demonstration into an empty database, all or nothing."""
    if upgrade:
        app = current_app._get_current_object()  # type: ignore[attr-defined]  # the application behind the proxy
        import_string("gtn_events.core.migrating:bring_up_to_date")(app)
    if db.session.scalar(select(func.count()).select_from(Account)):
        raise click.ClickException("This database holds people already; the demonstration is for an empty one.")
    # Named by text: what makes the demonstration is held by this command alone, not by every server.
    load_whole = import_string("gtn_events.demo.whole:load_whole")
    settings = current_app.config["SETTINGS"]
    first, upcoming, *others = load_whole(secret_key=settings.secret_key, instance_dir=settings.instance_dir)
    click.echo(f"Loaded {first} (5 and 6 June 2013) and {upcoming}, open for registration.")
    click.echo(f"Loaded {', '.join(others)}.")


@demo.command("accounts")
def accounts() -> None:
    """Print the accounts of the demonstration, one for each role."""
    for each in present_role_accounts():
        role = each.role.label if each.role else "Delegate"
        click.echo(f"  {each.email:<26} {role:<20} {each.shows}")
    click.echo(f"  The password of all of them: {PASSWORD}")
