"""Commands about accounts."""

from datetime import timedelta

import click
from flask import Flask, current_app

from gtn_events.config import Settings
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.links import site_url

from .domain.addresses import parse_address
from .domain.roles import SITE, grant_role
from .domain.sign_up import account_of_key, create_bare_account
from .domain.signed_links import LinkPurpose, LinkSigner, state_of
from .enums import Role

LINK_LIFETIME = timedelta(days=7)


def init_app(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(create_admin)


@click.command("create-admin")
@click.argument("email")
def create_admin(email: str) -> None:
    """Make EMAIL an administrator and print a link that sets the password."""
    settings: Settings = current_app.config["SETTINGS"]
    now = clock.now()
    try:
        address = parse_address(email)
        account = account_of_key(address.key) or create_bare_account(address, now=now)
        grant_role(account, Role.ADMINISTRATOR, scope=SITE, actor=None, now=now)
    except DomainError as refused:
        raise click.ClickException(refused.message) from None
    db.session.commit()
    values = {"account": account.id, "state": state_of(account)}
    token = LinkSigner(settings.secret_key).make(LinkPurpose.SET_PASSWORD, values, now=now, lifetime=LINK_LIFETIME)
    click.echo(f"{account.email} is an administrator. Set the password within 7 days at")
    click.echo(site_url("accounts.set_password_page", token=token))
