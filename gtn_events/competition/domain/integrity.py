"""The recount: entries whose rows contradict one another."""

from collections.abc import Iterator

from sqlalchemy import exists, or_, select

from gtn_events.core.db import db
from gtn_events.questionnaire.models import AnswerSet, QuestionnaireVersion

from ..enums import EntryState
from ..models import Competition, CompetitionCategory, Entry, EntryCategory


def entry_differences() -> Iterator[str]:
    """Yield one sentence for each entry whose rows contradict one another."""
    without_reason = select(Entry.reference).where(
        Entry.state == EntryState.INELIGIBLE, or_(Entry.state_reason.is_(None), Entry.state_reason == "")
    )
    for reference in db.session.scalars(without_reason.order_by(Entry.id)):
        yield f"Entry {reference} is not eligible without a reason."
    nowhere = select(Entry.reference).where(~exists().where(EntryCategory.entry_id == Entry.id))
    for reference in db.session.scalars(nowhere.order_by(Entry.id)):
        yield f"Entry {reference} stands in no category."
    elsewhere = (
        select(Entry.reference)
        .join(EntryCategory, EntryCategory.entry_id == Entry.id)
        .join(CompetitionCategory, CompetitionCategory.id == EntryCategory.category_id)
        .where(CompetitionCategory.competition_id != Entry.competition_id)
    )
    for reference in db.session.scalars(elsewhere.order_by(Entry.id)):
        yield f"Entry {reference} stands in a category of another competition."
    other_form = (
        select(Entry.reference)
        .join(Competition, Competition.id == Entry.competition_id)
        .join(AnswerSet, AnswerSet.id == Entry.answer_set_id)
        .join(QuestionnaireVersion, QuestionnaireVersion.id == AnswerSet.version_id)
        .where(QuestionnaireVersion.questionnaire_id != Competition.questionnaire_id)
    )
    for reference in db.session.scalars(other_form.order_by(Entry.id)):
        yield f"Entry {reference} answers the questions of another form."
