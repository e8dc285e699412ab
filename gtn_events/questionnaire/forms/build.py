"""The form of a version, or of one step of it, made from its questions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any, ClassVar

from flask_babel import get_locale
from wtforms import BooleanField, Field

from gtn_events.core.economies import Economy
from gtn_events.core.forms import Form

from ..domain.conditions import counting_answers, is_asked
from ..domain.questions import QuestionSpec, specs_of
from ..models import QuestionnaireVersion
from .fields import Choices, data_from, field_for, is_file, value_from

NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True)
class QuestionRow:
    """One question as a page shows it.

    ``source`` is the question of the same page that its condition looks at (None when
    there is no condition, or an earlier page has met it already). ``kept_file`` is the
    name of the file that is stored for it.
    """

    spec: QuestionSpec
    field: Field
    source: QuestionSpec | None
    kept_file: str | None = None
    drop_field: Field | None = None


class QuestionForm(Form):
    """The base of every form made from questions; ``form_class_for`` makes the subclasses.

    Args of the constructor:
        earlier: answers given in earlier steps, key to stored value; conditions look at them.
        answers: answers to show at first (a draft, an answer set), key to stored value.
        file_names: upload id to name, for the files among ``answers``.
    """

    all_specs: ClassVar[tuple[QuestionSpec, ...]] = ()
    own_specs: ClassVar[tuple[QuestionSpec, ...]] = ()

    def __init__(
        self,
        *args: Any,
        earlier: Mapping[str, Any] = NOTHING,
        answers: Mapping[str, Any] = NOTHING,
        file_names: Mapping[int, str] = NOTHING,  # type: ignore[assignment]  # an empty mapping fits every key
        **kwargs: Any,
    ) -> None:
        self.earlier = earlier
        self.file_names = file_names
        self.stored: dict[str, int] = {}
        shown = {spec.field_name: data_from(spec, answers.get(spec.key)) for spec in self.own_specs}
        super().__init__(*args, data=shown, **kwargs)

    def validate(self, extra_validators: Any = None) -> bool:
        """Check every question that is asked; one whose condition does not hold has no errors."""
        super().validate(extra_validators)
        asked = self._asked()
        for spec in self.own_specs:
            if spec.key not in asked:
                self[spec.field_name].errors = []
        return not any(field.errors for field in self) and not self.form_errors

    def new_files(self) -> list[tuple[QuestionSpec, Field]]:
        """Return the questions with a file that was sent now, is asked for and is not stored yet."""
        asked = self._asked()
        return [
            (spec, self[spec.field_name])
            for spec in self.own_specs
            if spec.key in asked and spec.key not in self.stored and is_file(self[spec.field_name].data)
        ]

    def values(self) -> dict[str, Any]:
        """Return the answers of this form that count and are right, key to stored value (JSON).

        A question that is not asked, not answered or has an error is left out, so the
        result of an invalid form can be kept as a draft.
        """
        asked = self._asked()
        return {
            spec.key: value
            for spec in self.own_specs
            if spec.key in asked and not self[spec.field_name].errors and (value := self._value(spec)) is not None
        }

    def rows(self) -> list[QuestionRow]:
        """Return what the page shows: every question but those that earlier steps have ruled out."""
        own = {spec.key: spec for spec in self.own_specs}
        rows: list[QuestionRow] = []
        for spec in self.own_specs:
            source = own.get(spec.condition.key) if spec.condition else None
            ruled_out = source.key not in {row.spec.key for row in rows} if source else not is_asked(spec, self.earlier)
            if ruled_out:
                continue
            field = self[spec.field_name]
            kept = field.object_data if isinstance(field.object_data, int) else None
            rows.append(
                QuestionRow(
                    spec,
                    field,
                    source,
                    kept_file=self.file_names.get(kept, spec.label) if kept is not None else None,
                    drop_field=self._fields.get(drop_name(spec)) if kept is not None else None,
                )
            )
        return rows

    def _value(self, spec: QuestionSpec) -> Any:
        field = self[spec.field_name]
        if spec.key in self.stored:
            return self.stored[spec.key]
        if is_file(field.data):
            return None
        if drop_name(spec) in self._fields and self[drop_name(spec)].data:
            return None
        return value_from(spec, field.data)

    def _asked(self) -> set[str]:
        # A file that was sent but not stored yet counts as an answer to what depends on it.
        answers = dict(self.earlier)
        for spec in self.own_specs:
            data = self[spec.field_name].data
            answers[spec.key] = -1 if is_file(data) else self._value(spec)
        counting = counting_answers(self.all_specs, answers)
        return {spec.key for spec in self.own_specs if is_asked(spec, counting)}


def form_class_for(
    version: QuestionnaireVersion, *, step: str | None = None, economies: Sequence[Economy] = ()
) -> type[QuestionForm]:
    """Return the form class for all questions of a version, or for those of one step.

    Classes are kept by content, not by id: a draft may change between two requests.
    """
    choices = tuple((economy.code, economy.short_name) for economy in economies)
    return form_class_of(specs_of(version), step=step, economies=choices)


def form_class_of(
    specs: tuple[QuestionSpec, ...],
    *,
    step: str | None = None,
    economies: Choices = (),
    with_sensitive: bool = True,
) -> type[QuestionForm]:
    """Return the form class for questions that need not be stored anywhere.

    Without the sensitive ones it asks the others as if those had been answered in an earlier step.
    """
    own = tuple(
        spec for spec in specs if (step is None or spec.step == step) and (with_sensitive or not spec.sensitive)
    )
    return _made(specs, own, tuple(economies), str(get_locale()))


def drop_name(spec: QuestionSpec) -> str:
    """Return the name of the checkbox that removes a stored file."""
    return f"drop_{spec.key}"


@lru_cache(maxsize=256)
def _made(
    specs: tuple[QuestionSpec, ...],
    own: tuple[QuestionSpec, ...],
    economies: tuple[tuple[str, str], ...],
    _locale: str,
) -> type[QuestionForm]:
    attributes: dict[str, Any] = {"all_specs": specs, "own_specs": own}
    for spec in own:
        attributes[spec.field_name] = field_for(spec, economies)
        if spec.kind.value == "file" and not spec.required:
            attributes[drop_name(spec)] = BooleanField("")
    return type("QuestionForm", (QuestionForm,), attributes)
