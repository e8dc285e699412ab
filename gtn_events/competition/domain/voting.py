"""The vote of the audience: one ballot a badge, changed as often as one likes until it closes, kept without a name."""

import hmac
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from sqlalchemy import update

from gtn_events.accounts.domain import throttle
from gtn_events.core.badges import Badge, read_badge
from gtn_events.core.db import db
from gtn_events.core.upsert import insert_unless_there

from ..enums import SlotState, VoteState
from ..errors import VoteRefused
from ..models import Ballot, LiveFinal, LiveSlot
from ..queries.live import ballot_of, slots_of

LONGEST_CODE = 200


def badge_for(final: LiveFinal, typed: str, *, client: str, now: datetime) -> Badge:
    """Return the badge that a scanned or typed code names.

    Args:
        client: the network address that asks; after many wrong codes it has to wait. A hall shares one address, so
            codes that are right count nothing.

    Raises:
        TooManyAttempts: too many wrong codes came from there.
        VoteRefused: it is the code of no valid badge. The attempt is counted: commit it.
    """
    limits = [(throttle.BADGE_CLIENT, client)]
    throttle.require_allowed(limits, now=now)
    badge = read_badge(final.badge_event, typed[:LONGEST_CODE])
    if badge is None:
        throttle.count_attempt(limits, now=now)
        raise VoteRefused("No valid badge has this code. It stands on your badge and on your ticket.", field="code")
    return badge


def entries_to_choose(final: LiveFinal, badge: Badge) -> list[LiveSlot]:
    """Return whom a badge can vote for: everybody who pitches, but not an entry of its holder."""
    return [
        slot
        for slot in slots_of(final)
        if slot.state is not SlotState.ABSENT
        and (badge.account_id is None or slot.entry.account_id != badge.account_id)
    ]


def chosen_by(final: LiveFinal, badge: Badge, *, secret_key: str) -> list[int]:
    """Return the ids of the entries that a badge has voted for so far."""
    ballot = ballot_of(final, _voter(final, badge, secret_key)) if final.ballot_key else None
    return list(ballot.choices) if ballot else []


def cast_ballot(final: LiveFinal, badge: Badge, choices: Sequence[int], *, secret_key: str) -> None:
    """Take the ballot of a badge, or put it in the place of the one before.

    Args:
        choices: ids of entries.
        secret_key: of the site; together with the final's own key it makes the name of the ballot.

    Raises:
        VoteRefused: the vote is not open, nothing or too much is chosen, or an entry that is not to be chosen.

    Flushes; the caller commits.
    """
    # Whoever closes the vote waits for the ballots under way, and ballots never wait for one another.
    db.session.refresh(final, with_for_update={"of": LiveFinal, "read": True})
    if final.vote is not VoteState.OPEN:
        raise VoteRefused("The vote is not open." if final.vote is VoteState.BEFORE else "The vote is closed.")
    wanted = sorted(set(choices))
    if not wanted:
        raise VoteRefused("Choose an entry.", field="choices")
    if len(wanted) > final.votes_per_badge:
        raise VoteRefused(f"Choose at most {final.votes_per_badge}.", field="choices")
    if not set(wanted) <= {slot.entry_id for slot in entries_to_choose(final, badge)}:
        raise VoteRefused("One of these entries cannot be chosen. Load the page again.", field="choices")
    _keep(final, _voter(final, badge, secret_key), wanted)


def _keep(final: LiveFinal, voter: str, choices: list[int]) -> None:
    new = insert_unless_there(Ballot, final_id=final.id, voter=voter, choices=choices).returning(Ballot.voter)
    if db.session.execute(new).first() is None:
        mine = (Ballot.final_id == final.id, Ballot.voter == voter)
        changed = update(Ballot).where(*mine).values(choices=choices)
        db.session.execute(changed.execution_options(synchronize_session=False))
    db.session.flush()


def _voter(final: LiveFinal, badge: Badge, secret_key: str) -> str:
    key = f"{secret_key}\n{final.ballot_key}".encode()
    return hmac.new(key, f"ballot\n{badge.kind}\n{badge.id}".encode(), sha256).hexdigest()
