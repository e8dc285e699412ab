"""The history of a questionnaire: its versions, who published them, how many answered each."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import JournalEntry

from ..models import AnswerSet, Questionnaire, QuestionnaireVersion


@dataclass(frozen=True)
class VersionRow:
    """One version as the list shows it; ``published_by`` is empty for a draft and for the system."""

    version: QuestionnaireVersion
    published_by: str
    published_at: datetime | None
    answered: int


def version_history(questionnaire: Questionnaire) -> list[VersionRow]:
    """Return the versions with their questions loaded, the newest first; four queries whatever the number."""
    versions = db.session.scalars(
        select(QuestionnaireVersion)
        .where(QuestionnaireVersion.questionnaire_id == questionnaire.id)
        .order_by(QuestionnaireVersion.number.desc())
        .options(selectinload(QuestionnaireVersion.questions))
    ).all()
    ids = [version.id for version in versions]
    who = {
        version_id: account.display_name
        for version_id, account in db.session.execute(
            select(JournalEntry.subject_id, Account)
            .join(Account, Account.id == JournalEntry.actor_id)
            .where(
                JournalEntry.subject_type == QuestionnaireVersion.__tablename__,
                JournalEntry.subject_id.in_(ids),
                JournalEntry.action == "version published",
            )
        )
    }
    answered = answered_counts(ids)
    return [
        VersionRow(version, who.get(version.id, ""), version.published_at, answered.get(version.id, 0))
        for version in versions
    ]


def answered_counts(version_ids: list[int]) -> dict[int, int]:
    """Return how many answer sets stand under each version; versions without one are left out."""
    counts = (
        select(AnswerSet.version_id, func.count())
        .where(AnswerSet.version_id.in_(version_ids))
        .group_by(AnswerSet.version_id)
    )
    return dict(db.session.execute(counts).all())
