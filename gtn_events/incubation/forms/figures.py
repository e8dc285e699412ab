"""The form of the figures of a firm: one field for each, with a box for what is not known."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, HiddenField, StringField, TextAreaField

from gtn_events.accounts.forms.base import Form, at_most, filled, one_line, text_field

from ..domain.figure_sets import GivenFigures
from ..errors import FiguresRefused
from ..figures import FIGURES, METHOD, check_together, read_figure
from ..models import FigureSet
from .base import many_lines

UNKNOWN = "_unknown"
SIZE = 30


class FiguresForm(Form):
    """The figures themselves are added below, so that they stand before the words; ``given`` holds what was read."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: what WTForms passes on
        super().__init__(*args, **kwargs)
        self._values: dict[str, str | None] = {}

    @property
    def figures(self) -> list[tuple[Any, Any]]:  # Any: WTForms' fields
        """The fields in pairs: the number, and the box that says it is not known."""
        return [(self[key], self[key + UNKNOWN]) for key in FIGURES]

    def validate(self, extra_validators: Any = None) -> bool:  # Any: WTForms' own signature
        """Read every figure, so that all that is wrong is told at once."""
        valid = bool(super().validate(extra_validators))
        self._values = {}
        for number, box in self.figures:
            valid = self._read(number, unknown=box.data) and valid
        method = self[METHOD].data or ""
        try:
            check_together(self._values | {METHOD: method})
        except FiguresRefused as refusal:
            self.refuse(refusal)
            return False
        return valid

    def given(self) -> GivenFigures:
        """Return what a valid form holds."""
        method = self[METHOD].data or ""
        values = self._values | ({METHOD: method} if method else {})
        source = self["source"].data if "source" in self else ""
        return GivenFigures(values=values, note=self["note"].data or "", source=source or "")

    def _read(self, number: Field, *, unknown: bool) -> bool:
        if number.errors:
            return False
        typed = number.data or ""
        if unknown and typed:
            number.errors = [_("Leave the field empty if it is not known, or take the tick away.")]
        elif unknown:
            self._values[number.name] = None
        elif not typed:
            number.errors = [_("Write a number, 0 if there is none, or tick “not known”.")]
        else:
            try:
                self._values[number.name] = read_figure(FIGURES[number.name], typed)
            except FiguresRefused as refusal:
                number.errors = [refusal.message]
        return not number.errors


for _figure in FIGURES.values():
    setattr(FiguresForm, _figure.key, text_field(_figure.label, most=SIZE, description=_figure.help))
    setattr(FiguresForm, _figure.key + UNKNOWN, BooleanField(_l("Not known")))
_rows = {"render_kw": {"rows": 3}, "filters": [many_lines]}
setattr(
    FiguresForm,
    METHOD,
    TextAreaField(
        _l("How the emissions were worked out"),
        description=_l(
            "What is compared with what, the factor and where it is from. Needed when emissions are claimed."
        ),
        validators=[at_most(2_000)],
        **_rows,
    ),
)
FiguresForm.note = TextAreaField(
    _l("Anything that explains the figures"),
    description=_l("Such as a year that was unlike the others."),
    validators=[at_most(2_000)],
    **_rows,
)


class FiguresByHandForm(FiguresForm):
    """The same, filled in by an organiser, who says from where the figures are."""

    source = text_field(
        _l("Where the figures are from"),
        most=500,
        validators=[filled(_l("Say where the figures are from. The firm reads it."))],
        description=_l("Such as a call with the firm on 3 May, or its annual report."),
    )


class ConfirmFiguresForm(Form):
    """Who confirms, and which version was shown."""

    name = StringField(
        _l("Your name"),
        filters=[one_line],
        validators=[filled(_l("Write your name. It stands on the receipt.")), at_most(200)],
        description=_l("It stands on the receipt."),
    )
    seen = HiddenField()

    @property
    def version(self) -> int:
        """The version that was shown; 0 when it is no number."""
        text = self.seen.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


class OpenAgainForm(Form):
    """Why confirmed figures are opened again."""

    reason = TextAreaField(
        _l("Reason"),
        description=_l("Such as what the firm wrote. It stays in the journal."),
        validators=[filled(_l("Give a reason: it stays in the journal.")), at_most(2_000)],
        **_rows,
    )


def stored_figures(figures: FigureSet) -> dict[str, Any]:
    """Return what the form shows of figures that are saved."""
    if figures.saved_at is None:
        return {}
    boxes = {key + UNKNOWN: figures.values.get(key) is None for key in FIGURES}
    return {**figures.values, **boxes, "note": figures.note, "source": figures.source}
