"""The activity plan of an agreement: what it holds, what it begins with, and what was changed in it.

A plan is JSON: ``goals`` (texts), ``learning`` (text), ``activities`` (``{"from", "to"}`` as ISO days,
``{"what", "where", "host", "guest", "output"}``), ``gives`` (``{"who", "what", "terms"}``, who as a
``PartyRole``), ``costs`` (``{"what", "who", "amount"}``), ``figures`` (``{"name", "unit", "from", "to"}``)
and ``risks`` (text).
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from ..enums import PartyRole
from ..models import Placement
from ..words import service_name

WEEK = timedelta(days=7)
ROWS = {
    "activities": ("from", "to", "what", "where", "host", "guest", "output"),
    "gives": ("who", "what", "terms"),
    "costs": ("what", "who", "amount"),
    "figures": ("name", "unit", "from", "to"),
}


def plan_of(values: Mapping[str, Any]) -> dict[str, Any]:  # Any: JSON
    """Return a plan with every part, rows without any word left out."""
    plan: dict[str, Any] = {
        "goals": [goal.strip() for goal in values.get("goals", ()) if goal.strip()],
        "learning": str(values.get("learning", "")).strip(),
        "risks": str(values.get("risks", "")).strip(),
    }
    for part, names in ROWS.items():
        rows = [{name: str(row.get(name) or "").strip() for name in names} for row in values.get(part, ())]
        # Who gives or pays is always chosen; alone it says nothing.
        plan[part] = [row for row in rows if any(text for name, text in row.items() if name != "who")]
    plan["activities"].sort(key=lambda row: (row["from"] or "9999", row["to"]))
    return plan


def first_plan(placement: Placement) -> dict[str, Any]:
    """Return the plan that an agreement begins with: what the firm wrote, what the host gives, weeks of the stays."""
    application, intake = placement.application, placement.intake
    first, last = placement.stays[0].starts_on, placement.stays[-1].ends_on
    people = {"where": intake.host.name, "host": intake.mentor, "guest": application.organisation_name}
    needs = [{"who": PartyRole.HOST, "what": service_name(code), "terms": ""} for code in application.needs]
    return plan_of(
        {
            "goals": [application.results_expected],
            "activities": [
                _activity(first, min(first + WEEK, last), "Arrival, keys, safety, and meeting the mentor", people),
                _activity(min(first + WEEK, last), max(first, last - WEEK), application.title, people),
                _activity(max(first, last - WEEK), last, "Open day and final report", people),
            ],
            "gives": [
                {"who": PartyRole.HOST, "what": intake.gives, "terms": ""},
                *needs,
                {"who": PartyRole.FIRM, "what": intake.asks, "terms": ""},
            ],
            "costs": [{"what": "Travel and living", "who": PartyRole.FIRM, "amount": ""}],
        }
    )


def days_of(row: Mapping[str, str]) -> tuple[date, date] | None:
    """Return the first and the last day of an activity, None while one of them is missing."""
    return (date.fromisoformat(row["from"]), date.fromisoformat(row["to"])) if row["from"] and row["to"] else None


def _activity(first: date, last: date, what: str, people: dict[str, str]) -> dict[str, str]:
    return {"from": first.isoformat(), "to": last.isoformat(), "what": what, **people}
