"""The photos of a host: stored after a check, described for those who do not see them, put in order."""

from datetime import datetime

from werkzeug.datastructures import FileStorage

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record
from gtn_events.core.uploads import FileKind, delete_upload, store_upload

from ..errors import HostRefused
from ..models import Host, HostPhoto

MOST_PHOTOS = 8
MOST_BYTES = 5 * 1024 * 1024
KINDS = (FileKind.JPEG, FileKind.PNG, FileKind.WEBP)


def add_photo(host: Host, file: FileStorage, description: str, *, actor: Account, now: datetime) -> HostPhoto:
    """Keep a photo at the end.

    Raises:
        UploadRefused: the file is no picture, broken or too large.
        HostRefused: there are as many as there may be, or the description is missing.

    Flushes; the caller commits.
    """
    if len(host.photos) >= MOST_PHOTOS:
        raise HostRefused(f"There are {MOST_PHOTOS} photos already. Take one away first.", field="file")
    if not description.strip():
        raise HostRefused("Say what can be seen, for those who do not see it.", field="description")
    # The photo is the host's, not the person's: it stays when the account is erased.
    upload = store_upload(file, allowed=KINDS, max_bytes=MOST_BYTES, owner_id=None, now=now)
    photo = HostPhoto(upload=upload, position=len(host.photos) + 1, description=description)
    host.photos.append(photo)
    changes = {"photo": (None, description)}
    record("photo added", host, actor=actor, now=now, scope=host.scope, changes=changes)
    db.session.flush()
    return photo


def describe_photo(photo: HostPhoto, description: str, *, actor: Account, now: datetime) -> None:
    """Say anew what can be seen on a photo.

    Raises:
        HostRefused: nothing is said.

    Flushes; the caller commits.
    """
    if not description.strip():
        raise HostRefused("Say what can be seen, for those who do not see it.", field="description")
    changes = {"description": (photo.description, description)}
    photo.description = description
    record("photo described", photo.host, actor=actor, now=now, scope=photo.host.scope, changes=changes)
    db.session.flush()


def remove_photo(photo: HostPhoto, *, actor: Account, now: datetime) -> None:
    """Take a photo away; its file goes with it. Flushes; the caller commits."""
    host, upload = photo.host, photo.upload
    changes = {"photo": (photo.description, None)}
    host.photos.remove(photo)
    db.session.flush()
    delete_upload(upload, now=now)
    _number(host)
    record("photo removed", host, actor=actor, now=now, scope=host.scope, changes=changes)
    db.session.flush()


def put_first(photo: HostPhoto, *, actor: Account, now: datetime) -> None:
    """Make a photo the one that the catalogue shows. Flushes; the caller commits."""
    host = photo.host
    for position, each in enumerate([photo, *(each for each in host.photos if each is not photo)], start=1):
        each.position = position
    record("photo put first", host, actor=actor, now=now, scope=host.scope)
    db.session.flush()
    db.session.refresh(host, ["photos"])


def _number(host: Host) -> None:
    for position, each in enumerate(host.photos, start=1):
        each.position = position
