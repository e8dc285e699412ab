"""The list of entries as rows for CSV and xlsx, in protocol order."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.economies import Economy
from gtn_events.core.exports import Cell
from gtn_events.core.listing import Listing
from gtn_events.questionnaire.domain.presenting import present
from gtn_events.questionnaire.domain.questions import QuestionSpec, specs_of
from gtn_events.questionnaire.models import QuestionnaireVersion
from gtn_events.questionnaire.queries.answers import answers_of

from ..models import Competition, Entry
from .entries import ListNames, categories_of, narrowed

HEADERS = (
    "Number",
    "Economy",
    "Title",
    "Summary",
    "Firm",
    "Size",
    "Founded",
    "Categories",
    "State",
    "Reason",
    "Endorsement",
    "Place in its economy's order",
    "Reason of the economy",
    "Sent",
    "State since",
    "Website",
    "Video",
    "Entrant",
    "E-mail",
)
COLUMNS = (
    Entry.id,
    Entry.reference,
    Entry.economy_code,
    Entry.title,
    Entry.summary,
    Entry.organisation_name,
    Entry.organisation_size,
    Entry.founded_in,
    Entry.state,
    Entry.state_reason,
    Entry.endorsement,
    Entry.preference,
    Entry.endorsement_reason,
    Entry.submitted_at,
    Entry.state_changed_at,
    Entry.website,
    Entry.video_url,
    Entry.answer_set_id,
    Account.given_name,
    Account.family_name,
    Account.email,
)
AT_ONCE = 1_000


def export_questions(competition: Competition) -> list[QuestionSpec]:
    """Return every question that was ever asked and is not sensitive, in its newest wording, in the newest order."""
    statement = (
        select(QuestionnaireVersion)
        .where(QuestionnaireVersion.questionnaire_id == competition.questionnaire_id)
        .where(QuestionnaireVersion.published_at.is_not(None))
        .options(selectinload(QuestionnaireVersion.questions))
        .order_by(QuestionnaireVersion.number.desc())
    )
    found: dict[str, QuestionSpec] = {}
    for version in db.session.scalars(statement):
        for spec in specs_of(version):
            if not spec.sensitive:
                found.setdefault(spec.key, spec)
    return list(found.values())


def export_headers(questions: Sequence[QuestionSpec]) -> list[str]:
    """Return the first line: what stands on every entry, then the questions."""
    return [*HEADERS, *(question.label for question in questions)]


def export_rows(
    competition: Competition, listing: Listing, names: ListNames, questions: Sequence[QuestionSpec]
) -> Iterator[list[Cell]]:
    """Yield one line for each entry the listing matches; memory stays flat however many there are.

    Args:
        questions: whose answers are added; none costs nothing.
    """
    statement = (
        select(*COLUMNS)
        .join(Account, Account.id == Entry.account_id)
        .join(Economy, Economy.code == Entry.economy_code)
        .where(*narrowed(competition, listing))
        .order_by(Economy.rank, Entry.sort_title, Entry.id)
        .execution_options(yield_per=AT_ONCE)
    )
    zone, asked = competition.zone, competition.entry_path.asks_economies
    for part in db.session.execute(statement).partitions(AT_ONCE):
        answers = answers_of([row.answer_set_id for row in part]) if questions else {}
        categories = categories_of([row.id for row in part])
        for row in part:
            given: dict[str, Any] = answers.get(row.answer_set_id, {})  # Any: answers as JSON
            yield [
                row.reference,
                names.economies.get(row.economy_code, row.economy_code),
                row.title,
                row.summary,
                row.organisation_name,
                row.organisation_size,
                row.founded_in,
                "; ".join(names.categories[each] for each in categories.get(row.id, ())),
                row.state.label,
                row.state_reason,
                row.endorsement.label if asked else None,
                row.preference,
                row.endorsement_reason,
                row.submitted_at.astimezone(zone).replace(tzinfo=None),
                row.state_changed_at.astimezone(zone).replace(tzinfo=None),
                row.website,
                row.video_url,
                f"{row.given_name} {row.family_name.upper()}".strip(),
                row.email,
                *(present(question, given.get(question.key)) for question in questions),
            ]
