"""The ``gtn-events`` command: serve, worker, check, db, and what each package adds."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn, Protocol

import click
from flask import Flask, current_app
from flask.cli import FlaskGroup, routes_command, shell_command, with_appcontext
from waitress import serve as waitress_serve
from werkzeug.utils import import_string

from gtn_events.config import ConfigError, Settings
from gtn_events.core.db import snapshot
from gtn_events.core.integrity import differences


def _create_app() -> Flask:
    # Named by text: the packages are imported only for a command that needs them, not for --help.
    app: Flask = import_string("gtn_events.app:create_app")()
    if migrating := sys.modules.get("gtn_events.core.migrating"):
        migrating.bind(app)
    return app


class _Group(FlaskGroup):
    """The commands of the system; those of migrations, which a server does without; then those of packages."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), "db"})

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name == "db":
            commands: click.Command = import_string("gtn_events.core.migrating:commands")
            return commands
        return self.commands.get(name) or super().get_command(ctx, name)


group = _Group(
    name="gtn-events",
    create_app=_create_app,
    add_default_commands=False,
    add_version_option=False,
    set_debug_flag=False,
    load_dotenv=False,
    help="Events of the APEC SMEs Green Technology Network.",
)
group.add_command(routes_command)
group.add_command(shell_command)


@group.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
@click.option("--threads", default=8, show_default=True, help="Requests answered at once.")
@click.option("--upgrade", is_flag=True, help="Bring the database up to date first.")
@with_appcontext
def serve(host: str, port: int, threads: int, *, upgrade: bool) -> None:
    """Serve the site with the embedded web server."""
    settings: Settings = current_app.config["SETTINGS"]
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # the application behind the proxy
    if upgrade:
        import_string("gtn_events.core.migrating:bring_up_to_date")(app)
    click.echo(f"Serving on http://{host}:{port}", err=True)
    waitress_serve(
        app,
        host=host,
        port=port,
        threads=threads,
        ident=None,
        # The application refuses what is too large with a page; what is far too large is cut off here.
        max_request_body_size=4 * settings.max_request_bytes,
        # The application itself counts the trusted proxies; see GTN_TRUSTED_PROXIES.
        clear_untrusted_proxy_headers=settings.trusted_proxies == 0,
    )


@group.command("verify-results")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--key", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The public key that must have signed."
)
def verify_results(file: Path, key: Path | None) -> None:
    """Check a results.json from the file alone: signature, chain, totals, ranking. The exit code is 1 if one fails."""
    # Without the application: whoever checks has neither our database nor our settings.
    verify = import_string("gtn_events.competition.domain.verification:verify_results")
    _tell(verify(file.read_bytes(), public_key=key.read_bytes() if key else None))


@group.command("verify-match")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--commitment", help="The commitment to the lottery that stood on the page of the call.")
def verify_match(file: Path, commitment: str | None) -> None:
    """Run a published match again from its file alone. The exit code is 1 if it gives something else."""
    verify = import_string("gtn_events.incubation.domain.match_file:verify_match")
    _tell(verify(file.read_bytes(), promised=commitment))


_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@group.command("verify")
@click.argument("file", type=_FILE)
@click.option("--keys", required=True, type=_FILE, help="The published keys, keys.json, or one key as PEM.")
@click.option("--revocations", type=_FILE, help="The published list of revocations.")
def verify(file: Path, keys: Path, revocations: Path | None) -> None:
    """Check a certificate's PDF from published files alone, without a network.

    The exit code is 0 when it is genuine, 1 when it is not or does not stand any more, 2 when it cannot be told.
    """
    report = import_string("gtn_events.certificates.proof.telling:check_in_words")
    code, lines = report(file, keys, revocations)
    click.echo("\n".join(lines))
    sys.exit(code)


class _Check(Protocol):
    @property
    def holds(self) -> bool: ...

    @property
    def text(self) -> str: ...


def _tell(checks: Sequence[_Check]) -> NoReturn:
    for check in checks:
        click.echo(f"{'holds' if check.holds else 'FAILS'}: {check.text}")
    sys.exit(0 if all(check.holds for check in checks) else 1)


@group.command()
@click.option("--threads", default=3, show_default=True, help="Things done at once; one is kept free for mail.")
@with_appcontext
def worker(threads: int) -> None:
    """Send mail, run jobs and periodic tasks until stopped."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # the application behind the proxy
    run_worker = import_string("gtn_events.core.worker:run_worker")
    run_worker(app, threads=threads)


@group.command()
@with_appcontext
def check() -> None:
    """Recount everything from the rows; print each difference and exit with 1 if there is one."""
    found = 0
    # The counts are compared over several queries; somebody may be registering between them.
    with snapshot():
        for name, text in differences():
            found += 1
            click.echo(f"{name}: {text}")
    if found:
        click.echo(f"Differences found: {found}", err=True)
        sys.exit(1)
    click.echo("Everything agrees.")


def main() -> None:
    """Run the command line; a wrong setting is one readable line, not a traceback."""
    try:
        group(prog_name="gtn-events")
    except ConfigError as error:
        raise SystemExit(f"gtn-events: {error}") from error
