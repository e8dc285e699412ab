"""The link in a nominee's mail: made, renewed, revoked, too old; only its digest is kept."""

import hashlib
import secrets
from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import select

from gtn_events.accounts.domain import throttle
from gtn_events.accounts.errors import LinkRefused
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.errors import Stale
from gtn_events.forum.domain.submission import refuse_outside_window
from gtn_events.forum.models import Forum

from ..enums import NominationState as State
from ..errors import NominationRefused
from ..models import Nomination
from ..notifications import mail_invitation
from .nomination_record import change_nomination, lock_nomination
from .nomination_transitions import Act

LIFETIME = timedelta(days=14)


def invite_nominee(nomination: Nomination, *, seen: int | None = None, actor: Account, now: datetime) -> str:
    """Mail a nominee a new link, and return its token; an earlier link ends.

    Args:
        seen: the ``lock_version`` that the person's page shows, None when it does not matter.

    Raises:
        Stale: it was changed since, or a link was sent.
        NominationRefused: the person is not nominated yet, has registered, or the nomination is over.
        RegistrationClosed: nobody can register now.
        TooManyAttempts: the address was mailed too often, or the actor mails too many.

    Flushes; the caller commits.
    """
    lock_nomination(nomination)
    if seen is not None and nomination.lock_version != seen:
        raise Stale(f"The nomination of {nomination.name} was changed or invited meanwhile. Look at it again.")
    return _send_link(nomination, [(throttle.INVITER, str(actor.id))], actor=actor, now=now)


def invite_once(nomination: Nomination, *, actor: Account, asked_at: datetime, now: datetime) -> bool:
    """Mail a nominee a link because many were asked for at ``asked_at``; False where that was done before.

    The actor's own limit does not hold: the list was seen and confirmed as a whole.

    Raises:
        NominationRefused, RegistrationClosed, TooManyAttempts: as for ``invite_nominee``.

    Flushes; the caller commits.
    """
    lock_nomination(nomination)
    if nomination.invited_at is not None and nomination.invited_at >= asked_at:
        return False
    if why := not_invited_because(nomination):
        raise NominationRefused(why)
    _send_link(nomination, [], actor=actor, now=now)
    return True


def not_invited_because(nomination: Nomination) -> str:
    """Return why somebody is left out when many are invited; empty for those who get a link."""
    if nomination.state in (State.NOMINATED, State.EXPIRED):
        return ""
    if nomination.state is State.DRAFT:
        return _("is a draft; nominate first")
    if nomination.state is State.INVITED:
        return _("has a link that still works")
    return _("has registered") if nomination.state is State.COMPLETED else _("is nominated no more")


def revoke_link(nomination: Nomination, *, actor: Account, now: datetime) -> None:
    """Make the link of a nominee useless; the person stays nominated. Flushes; the caller commits.

    Raises:
        NominationRefused: there is no link to revoke.
    """
    lock_nomination(nomination)
    change_nomination(nomination, Act.REVOKE, actor=actor, now=now)


def expire_links(*, now: datetime) -> int:
    """End the links whose time is over, and return how many. Flushes; the caller commits."""
    due = select(Nomination).where(Nomination.state == State.INVITED, Nomination.link_expires_at <= now)
    found = list(db.session.scalars(due.order_by(Nomination.id).with_for_update(of=Nomination, key_share=True)))
    for nomination in found:
        change_nomination(nomination, Act.EXPIRE, actor=None, now=now)
    return len(found)


def nomination_of_token(forum: Forum, token: str, *, now: datetime) -> Nomination:
    """Return the nomination that a link was sent for.

    Raises:
        LinkRefused: no open nomination of this forum has this link, or it is too old.
    """
    nomination = db.session.scalar(
        select(Nomination).where(
            Nomination.forum_id == forum.id,
            Nomination.link_digest == digest_of(token),
            Nomination.state == State.INVITED,
        )
    )
    if nomination is None:
        raise LinkRefused("This link is no longer good. Ask the coordinator of your economy for a new one.")
    if nomination.link_expires_at is None or nomination.link_expires_at <= now:
        raise LinkRefused("This link is too old. Ask the coordinator of your economy for a new one.")
    return nomination


def digest_of(token: str) -> str:
    """Return the SHA-256 of a token, in hexadecimal; the token itself is random, so no salt is needed."""
    return hashlib.sha256(token.encode()).hexdigest()


def _send_link(
    nomination: Nomination, limits: list[tuple[throttle.Limit, str]], *, actor: Account, now: datetime
) -> str:
    refuse_outside_window(nomination.forum, now=now)
    change_nomination(nomination, Act.INVITE, actor=actor, now=now)
    limits = [(throttle.INVITED_ADDRESS, nomination.email_key), *limits]
    throttle.require_allowed(limits, now=now)
    throttle.count_attempt(limits, now=now)
    token = secrets.token_urlsafe(32)
    nomination.link_digest = digest_of(token)
    nomination.link_expires_at = min(now + LIFETIME, nomination.forum.registration_closes_at)
    nomination.invited_at = now
    db.session.flush()
    mail_invitation(nomination, token, coordinator=actor, now=now)
    return token
