"""The profile of a host: what stands in which section, what is missing, and changing it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.errors import Stale
from gtn_events.core.journal import record

from ..errors import HostRefused
from ..models import Host

SECTIONS: Mapping[str, tuple[str, ...]] = {
    "about": (
        "own_script_name",
        "city",
        "address",
        "time_zone",
        "website",
        "opened_in",
        "legal_status",
        "affiliation",
        "summary",
        "programme",
        "people",
        "results",
    ),
    "field": ("sectors", "languages", "trl_from", "trl_until", "admission"),
    "services": ("services", "costs"),
    "places": (
        "space_m2",
        "desks",
        "mentors",
        "tenants",
        "foreign_tenants",
        "graduates",
        "most_weeks",
        "visa_help",
        "facilities",
        "accessibility",
    ),
    "contact": ("contact_name", "contact_email"),
}


@dataclass(frozen=True)
class Missing:
    """One thing that a profile lacks, and the section where it is typed."""

    section: str
    sentence: str


def what_is_missing(host: Host) -> list[Missing]:
    """Return everything without which a profile can be neither verified nor listed, in the order of the sections."""
    asked = (
        (host.summary, "about", _("Say in one sentence what the host is.")),
        (host.programme, "about", _("Describe the programme for guests.")),
        (host.sectors, "field", _("Name at least one sector.")),
        (host.languages, "field", _("Name the languages that are spoken.")),
        (host.services, "services", _("Name at least one service, with its terms.")),
        (host.costs, "services", _("Say what a stay costs.")),
        (host.facilities, "places", _("Describe rooms and equipment.")),
        (host.accessibility, "places", _("Say how people with a disability get in and work there.")),
        (host.contact_email, "contact", _("Give an address for questions.")),
    )
    return [Missing(section, sentence) for given, section, sentence in asked if not given]


def edit_section(
    host: Host, section: str, values: Mapping[str, Any], *, seen: int, actor: Account, now: datetime
) -> None:
    """Change one section of a profile and write what changed to the journal.

    Args:
        values: every column of the section.
        seen: the lock version that the person saw.

    Raises:
        Stale: somebody else changed the profile since then.
        HostRefused: the values break a rule, with the field.

    Flushes; the caller commits.
    """
    if host.lock_version != seen:
        raise Stale("The profile was changed while you had it open.")
    given = {name: values[name] for name in SECTIONS[section]}
    if "trl_from" in given and given["trl_until"] < given["trl_from"]:
        raise HostRefused("The last level lies below the first.", field="trl_until")
    changes = {name: (getattr(host, name), value) for name, value in given.items() if getattr(host, name) != value}
    for name, (_before, value) in changes.items():
        setattr(host, name, value)
    if not changes:
        return
    # Who answers for the host is a personal datum, and the journal outlives an erasure.
    told = {name: (_plain(before), _plain(after)) for name, (before, after) in changes.items() if section != "contact"}
    record("profile changed", host, actor=actor, now=now, scope=host.scope, changes=told)
    db.session.flush()


def _plain(value: Any) -> Any:  # Any: a column's value, made ready for JSON
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, list):
        return "; ".join(" ".join(filter(None, each.values())) if isinstance(each, dict) else each for each in value)
    if isinstance(value, str) and len(value) > 200:
        return value[:199] + "…"
    return value
