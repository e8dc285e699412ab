"""Own questions of a side event in two versions; every text carries one word."""

from gtn_events.accounts.models import Account
from gtn_events.forum.domain.side_event_questions import begin_questions
from gtn_events.forum.models import SideEvent
from gtn_events.questionnaire.domain.drafts import add_question
from gtn_events.questionnaire.domain.questions import QuestionSpec
from gtn_events.questionnaire.domain.steps import StepText, add_step
from gtn_events.questionnaire.domain.versions import draft_version_of, publish_version
from gtn_events.questionnaire.enums import QuestionKind
from tests.factories import MADE_AT


def ask_own_questions(side_event: SideEvent, organiser: Account, word: str) -> None:
    """Publish two versions; keys and number are those of the registration's questions."""
    questionnaire = begin_questions(side_event, actor=organiser, now=MADE_AT)
    for label in (f"First {word}", f"Label {word}"):
        draft = draft_version_of(questionnaire, actor=organiser, now=MADE_AT)
        add_question(draft, QuestionSpec(QuestionKind.SHORT_TEXT, label), actor=organiser, now=MADE_AT)
        if label.startswith("Label"):
            add_step(draft, StepText(f"Step {word}"), actor=organiser, now=MADE_AT)
        publish_version(draft, actor=organiser, now=MADE_AT)
