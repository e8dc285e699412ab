"""What the living style sheet shows: a form with errors, a page of a list, numbers for the plots. All invented."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from flask_wtf import FlaskForm
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

from .economies import ECONOMIES
from .plots import SeatDay

SEATS = (10, 6, 9, 12, 17, 8, 27, 17, 16, 13, 13, 6, 7, 14, 15, 6, 9, 13, 16, 11, 28)
WOMEN = (5, 3, 4, 6, 8, 4, 14, 7, 7, 6, 6, 3, 3, 8, 9, 3, 4, 7, 9, 5, 15)
NOT_SAID = {0: 1, 2: 1, 8: 1, 16: 1, 19: 1}
CHORDS = (("THA", "CHL", 2), ("VN", "JPN", 3), ("VN", "MEX", 2), ("PE", "PRC", 1), ("CT", "MAS", 1), ("SGP", "AUS", 1))


class SampleForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """One field of every kind, two of them with an error."""

    organisation = StringField(description="As on its letterhead")
    email = EmailField("E-mail", [validators.InputRequired(), validators.Regexp(r".+@.+", message="The part after @ is missing.")])
    economy = SelectField(
        description="The economy you come for, not your passport.",
        choices=[(economy.code, economy.short_name) for economy in ECONOMIES],
    )
    gender = RadioField(
        description="Reported only as totals by economy.",
        choices=[("woman", "Woman"), ("man", "Man"), ("another", "Another"), ("not-said", "I prefer not to say")],
    )
    sessions = SelectMultipleField(
        "Side events",
        choices=[("clinic", "Green public procurement clinic"), ("heat", "From waste heat to working capital")],
        widget=widgets.ListWidget(prefix_label=False),
        option_widget=widgets.CheckboxInput(),
    )
    biography = TextAreaField("Short biography", description="At most 200 words.")
    photograph = FileField("Photograph for the badge", description="JPEG or PNG, at most 5 MB.")
    consent = BooleanField("I have read the privacy notice", [validators.InputRequired(message="Please tick this box.")])


def sample() -> dict[str, Any]:
    """Return the context of the living style sheet, the same on every call."""
    typed = MultiDict(
        {"organisation": "Lamphun Cold Chain", "email": "nattaya", "economy": "THA", "gender": "woman", "sessions": "heat"}
    )
    form = SampleForm(formdata=typed, meta={"csrf": False})
    form.validate()
    return {
        "form": form,
        "delegates": [(economy.code, economy.short_name, count) for economy, count in zip(ECONOMIES, SEATS, strict=True)],
        "chords": CHORDS,
        "by_gender": _by_gender(),
        "seat_days": _seat_days(),
        "deadline": (date(2027, 5, 7), "Unused places return 7 May"),
        "moment_shown": datetime(2027, 5, 6, 1, 30, tzinfo=UTC),
    }


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
