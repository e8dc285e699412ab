"""Adding, changing, moving and taking away the sponsors of a forum."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record
from gtn_events.core.uploads import FileKind, Upload, delete_upload, store_upload

from ..enums import SponsorLevel
from ..errors import ProgrammeRefused
from ..models import Forum, Sponsor
from .locking import lock_forum

LOGO_BYTES = 2 * 1024 * 1024
LOGO_KINDS = (FileKind.PNG, FileKind.JPEG, FileKind.WEBP)


@dataclass(frozen=True, kw_only=True)
class SponsorDetails:
    """What is said of a sponsor."""

    name: str
    level: SponsorLevel
    link: str = ""


def add_sponsor(forum: Forum, details: SponsorDetails, *, actor: Account | None, now: datetime) -> Sponsor:
    """Add a sponsor after the others.

    Raises:
        ProgrammeRefused: the forum has a sponsor of that name.

    Flushes; the caller commits.
    """
    lock_forum(forum)
    _check_name(forum, details.name, sponsor=None)
    last = db.session.scalar(select(func.max(Sponsor.position)).where(Sponsor.forum_id == forum.id))
    sponsor = Sponsor(
        forum_id=forum.id, name=details.name, level=details.level, link=details.link, position=(last or 0) + 1
    )
    db.session.add(sponsor)
    db.session.flush()
    changes = {"name": (None, sponsor.name), "level": (None, sponsor.level.value)}
    record("sponsor added", forum, actor=actor, now=now, scope=forum.scope, changes=changes)
    return sponsor


def change_sponsor(sponsor: Sponsor, details: SponsorDetails, *, actor: Account, now: datetime) -> None:
    """Change what is said of a sponsor.

    Raises:
        ProgrammeRefused: another sponsor has that name.
    """
    lock_forum(sponsor.forum)
    _check_name(sponsor.forum, details.name, sponsor=sponsor)
    changes = {
        name: (getattr(sponsor, name), getattr(details, name))
        for name in ("name", "level", "link")
        if getattr(sponsor, name) != getattr(details, name)
    }
    sponsor.name, sponsor.level, sponsor.link = details.name, details.level, details.link
    db.session.flush()
    if changes:
        record("sponsor changed", sponsor.forum, actor=actor, now=now, scope=sponsor.forum.scope, changes=changes)


def set_sponsor_logo(sponsor: Sponsor, file: FileStorage | None, *, actor: Account | None, now: datetime) -> None:
    """Show another logo, or none; the file of the one before goes.

    Raises:
        UploadRefused: the file is no picture, broken or too large.

    Flushes; the caller commits.
    """
    # The logo is the forum's, not the person's: it stays when the account is erased.
    after = store_upload(file, allowed=LOGO_KINDS, max_bytes=LOGO_BYTES, owner_id=None, now=now) if file else None
    lock_forum(sponsor.forum)
    db.session.refresh(sponsor, ["logo_upload_id"])
    before = db.session.get(Upload, sponsor.logo_upload_id) if sponsor.logo_upload_id else None
    sponsor.logo_upload_id = after.id if after else None
    db.session.flush()
    if before is not None:
        delete_upload(before, now=now)
    action = "sponsor's logo changed" if after else "sponsor's logo taken away"
    changes = {"name": (None, sponsor.name)}
    record(action, sponsor.forum, actor=actor, now=now, scope=sponsor.forum.scope, changes=changes)


def move_sponsor_up(sponsor: Sponsor) -> None:
    """Show a sponsor before the one that stands before it in its level; the first one stays. Flushes."""
    lock_forum(sponsor.forum)
    statement = select(Sponsor).where(
        Sponsor.forum_id == sponsor.forum_id, Sponsor.level == sponsor.level, Sponsor.position < sponsor.position
    )
    before = db.session.scalar(statement.order_by(Sponsor.position.desc()).limit(1))
    if before is not None:
        before.position, sponsor.position = sponsor.position, before.position
        db.session.flush()


def remove_sponsor(sponsor: Sponsor, *, actor: Account, now: datetime) -> None:
    """Take a sponsor away, with its logo."""
    if sponsor.logo_upload_id:
        set_sponsor_logo(sponsor, None, actor=actor, now=now)
    forum, changes = sponsor.forum, {"name": (sponsor.name, None)}
    db.session.delete(sponsor)
    db.session.flush()
    record("sponsor taken away", forum, actor=actor, now=now, scope=forum.scope, changes=changes)


def _check_name(forum: Forum, name: str, *, sponsor: Sponsor | None) -> None:
    owner = db.session.scalar(select(Sponsor.id).where(Sponsor.forum_id == forum.id, Sponsor.name == name))
    if owner is not None and (sponsor is None or owner != sponsor.id):
        raise ProgrammeRefused(f"There is a sponsor {name} already.", field="name")
