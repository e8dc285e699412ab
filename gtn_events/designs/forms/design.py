"""The form of a design: template, language, its own words, logos and who signs."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice

from gtn_events.accounts.domain.names import NAME_LANGUAGES
from gtn_events.accounts.forms.base import Form
from gtn_events.accounts.forms.hosted import many_lines, one_line
from gtn_events.core.addresses import row_id

from ..enums import Orientation
from ..kinds import DesignedKind
from ..templates import DesignTemplate, TemplateText, templates_for
from ..values import Design
from .design_rows import LOGO, SIGNATORY, DesignRow, row_fields, tidy

ORIENTATIONS = {Orientation.LANDSCAPE: _l("Landscape"), Orientation.PORTRAIT: _l("Portrait")}


class DesignForm(Form):
    """One design; the texts and rows of all templates of its kind are fields, those of the chosen one are shown."""

    seen = HiddenField()
    template = RadioField(_l("Template"))
    orientation = RadioField(_l("Orientation"))
    language = SelectField(_l("Language of the document"))
    kind: DesignedKind

    def fill_choices(self) -> None:
        """Offer the templates of the kind, and what the chosen one can do."""
        self.template.choices = [SelectChoice(each.name, each.label) for each in templates_for(self.kind.key)]
        self.orientation.choices = [SelectChoice(each.value, ORIENTATIONS[each]) for each in self.chosen.orientations]
        own, others = _("With the template's own words"), _("With words of yours")
        tags = (*self.chosen.languages, *(tag for tag in NAME_LANGUAGES if tag not in self.chosen.languages))
        self.language.choices = [
            SelectChoice(tag, NAME_LANGUAGES.get(tag, tag), optgroup=own if tag in self.chosen.languages else others)
            for tag in tags
        ]
        if len(self.orientation.choices) == 1:
            self.orientation.data = self.orientation.choices[0].value

    @property
    def chosen(self) -> DesignTemplate:
        """The chosen template, the standard one while none of them is chosen."""
        known = templates_for(self.kind.key)
        return next((each for each in known if each.name == self.template.data), known[0])

    @property
    def tag(self) -> str:
        """The tag of the chosen language, English while none that there is was chosen."""
        return self.language.data if self.language.data in NAME_LANGUAGES else "en"

    @property
    def version(self) -> int:
        """The version that the person saw; 0 is the standard."""
        return row_id(self.seen.data)

    @property
    def texts(self) -> list[tuple[TemplateText, Any, str]]:  # Any: a WTForms field
        """The texts of the chosen template, each with its field and the template's own words."""
        return [
            (text, self[text.key], self.chosen.own_words(text.key, self.kind.key, self.tag))
            for text in self.chosen.texts
        ]

    def rows(self, sort: str) -> list[DesignRow]:
        """Return every row of logos or signatories."""
        return [row for number in range(1, 100) if (row := DesignRow.of(self, sort, number))]

    def shown_rows(self, sort: str) -> list[DesignRow]:
        """Return the filled rows and, while the template has room, an empty one."""
        rows, most = self.rows(sort), self.chosen.logos if sort == LOGO else self.chosen.signatures
        filled = sum(row.is_filled for row in rows)
        return rows[: max(filled, min(filled + 1, most))]

    def validate(self, extra_validators: Any = None) -> bool:  # Any: WTForms' own signature
        """Check every field, and that each row has what it is nothing without."""
        refused = {name: list(field.errors) for name, field in self._fields.items() if field.errors}
        valid = bool(super().validate(extra_validators))
        for name, errors in refused.items():
            self[name].errors = errors
        missing = [row.complain() for sort in (LOGO, SIGNATORY) for row in self.rows(sort)]
        return valid and not refused and not any(missing)

    def design(self) -> Design:
        """Return what was chosen and typed."""
        return Design(
            template=self.chosen.name,
            orientation=Orientation(self.orientation.data or self.chosen.orientations[0]),
            language=self.tag,
            texts={text.key: field.data for text, field, _own in self.texts if field.data},
            logos=tuple(row.logo for row in self.rows(LOGO) if row.upload_id),
            signatories=tuple(row.signatory for row in self.rows(SIGNATORY) if row.is_filled),
        )


def design_form(kind: DesignedKind, design: Design | None = None, *, seen: int = 0) -> DesignForm:
    """Return the form of a kind: what was sent, or a design as it stands (``seen`` is its version)."""
    known = templates_for(kind.key)
    fields: dict[str, Any] = {"kind": kind}  # Any: fields that are not bound yet
    for text in (text for each in reversed(known) for text in each.texts):
        fields[text.key] = _text_field(text)
    fields |= row_fields(LOGO, max(each.logos for each in known))
    fields |= row_fields(SIGNATORY, max(each.signatures for each in known))
    shown = type("KindDesignForm", (DesignForm,), fields)(data=_stored(design, seen) if design else None)
    assert isinstance(shown, DesignForm)
    tidy(shown.rows(LOGO))
    tidy(shown.rows(SIGNATORY))
    shown.fill_choices()
    return shown


def stored_words(design: Design) -> dict[str, Any]:  # Any: a value of any field
    """Return what fills the fields of a design."""
    rows = {
        f"{LOGO}-{number}-{part}": value
        for number, each in enumerate(design.logos, 1)
        for part, value in (("upload", str(each.upload_id)), ("description", each.description))
    } | {
        f"{SIGNATORY}-{number}-{part}": value
        for number, each in enumerate(design.signatories, 1)
        for part, value in (("upload", str(each.upload_id or "")), ("name", each.name), ("role", each.role))
    }
    chosen = {"template": design.template, "orientation": design.orientation.value, "language": design.language}
    return {**chosen, **design.texts, **rows}


def _stored(design: Design, seen: int) -> dict[str, Any]:  # Any: as above
    return {**stored_words(design), "seen": str(seen)}


def _text_field(text: TemplateText) -> Any:  # Any: a field that is not bound yet
    made, cleaned = (StringField, one_line) if text.lines == 1 else (TextAreaField, many_lines)
    return made(text.label, filters=[cleaned], description=text.hint)
