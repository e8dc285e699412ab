"""The commands of the programme: bring a schedule in, print the booklet."""

import gc
import sys
from pathlib import Path

import click
from flask.cli import with_appcontext
from flask_babel import ngettext
from sqlalchemy import select

from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError

from .documents_programme import programme_booklet
from .domain.programme_import import ImportReport, apply_schedule, read_schedule
from .models import Forum


@click.command("import-programme")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--forum", "slug", required=True, help="The forum's address, such as gtn-forum-2027.")
@with_appcontext
def import_programme(file: Path, slug: str) -> None:
    """Bring a schedule.xml (frab, pentabarf, pretalx) into a forum's programme.

    Prints one line for each thing that was mended or skipped. The same file twice
    changes nothing. A file that cannot be read changes nothing either; the exit code is 1.
    """
    forum = _forum_or_exit(slug)
    time_zone = forum.time_zone
    # Reading a large file takes its time: not inside a transaction that keeps other writers waiting.
    db.session.rollback()
    try:
        schedule = read_schedule(file.read_bytes(), time_zone=time_zone)
        report = apply_schedule(forum, schedule, actor=None, now=clock.now())
        db.session.commit()
    except DomainError as error:
        db.session.rollback()
        click.echo(error.message, err=True)
        sys.exit(1)
    for finding in report.findings:
        click.echo(str(finding))
    click.echo(_summary(report))


@click.command("programme-pdf")
@click.argument("slug", metavar="FORUM")
@click.option(
    "-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The file to write."
)
@with_appcontext
def programme_pdf(slug: str, output: Path) -> None:
    """Print a forum's programme as an A5 booklet."""
    forum = _forum_or_exit(slug)
    # The process ends with the document: looking for what is needed no longer, now or at the end, would be for nothing.
    gc.disable()
    try:
        data = programme_booklet(forum)
    except DomainError as error:
        click.echo(error.message, err=True)
        sys.exit(1)
    finally:
        gc.freeze()
        gc.enable()
    output.write_bytes(data)
    click.echo(f"{output}: {len(data) // 1024} kB.")


def _forum_or_exit(slug: str) -> Forum:
    forum = db.session.scalar(select(Forum).where(Forum.slug == slug))
    if forum is None:
        click.echo(f"There is no forum {slug}.", err=True)
        sys.exit(1)
    return forum


def _summary(report: ImportReport) -> str:
    sessions = ngettext("%(num)d session", "%(num)d sessions", report.sessions)
    persons = ngettext("%(num)d person", "%(num)d persons", report.persons)
    read = f"{sessions} and {persons} read"
    if not report.changes:
        return f"{read}: 0 changes."
    changes = {
        "sessions": (report.added, report.changed, report.removed),
        "speakers": (report.speakers_added, report.speakers_changed, report.speakers_removed),
    }
    parts = [f"{name}: {new} added, {other} changed, {old} removed" for name, (new, other, old) in changes.items()]
    return f"{read}; {'; '.join(parts)}; rooms: {report.rooms_added} added; tracks: {report.tracks_added} added."
