"""What the living style sheet shows: the tokens with their contrast, a form with errors, numbers for the plots."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    EmailField,
    FileField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    validators,
    widgets,
)
from wtforms.fields.choices import SelectChoice

from .economies import ECONOMIES
from .forms import Form
from .plots import SeatDay

TOKENS = Path(__file__).resolve().parent.parent / "static" / "css" / "tokens.css"
# Token, what it is for, and the least contrast on --surface that its use needs (0: a ground).
COLOURS = (
    ("bg", "Page", 0.0),
    ("surface", "Panels, tables", 0.0),
    ("sunken", "Wells, bar ground", 0.0),
    ("line", "Hairlines", 0.0),
    ("line-strong", "Control borders", 3.0),
    ("ink", "Text", 4.5),
    ("ink-2", "Second text", 4.5),
    ("ink-3", "Hints, labels", 4.5),
    ("brand", "Buttons, links, done", 4.5),
    ("brand-tint", "Chosen rows", 0.0),
    ("band", "Header, plenary", 0.0),
    ("accent", "Needs action, text", 4.5),
    ("accent-mark", "Needs action, marks", 3.0),
    ("accent-tint", "Needs action, ground", 0.0),
    ("focus", "Focus ring only", 3.0),
    ("danger", "Errors, text", 4.5),
)
SEATS = (10, 6, 9, 12, 17, 8, 27, 17, 16, 13, 13, 6, 7, 14, 15, 6, 9, 13, 16, 11, 28)
WOMEN = (5, 3, 4, 6, 8, 4, 14, 7, 7, 6, 6, 3, 3, 8, 9, 3, 4, 7, 9, 5, 15)
NOT_SAID = {0: 1, 2: 1, 8: 1, 16: 1, 19: 1}
CHORDS = (("THA", "CHL", 2), ("VN", "JPN", 3), ("VN", "MEX", 2), ("PE", "PRC", 1), ("CT", "MAS", 1), ("SGP", "AUS", 1))


@dataclass(frozen=True)
class Swatch:
    """One colour of one theme; ``ratio`` is its contrast on ``--surface``, None for a ground."""

    token: str
    use: str
    colour: str
    ratio: float | None


def themes(css: str) -> dict[str, dict[str, str]]:
    """Return the colours in a tokens file: ``light``, ``dark``, and ``system`` (dark by the system's wish)."""
    blocks = {
        "light": r'\[data-bs-theme="light"\] \{(.*?)\}',
        "system": r":root:not\(.*?\) \{(.*?)\}",
        "dark": r'\n\[data-bs-theme="dark"\] \{(.*?)\}',
    }
    found = {}
    for name, pattern in blocks.items():
        block = re.search(pattern, css, re.DOTALL)
        found[name] = dict(re.findall(r"--([\w-]+): ([^;]+);", block.group(1) if block else ""))
    return found


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours such as ``#0b5a43`` by WCAG 2, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _swatches(colours: dict[str, str]) -> list[Swatch]:
    return [
        Swatch(token, use, colours[token], round(contrast(colours[token], colours["surface"]), 1) if least else None)
        for token, use, least in COLOURS
    ]


class SampleForm(Form):
    """One field of every kind, two of them with an error."""

    organisation = StringField(description="As on its letterhead")
    email = EmailField(
        "E-mail", [validators.InputRequired(), validators.Regexp(r".+@.+", message="The part after @ is missing.")]
    )
    economy = SelectField(
        description="The economy you come for, not your passport.",
        choices=[SelectChoice(economy.code, economy.short_name) for economy in ECONOMIES],
    )
    gender = RadioField(
        description="Reported only as totals by economy.",
        choices=[
            SelectChoice("woman", "Woman"),
            SelectChoice("man", "Man"),
            SelectChoice("another", "Another"),
            SelectChoice("not-said", "I prefer not to say"),
        ],
    )
    sessions = SelectMultipleField(
        "Side events",
        choices=[
            SelectChoice("clinic", "Green public procurement clinic"),
            SelectChoice("heat", "From waste heat to working capital"),
        ],
        widget=widgets.ListWidget(prefix_label=False),
        option_widget=widgets.CheckboxInput(),
    )
    biography = TextAreaField("Short biography", description="At most 200 words.")
    photograph = FileField("Photograph for the badge", description="JPEG or PNG, at most 5 MB.")
    consent = BooleanField(
        "I have read the privacy notice", [validators.InputRequired(message="Please tick this box.")]
    )


def sample() -> dict[str, Any]:
    """Return the context of the living style sheet, the same on every call."""
    colours = themes(TOKENS.read_text("utf-8"))
    return {
        "looks": [(name, name.capitalize(), _swatches(colours[name]), _form(name)) for name in ("light", "dark")],
        "delegates": [(each.code, each.short_name, count) for each, count in zip(ECONOMIES, SEATS, strict=True)],
        "nobody": [(each.code, each.short_name, 0) for each in ECONOMIES],
        "chords": CHORDS,
        "by_gender": _by_gender(),
        "seat_days": _seat_days(),
        "deadline": (date(2027, 5, 7), "Unused places return 7 May"),
        "moment_shown": datetime(2027, 5, 6, 1, 30, tzinfo=UTC),
    }


def _form(prefix: str) -> SampleForm:
    typed = {
        "organisation": "Lamphun Cold Chain",
        "email": "nattaya",
        "economy": "THA",
        "gender": "woman",
        "sessions": "heat",
    }
    answers = MultiDict({f"{prefix}-{name}": value for name, value in typed.items()})
    form = SampleForm(formdata=answers, prefix=prefix, meta={"csrf": False})
    form.validate()
    return form


def _by_gender() -> list[tuple[str, str, tuple[int, int, int]]]:
    rows = []
    for index, (economy, seats, women) in enumerate(zip(ECONOMIES, SEATS, WOMEN, strict=True)):
        quiet = NOT_SAID.get(index, 0)
        rows.append((economy.code, economy.short_name, (women, seats - women - quiet, quiet)))
    return rows


def _seat_days() -> list[SeatDay]:
    first = date(2027, 2, 1)
    days = []
    for index in range(93):
        filled = index / 92
        confirmed = round(287 * filled * filled * (3 - 2 * filled))
        days.append(SeatDay(first + timedelta(days=index), confirmed, round(9 * filled), round(46 * filled**2)))
    return days
