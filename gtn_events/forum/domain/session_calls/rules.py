"""What a proposed session needs before it can be sent."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from gtn_events.questionnaire.domain.conditions import counting_answers, is_asked
from gtn_events.questionnaire.domain.questions import specs_of
from gtn_events.questionnaire.models import QuestionnaireVersion
from gtn_events.questionnaire.queries.answers import read_answers
from gtn_events.questionnaire.queries.versions import published_version_of

from ...models import SessionCall, SessionProposal
from ...queries.session_calls import sent_by

MOST_SPEAKERS = 6
LONGEST_SESSION = 480


@dataclass(frozen=True)
class Missing:
    """One thing that is missing: the field of the form, and the sentence."""

    field: str
    sentence: str


def why_no_more(call: SessionCall, account_id: int) -> str:
    """Return why a person can send nothing more to a call; empty while they can."""
    if call.most_each == 0 or sent_by(call, account_id) < call.most_each:
        return ""
    return ngettext(
        "This call takes %(num)d proposal of one person, and yours is sent. Withdraw it to propose something else.",
        "This call takes %(num)d proposals of one person, and you have sent as many. Withdraw one to propose another.",
        call.most_each,
    )


def questions_of_call(call: SessionCall) -> QuestionnaireVersion | None:
    """Return the questions that a call asks now; None where it asks nothing."""
    return published_version_of(call.questionnaire_id) if call.questionnaire_id is not None else None


def questions_for_proposal(proposal: SessionProposal) -> QuestionnaireVersion | None:
    """Return the version that a proposer answered, else what is published; None for nothing."""
    return proposal.answer_set.version if proposal.answer_set is not None else questions_of_call(proposal.call)


def what_a_session_lacks(proposal: SessionProposal) -> list[Missing]:
    """Return what stands between a draft and the organiser, in the order of the form."""
    offered = {each["name"] for each in proposal.call.types}
    found = [
        None if proposal.title else Missing("title", _("Give the session a title.")),
        None if proposal.abstract else Missing("abstract", _("Write an abstract.")),
        None if proposal.type_name in offered else Missing("type_name", _("Choose one of the types that are offered.")),
        None if proposal.minutes else Missing("minutes", _("Say how many minutes it takes.")),
        None if proposal.languages else Missing("languages", _("Say in which languages it is held.")),
        None if proposal.speakers else Missing("speaker_name_1", _("Name at least one speaker.")),
    ]
    return [each for each in found if each is not None] + _unanswered(proposal)


def _unanswered(proposal: SessionProposal) -> list[Missing]:
    version = questions_for_proposal(proposal)
    if version is None:
        return []
    given: dict[str, Any] = (  # Any: answers as JSON
        read_answers(proposal.answer_set, with_sensitive=True) if proposal.answer_set is not None else {}
    )
    specs = specs_of(version)
    counting = counting_answers(specs, given)
    return [
        Missing(each.field_name, _("Answer the question: %(question)s", question=each.label))
        for each in specs
        if each.required and is_asked(each, counting) and each.key not in counting
    ]
