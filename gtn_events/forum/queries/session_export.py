"""What was proposed for a call as lines of a table."""

from collections.abc import Iterator, Sequence

from gtn_events.accounts.domain.names import NAME_LANGUAGES
from gtn_events.core.exports import Cell
from gtn_events.questionnaire.domain.presenting import present
from gtn_events.questionnaire.domain.questions import QuestionSpec
from gtn_events.questionnaire.enums import QuestionKind
from gtn_events.questionnaire.queries.answers import answers_of, file_names

from ..models import SessionCall
from ..session_standings import Standing
from .registration_export import questions_ever_asked

HEADERS = (
    "Title",
    "Type",
    "Minutes",
    "Languages",
    "State",
    "Sent",
    "Proposed by",
    "E-mail",
    "Speakers",
    "Reviews",
    "Mean",
    "Spread",
    "Abstract",
)


def session_questions(call: SessionCall) -> list[QuestionSpec]:
    """Return the plain questions that a call ever asked; none where it asks nothing."""
    if call.questionnaire_id is None:
        return []
    return questions_ever_asked(call.questionnaire_id, with_sensitive=False)


def session_headers(questions: Sequence[QuestionSpec]) -> list[str]:
    """Return the first line."""
    return [*HEADERS, *(each.label for each in questions)]


def session_rows_of(
    call: SessionCall, found: Sequence[Standing], questions: Sequence[QuestionSpec]
) -> Iterator[list[Cell]]:
    """Yield one line for each proposal; what the reader may not know stands empty."""
    set_ids = [each.proposal.answer_set_id for each in found]
    given = answers_of([each for each in set_ids if each is not None]) if questions else {}
    files = {each.key for each in questions if each.kind is QuestionKind.FILE}
    names = file_names(answers[key] for answers in given.values() for key in files & answers.keys())
    for each in found:
        proposal = each.proposal
        answers = given.get(proposal.answer_set_id or 0, {})
        cells: list[Cell] = [
            proposal.title,
            proposal.type_name,
            proposal.minutes,
            "; ".join(NAME_LANGUAGES.get(tag, tag) for tag in proposal.languages),
            proposal.state.label,
            proposal.sent_at.astimezone(call.forum.zone).replace(tzinfo=None) if proposal.sent_at else None,
            proposal.account.display_name,
            proposal.account.email,
            "; ".join(
                f"{speaker.name} ({speaker.economy.short_name})" if speaker.economy else speaker.name
                for speaker in proposal.speakers
            ),
            each.reviews,
            each.mean,
            each.spread,
            proposal.abstract,
        ]
        yield cells + [present(question, answers.get(question.key), file_names=names) for question in questions]
