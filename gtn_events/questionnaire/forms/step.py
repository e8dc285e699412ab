"""The editor's forms for a step: its words, and where its questions go when it goes."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from gtn_events.accounts.forms.base import Form

from ..domain.steps import StepText
from ..queries.versions import Step
from .fields import cleaned
from .question import TOO_LONG


class StepForm(Form):
    """What a step is called and what stands below its title."""

    title = StringField(
        _l("Title"),
        description=_l("Stands in the row of steps: one to three words."),
        filters=[cleaned],
        validators=[DataRequired(_l("Give the step a title. It is empty.")), Length(max=80, message=TOO_LONG)],
    )
    description = TextAreaField(
        _l("Description"),
        description=_l("Stands below the title of the page: what it is about, and who sees the answers."),
        filters=[cleaned],
        validators=[Length(max=500, message=TOO_LONG)],
    )

    def text(self) -> StepText:
        """Return what was typed, for the domain."""
        return StepText(self.title.data, self.description.data)


class MoveQuestionsForm(Form):
    """Where the questions of a step go that is taken away."""

    move_to = SelectField(_l("Move its questions to"), [InputRequired(_l("Choose a step."))])

    def offer(self, steps: Sequence[Step]) -> None:
        """Set the steps that stay."""
        self.move_to.choices = [SelectChoice(step.key, step.title) for step in steps]
