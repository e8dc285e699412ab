"""The one sentence that says why an assignment is not complete."""

from collections.abc import Callable
from typing import Protocol

from .shortfall import Scope, Shortfall, Side


class Ngettext(Protocol):
    """A function that translates a text that counts something, and fills its values in."""

    def __call__(self, one: str, many: str, num: int, /, **values: object) -> str: ...


def untranslated(one: str, many: str, num: int, /, **values: object) -> str:
    """Fill the values into the English text."""
    return (one if num == 1 else many) % {"num": num, **values}


def sentence(shortfall: Shortfall, *, name_of: Callable[[Shortfall], str], ngettext: Ngettext = untranslated) -> str:
    """Return why, such as "Peru: 14 allowed judges, 90 seats needed, 62 available.".

    Args:
        name_of: gives the name of the one member, of the economy or of the category.
        ngettext: translates; without it the sentence is English.
    """
    name = _group(shortfall, ngettext) if shortfall.scope in {Scope.SOME, Scope.ALL} else name_of(shortfall)
    values = {"name": name, "needed": shortfall.needed, "available": shortfall.available}
    if shortfall.side is Side.JUDGES:
        return ngettext(
            "%(name)s: %(num)d allowed entry, a least load of %(needed)d, %(available)d available.",
            "%(name)s: %(num)d allowed entries, a least load of %(needed)d, %(available)d available.",
            shortfall.partners,
            **values,
        )
    if shortfall.economy_cap is not None:
        return ngettext(
            "%(name)s: %(num)d allowed judge, %(needed)d seats needed, %(available)d available "
            "with at most %(cap)d of one economy on a panel.",
            "%(name)s: %(num)d allowed judges, %(needed)d seats needed, %(available)d available "
            "with at most %(cap)d of one economy on a panel.",
            shortfall.partners,
            cap=shortfall.economy_cap,
            **values,
        )
    if shortfall.needed == 1:
        return ngettext(
            "%(name)s: %(num)d allowed judge, 1 seat needed, none available.",
            "%(name)s: %(num)d allowed judges, 1 seat needed, none available.",
            shortfall.partners,
            **values,
        )
    return ngettext(
        "%(name)s: %(num)d allowed judge, %(needed)d seats needed, %(available)d available.",
        "%(name)s: %(num)d allowed judges, %(needed)d seats needed, %(available)d available.",
        shortfall.partners,
        **values,
    )


def _group(shortfall: Shortfall, ngettext: Ngettext) -> str:
    members = len(shortfall.members)
    if shortfall.side is Side.ENTRIES and shortfall.scope is Scope.ALL:
        return ngettext("All %(num)d entry", "All %(num)d entries", members)
    if shortfall.side is Side.ENTRIES:
        return ngettext("%(num)d entry", "%(num)d entries", members)
    if shortfall.scope is Scope.ALL:
        return ngettext("All %(num)d judge", "All %(num)d judges", members)
    return ngettext("%(num)d judge", "%(num)d judges", members)
