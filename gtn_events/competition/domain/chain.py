"""The chain of a round's scorecards: every version carries the SHA-256 of the one before it.

What is hashed is canonical JSON: keys sorted, no spaces, UTF-8, no binary fractions (decimals are texts). The
texts of a scorecard enter by their own salted SHA-256, so that the chain can be checked by somebody who must not
read them.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC
from hashlib import sha256
from secrets import token_hex
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm.attributes import set_committed_value

from gtn_events.core.db import db

from ..errors import ScoringClosed
from ..models import Round, Scorecard

# NO KEY UPDATE: rows that merely point at the round can still be written.
_LOCK = select(Round).where(Round.id == bindparam("round_id")).with_for_update(key_share=True)


@dataclass(frozen=True)
class Link:
    """One version as it stands in the database or in a published file."""

    position: int
    content: Mapping[str, Any]
    previous_sha256: str
    sha256: str


@dataclass(frozen=True)
class ChainBreak:
    """Where a chain does not hold, and how."""

    position: int
    text: str


def canonical(value: Any) -> bytes:  # Any: whatever JSON can hold
    """Return a value as canonical JSON.

    Raises:
        TypeError: there is a float in it; its digits would depend on who writes them.
    """
    _refuse_floats(value)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def hash_of(content: Mapping[str, Any], previous_sha256: str) -> str:
    """Return the SHA-256 of a version's content together with the one before it (empty for the first)."""
    return sha256(canonical({"content": content, "previous": previous_sha256})).hexdigest()


def content_of(scorecard: Scorecard) -> dict[str, Any]:
    """Return what of a scorecard the chain vouches for."""
    texts = {
        name: getattr(scorecard, name) for name in ("comments", "to_entrant", "to_jury", "private", "reason", "salt")
    }
    return {
        "assignment": scorecard.assignment_id,
        "number": scorecard.number,
        "position": scorecard.position,
        "round": scorecard.round_id,
        "rubric": scorecard.rubric_id,
        "scores": scorecard.scores,
        "submitted_at": scorecard.submitted_at.astimezone(UTC).isoformat(),
        "texts": sha256(canonical(texts)).hexdigest(),
        "total": f"{scorecard.total:f}",
    }


def link_of(scorecard: Scorecard) -> Link:
    """Return the link that a scorecard is."""
    return Link(scorecard.position, content_of(scorecard), scorecard.previous_sha256, scorecard.sha256)


def verify_chain(links: Iterable[Link], *, head: str, length: int) -> ChainBreak | None:
    """Return the first place where a chain does not hold, None when it holds from the first version to the head.

    Args:
        links: all versions of a round in the order of their positions.
        head: the SHA-256 that the last version must have, empty for a chain without versions.
        length: how many versions there must be.
    """
    before, count = "", 0
    for count, link in enumerate(links, start=1):
        if link.position != count or link.content.get("position") != count:
            return ChainBreak(count, f"a version is missing or out of place: {link.position} stands there")
        if link.previous_sha256 != before:
            return ChainBreak(count, "it does not name the version before it")
        if not _holds(link):
            return ChainBreak(count, "its content is not what was submitted")
        before = link.sha256
    if (count, before) != (length, head):
        return ChainBreak(count, f"the chain ends here, but the round says {length} versions ending in {head[:12]}")
    return None


def lock_round(round_: Round) -> None:
    """Read a round afresh and let nobody else open, close or extend it or its chain until the transaction ends.

    On SQLite the writing transaction itself is the lock.
    """
    db.session.scalars(_LOCK, {"round_id": round_.id}, execution_options={"populate_existing": True}).one()


def append_to_chain(scorecard: Scorecard, round_: Round) -> None:
    """Give a new scorecard its place at the end of the chain, whose round the caller has locked. Flushes."""
    scorecard.salt = token_hex(16)
    scorecard.position = round_.chain_length + 1
    scorecard.previous_sha256 = round_.chain_head
    scorecard.sha256 = hash_of(content_of(scorecard), round_.chain_head)
    # Past the optimistic lock of the row: a scorecard is no change of the round that its editors should stumble over.
    moved = db.session.execute(
        update(Round)
        .where(Round.id == round_.id, Round.chain_length == round_.chain_length)
        .values(chain_length=scorecard.position, chain_head=scorecard.sha256)
        .returning(Round.id)
        .execution_options(synchronize_session=False)
    ).first()
    if moved is None:
        raise ScoringClosed("Another scorecard came in at the same moment. Nothing was changed; submit once more.")
    set_committed_value(round_, "chain_length", scorecard.position)
    set_committed_value(round_, "chain_head", scorecard.sha256)
    db.session.add(scorecard)
    db.session.flush()


def _holds(link: Link) -> bool:
    try:
        return hash_of(link.content, link.previous_sha256) == link.sha256
    except (TypeError, UnicodeEncodeError):
        # Nothing of ours was ever hashed with a float or half a letter in it.
        return False


def _refuse_floats(value: Any) -> None:  # Any: see canonical
    if isinstance(value, float):
        raise TypeError(f"no canonical form for the float {value!r}")
    if isinstance(value, Mapping):
        value = value.values()
    elif not isinstance(value, list | tuple):
        return
    for each in value:
        _refuse_floats(each)
