"""Whoever proves an address becomes the speaker whom a proposal named by it, and keeps what is said of them."""

from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record

from ...models import ProposedSpeaker, Speaker


def claim_speakers(account: Account, now: datetime) -> None:
    """Make the owner of a proved address the owner of the speakers that stand in programmes by that address.

    Whom an organiser gave an account stays theirs, and nobody is two speakers of one forum. Flushes.
    """
    other = aliased(Speaker)
    is_somebody = exists().where(other.forum_id == Speaker.forum_id, other.account_id == account.id)
    statement = (
        select(Speaker)
        .join(ProposedSpeaker, ProposedSpeaker.speaker_id == Speaker.id)
        .where(
            ProposedSpeaker.email_key == account.email_key,
            ProposedSpeaker.declined_at.is_(None),
            Speaker.account_id.is_(None),
            ~is_somebody,
        )
        .order_by(Speaker.id)
    )
    forums: set[int] = set()
    for speaker in db.session.scalars(statement).unique():
        if speaker.forum_id in forums:
            continue
        forums.add(speaker.forum_id)
        speaker.account_id = account.id
        changes = {"account": (None, account.id)}
        record("speaker's account set", speaker, actor=account, now=now, scope=speaker.forum.scope, changes=changes)
    db.session.flush()
