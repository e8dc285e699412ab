"""What an entrant types in an appeal, and what the staff types about it."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import DateTimeLocalField, RadioField, SelectField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Optional

from gtn_events.accounts.forms.base import Form, at_most
from gtn_events.accounts.forms.hosted import MINUTES
from gtn_events.core.text import clean_text, readable_size
from gtn_events.core.uploads import FileKind

from ..domain.appeal_deciding import Candidate
from ..domain.appeal_transitions import DECISIONS, Action
from ..domain.appeals import LONGEST_TEXT, AppealTexts
from ..enums import AppealGround
from ..models import Judge

MOST_BYTES = 5 * 1024 * 1024
KINDS = (FileKind.PDF, FileKind.JPEG, FileKind.PNG)
WORDS = {
    Action.UPHOLD: _l("Uphold it"),
    Action.UPHOLD_IN_PART: _l("Uphold it in part"),
    Action.REJECT: _l("Do not uphold it"),
}


def _clean(value: str | None) -> str:
    return clean_text(value or "")


class AppealForm(Form):
    """An appeal as far as it is typed; whether it is complete is looked at when it is sent."""

    ground = RadioField(_l("What is your appeal based on?"), validate_choice=False)
    text = TextAreaField(
        _l("What went wrong"),
        filters=[_clean],
        validators=[at_most(LONGEST_TEXT)],
        description=_l("What happened, which rule or fact it goes against, and how you know."),
    )
    file = FileField(
        _l("A file that shows it"),
        validators=[Optional()],
        description=_l("PDF, JPEG or PNG, at most %(size)s.", size=readable_size(MOST_BYTES)),
    )

    def offer(self, grounds: Sequence[AppealGround]) -> None:
        """Show these grounds."""
        self.ground.choices = [SelectChoice(each.value, each.label) for each in grounds]

    @property
    def texts(self) -> AppealTexts:
        """What was typed so far."""
        chosen = self.ground.data if self.ground.data in {choice.value for choice in self.ground.choices} else None
        return AppealTexts(AppealGround(chosen) if chosen else None, self.text.data)


class DeciderForm(Form):
    """Who decides an appeal."""

    decider = RadioField(_l("Who decides"), coerce=int, validators=[InputRequired(_l("Choose who decides."))])

    def offer(self, people: Sequence[Candidate]) -> None:
        """Show those who may decide."""
        self.decider.choices = [
            SelectChoice(each.account.id, f"{each.account.display_name}, {each.role.label}")
            for each in people
            if not each.why_not
        ]


class DecisionForm(Form):
    """The decision and its reason."""

    action = RadioField(
        _l("Decision"),
        choices=[SelectChoice(each.value, WORDS[each]) for each in DECISIONS],
        validators=[InputRequired(_l("Choose a decision."))],
    )
    reason = TextAreaField(
        _l("Reason"), filters=[_clean], validators=[at_most(5000)], description=_l("The entrant reads it.")
    )


class FurtherJudgeForm(Form):
    """One more judge for the entry, and until when that seat takes scores."""

    judge = SelectField(_l("Judge"), coerce=int)
    until = DateTimeLocalField(_l("Scores are taken until"), [InputRequired(_l("Say until when."))], format=MINUTES)

    def offer(self, judges: Sequence[Judge]) -> None:
        """Show who could sit without breaking a rule."""
        self.judge.choices = [SelectChoice(each.id, f"{each.name} ({each.number:02d})") for each in judges]


class WordsForm(Form):
    """Words that others read: why a decision is revised, what is corrected, or what was done."""

    words = TextAreaField(_l("In words"), filters=[_clean], validators=[at_most(2000)])
