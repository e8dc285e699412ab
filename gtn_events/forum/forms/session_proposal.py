"""What a proposer types about a session, and what a member of the committee thinks of it."""

from collections.abc import Mapping
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField, RadioField, SelectField, SelectMultipleField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from gtn_events.accounts.domain.names import NAME_LANGUAGES
from gtn_events.accounts.forms.base import Form, text_field
from gtn_events.accounts.forms.hosted import LONG, many_lines
from gtn_events.core.economies import economies_in_order
from gtn_events.core.errors import DomainError
from gtn_events.questionnaire.forms.build import QuestionForm
from gtn_events.questionnaire.models import QuestionnaireVersion

from ..domain.session_calls.drafts import NamedSpeaker, SessionTexts
from ..domain.session_calls.rules import LONGEST_SESSION, MOST_SPEAKERS
from ..domain.session_calls.scoring import SCORES
from ..models import SessionCall, SessionCriterion, SessionProposal, SessionReview
from .side_event_questions import questions_form, sent_now

_MINUTES = _l("Write a number from 1 to %(most)d.", most=LONGEST_SESSION)
LONGEST_NAME = 200


class SessionProposalForm(Form):
    """A proposal as a draft: what is missing is said when it is sent."""

    title = text_field(_l("Title"), most=300)
    abstract = TextAreaField(
        _l("Abstract"),
        [Length(max=LONG)],
        [many_lines],
        description=_l("It stands in the programme if the session is accepted. Markdown: **bold**, - list."),
    )
    type_name = SelectField(_l("Type"))
    minutes = IntegerField(
        _l("Minutes"),
        [Optional(), NumberRange(1, LONGEST_SESSION, _MINUTES)],
        description=_l("Empty: as long as sessions of this type usually are."),
    )
    languages = SelectMultipleField(
        _l("Languages"),
        choices=[SelectChoice(tag, label) for tag, label in NAME_LANGUAGES.items()],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    seen = HiddenField()

    def __init__(self, call: SessionCall, *args: Any, **kwargs: Any) -> None:  # Any: what WTForms passes on
        super().__init__(*args, **kwargs)
        self._call = call
        offered = [SelectChoice(each["name"], f"{each['name']} · {each['minutes']} min") for each in call.types]
        self.type_name.choices = [SelectChoice("", _("Choose one")), *offered]
        economies = [SelectChoice(each.code, each.short_name) for each in economies_in_order()]
        for number in speaker_numbers():
            self[f"speaker_economy_{number}"].choices = [SelectChoice("", _("None")), *economies]

    @property
    def version(self) -> int | None:
        """The lock version of what the person had before them."""
        return int(self.seen.data) if (self.seen.data or "").isdecimal() and len(self.seen.data) < 10 else None

    def texts(self, answers: Mapping[str, Any]) -> SessionTexts:  # Any: answers as JSON
        """Return what was typed, for the domain; rows of speakers without name and address are left out."""
        type_name = self.type_name.data or ""
        return SessionTexts(
            title=self.title.data or "",
            abstract=self.abstract.data or "",
            type_name=type_name,
            minutes=self.minutes.data or self._call.minutes_of(type_name),
            languages=self.languages.data or [],
            speakers=[NamedSpeaker(*row) for row in self._speakers()],
            answers=answers,
        )

    def refuse(self, error: DomainError) -> None:
        """Show a refusal at its field; one at a speaker is counted among the rows that are not empty."""
        name, _underscore, number = (error.field or "").rpartition("_")
        if name == "speaker_email" and number.isdigit():
            filled = [each for each in speaker_numbers() if self._is_filled(each)]
            error = DomainError(error.message, field=f"{name}_{filled[int(number) - 1]}")
        super().refuse(error)

    def _speakers(self) -> list[tuple[str, str, str | None, str]]:
        return [
            (
                self[f"speaker_name_{number}"].data or self[f"speaker_email_{number}"].data[:LONGEST_NAME],
                self[f"speaker_email_{number}"].data or "",
                self[f"speaker_economy_{number}"].data or None,
                self[f"speaker_biography_{number}"].data or "",
            )
            for number in speaker_numbers()
            if self._is_filled(number)
        ]

    def _is_filled(self, number: int) -> bool:
        return bool(self[f"speaker_name_{number}"].data or self[f"speaker_email_{number}"].data)


def speaker_numbers() -> range:
    """Return the numbers of the rows for speakers."""
    return range(1, MOST_SPEAKERS + 1)


for _number in speaker_numbers():
    setattr(
        SessionProposalForm,
        f"speaker_name_{_number}",
        text_field(_l("Name, speaker %(number)s", number=_number), most=LONGEST_NAME),
    )
    setattr(
        SessionProposalForm,
        f"speaker_email_{_number}",
        text_field(_l("E-mail, speaker %(number)s", number=_number), most=320),
    )
    setattr(
        SessionProposalForm,
        f"speaker_economy_{_number}",
        SelectField(_l("Economy, speaker %(number)s", number=_number), default=""),
    )
    setattr(
        SessionProposalForm,
        f"speaker_biography_{_number}",
        TextAreaField(_l("Biography, speaker %(number)s", number=_number), [Length(max=4000)], [many_lines]),
    )


def stored_session_proposal(proposal: SessionProposal) -> dict[str, Any]:  # Any: a value of any column
    """Return what fills the form for a proposal that exists."""
    names = ("title", "abstract", "type_name", "minutes", "languages")
    values: dict[str, Any] = {name: getattr(proposal, name) for name in names}
    for number, each in enumerate(proposal.speakers, start=1):
        values |= {
            f"speaker_name_{number}": each.name,
            f"speaker_email_{number}": each.email,
            f"speaker_economy_{number}": each.economy_code or "",
            f"speaker_biography_{number}": each.biography,
        }
    return values | {"seen": str(proposal.lock_version)}


def call_questions_form(version: QuestionnaireVersion | None, proposal: SessionProposal | None) -> QuestionForm | None:
    """Return the call's own questions with the answers given so far; None where it asks nothing."""
    if version is None:
        return None
    return questions_form(version, proposal.answer_set if proposal is not None else None, sent_now())


def can_be_kept(form: QuestionForm) -> bool:
    """Check the questions as a draft: one that is not answered can wait, a wrong answer cannot."""
    form.validate()
    for spec in form.own_specs:
        field = form[spec.field_name]
        if not field.data:
            field.errors = []
    return not any(field.errors for field in form)


class SessionReviewForm(Form):
    """The scores of one member and a comment; ``scores()`` is what was chosen."""

    comment = TextAreaField(
        _l("Comment"),
        [Length(max=4000)],
        [many_lines],
        description=_l("The organiser and members who have scored it read it, never the proposer."),
    )

    def scores(self, criteria: list[SessionCriterion]) -> dict[int, int]:
        """Return criterion id to score."""
        return {each.id: self[score_name(each)].data for each in criteria}


def score_name(criterion: SessionCriterion) -> str:
    """Return the name of the field for a criterion."""
    return f"score_{criterion.id}"


def review_form(call: SessionCall, review: SessionReview | None) -> SessionReviewForm:
    """Return the form for the criteria of a call, filled with what the member thought before."""
    choices = [SelectChoice(each, str(each)) for each in SCORES]
    fields = {
        score_name(each): RadioField(
            each.name, [InputRequired(_l("Choose 1 to 5."))], choices=choices, coerce=_whole_number
        )
        for each in call.criteria
    }
    stored: dict[str, Any] = {}
    if review is not None and request.method == "GET":
        stored = {f"score_{each.criterion_id}": each.score for each in review.scores} | {"comment": review.comment}
    return type("FilledReviewForm", (SessionReviewForm,), fields)(data=stored or None)


def _whole_number(value: Any) -> int | None:  # Any: what a client sends
    text = str(value)
    return int(text) if text.isdecimal() and len(text) < 3 else None
