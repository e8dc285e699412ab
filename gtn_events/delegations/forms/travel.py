"""What organisers and travellers type about funded travel."""

from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import DateField, DecimalField, IntegerField, SelectField, SelectMultipleField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from gtn_events.accounts.forms.base import Form, filled, text_field
from gtn_events.accounts.forms.hosted import many_lines
from gtn_events.accounts.forms.versioned import VersionedForm
from gtn_events.core.economies import economies_in_order
from gtn_events.core.errors import DomainError

from ..domain.travel import AMOUNTS, TravelRules
from ..models import Traveller, TravelSettings
from ..travel_enums import FundingCategory, PaperKind
from ..travel_errors import TravelRefused

MOST = Decimal("1000000")
_AMOUNT = NumberRange(0, MOST, _l("Write an amount from 0 to 1,000,000."))
_CENTS = Decimal("0.01")


class AmountField(DecimalField):
    """An amount to the hundredth, exactly as typed."""

    data: Decimal | None

    def process_formdata(self, valuelist: list[str]) -> None:
        """Refuse what is no number (also NaN), or has more than two places."""
        super().process_formdata(valuelist)
        if self.data is not None:
            if not self.data.is_finite() or abs(self.data) > MOST or self.data != round(self.data, 2):
                self.data = None
                raise ValueError(_l("Write an amount with at most two places, such as 812.50."))
            self.data = self.data.quantize(_CENTS)


class TravelRulesForm(VersionedForm):
    """The rules of funded travel; exceptions are lines such as ``THA 3``."""

    ceiling = IntegerField(
        _l("Funded participants of an economy"),
        [InputRequired(_l("Write a number.")), NumberRange(0, 99, _l("Write a number from 0 to 99."))],
    )
    exceptions = TextAreaField(
        _l("Other numbers"),
        [Length(max=500)],
        [many_lines],
        description=_l("One economy a line, its code and the number: THA 3"),
    )
    currency = SelectField(_l("Currency"), choices=[SelectChoice(each, each) for each in ("USD", "SGD", "EUR")])
    daily_rate = AmountField(
        _l("Per diem for one night"),
        [InputRequired(_l("Write the rate.")), _AMOUNT],
        description=_l("The rate of the UN for the city. Three quarters of a day are added once."),
    )
    papers = SelectMultipleField(
        _l("Papers that every traveller sends"),
        choices=[SelectChoice(each.value, each.label) for each in PaperKind],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    due_on = DateField(
        _l("Papers are due on"),
        [Optional()],
        description=_l("Travellers are reminded two weeks, one week and a day before."),
    )

    def rules(self) -> TravelRules:
        """Return what was typed, for the domain.

        Raises:
            TravelRefused: a line of the exceptions is none.
        """
        return TravelRules(
            ceiling=self.ceiling.data,
            currency=self.currency.data,
            daily_rate=self.daily_rate.data or Decimal("0.00"),
            papers=tuple(PaperKind(each) for each in self.papers.data),
            due_on=self.due_on.data,
            ceilings=_ceilings(self.exceptions.data or ""),
        )


def stored_rules(settings: TravelSettings | None, ceilings: dict[str, int]) -> dict[str, Any]:
    """Return what fills the form of the rules."""
    if settings is None:
        return {"ceiling": 2, "currency": "USD", "papers": [each.value for each in PaperKind]}
    lines = "\n".join(f"{code} {places}" for code, places in sorted(ceilings.items()))
    names = ("ceiling", "currency", "daily_rate", "papers", "due_on")
    return {name: getattr(settings, name) for name in names} | {"exceptions": lines}


class FundForm(Form):
    """Whose travel is paid, and as what."""

    reference = text_field(
        _l("Number of the registration"),
        most=24,
        validators=[filled(_l("Write the number of the registration."))],
        description=_l("It stands on the registration and on the ticket, such as GTN27-4F7Q-8K2M."),
    )
    category = SelectField(_l("Funded as"), choices=[SelectChoice(each.value, each.label) for each in FundingCategory])
    planned_fare = AmountField(
        _l("Ceiling of the fare"),
        [Optional(), _AMOUNT],
        description=_l("Economy class, there and back. It stands in the mail to the traveller and in the ledger."),
    )

    def chosen(self) -> FundingCategory:
        """Return the category."""
        return FundingCategory(self.category.data)


class JourneyForm(VersionedForm):
    """Two days at the venue."""

    arrives_on = DateField(_l("Arrives at the venue on"), [InputRequired(_l("Give a date."))])
    departs_on = DateField(_l("Leaves the venue on"), [InputRequired(_l("Give a date."))])


def journey_of(traveller: Traveller) -> JourneyForm:
    """Return the form of the days as they are stored."""
    form = JourneyForm(formdata=None, data=stored_journey(traveller))
    form.show(traveller)
    return form


def stored_journey(traveller: Traveller) -> dict[str, Any]:
    """Return what fills the form of the days."""
    return {"arrives_on": traveller.arrives_on, "departs_on": traveller.departs_on}


class AmountsForm(VersionedForm):
    """What is planned and what was paid for one traveller."""

    planned_fare = AmountField(_l("Planned: fare"), [InputRequired(_l("Write an amount.")), _AMOUNT])
    planned_other = AmountField(_l("Planned: other"), [InputRequired(_l("Write an amount.")), _AMOUNT])
    paid_fare = AmountField(_l("Paid: fare"), [InputRequired(_l("Write an amount.")), _AMOUNT])
    paid_per_diem = AmountField(_l("Paid: per diem"), [InputRequired(_l("Write an amount.")), _AMOUNT])
    paid_other = AmountField(_l("Paid: other"), [InputRequired(_l("Write an amount.")), _AMOUNT])

    def amounts(self) -> dict[str, Decimal]:
        """Return what was typed, for the domain."""
        return {name: self[name].data for name in AMOUNTS}


def amounts_of(traveller: Traveller) -> AmountsForm:
    """Return the form of the amounts as they are stored."""
    form = AmountsForm(formdata=None, data=stored_amounts(traveller))
    form.show(traveller)
    return form


def stored_amounts(traveller: Traveller) -> dict[str, Any]:
    """Return what fills the form of the amounts."""
    return {name: getattr(traveller, name) for name in AMOUNTS}


class PaperForm(Form):
    """One file."""

    file = FileField(_l("File"), description=_l("PDF, JPEG or PNG, at most 5 MB."))

    def validate(self, extra_validators: Any = None) -> bool:  # Any: WTForms' own signature
        """Refuse when nothing was chosen."""
        valid = bool(super().validate(extra_validators))
        if not self.file.data:
            self.refuse(DomainError("Choose a file.", field="file"))
        return valid and bool(self.file.data)


def _ceilings(text: str) -> dict[str, int]:
    codes = {each.code for each in economies_in_order()}
    found: dict[str, int] = {}
    for line in filter(None, (each.strip() for each in text.splitlines())):
        code, _, number = line.partition(" ")
        places = number.strip()
        if code.upper() not in codes or not (places.isascii() and places.isdigit()) or int(places) > 99:
            raise TravelRefused(f"“{line[:40]}” is no economy with a number. Write it like THA 3.", field="exceptions")
        found[code.upper()] = int(places)
    return found
