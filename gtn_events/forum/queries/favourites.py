"""The sessions that a person marked, and which of them take place at the same time."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from gtn_events.core.db import db

from ..models import Favourite, Forum
from .programme import Programme, SessionFacts


@dataclass(frozen=True)
class FavouriteDay:
    """The favourites of one day in order of time, each with those it overlaps; ``day`` is None without a time."""

    day: date | None
    rows: list[tuple[SessionFacts, list[SessionFacts]]]


def favourite_codes(account_id: int, forum: Forum) -> list[str]:
    """Return the codes of what a person marked."""
    statement = select(Favourite.code).where(Favourite.account_id == account_id, Favourite.forum_id == forum.id)
    return list(db.session.scalars(statement.order_by(Favourite.code)))


def favourite_days(programme: Programme, codes: Collection[str]) -> list[FavouriteDay]:
    """Return what people see of these sessions by day; codes that are not in the programme are left out."""
    wanted = set(codes)
    chosen = [session for session in programme.sessions if session.code in wanted]
    clashes, days = _clashes(chosen), defaultdict(list)
    for session in chosen:
        days[session.day].append((session, clashes[session.id]))
    return [FavouriteDay(day, rows) for day, rows in days.items()]


def _clashes(chosen: list[SessionFacts]) -> dict[int, list[SessionFacts]]:
    """Return for each session those that overlap it; times are half-open, and ``chosen`` is in order of time."""
    found: dict[int, list[SessionFacts]] = defaultdict(list)
    open_ones: list[SessionFacts] = []
    for session in chosen:
        begins = session.starts_at
        if begins is None:
            continue
        open_ones = [each for each in open_ones if each.ends_at is not None and each.ends_at > begins]
        for each in open_ones:
            found[each.id].append(session)
            found[session.id].append(each)
        open_ones.append(session)
    return found
