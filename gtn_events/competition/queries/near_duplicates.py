"""Entries that look like one another: across the categories of an edition, and across earlier editions."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import or_, select

from gtn_events.core.db import db
from gtn_events.core.text import fold

from ..enums import EntryState
from ..models import Competition, Entry
from .competitions import earlier_editions

TITLE_ALIKE = 0.6
FIRM_ALIKE = 0.8
SHORTEST_WORD = 4
PIECE = 6
MOST_WORDS = 4
MOST_CANDIDATES = 5_000


@dataclass(frozen=True)
class LookAlike:
    """An entry that looks like another; the likenesses go from 0 to 1 and are 1 for the same text."""

    competition: Competition
    reference: str
    title: str
    organisation_name: str
    state: EntryState
    title_likeness: float
    firm_likeness: float


def look_alikes(entry: Entry) -> list[LookAlike]:
    """Return what looks like an entry by its title or its firm, the most alike first; withdrawn ones are left out.

    The database narrows by pieces of words that both have; what is left is compared here.
    """
    pieces = [*_pieces(fold(entry.title)), *_pieces(fold(entry.organisation_name))]
    if not pieces:
        return []
    editions = [entry.competition_id, *earlier_editions(entry.competition)]
    statement = (
        select(Entry.competition_id, Entry.reference, Entry.title, Entry.organisation_name, Entry.state)
        .where(
            Entry.competition_id.in_(editions),
            Entry.id != entry.id,
            Entry.state != EntryState.WITHDRAWN,
            or_(*(Entry.search_text.contains(piece, autoescape=True) for piece in pieces)),
        )
        .order_by(Entry.id.desc())
        .limit(MOST_CANDIDATES)
    )
    competitions = {
        each.id: each for each in db.session.scalars(select(Competition).where(Competition.id.in_(editions)))
    }
    found = [
        LookAlike(
            competition=competitions[competition_id],
            reference=reference,
            title=title,
            organisation_name=firm,
            state=state,
            title_likeness=likeness(entry.title, title),
            firm_likeness=likeness(entry.organisation_name, firm),
        )
        for competition_id, reference, title, firm, state in db.session.execute(statement)
    ]
    alike = [each for each in found if each.title_likeness >= TITLE_ALIKE or each.firm_likeness >= FIRM_ALIKE]
    return sorted(alike, key=lambda each: (-max(each.title_likeness, each.firm_likeness), each.reference))


def likeness(one: str, other: str) -> float:
    """Return how alike two texts are, from 0 to 1: Dice's coefficient of their folded trigrams."""
    first, second = _trigrams(fold(one)), _trigrams(fold(other))
    if not first or not second:
        return 0.0
    return 2 * len(first & second) / (len(first) + len(second))


def _trigrams(text: str) -> set[str]:
    padded = f"  {text} "
    return {padded[place : place + 3] for place in range(len(padded) - 2)} if text else set()


def _pieces(text: str) -> Iterator[str]:
    """Yield what a look-alike very likely has, too: long words, and parts of texts written without spaces."""
    words = sorted({word for word in text.split() if len(word) >= SHORTEST_WORD}, key=len, reverse=True)
    for word in words[:MOST_WORDS]:
        if len(word) < 2 * PIECE:
            yield word
        else:
            yield from (word[:PIECE], word[len(word) // 2 - PIECE // 2 :][:PIECE], word[-PIECE:])
    if not words and text:
        yield text
