"""How what an assignment stores reads on a page: why seats are missing, and why a judge gave one up."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from ..enums import ConflictKind


def words_of_shortfall(
    short: Mapping[str, Any], economies: Mapping[str, str], categories: Mapping[str, str]
) -> str:  # Any: as a plan stores it
    """Return why seats are missing, such as "Peru: 14 allowed judges, 90 seats needed, 62 available.".

    Args:
        short: as ``assignment.Shortfall.named`` returns it.
        economies: names by their codes.
        categories: labels by their keys.
    """
    values = {"name": _whose(short, economies, categories), "needed": short["needed"], "available": short["available"]}
    if short["side"] == "judges":
        return ngettext(
            "%(name)s: %(num)d allowed entry, a least load of %(needed)d, %(available)d available.",
            "%(name)s: %(num)d allowed entries, a least load of %(needed)d, %(available)d available.",
            short["partners"],
            **values,
        )
    if short["cap"] is not None:
        return ngettext(
            "%(name)s: %(num)d allowed judge, %(needed)d seats needed, %(available)d available "
            "with at most %(cap)d of one economy on a panel.",
            "%(name)s: %(num)d allowed judges, %(needed)d seats needed, %(available)d available "
            "with at most %(cap)d of one economy on a panel.",
            short["partners"],
            cap=short["cap"],
            **values,
        )
    if short["needed"] == 1:
        return ngettext(
            "%(name)s: %(num)d allowed judge, 1 seat needed, none available.",
            "%(name)s: %(num)d allowed judges, 1 seat needed, none available.",
            short["partners"],
            **values,
        )
    return ngettext(
        "%(name)s: %(num)d allowed judge, %(needed)d seats needed, %(available)d available.",
        "%(name)s: %(num)d allowed judges, %(needed)d seats needed, %(available)d available.",
        short["partners"],
        **values,
    )


def words_of_tie(stored: str) -> str:
    """Return what ties a judge to an entry, the kind in words, from what was stored; other words stay as they are."""
    code, colon, detail = stored.partition(": ")
    if code not in set(ConflictKind):
        return stored
    label = _(ConflictKind(code).label)
    return _("%(kind)s: %(detail)s", kind=label, detail=detail) if colon else label


def _whose(short: Mapping[str, Any], economies: Mapping[str, str], categories: Mapping[str, str]) -> str:
    name = short["name"]
    if short["scope"] in ("some", "all"):
        return _how_many(short)
    return {"economy": economies, "category": categories}.get(short["scope"], {}).get(name, name)


def _how_many(short: Mapping[str, Any]) -> str:
    members, everybody = short["members"], short["scope"] == "all"
    if short["side"] == "entries" and everybody:
        return ngettext("All %(num)d entry", "All %(num)d entries", members)
    if short["side"] == "entries":
        return ngettext("%(num)d entry", "%(num)d entries", members)
    if everybody:
        return ngettext("All %(num)d judge", "All %(num)d judges", members)
    return ngettext("%(num)d judge", "%(num)d judges", members)
