"""The lists that people choose from: where they come from, time zones, languages of names."""

from functools import cache

from flask_babel import gettext as _
from wtforms.fields import SelectChoice

from gtn_events.core.economies import DelegationClass, economies_in_order

from ..domain.names import NAME_LANGUAGES
from ..domain.time_zones import zones_by_place
from ..models import Account

HONORIFICS = ("Mr", "Ms", "Mrs", "Mx", "Dr", "Prof", "H.E.")

Choices = list[SelectChoice]


def origin_choices() -> Choices:
    """Return the member economies in protocol order, then the delegation classes without one."""
    member, other = _("Member economies"), _("Without a member economy")
    economies = [SelectChoice(f"economy:{one.code}", one.short_name, optgroup=member) for one in economies_in_order()]
    classes = [one for one in DelegationClass if one is not DelegationClass.ECONOMY]
    return [
        SelectChoice("", _("Please choose")),
        *economies,
        *(SelectChoice(one.value, one.label, optgroup=other) for one in classes),
    ]


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
def zone_choices() -> Choices:
    """Return all IANA time zones by area, the cities as people write them."""
    choices = [SelectChoice("UTC", "UTC")]
    for name in zones_by_place():
        area, _slash, city = name.partition("/")
        choices.append(SelectChoice(name, city.replace("_", " ").replace("/", ", "), optgroup=area))
    return choices


def honorific_choices(present: str) -> Choices:
    """Return the forms of address; one that a person has and the list has not is kept."""
    kept = [present] if present and present not in HONORIFICS else []
    return [SelectChoice("", _("None")), *(SelectChoice(one, one) for one in (*HONORIFICS, *kept))]


def name_language_choices() -> Choices:
    """Return the languages of a name in its own script."""
    languages = [SelectChoice(tag, name) for tag, name in NAME_LANGUAGES.items()]
    return [SelectChoice("", _("Find it from the script")), *languages]


def language_choices() -> list[SelectChoice]:
    """Return the languages a person can say they read best, English first."""
    others = (SelectChoice(tag, name) for tag, name in NAME_LANGUAGES.items() if tag != "en")
    return [SelectChoice("en", NAME_LANGUAGES["en"]), *others]
