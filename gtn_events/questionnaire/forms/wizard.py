"""A form in steps over a saved draft: steps with fixed fields, with questions of a version, or with both."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from flask_babel import gettext as _
from flask_wtf.file import FileField
from werkzeug.datastructures import MultiDict
from wtforms import Field, FieldList, FormField, SelectField, SelectMultipleField

from gtn_events.core.economies import economies_in_order
from gtn_events.core.forms import Form

from ..domain.presenting import present
from ..domain.questions import QuestionSpec
from ..domain.step_drafts import ANSWERS, TYPED, UPLOADS
from ..models import QuestionnaireVersion
from ..queries.answers import file_names
from .build import QuestionForm, form_class_for

NO_CSRF = {"csrf": False}  # every POST is checked by the application; see core.extensions.csrf


@dataclass(frozen=True)
class Step:
    """One page of the form."""

    key: str
    label: str
    description: str = ""


class Problem(NamedTuple):
    """A field that needs another look; ``field_id`` is where it stands on its page."""

    label: str
    message: str
    field_id: str


@dataclass
class StepForms:
    """The forms of one step: the fixed fields, the questions, or both.

    ``check`` looks at questions that are right one by one, and says whether they fit together.
    """

    fixed: Form | None = None
    questions: QuestionForm | None = None
    check: Callable[[QuestionForm], bool] | None = field(default=None, repr=False)
    _valid: bool | None = field(default=None, repr=False)

    def validate(self) -> bool:
        """Check both forms, even when the first has errors already."""
        if self._valid is None:
            results = [form.validate() for form in (self.fixed, self.questions) if form is not None]
            fits = self.questions is None or self.check is None or self.check(self.questions)
            self._valid = all(results) and fits
        return self._valid

    @property
    def problems(self) -> list[Problem]:
        """Return every field that needs another look."""
        return [problem for form in (self.fixed, self.questions) if form is not None for problem in _problems(form)]

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Return (label, messages) of every field that needs another look."""
        return [(each.label, each.message) for each in self.problems]


class StepWizard:
    """One person's form in steps, on the data of their draft; subclasses say which steps and which fixed fields.

    Args:
        version: the questionnaire's published version.
        data: step key to ``typed`` (field name to list of strings, as a browser sends
            them), ``answers`` (question key to stored value) and ``uploads``.
    """

    def __init__(self, version: QuestionnaireVersion, data: Mapping[str, Any]) -> None:
        self.version = version
        self.data = data

    @cached_property
    def steps(self) -> list[Step]:
        """The pages in order; the last one is where the whole is checked and sent."""
        raise NotImplementedError

    def fixed_form(self, key: str, typed: MultiDict[str, Any] | None) -> Form | None:
        """Return the fixed fields of a step, None for a step that has none."""
        raise NotImplementedError

    def check_questions(self, _form: QuestionForm) -> bool:
        """Say whether the answers of a step fit together; what does not is told at its question."""
        return True

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
            fixed=self.fixed_form(step.key, typed),
            questions=self._question_form(step.key, typed),
            check=self.check_questions,
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

    @property
    def next_step(self) -> Step:
        """The first step that lacks something; the last one when none does."""
        return next((step for step, _problems in self.missing()), self.steps[-1])

    def checked(self, step: Step) -> StepForms:
        """Return the forms of a step on the draft, made once."""
        kept: dict[str, StepForms] = self.__dict__.setdefault("_checked", {})
        if step.key not in kept:
            kept[step.key] = self.forms_for(step)
        return kept[step.key]

    def summary(self, step: Step) -> list[tuple[str, str]]:
        """Return (label, text) of everything a step holds, as a person reads it before sending."""
        rows = [(label, text) for _name, label, text in self.fixed_rows(step)]
        return rows + [(spec.label, text) for spec, text in self.answer_rows(step)]

    def fixed_rows(self, step: Step) -> list[tuple[str, str, str]]:
        """Return (name, label, text) of the fixed fields of a step."""
        uploads = self.uploads(step)
        return [(each.name, str(each.label.text), _shown(each, uploads)) for each in self.checked(step).fixed or ()]

    def answer_rows(self, step: Step) -> list[tuple[QuestionSpec, str]]:
        """Return the questions of a step that are answered, each with its answer in words."""
        questions = self.checked(step).questions
        if questions is None:
            return []
        answers = self.data.get(step.key, {}).get(ANSWERS, {})
        names = file_names(value for value in answers.values() if type(value) is int)
        return [
            (row.spec, present(row.spec, answers[row.spec.key], file_names=names))
            for row in questions.rows()
            if row.spec.key in answers
        ]

    def answers(self, *, until: str | None = None) -> dict[str, Any]:
        """Return the answers of all steps, or of those before the step ``until``."""
        answers: dict[str, Any] = {}
        for step in self.steps:
            if step.key == until:
                break
            answers.update(self.data.get(step.key, {}).get(ANSWERS, {}))
        return answers

    def uploads(self, step: Step) -> dict[str, int]:
        """Return the files that were stored with the fixed fields of a step, field name to upload id."""
        uploads: dict[str, int] = self.data.get(step.key, {}).get(UPLOADS, {})
        return uploads

    def _question_form(self, key: str, typed: MultiDict[str, Any] | None) -> QuestionForm | None:
        if key not in {question.step for question in self.version.questions}:
            return None
        form_class = form_class_for(self.version, step=key, economies=self.economies)
        answers = self.data.get(key, {}).get(ANSWERS, {})
        return form_class(
            formdata=typed,
            earlier=self.answers(until=key),
            answers=answers,
            file_names=file_names(value for value in answers.values() if type(value) is int),
            meta=NO_CSRF,
        )


def _problems(fields: Iterable[Field]) -> Iterator[Problem]:
    for each in fields:
        if isinstance(each, FieldList):
            yield from _problems(each)
        elif isinstance(each, FormField):
            yield from _problems(each.form)
        elif each.errors:
            yield Problem(str(each.label.text), " ".join(map(str, each.errors)), each.id)


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
