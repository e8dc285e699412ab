"""Reads of competitions and of what belongs to them."""

from sqlalchemy import Select, select

from gtn_events.accounts.enums import Role
from gtn_events.core.db import db

from ..models import Competition, CompetitionCategory, DeclarationText

STAFF_ROLES = (Role.ORGANISER, Role.HELPER, Role.INTEGRITY_OFFICER)


def category_of(competition: Competition, category_id: int) -> Select[CompetitionCategory]:
    """Select one category of this competition."""
    return select(CompetitionCategory).where(
        CompetitionCategory.competition_id == competition.id, CompetitionCategory.id == category_id
    )


def categories_in_order(competition: Competition) -> list[CompetitionCategory]:
    """Return the competition's categories as people see them."""
    statement = (
        select(CompetitionCategory)
        .where(CompetitionCategory.competition_id == competition.id)
        .order_by(CompetitionCategory.position, CompetitionCategory.id)
    )
    return list(db.session.scalars(statement))


def declaration_versions(competition: Competition) -> list[DeclarationText]:
    """Return every version of the declaration, the newest first."""
    statement = (
        select(DeclarationText)
        .where(DeclarationText.competition_id == competition.id)
        .order_by(DeclarationText.number.desc())
    )
    return list(db.session.scalars(statement))


def earlier_editions(competition: Competition) -> list[int]:
    """Return the ids of the editions this one was made from, the nearest first."""
    found: list[int] = []
    parent = competition.cloned_from_id
    while parent is not None and parent not in found:
        found.append(parent)
        parent = db.session.scalar(select(Competition.cloned_from_id).where(Competition.id == parent))
    return found
