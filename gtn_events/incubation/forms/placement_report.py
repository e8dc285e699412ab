"""The forms of both sides' reports: what each is asked at mid-term and at the end."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, IntegerField, RadioField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional

from gtn_events.accounts.forms.base import Form, at_most, filled

from ..domain.placement_reports import Reported
from ..enums import Light, PartyRole, ReportKind
from .base import many_lines
from .placement import ReportForm

HIGHEST = 10**9
LIGHT, SATISFACTION = "light", "satisfaction"
REACHED = (("full", _l("Fully")), ("partly", _l("Partly")), ("no", _l("Not")))
SCALE = [
    SelectChoice("1", _l("1, not at all")),
    SelectChoice("2", "2"),
    SelectChoice("3", "3"),
    SelectChoice("4", "4"),
    SelectChoice("5", _l("5, very much")),
]


def _text(label: Any, *, required: bool = False, rows: int = 3) -> TextAreaField:  # Any: a lazy text
    first = filled(_l("Write a sentence or two.")) if required else Optional()
    return TextAreaField(label, filters=[many_lines], validators=[first, at_most(5_000)], render_kw={"rows": rows})


def _count(label: Any, description: Any = "") -> IntegerField:  # Any: lazy texts
    limits = NumberRange(0, HIGHEST, _l("Write a whole number, 0 or more."))
    return IntegerField(label, [Optional(), limits], description=description, render_kw={"inputmode": "numeric"})


def _scale(label: Any) -> RadioField:  # Any: a lazy text
    return RadioField(label, [InputRequired(_l("Choose one."))], choices=SCALE)


class FirmMidTerm(ReportForm):
    """The firm at mid-term."""

    light = RadioField(
        _l("How it goes"),
        [InputRequired(_l("Choose one."))],
        choices=[SelectChoice(each.value, each.label) for each in Light],
    )
    done = _text(_l("What was done of the plan"), required=True)
    results = _text(_l("What came of it so far"), required=True)
    days = _count(_l("Days at the host so far"))
    meetings = _count(_l("Meetings held with partners and customers"))
    problems = _text(_l("Problems, and help you need"))
    changes = _text(_l("What of the plan should change"))
    following = _text(_l("What comes next"))
    satisfaction = _scale(_l("How content are you with the host?"))


class HostMidTerm(ReportForm):
    """The host at mid-term."""

    light = RadioField(
        _l("How it goes"),
        [InputRequired(_l("Choose one."))],
        choices=[SelectChoice(each.value, each.label) for each in Light],
    )
    done = _text(_l("What was done of the plan"), required=True)
    given = _text(_l("What you gave beyond the services that are noted"))
    problems = _text(_l("Problems, and help you need"))
    changes = _text(_l("What of the plan should change"))
    satisfaction = _scale(_l("How content are you with the firm?"))


class FirmFinal(ReportForm):
    """The firm at the end."""

    activities = _text(_l("What you did"), required=True, rows=5)
    learnt = _text(_l("What you learnt"), required=True)
    contacts = _count(_l("New contacts"))
    partners = _count(_l("Partners that you signed with"))
    pilots = _count(_l("Pilots that were begun"))
    sales = _count(_l("Sales in the host economy"), _l("USD, whole."))
    investment = _count(_l("Capital raised during the stay"), _l("USD, whole."))
    jobs = _count(_l("Jobs made because of the stay"))
    onward = RadioField(
        _l("Do you go on with the host or its partners?"),
        [InputRequired(_l("Choose one."))],
        choices=[
            SelectChoice("venture", _l("A firm together")),
            SelectChoice("agent", _l("An agent or distributor")),
            SelectChoice("supply", _l("Supply or licence")),
            SelectChoice("research", _l("Research together")),
            SelectChoice("none", _l("Not for now")),
        ],
    )
    problems = _text(_l("Problems"))
    advice = _text(_l("Advice to the next firm, and to the organiser"))
    satisfaction = _scale(_l("How content are you with the host?"))
    home = _scale(_l("How content are you with your home coordinator?"))
    programme = _scale(_l("How content are you with the programme?"))
    quote = _text(_l("One sentence that may be quoted"), rows=2)
    quote_allowed = BooleanField(_l("The organiser may publish this sentence with the name of the firm"))


class HostFinal(ReportForm):
    """The host at the end."""

    benefits = _text(_l("What the host gained"), required=True)
    performance = _text(_l("How the firm did"), required=True)
    onward = _text(_l("What goes on between you"))
    problems = _text(_l("Problems"))
    advice = _text(_l("Advice to the next host, and to the organiser"))
    satisfaction = _scale(_l("How content are you with the firm?"))
    programme = _scale(_l("How content are you with the programme?"))


FORMS: dict[tuple[ReportKind, PartyRole], type[ReportForm]] = {
    (ReportKind.MID_TERM, PartyRole.FIRM): FirmMidTerm,
    (ReportKind.MID_TERM, PartyRole.HOST): HostMidTerm,
    (ReportKind.FINAL, PartyRole.FIRM): FirmFinal,
    (ReportKind.FINAL, PartyRole.HOST): HostFinal,
}


def report_form(
    kind: ReportKind, role: PartyRole, *, goals: Sequence[str], data: dict[str, Any] | None = None
) -> ReportForm:  # Any: values of fields
    """Return the form of a report; the firm's last one asks for each goal of the plan whether it was reached."""
    form = FORMS[kind, role]
    asked = goals if (kind, role) == (ReportKind.FINAL, PartyRole.FIRM) else ()
    fields = {
        f"goal_{number}": RadioField(
            _("Goal: %(goal)s", goal=goal),
            [InputRequired(_l("Choose one."))],
            choices=[SelectChoice(*each) for each in REACHED],
        )
        for number, goal in enumerate(asked, start=1)
    }
    made: ReportForm = type(form.__name__, (form,), fields)(data=data)
    return made


def questions_of(form: Form) -> list[Field]:
    """Return the fields that are asked, goals first."""
    asked = [field for field in form if field.name not in ("seen", "csrf_token")]
    return sorted(asked, key=lambda field: not field.name.startswith("goal_"))


def reported(form: Form) -> Reported:
    """Return what a form holds, JSON-ready; what is not right yet is left out."""
    answers = {field.name: field.data for field in questions_of(form) if _holds(field)}
    light, satisfaction = answers.pop(LIGHT, None), answers.pop(SATISFACTION, None)
    return Reported(
        answers=answers,
        light=Light(light) if light else None,
        satisfaction=int(satisfaction) if satisfaction else None,
    )


def data_of(answers: dict[str, Any], light: Light | None, satisfaction: int | None) -> dict[str, Any]:  # Any: JSON
    """Return what a form is filled with from a report."""
    return answers | {
        LIGHT: light.value if light else None,
        SATISFACTION: str(satisfaction) if satisfaction is not None else None,
    }


def _holds(field: Field) -> bool:
    if field.data in (None, "", False) or field.errors:
        return False
    if isinstance(field, RadioField):
        return field.data in {str(option.data) for option in field}
    if isinstance(field, TextAreaField):
        return len(field.data) <= 5_000
    return not isinstance(field, IntegerField) or 0 <= field.data <= HIGHEST
