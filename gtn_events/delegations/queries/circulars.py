"""Reads of circulars: whose they are, who reads them, who has acknowledged which version."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Exists, Select, exists, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from gtn_events.accounts.models import Account
from gtn_events.accounts.queries.coordinators import coordinators_of
from gtn_events.core.db import db
from gtn_events.core.economies import Economy, economies_in_order
from gtn_events.forum.enums import ForumState
from gtn_events.forum.models import Forum

from ..circular_words import CircularState
from ..models import Circular, CircularAcknowledgement, CircularFile, CircularVersion


@dataclass(frozen=True)
class BoardRow:
    """One economy on the organiser's board, and its answer to each released version by the version's id."""

    economy: Economy
    coordinators: Sequence[Account]
    answers: dict[int, CircularAcknowledgement]


def circulars_of(forum: Forum) -> Select[Circular]:
    """Select the circulars of a forum with their versions, the newest first."""
    return (
        select(Circular)
        .where(Circular.forum_id == forum.id)
        .options(selectinload(Circular.versions).selectinload(CircularVersion.acknowledgements))
        .order_by(Circular.number.desc())
    )


def circular_of(forum: Forum, number: int) -> Select[Circular]:
    """Select one circular of a forum by its number."""
    return circulars_of(forum).where(Circular.number == number)


def file_of(circular: Circular, file_id: int) -> Select[CircularFile]:
    """Select one file of any version of a circular."""
    return (
        select(CircularFile)
        .join(CircularVersion, CircularVersion.id == CircularFile.version_id)
        .where(CircularVersion.circular_id == circular.id, CircularFile.id == file_id)
        .options(joinedload(CircularFile.upload))
    )


def begun_with_title(forum: Forum, title: str) -> Exists:
    """Say whether a circular of a forum has this title and was never released."""
    return exists().where(
        Circular.forum_id == forum.id,
        CircularVersion.circular_id == Circular.id,
        CircularVersion.version == 1,
        CircularVersion.state == CircularState.DRAFT,
        CircularVersion.title == title,
    )


def next_number(forum: Forum) -> int:
    """Return the number of a forum's next circular."""
    return (db.session.scalar(select(func.max(Circular.number)).where(Circular.forum_id == forum.id)) or 0) + 1


def readable_versions(circular: Circular, codes: Sequence[str]) -> list[CircularVersion]:
    """Return the versions that the coordinators of these economies were sent, the oldest first."""
    sent = [each for each in circular.versions if each.state is not CircularState.DRAFT]
    return [each for each in sent if any(each.is_for(code) for code in codes)]


def released_versions() -> list[CircularVersion]:
    """Return the versions that hold now, of published forums, with circular, forum and acknowledgements."""
    statement = (
        select(CircularVersion)
        .join(CircularVersion.circular)
        .join(Circular.forum)
        .where(CircularVersion.state == CircularState.RELEASED, Forum.state != ForumState.DRAFT)
        .options(
            contains_eager(CircularVersion.circular).contains_eager(Circular.forum),
            selectinload(CircularVersion.acknowledgements),
        )
        .order_by(CircularVersion.released_at.desc())
    )
    return list(db.session.scalars(statement))


def board_of(circular: Circular) -> list[BoardRow]:
    """Return every economy that any released version is for, in protocol order, with its answers."""
    sent = [each for each in circular.versions if each.state is not CircularState.DRAFT]
    answers = (
        select(CircularAcknowledgement)
        .where(CircularAcknowledgement.version_id.in_([each.id for each in sent]))
        .options(joinedload(CircularAcknowledgement.account))
    )
    by_code: dict[str, dict[int, CircularAcknowledgement]] = {}
    for answer in db.session.scalars(answers):
        by_code.setdefault(answer.economy_code, {})[answer.version_id] = answer
    people = coordinators_of()
    return [
        BoardRow(economy, people.get(economy.code, []), by_code.get(economy.code, {}))
        for economy in economies_in_order()
        if any(version.is_for(economy.code) for version in sent)
    ]
