"""What changed from one version of an agreement to the next, in words."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, zip_longest
from typing import Any

from flask_babel import gettext as _

from ..enums import PartyRole
from ..models import Agreement, Party
from .activity_plan import plan_of
from .application_differences import Change


def versions_with_changes(versions: Sequence[Agreement]) -> list[tuple[Agreement, list[Change]]]:
    """Return versions, the newest first, each with what it changed of the one before."""
    first = [(version, list[Change]()) for version in versions[:1]]
    later = [(after, differences_between(before, after)) for before, after in pairwise(versions)]
    return [*first, *later][::-1]


def differences_between(before: Agreement, after: Agreement) -> list[Change]:
    """Return what differs: goals, activities, what is given and paid, figures, risks, clauses, parties."""
    old, new = plan_of(before.plan), plan_of(after.plan)
    found = _of_list(_("Goal"), old["goals"], new["goals"])
    for part, label in _labels().items():
        if isinstance(old[part], str):
            found.append(Change(label, old[part], new[part]))
        else:
            found += _of_list(label, *([_row(row) for row in plan[part]] for plan in (old, new)))
    found += _of_clauses(before, after)
    found += _of_list(_("Party"), *([_party(party) for party in each.parties] for each in (before, after)))
    return [change for change in found if change.before != change.after]


def _labels() -> dict[str, str]:
    return {
        "learning": _("What the firm wants to learn"),
        "activities": _("Activity"),
        "gives": _("Given"),
        "costs": _("Cost"),
        "figures": _("Figure"),
        "risks": _("What can go wrong"),
    }


def _of_clauses(before: Agreement, after: Agreement) -> Iterator[Change]:
    old = {clause["heading"]: clause["text"] for clause in before.clauses}
    new = {clause["heading"]: clause["text"] for clause in after.clauses}
    for heading in dict.fromkeys([*old, *new]):
        yield Change(_("Clause “%(heading)s”", heading=heading), old.get(heading, ""), new.get(heading, ""))


def _of_list(label: str, old: Sequence[str], new: Sequence[str]) -> list[Change]:
    """Return what was taken out beside what came in; what only moved is no change."""
    gone, come = [each for each in old if each not in new], [each for each in new if each not in old]
    return [Change(label, *pair) for pair in zip_longest(gone, come, fillvalue="")]


def _row(row: Mapping[str, Any]) -> str:  # Any: texts of a row
    """Return a row as one line."""
    return " · ".join(PartyRole(text).label if name == "who" else text for name, text in row.items() if text)


def _party(party: Party) -> str:
    return ", ".join(filter(None, (party.role.label, party.organisation_name, party.name, party.email)))
