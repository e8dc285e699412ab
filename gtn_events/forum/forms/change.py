"""One form over everything a delegate gave, for changing it later."""

from typing import Any

from werkzeug.datastructures import MultiDict

from gtn_events.core.economies import economies_in_order
from gtn_events.questionnaire.forms.build import QuestionForm, form_class_for
from gtn_events.questionnaire.queries.answers import file_names, read_answers

from ..domain.submission import Particulars
from ..models import Registration
from .journey import check_journey
from .particulars import particulars_from, particulars_of
from .registration import ConsentForm, NameForm, OrganisationForm
from .wizard import NO_CSRF


class ChangeForms:
    """The forms of name, organisation and questions on a registration.

    The questions are those of the version the answers were given under.
    """

    def __init__(self, registration: Registration, sent: MultiDict[str, Any] | None = None) -> None:
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
        form_class = form_class_for(self.version, economies=economies)
        self.questions: QuestionForm = form_class(
            formdata=sent, answers=answers, file_names=file_names(uploads), meta=NO_CSRF
        )

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
