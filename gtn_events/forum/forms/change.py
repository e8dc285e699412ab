"""One form over everything a delegate gave, for changing it later, by themselves or on their behalf."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from gtn_events.core.economies import economies_in_order
from gtn_events.core.forms import Form
from gtn_events.core.text import clean_text
from gtn_events.questionnaire.domain.questions import QuestionSpec, specs_of
from gtn_events.questionnaire.forms.build import QuestionForm, form_class_of
from gtn_events.questionnaire.forms.wizard import NO_CSRF
from gtn_events.questionnaire.queries.answers import file_names, read_answers

from ..domain.submission import Particulars
from ..models import Registration
from .journey import check_journey
from .particulars import particulars_from, particulars_of
from .registration import ConsentForm, NameForm, OrganisationForm


class ChangeForms:
    """The forms of name, organisation and questions on a registration.

    The questions are those of the version the answers were given under; without the
    sensitive ones, the answers to those only decide which others are asked.
    """

    def __init__(
        self, registration: Registration, sent: MultiDict[str, Any] | None = None, *, with_sensitive: bool = True
    ) -> None:
        self.registration = registration
        self.version = registration.answer_set.version
        values = particulars_of(registration)
        self.name = NameForm(formdata=sent, data=values, meta=NO_CSRF)
        economies = economies_in_order()
        self.name.offer(economies)
        self.organisation = OrganisationForm(formdata=sent, data=values, meta=NO_CSRF)
        self.listing = ConsentForm(formdata=sent, data={"listed_publicly": registration.listed_publicly}, meta=NO_CSRF)
        answers = read_answers(registration.answer_set, with_sensitive=True)
        uploads = [value for value in answers.values() if isinstance(value, int) and not isinstance(value, bool)]
        choices = tuple((each.code, each.short_name) for each in economies)
        form_class = form_class_of(self._asked(answers), economies=choices, with_sensitive=with_sensitive)
        own = {spec.key for spec in form_class.own_specs}
        self.questions: QuestionForm = form_class(
            formdata=sent,
            earlier={key: value for key, value in answers.items() if key not in own},
            answers=answers,
            file_names=file_names(uploads),
            meta=NO_CSRF,
        )

    def _asked(self, _answers: Mapping[str, Any]) -> tuple[QuestionSpec, ...]:
        return specs_of(self.version)

    def validate(self) -> bool:
        """Check all forms, so that every error is shown at once."""
        results = [self.name.validate(), self.organisation.validate(), self.questions.validate()]
        return check_journey(self.questions, self.registration.forum) and all(results)

    def particulars(self, *, photo_upload_id: int | None) -> Particulars:
        """Return what stands on badge and list now."""
        return particulars_from(
            self.name,
            self.organisation,
            email=self.registration.email,
            photo_upload_id=photo_upload_id,
            listed_publicly=bool(self.listing.listed_publicly.data),
        )


class ReasonForm(Form):
    """Why an organiser corrects what somebody else gave."""

    reason = TextAreaField(
        _l("Reason"),
        description=_l("The delegate reads it in the mail that says what was changed."),
        filters=[lambda typed: clean_text(typed or "")],
        validators=[
            DataRequired(_l("Say why you change it. The delegate reads it.")),
            Length(max=500, message=_l("The reason can have at most 500 letters.")),
        ],
    )


class CorrectionForms(ChangeForms):
    """The delegate's form for an organiser: the same, with a reason, without photograph and consent.

    What the delegate never answered may stay so: it must not keep anybody from correcting a name.
    """

    def __init__(
        self, registration: Registration, sent: MultiDict[str, Any] | None = None, *, with_sensitive: bool
    ) -> None:
        super().__init__(registration, sent, with_sensitive=with_sensitive)
        self.with_sensitive = with_sensitive
        self.organisation.position.label.text = _l("Position")
        self.reason = ReasonForm(formdata=sent, meta=NO_CSRF)

    def _asked(self, answers: Mapping[str, Any]) -> tuple[QuestionSpec, ...]:
        return tuple(replace(spec, required=spec.required and spec.key in answers) for spec in specs_of(self.version))

    def validate(self) -> bool:
        """Check all forms, so that every error is shown at once."""
        return all([super().validate(), self.reason.validate()])

    def corrected(self) -> Particulars:
        """Return what stands on badge and list now; photograph and listing stay the delegate's own."""
        return particulars_from(
            self.name,
            self.organisation,
            email=self.registration.email,
            photo_upload_id=self.registration.photo_upload_id,
            listed_publicly=self.registration.listed_publicly,
        )
