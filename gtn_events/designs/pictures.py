"""The pictures of designs: logos, and signatures as pictures; uploads that a document brings along."""

from collections.abc import Iterable
from datetime import datetime

from flask import current_app
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from gtn_events.config import Settings
from gtn_events.core.db import db
from gtn_events.core.pdf import Pictures
from gtn_events.core.permissions import Scope
from gtn_events.core.uploads import FileKind, Upload, store_upload

from .checking import picture_purpose
from .values import Design

KINDS = (FileKind.PNG, FileKind.JPEG, FileKind.WEBP)
MAX_BYTES = 1024 * 1024
# Some 300 dots an inch at the largest size in print; each of thousands of documents carries its pictures.
LARGEST_SIDE = 800

Names = dict[int, str]
"""By the number of an upload the name under which it is stored, and under which a page asks for it."""


def add_design_picture(scope: Scope, file: FileStorage, *, now: datetime) -> Upload:
    """Keep a picture for the designs of a forum, competition or call.

    It belongs to no account: what was issued with it is printed alike when who sent it has their data erased.

    Raises:
        UploadRefused: it is no PNG, JPEG or WebP, broken, or larger than 1 MiB.

    Flushes; the caller commits.
    """
    return store_upload(
        file,
        allowed=KINDS,
        max_bytes=MAX_BYTES,
        owner_id=None,
        now=now,
        purpose=picture_purpose(scope),
        largest_side=LARGEST_SIDE,
    )


def names_of_pictures(designs: Iterable[Design]) -> Names:
    """Return the names of all pictures that some designs use, by one read, or none where they use no picture."""
    wanted = {number for design in designs for number in numbers_of(design)}
    if not wanted:
        return {}
    found = db.session.execute(select(Upload.id, Upload.stored_as).where(Upload.id.in_(wanted)))
    return {number: name for number, name in found}  # noqa: C416  # rows, which mypy takes for no pairs


def brought(design: Design, names: Names) -> Pictures:
    """Return the pictures that a document of a design brings along."""
    settings: Settings = current_app.config["SETTINGS"]
    wanted = dict.fromkeys(names[number] for number in numbers_of(design) if number in names)
    return tuple((name, str(settings.upload_dir / name)) for name in wanted)


def numbers_of(design: Design) -> list[int]:
    """Return the numbers of the uploads that a design uses."""
    signed = (each.upload_id for each in design.signatories if each.upload_id is not None)
    return [*(each.upload_id for each in design.logos), *signed]
