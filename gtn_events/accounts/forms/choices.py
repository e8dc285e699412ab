"""The lists that people choose from: where they come from, time zones, languages of names."""

from functools import cache
from zoneinfo import available_timezones

from flask_babel import gettext as _

from gtn_events.core.economies import DelegationClass, economies_in_order

from ..domain.names import NAME_LANGUAGES
from ..models import Account

AREAS = ("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
HONORIFICS = ("Mr", "Ms", "Mrs", "Mx", "Dr", "Prof", "H.E.")

Choices = list[tuple[str, str]]


def origin_choices() -> dict[str, Choices]:
    """Return the member economies in protocol order, then the delegation classes without one."""
    economies = [(f"economy:{economy.code}", economy.short_name) for economy in economies_in_order()]
    others = [(one.value, one.label) for one in DelegationClass if one is not DelegationClass.ECONOMY]
    return {
        _("Member economies"): [("", _("Please choose")), *economies],
        _("Without a member economy"): others,
    }


def origin_of(account: Account) -> str:
    """Return the choice that an account has made."""
    if account.delegation_class is not DelegationClass.ECONOMY:
        return account.delegation_class.value
    return f"economy:{account.economy_code}" if account.economy_code else ""


def read_origin(chosen: str) -> tuple[DelegationClass, str | None]:
    """Return the delegation class and the economy's code of a valid choice."""
    kind, _colon, code = chosen.partition(":")
    return DelegationClass(kind), code or None


@cache
def zone_choices() -> dict[str, Choices]:
    """Return all IANA time zones by area, the cities as people write them."""
    names = sorted(available_timezones())
    grouped: dict[str, Choices] = {"UTC": [("UTC", "UTC")]}
    for area in AREAS:
        zones = [
            (name, name.partition("/")[2].replace("_", " ").replace("/", ", "))
            for name in names
            if name.startswith(f"{area}/")
        ]
        grouped[area] = zones
    return grouped


def honorific_choices(present: str) -> Choices:
    """Return the forms of address; one that a person has and the list has not is kept."""
    kept = [present] if present and present not in HONORIFICS else []
    return [("", _("None"))] + [(one, one) for one in (*HONORIFICS, *kept)]


def name_language_choices() -> Choices:
    """Return the languages of a name in its own script."""
    return [("", _("Find it from the script")), *NAME_LANGUAGES.items()]
