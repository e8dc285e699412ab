"""The programme as files that other systems read, each at an address of its own, and the page that lists them."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass

from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext

from gtn_events.core.exports import XLSX_TYPE, csv_chunks, disposition, xlsx_file
from gtn_events.core.permissions import public

from ...models import Forum
from ...programme_files import (
    TABLE_HEADERS,
    FileContent,
    file_content,
    forum_linked_data,
    schedule_json,
    schedule_xml,
    table_rows,
    xcal,
)
from ...queries.programme_editions import Edition
from ...queries.speaker_pages import photographed
from .blueprint import blueprint
from .cache import edition, files, template_version
from .calendar import whole_calendar


@dataclass(frozen=True)
class ProgrammeFile:
    """A file of the programme: what it is called, what it is for, and who makes it."""

    content_type: str
    title: str
    purpose: str
    make: Callable[[FileContent], bytes]


def _xcal(content: FileContent) -> bytes:
    return xcal(whole_calendar(content.forum, content.edition))


def _linked_data(content: FileContent) -> bytes:
    return json.dumps(forum_linked_data(content), ensure_ascii=False, separators=(",", ":")).encode()


def _csv(content: FileContent) -> bytes:
    return b"".join(csv_chunks(TABLE_HEADERS, table_rows(content)))


def _xlsx(content: FileContent) -> bytes:
    path = xlsx_file(TABLE_HEADERS, table_rows(content), sheet="Programme")
    try:
        return path.read_bytes()
    finally:
        path.unlink()


FILES = {
    "schedule.xml": ProgrammeFile(
        "application/xml; charset=utf-8",
        "schedule.xml",
        lazy_gettext("Conference apps, recording and signs at doors; can be imported here again."),
        schedule_xml,
    ),
    "schedule.json": ProgrammeFile(
        "application/json",
        "schedule.json",
        lazy_gettext("The same for newer apps, with biographies, roles and seats."),
        schedule_json,
    ),
    "calendar.xml": ProgrammeFile(
        "application/calendar+xml; charset=utf-8", "xCal", lazy_gettext("The calendar in XML (RFC 6321)."), _xcal
    ),
    "programme.jsonld": ProgrammeFile(
        "application/ld+json", "JSON-LD", lazy_gettext("For search engines (schema.org events)."), _linked_data
    ),
    "programme.csv": ProgrammeFile(
        "text/csv; charset=utf-8", "CSV", lazy_gettext("One line for each session, for any spreadsheet."), _csv
    ),
    "programme.xlsx": ProgrammeFile(XLSX_TYPE, "xlsx", lazy_gettext("The same table for Excel."), _xlsx),
}


@blueprint.get("/files")
@public
def file_list(forum: Forum) -> ResponseReturnValue:
    """List every file of the programme and say what each is for."""
    return render_template("forum/programme/files.html", forum=forum, files=FILES)


@blueprint.get("/files/<filename>")
@public
def file(forum: Forum, filename: str) -> ResponseReturnValue:
    """Give the programme that people see in one format."""
    kind = FILES.get(filename) or abort(404)
    seen = edition(forum)
    photos = photographed(forum)
    etag = _etag(filename, seen, photos)
    if etag and request.if_none_match.contains(etag):
        response = Response(status=304)
    else:
        response = Response(_data(forum, seen, filename, kind, photos), content_type=kind.content_type)
        response.headers["Content-Disposition"] = disposition(f"{forum.slug}-{filename}")
    if etag:
        response.set_etag(etag)
    return response


def _etag(name: str, seen: Edition, photos: frozenset[int]) -> str:
    """Return a digest of everything the file depends on; empty while nothing was ever written."""
    if seen.version is None:
        return ""
    facts = f"{template_version()}{name}{seen.version!r}{sorted(photos)}"
    return hashlib.blake2b(facts.encode(), digest_size=16).hexdigest()


def _data(forum: Forum, seen: Edition, name: str, kind: ProgrammeFile, photos: frozenset[int]) -> bytes:
    def make() -> bytes:
        return kind.make(file_content(forum, seen))

    return make() if seen.version is None else files.get((name, seen.version, photos), make)
