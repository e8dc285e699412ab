"""What an organiser types about a round."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateTimeLocalField,
    DecimalField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from gtn_events.accounts.forms.base import Form, filled, text_field
from gtn_events.core.errors import VenueTimeRefused
from gtn_events.core.venue_time import local_at_venue, moment_at_venue
from gtn_events.questionnaire.models import QuestionnaireVersion

from ..domain.rounds import Adds, Cut, RoundDetails
from ..domain.templates_of_rounds import RULE_SETS
from ..enums import EconomyPolicy, Method, RoundKind
from ..models import Competition, Round
from ..results.ladder import PUBLISHED
from ..results.ladder_steps import Step

MINUTES = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]
TIMES = ("opens_at", "closes_at")
BLIND = (
    ("title", _l("Title")),
    ("organisation", _l("Firm")),
    ("economy", _l("Economy")),
    ("team", _l("Team and partners")),
    ("video", _l("Video")),
    ("scores", _l("Scores of the other judges, also after one's own")),
)
METHOD_NOTES = {
    Method.CALIBRATED: _l("The raw mean stands beside it; without a difference between judges it is the raw mean."),
    Method.RAW_MEAN: _l("It is not corrected for strict or generous judges."),
    Method.TRIMMED_MEAN: _l("With fewer than three scorecards nothing is left out."),
    Method.SUM: _l("Entries with more scorecards are favoured."),
    Method.MEDIAN: _l("Many entries may be tied, because it ignores how far apart totals are."),
    Method.Z_SCORE: _l("It can turn the ranking around where strong entries went to certain judges."),
    Method.BORDA: _l("Every judge has to score every entry; only their order counts."),
    Method.SCHULZE: _l("Every judge has to score every entry; only their order counts."),
}
_STEPS = {
    Step.HEAD_TO_HEAD: _l("Judges who scored both"),
    Step.CRITERION: _l("The heaviest criterion, then the next"),
    Step.FIRST_PLACES: _l("Number of first places"),
    Step.CHAIR: _l("The chair's recorded vote"),
}
CUT = ("top", "per_category", "per_economy", "at_most_per_economy", "reserve", "threshold")
_NUMBER = _l("Write a whole number from 1 to 10,000.")


class ManyChoices(SelectMultipleField):
    """Check boxes for several choices of a list."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class RoundForm(Form):
    """One round. ``details()`` is what was typed, once ``validate()`` said yes."""

    lock_version = HiddenField()
    title = text_field(_l("Name"), most=80, validators=[filled(_l("Give the round a name."))])
    kind = SelectField(_l("Kind"), choices=[SelectChoice(each.value, _l(each.label)) for each in RoundKind])
    opens_at = DateTimeLocalField(_l("Opens"), [InputRequired(_l("Say when scoring opens."))], format=MINUTES)
    closes_at = DateTimeLocalField(_l("Closes"), [InputRequired(_l("Say when scoring closes."))], format=MINUTES)
    judges_per_entry = IntegerField(
        _l("Judges for each entry"),
        [
            InputRequired(_l("Say how many judges read each entry.")),
            NumberRange(1, 100, _l("Write a number from 1 to 100.")),
        ],
    )
    economy_policy = SelectField(
        _l("May a judge score entries of their own economy?"),
        choices=[SelectChoice(each.value, _l(each.label)) for each in EconomyPolicy],
    )
    at_most_of_economy = IntegerField(
        _l("Most judges of one economy on a panel"),
        [Optional(), NumberRange(1, 100, _l("Write a number from 1 to 100."))],
        description=_l("Empty for no limit."),
    )
    method = RadioField(_l("How scorecards become a ranking"))
    blind = ManyChoices(_l("What judges do not see"), description=_l("All of it is shown when nothing is chosen."))
    top = IntegerField(
        _l("How many go on"), [Optional(), NumberRange(1, 10_000, _NUMBER)], description=_l("Empty for no limit.")
    )
    per_category = BooleanField(_l("So many in each category"))
    per_economy = BooleanField(_l("So many of each economy"))
    adds_round = SelectField(
        _l("Add the total of an earlier round"),
        coerce=lambda value: int(value or 0),
        default=0,
        description=_l("For a second sheet whose points come on top."),
    )
    adds_points = DecimalField(
        _l("Points of the earlier round"),
        [Optional(), NumberRange(1, 1000, _l("Write a number from 1 to 1,000."))],
        places=None,
        description=_l("What its 100 points are worth in the sum."),
    )
    adds_own = DecimalField(
        _l("Points of this round"),
        [Optional(), NumberRange(1, 1000, _l("Write a number from 1 to 1,000."))],
        places=None,
        description=_l("What its 100 points are worth in the sum."),
    )
    threshold = DecimalField(
        _l("Least total"),
        [Optional(), NumberRange(0, 100, _l("Write a total from 0 to 100."))],
        places=None,
        description=_l("Of 100 points. Empty for none."),
    )
    at_most_per_economy = IntegerField(
        _l("Most entries of one economy that go on"),
        [Optional(), NumberRange(1, 10_000, _NUMBER)],
        description=_l("Empty for no limit."),
    )
    reserve = IntegerField(
        _l("On the reserve list"), [Optional(), NumberRange(0, 10_000, _l("Write a number from 0 to 10,000."))]
    )
    ties = ManyChoices(
        _l("What breaks a tie, in this order"),
        choices=[SelectChoice(step.value, label) for step, label in _STEPS.items()],
        description=_l("The lot comes last; its seed is promised before the round opens."),
    )

    def __init__(
        self, competition: Competition, *args: Any, before: int | None = None, **kwargs: Any
    ) -> None:  # Any: what WTForms passes on
        """Offer the rounds before the one with this number, all of them for a new one."""
        super().__init__(*args, **kwargs)
        self._zone = competition.time_zone
        self._moments: dict[str, datetime] = {}
        self.method.choices = [SelectChoice(each.value, f"{_(each.label)}. {METHOD_NOTES[each]}") for each in Method]
        earlier = [each for each in competition.rounds if before is None or each.number < before]
        self.adds_round.choices = [
            SelectChoice(0, _("None")),
            *(SelectChoice(each.number, f"{each.number}. {each.title}") for each in earlier),
        ]
        self.blind.choices = [SelectChoice(key, label) for key, label in BLIND] + _questions(competition)

    def validate(self, extra_validators: Any = None) -> bool:  # Any: WTForms' own signature
        """Check every field, then that each typed time is exactly one moment at the host's place."""
        valid = bool(super().validate(extra_validators))
        for name in TIMES:
            field = self[name]
            if field.errors:
                continue
            try:
                self._moments[name] = moment_at_venue(field.data, self._zone)
            except VenueTimeRefused as refusal:
                field.errors = [*field.errors, refusal.message]
                valid = False
        return valid

    def details(self) -> RoundDetails:
        """Return what was typed, for the domain."""
        return RoundDetails(
            title=self.title.data,
            kind=RoundKind(self.kind.data),
            opens_at=self._moments["opens_at"],
            closes_at=self._moments["closes_at"],
            judges_per_entry=self.judges_per_entry.data,
            economy_policy=EconomyPolicy(self.economy_policy.data),
            at_most_of_economy=self.at_most_of_economy.data,
            method=Method(self.method.data),
            blind=self.blind.data,
            cut=Cut(
                top=self.top.data,
                threshold=self.threshold.data,
                per_category=self.per_category.data,
                per_economy=self.per_economy.data,
                at_most_per_economy=self.at_most_per_economy.data,
                reserve=self.reserve.data or 0,
                ties=tuple(step for step in PUBLISHED if step.value in self.ties.data),
            ),
            adds=self._adds(),
        )

    def _adds(self) -> Adds | None:
        if not self.adds_round.data:
            return None
        return Adds(
            round=self.adds_round.data,
            points=self.adds_points.data or Decimal(100),
            own=self.adds_own.data or Decimal(100),
        )


class RuleSetForm(Form):
    """Which ready rule set becomes the rounds, and from when."""

    rule_set = SelectField(_l("Rules"), choices=[SelectChoice(each.key, each.label) for each in RULE_SETS.values()])
    starts_at = DateTimeLocalField(_l("First round opens"), [InputRequired(_l("Say when it opens."))], format=MINUTES)
    with_call = BooleanField(
        _l("Take its rules of entering and its awards over, too"),
        description=_l("Who brings entries, how many of an economy, files asked for. Only before the first entry."),
    )

    def opens_at(self, competition: Competition) -> datetime:
        """Return when the first round opens (UTC).

        Raises:
            VenueTimeRefused: the clocks at the host's place make it none or two moments.
        """
        return moment_at_venue(self.starts_at.data, competition.time_zone)


def stored_round(round_: Round) -> dict[str, Any]:  # Any: a value of any column
    """Return what fills the form for a round that exists."""
    zone, cut = round_.competition.time_zone, round_.cut
    plain = ("title", "judges_per_entry", "at_most_of_economy", "blind", "lock_version")
    return {
        **{name: getattr(round_, name) for name in plain},
        "kind": round_.kind.value,
        "economy_policy": round_.economy_policy.value,
        "method": round_.method.value,
        "opens_at": local_at_venue(round_.opens_at, zone),
        "closes_at": local_at_venue(round_.closes_at, zone),
        **{name: cut.get(name) for name in CUT},
        "adds_round": round_.adds.get("round", 0),
        **{f"adds_{name}": Decimal(round_.adds[name]) for name in ("points", "own") if round_.adds},
        "ties": cut.get("ties", [step.value for step in PUBLISHED]),
    }


def new_round() -> dict[str, Any]:  # Any: a value of any column
    """Return what fills the form for a new round."""
    return {
        "kind": RoundKind.REVIEW.value,
        "judges_per_entry": 3,
        "economy_policy": EconomyPolicy.FORBID.value,
        "at_most_of_economy": 1,
        "method": Method.CALIBRATED.value,
        "ties": [step.value for step in PUBLISHED],
    }


def _questions(competition: Competition) -> list[SelectChoice]:
    """Return the questions of the newest entry form, so that each can be hidden from judges."""
    versions: list[QuestionnaireVersion] = competition.questionnaire.versions
    questions = versions[-1].questions if versions else []
    return [SelectChoice(f"question:{each.key}", _("Answer: %(label)s", label=each.label)) for each in questions]
