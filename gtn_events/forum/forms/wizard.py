"""The registration form as steps over a saved draft: fixed steps and the questionnaire's own."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from gtn_events.accounts.models import Account
from gtn_events.core.forms import Form
from gtn_events.questionnaire.forms.build import QuestionForm
from gtn_events.questionnaire.forms.wizard import NO_CSRF, Step, StepWizard
from gtn_events.questionnaire.models import QuestionnaireVersion
from gtn_events.questionnaire.queries.versions import steps_of

from ..domain.submission import Particulars, Submission
from ..enums import Audience
from ..models import ConsentText, Forum
from ..queries.bookings import Engagement, speaking_slots
from ..queries.delegate import open_categories, published_side_events
from .journey import check_journey
from .particulars import initial_particulars, particulars_from
from .registration import CategoryForm, ConsentForm, NameForm, OrganisationForm, SideEventsForm

CATEGORY, NAME, ORGANISATION, SIDE_EVENTS, CHECK = "category", "name", "organisation", "side-events", "check"
# Addresses below the registration that a step of the questionnaire must not take.
OWN_PAGES = frozenset({CATEGORY, NAME, SIDE_EVENTS, CHECK, "discard"})


class Wizard(StepWizard):
    """One person's registration form for one forum, on the data of their draft.

    Args:
        forum: the forum.
        version: the questionnaire's published version.
        account: whose form it is; gives the first values.
        data: ``RegistrationDraft.data``: step key to ``typed`` (field name to list of
            strings, as a browser sends them), ``answers`` (question key to stored value)
            and ``uploads``.
    """

    def __init__(self, forum: Forum, version: QuestionnaireVersion, account: Account, data: Mapping[str, Any]) -> None:
        super().__init__(version, data)
        self.forum = forum
        self.account = account

    @cached_property
    def steps(self) -> list[Step]:
        """The pages in order: those of the questionnaire in its own, the organisation's among them."""
        own = [Step(each.key, each.title, each.description) for each in steps_of(self.version)]
        own = [step for step in own if step.key not in OWN_PAGES]
        place = next((at for at, step in enumerate(own) if step.key == ORGANISATION), None)
        if place is None:
            own.insert(0, Step(ORGANISATION, _("Organisation"), _("Where you work, and what you do there.")))
            place = 0
        if self.side_events:
            own.insert(place + 1, Step(SIDE_EVENTS, _("Side events")))
        first = [Step(CATEGORY, _("Category")), Step(NAME, _("Name and economy"))]
        return [*first, *own, Step(CHECK, _("Check and send"))]

    @cached_property
    def categories(self) -> list[Any]:
        return open_categories(self.forum)

    @cached_property
    def side_events(self) -> list[Any]:
        every = published_side_events(self.forum)
        return [each for each in every if each.audience is not Audience.GUESTS]

    @cached_property
    def speaking(self) -> list[Engagement]:
        return speaking_slots(forum_id=self.forum.id, account_id=self.account.id)

    def submission(self, consent_text: ConsentText | None, *, listed_publicly: bool) -> Submission:
        """Return what is sent; only after ``missing()`` came back empty."""
        forms = {step.key: self.checked(step) for step in self.steps[:-1]}
        category_key = forms[CATEGORY].fixed.category.data  # type: ignore[union-attr]  # the step has a fixed form
        chosen: set[int] = set()
        if SIDE_EVENTS in forms:
            chosen = set(forms[SIDE_EVENTS].fixed.side_events.data or ())  # type: ignore[union-attr]  # as above
        return Submission(
            category=next(each for each in self.categories if each.key == category_key),
            particulars=self.particulars(listed_publicly=listed_publicly),
            version=self.version,
            answers=self.answers(),
            consent_text=consent_text,
            side_events=[each for each in self.side_events if each.id in chosen],
        )

    def particulars(self, *, listed_publicly: bool) -> Particulars:
        """Return what stands on badge and list, from the steps name and organisation."""
        name, organisation = (self.checked(Step(key, "")).fixed for key in (NAME, ORGANISATION))
        photo = self.uploads(Step(NAME, "")).get("photo")
        return particulars_from(
            name, organisation, email=self.account.email, photo_upload_id=photo, listed_publicly=listed_publicly
        )

    def check_questions(self, form: QuestionForm) -> bool:
        """Say whether the days of travel fit the forum."""
        return check_journey(form, self.forum)

    def fixed_form(self, key: str, typed: MultiDict[str, Any] | None) -> Form | None:
        """Return the fixed fields of a step, None for a step that has none."""
        if key == CATEGORY:
            form = CategoryForm(formdata=typed, meta=NO_CSRF)
            form.offer(self.categories)
            return form
        if key == NAME:
            form = NameForm(formdata=typed, data=initial_particulars(self.account), meta=NO_CSRF)
            form.offer(self.economies)
            return form
        if key == ORGANISATION:
            return OrganisationForm(formdata=typed, data=initial_particulars(self.account), meta=NO_CSRF)
        if key == SIDE_EVENTS:
            form = SideEventsForm(formdata=typed, meta=NO_CSRF)
            form.offer(self.side_events, speaking=self.speaking)
            return form
        return ConsentForm(formdata=typed, meta=NO_CSRF) if key == CHECK else None
