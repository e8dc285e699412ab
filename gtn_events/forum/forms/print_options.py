"""What an organiser chooses for the booklet, the poster and the signs."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, RadioField, SelectMultipleField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, NumberRange
from wtforms.widgets import CheckboxInput, ListWidget

from gtn_events.accounts.forms.versioned import VersionedForm

from ..enums import BookletPart, BookletTheme, Paper
from ..language_names import language_name
from ..queries.print_options import AS_WRITTEN, MOST_NOTES, PrintChoice
from .programme import RefusableForm

THEME_NAMES = {
    BookletTheme.RING: _l("Ring, on dark green"),
    BookletTheme.CURRENTS: _l("Currents, on pale green"),
    BookletTheme.QUILT: _l("Quilt, on white"),
}
PART_NAMES = {
    BookletPart.SESSIONS: _l("Sessions by track, with what is said of them"),
    BookletPart.SIDE_EVENTS: _l("Side events"),
    BookletPart.VENUE: _l("Venue and rooms"),
    BookletPart.SPEAKERS: _l("Index of speakers"),
    BookletPart.SPONSORS: _l("Sponsors"),
}
# A field of no language cannot be sent back.
_WRITTEN = "as-written"


class ManyOf(SelectMultipleField):
    """Check boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def _papers(*papers: Paper) -> list[SelectChoice]:
    return [SelectChoice(paper.value, paper.label) for paper in papers]


class BookletForm(VersionedForm, RefusableForm):
    """How the booklet looks and what it holds."""

    theme = RadioField(_l("Cover"), choices=[SelectChoice(each.value, name) for each, name in THEME_NAMES.items()])
    paper = RadioField(_l("Paper"), choices=_papers(Paper.A5, Paper.A4))
    parts = ManyOf(
        _l("Contents"),
        choices=[SelectChoice(each.value, name) for each, name in PART_NAMES.items()],
        description=_l("The days at a glance are always in it. The index needs the sessions."),
    )
    languages = ManyOf(_l("Languages"), description=_l("A session without a text in any of them is given as written."))
    notes_pages = IntegerField(
        _l("Pages for notes"),
        [
            InputRequired(_l("Write a number from 0 to 24.")),
            NumberRange(0, MOST_NOTES, _l("Write a number from 0 to 24.")),
        ],
    )

    def __init__(self, languages: Sequence[str], **kwargs: Any) -> None:  # Any: what WTForms passes on
        super().__init__(**kwargs)
        others = [SelectChoice(tag, language_name(tag)) for tag in languages]
        self.languages.choices = [SelectChoice(_WRITTEN, _l("As written")), *others]

    def choice(self) -> PrintChoice:
        """Return what was chosen; what this form does not ask is as everybody gets it."""
        return PrintChoice(
            theme=BookletTheme(self.theme.data),
            paper=Paper(self.paper.data),
            parts=tuple(part for part in BookletPart if part.value in self.parts.data),
            languages=tuple(AS_WRITTEN if tag == _WRITTEN else tag for tag in self.languages.data) or (AS_WRITTEN,),
            notes_pages=self.notes_pages.data,
        )


def stored_choice(choice: PrintChoice) -> dict[str, Any]:  # Any: a value of any field
    """Return what fills the form of the booklet."""
    return {
        "theme": choice.theme.value,
        "paper": choice.paper.value,
        "parts": [part.value for part in choice.parts],
        "languages": [tag or _WRITTEN for tag in choice.languages],
        "notes_pages": choice.notes_pages,
    }


class SheetForm(RefusableForm):
    """The paper of a poster or of signs."""

    paper = RadioField(_l("Paper"), choices=_papers(Paper.A4, Paper.A3))
