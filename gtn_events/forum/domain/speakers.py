"""What a speaker has besides the words of the programme: an account, a photo, a biography of their own hand."""

from datetime import datetime

from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from gtn_events.accounts.domain.addresses import address_key
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record
from gtn_events.core.uploads import FileKind, Upload, delete_upload, store_upload

from ..errors import ProgrammeRefused
from ..models import Forum, Speaker, SpeakerPhoto
from .locking import lock_forum
from .programme import mark_programme_changed

MOST_BYTES = 5 * 1024 * 1024
LARGEST_SIDE = 640
KINDS = (FileKind.JPEG, FileKind.PNG, FileKind.WEBP)


def give_account(forum: Forum, speaker: Speaker, email: str, *, actor: Account, now: datetime) -> None:
    """Let the owner of an account keep what the programme says of a speaker; an empty address ends that.

    Raises:
        ProgrammeRefused: nobody has an account with this address, or it belongs to another speaker of the forum.

    Flushes; the caller commits.
    """
    account = db.session.scalar(select(Account).where(Account.email_key == address_key(email))) if email else None
    if email and account is None:
        raise ProgrammeRefused("Nobody has an account with this address yet.", field="email")
    others = select(Speaker.name).where(Speaker.forum_id == forum.id, Speaker.id != speaker.id)
    other = db.session.scalar(others.where(Speaker.account_id == account.id)) if account else None
    if other is not None:
        raise ProgrammeRefused(f"This account belongs to {other} already.", field="email")
    before, speaker.account_id = speaker.account_id, account.id if account else None
    db.session.flush()
    changes = {"account": (before, speaker.account_id)}
    record("speaker's account set", speaker, actor=actor, now=now, scope=forum.scope, changes=changes)


def change_biography(forum: Forum, speaker: Speaker, biography: str, *, actor: Account, now: datetime) -> None:
    """Let the working programme say something else of a speaker. Flushes; the caller commits."""
    if speaker.biography == biography:
        return
    speaker.biography = biography
    db.session.flush()
    record("biography changed", speaker, actor=actor, now=now, scope=forum.scope)
    mark_programme_changed(forum, now=now)


def set_photo(
    forum: Forum, speaker: Speaker, file: FileStorage | None, description: str, *, actor: Account, now: datetime
) -> None:
    """Show a picture of a speaker, drawn anew with at most 640 pixels a side; without a file only its words change.

    Raises:
        UploadRefused: the file is no picture, broken or too large.
        ProgrammeRefused: there is no picture, or nothing says what can be seen on it.

    Flushes; the caller commits.
    """
    if not description:
        raise ProgrammeRefused("Say what can be seen, for those who do not see it.", field="description")
    upload = _drawn_anew(file, now=now) if file else None
    lock_forum(forum)
    photo = db.session.get(SpeakerPhoto, speaker.id, populate_existing=True)
    if upload is None and photo is None:
        raise ProgrammeRefused("Choose a picture.", field="file")
    before = photo.upload if photo and upload else None
    if photo is None:
        photo = SpeakerPhoto(speaker_id=speaker.id)
        db.session.add(photo)
    photo.upload, photo.description = upload or photo.upload, description
    db.session.flush()
    if before is not None:
        delete_upload(before, now=now)
    changes = {"photo": (None, description)}
    record("photo of a speaker set", speaker, actor=actor, now=now, scope=forum.scope, changes=changes)


def remove_photo(forum: Forum, speaker: Speaker, *, actor: Account, now: datetime) -> None:
    """Take the picture away; its file goes with it. Flushes; the caller commits."""
    photo = db.session.get(SpeakerPhoto, speaker.id)
    if photo is None:
        return
    forget_photo(photo, now=now)
    record("photo of a speaker removed", speaker, actor=actor, now=now, scope=forum.scope)


def forget_photo(photo: SpeakerPhoto, *, now: datetime) -> None:
    """Delete a picture and its file. Flushes."""
    upload = photo.upload
    db.session.delete(photo)
    db.session.flush()
    delete_upload(upload, now=now)


def _drawn_anew(file: FileStorage, *, now: datetime) -> Upload:
    # The photo is the programme's; it goes with the account that it shows, whoever put it there.
    return store_upload(file, allowed=KINDS, max_bytes=MOST_BYTES, owner_id=None, now=now, largest_side=LARGEST_SIDE)
