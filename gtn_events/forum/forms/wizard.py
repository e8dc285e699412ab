"""The registration form as steps over a saved draft: fixed steps and the questionnaire's own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from flask_babel import gettext as _
from flask_wtf.file import FileField
from werkzeug.datastructures import MultiDict
from wtforms import Field, SelectField, SelectMultipleField

from gtn_events.accounts.models import Account
from gtn_events.core.economies import economies_in_order
from gtn_events.core.forms import Form
from gtn_events.questionnaire.domain.presenting import present
from gtn_events.questionnaire.forms.build import QuestionForm, form_class_for
from gtn_events.questionnaire.models import QuestionnaireVersion
from gtn_events.questionnaire.queries.answers import file_names
from gtn_events.questionnaire.queries.versions import steps_of

from ..domain.submission import Particulars, Submission
from ..models import ConsentText, Forum
from ..queries.bookings import Engagement, speaking_slots
from ..queries.delegate import open_categories, published_side_events
from .journey import check_journey
from .particulars import initial_particulars, particulars_from
from .registration import CategoryForm, ConsentForm, NameForm, OrganisationForm, SideEventsForm

CATEGORY, NAME, ORGANISATION, SIDE_EVENTS, CHECK = "category", "name", "organisation", "side-events", "check"
# Addresses below the registration that a step of the questionnaire must not take.
OWN_PAGES = frozenset({CATEGORY, NAME, SIDE_EVENTS, CHECK, "discard"})
TYPED, ANSWERS, UPLOADS = "typed", "answers", "uploads"
NO_CSRF = {"csrf": False}  # every POST is checked by the application; see core.extensions.csrf


@dataclass(frozen=True)
class Step:
    """One page of the registration."""

    key: str
    label: str
    description: str = ""


@dataclass
class StepForms:
    """The forms of one step of a forum's registration: the fixed fields, the questions, or both."""

    forum: Forum
    fixed: Form | None = None
    questions: QuestionForm | None = None
    _valid: bool | None = field(default=None, repr=False)

    def validate(self) -> bool:
        """Check both forms, even when the first has errors already."""
        if self._valid is None:
            results = [form.validate() for form in (self.fixed, self.questions) if form is not None]
            travels = self.questions is None or check_journey(self.questions, self.forum)
            self._valid = all(results) and travels
        return self._valid

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Return (label, messages) of every field that needs another look."""
        return [
            (str(each.label.text), " ".join(map(str, each.errors)))
            for form in (self.fixed, self.questions)
            if form is not None
            for each in form
            if each.errors
        ]


class Wizard:
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
        self.forum = forum
        self.version = version
        self.account = account
        self.data = data

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
        return published_side_events(self.forum)

    @cached_property
    def speaking(self) -> list[Engagement]:
        return speaking_slots(forum_id=self.forum.id, account_id=self.account.id)

    @cached_property
    def economies(self) -> list[Any]:
        return economies_in_order()

    def step(self, key: str) -> Step | None:
        """Return the step with this key, or None."""
        return next((step for step in self.steps if step.key == key), None)

    def after(self, step: Step) -> Step:
        """Return the step that follows, the last one for itself."""
        index = self.steps.index(step)
        return self.steps[min(index + 1, len(self.steps) - 1)]

    def before(self, step: Step) -> Step | None:
        """Return the step that precedes, None for the first."""
        index = self.steps.index(step)
        return self.steps[index - 1] if index else None

    def forms_for(self, step: Step, sent: MultiDict[str, Any] | None = None) -> StepForms:
        """Return the forms of a step, filled with what was sent, else with the draft, else with the profile."""
        saved = self.data.get(step.key, {})
        typed = sent if sent is not None else _multi(saved.get(TYPED))
        return StepForms(
            self.forum, fixed=self._fixed_form(step.key, typed), questions=self._question_form(step.key, typed)
        )

    def missing(self) -> list[tuple[Step, list[tuple[str, str]]]]:
        """Return every step before the last that cannot be sent yet, with (label, message) of what it lacks."""
        gaps = []
        for step in self.steps[:-1]:
            if step.key not in self.data:
                gaps.append((step, [(step.label, _("Not filled in yet"))]))
            elif not (forms := self.checked(step)).validate():
                gaps.append((step, forms.errors))
        return gaps

    def checked(self, step: Step) -> StepForms:
        """Return the forms of a step on the draft, made once."""
        kept: dict[str, StepForms] = self.__dict__.setdefault("_checked", {})
        if step.key not in kept:
            kept[step.key] = self.forms_for(step)
        return kept[step.key]

    def summary(self, step: Step) -> list[tuple[str, str]]:
        """Return (label, text) of everything a step holds, as a person reads it before sending."""
        forms = self.checked(step)
        uploads = self.data.get(step.key, {}).get(UPLOADS, {})
        rows = [(str(each.label.text), _shown(each, uploads)) for each in forms.fixed or ()]
        if forms.questions is None:
            return rows
        answers = self.data.get(step.key, {}).get(ANSWERS, {})
        names = file_names(value for value in answers.values() if type(value) is int)
        rows += [
            (row.spec.label, present(row.spec, answers[row.spec.key], file_names=names))
            for row in forms.questions.rows()
            if row.spec.key in answers
        ]
        return rows

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
        photo = self.data.get(NAME, {}).get(UPLOADS, {}).get("photo")
        return particulars_from(
            name, organisation, email=self.account.email, photo_upload_id=photo, listed_publicly=listed_publicly
        )

    def answers(self, *, until: str | None = None) -> dict[str, Any]:
        """Return the answers of all steps, or of those before the step ``until``."""
        answers: dict[str, Any] = {}
        for step in self.steps:
            if step.key == until:
                break
            answers.update(self.data.get(step.key, {}).get(ANSWERS, {}))
        return answers

    def _fixed_form(self, key: str, typed: MultiDict[str, Any] | None) -> Form | None:
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

    def _question_form(self, key: str, typed: MultiDict[str, Any] | None) -> QuestionForm | None:
        if key not in {question.step for question in self.version.questions}:
            return None
        form_class = form_class_for(self.version, step=key, economies=self.economies)
        return form_class(
            formdata=typed,
            earlier=self.answers(until=key),
            answers=self.data.get(key, {}).get(ANSWERS, {}),
            meta=NO_CSRF,
        )


def _shown(each: Field, uploads: Mapping[str, int]) -> str:
    if isinstance(each, FileField):
        return _("stored") if each.name in uploads else ""
    if isinstance(each, SelectMultipleField):
        return "; ".join(str(choice.label) for choice in each.choices if choice.value in (each.data or ()))
    if isinstance(each, SelectField):
        return next((str(choice.label) for choice in each.choices if choice.value and choice.value == each.data), "")
    return str(each.data or "")


def _multi(typed: Mapping[str, list[str]] | None) -> MultiDict[str, Any] | None:
    return None if typed is None else MultiDict([(name, value) for name, values in typed.items() for value in values])
