"""The commands of sealed storage: make a key, seal everything anew."""

import base64
import sys

import click
from flask.cli import with_appcontext

from ..errors import DomainError
from .cipher import new_key
from .rotation import reseal_all


@click.command("sealing-key")
@click.argument("name")
def sealing_key(name: str) -> None:
    """Print a new key with a name, as GTN_SEALING_KEYS wants it."""
    click.echo(f"{name}:{base64.urlsafe_b64encode(new_key()).decode()}")


@click.command("reseal")
@with_appcontext
def reseal() -> None:
    """Seal all confidential data with the first key of GTN_SEALING_KEYS; exit with 1 when some do not open."""
    try:
        done, failed = reseal_all()
    except DomainError as error:
        raise click.ClickException(error.message) from error
    click.echo(f"Sealed anew: {done}")
    if failed:
        click.echo(f"Do not open with any key that is there: {failed}", err=True)
        sys.exit(1)
