"""The commands of the keys that sign certificates: list, change, withdraw."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from gtn_events.config import Settings
from gtn_events.core import clock

from .proof import keys

certificate_keys = AppGroup("certificate-keys", help="The keys that sign certificates.")


@certificate_keys.command("list")
def list_keys() -> None:
    """Print the name of every key with what became of it, the newest first."""
    for key in keys.public_keys(_instance_dir(), now=clock.now()):
        life = [f"made {key.created_at:%Y-%m-%d}"]
        life += [f"retired {key.retired_at:%Y-%m-%d}"] if key.retired_at else []
        life += [f"withdrawn {key.withdrawn_at:%Y-%m-%d}"] if key.withdrawn_at else []
        click.echo(f"{key.kid}  {', '.join(life)}")


@certificate_keys.command("rotate")
def rotate() -> None:
    """Make a new key, which signs from now on; what older keys signed stands."""
    click.echo(f"This key signs now: {keys.rotate(_instance_dir(), now=clock.now())}")


@certificate_keys.command("withdraw")
@click.argument("kid")
def withdraw(kid: str) -> None:
    """Withdraw a key that was lost or copied: nothing it signed counts any more."""
    if not keys.withdraw(_instance_dir(), kid, now=clock.now()):
        raise click.ClickException(f"There is no key {kid}.")
    click.echo(f"Withdrawn: {kid}. Holders download their certificates anew.")


def _instance_dir() -> Path:
    settings: Settings = current_app.config["SETTINGS"]
    return settings.instance_dir
