"""Who hosts a side event, and what they say on its page: never its places, its room or its time."""

from dataclasses import dataclass, fields
from datetime import datetime

from werkzeug.datastructures import FileStorage

from gtn_events.accounts.domain.invitations import give_or_invite
from gtn_events.accounts.domain.signed_links import LinkSigner
from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account, Invitation, RoleGrant
from gtn_events.core.db import db
from gtn_events.core.journal import record
from gtn_events.core.uploads import FileKind, Upload, delete_upload, store_upload
from gtn_events.core.versions import require_as_seen

from ..enums import Audience
from ..models import SideEvent
from .locking import lock_forum

LOGO_BYTES = 2 * 1024 * 1024
LOGO_KINDS = (FileKind.PNG, FileKind.JPEG, FileKind.WEBP)


@dataclass(frozen=True, kw_only=True)
class HostTexts:
    """What the hosts of a side event say about it; ``speakers`` is one a line."""

    topic: str
    description: str
    speakers: str


def invite_host(
    side_event: SideEvent, email: str, *, links: LinkSigner, actor: Account, now: datetime
) -> RoleGrant | Invitation:
    """Let somebody look after the page and the guests of one side event, at once or by an invitation.

    Raises:
        DomainError: the address cannot be invited; belongs to the field ``email``.

    Flushes; the caller commits.
    """
    scope = side_event.host_scope
    return give_or_invite(email, Role.SIDE_EVENT_HOST, scope=scope, links=links, actor=actor, now=now)


def edit_host_texts(
    side_event: SideEvent, texts: HostTexts, *, seen: int | None = None, actor: Account, now: datetime
) -> None:
    """Change what stands on its page. Flushes; the caller commits.

    Args:
        seen: the ``lock_version`` that the person's page shows, None when it does not matter.

    Raises:
        Stale: an organiser or a host changed it since.
    """
    lock_forum(side_event.forum)
    db.session.refresh(side_event)
    require_as_seen(side_event, seen)
    changed = [field.name for field in fields(texts) if getattr(side_event, field.name) != getattr(texts, field.name)]
    for name in changed:
        setattr(side_event, name, getattr(texts, name))
    if changed:
        side_event.lock_version += 1
        changes = {"texts": (None, ", ".join(changed))}
        record("side event's page changed", side_event, actor=actor, now=now, scope=side_event.scope, changes=changes)
    db.session.flush()


def set_logo(side_event: SideEvent, file: FileStorage | None, *, actor: Account, now: datetime) -> None:
    """Show another logo, or none; the file of the one before goes.

    Raises:
        UploadRefused: the file is no picture, broken or too large.

    Flushes; the caller commits.
    """
    before = db.session.get(Upload, side_event.logo_upload_id) if side_event.logo_upload_id else None
    # The logo is the side event's, not the person's: it stays when the account is erased.
    after = store_upload(file, allowed=LOGO_KINDS, max_bytes=LOGO_BYTES, owner_id=None, now=now) if file else None
    side_event.logo_upload_id = after.id if after else None
    db.session.flush()
    if before is not None:
        delete_upload(before, now=now)
    action = "side event's logo changed" if after else "side event's logo taken away"
    record(action, side_event, actor=actor, now=now, scope=side_event.scope)


def set_audience(side_event: SideEvent, audience: Audience, *, actor: Account, now: datetime) -> None:
    """Say who can take a place from now on; whoever has one keeps it. Flushes; the caller commits."""
    before, side_event.audience = side_event.audience, audience
    if before is not audience:
        changes = {"open to": (before.value, audience.value)}
        record("audience of side event set", side_event, actor=actor, now=now, scope=side_event.scope, changes=changes)
    db.session.flush()
