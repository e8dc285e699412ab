"""How what a placement waits for, and what a report says, reads on a page and in a mail."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Flask
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from .domain.placement_tasks import Task, TaskKind
from .enums import PartyRole

# What the person of the side is to do.
TO_DO: dict[TaskKind, LazyString] = {
    TaskKind.WRITE: _l("Write the agreement"),
    TaskKind.SEND: _l("Finish the draft of the agreement and send it for signature"),
    TaskKind.SIGN: _l("Sign the agreement"),
    TaskKind.START: _l("Note the arrival: the placement begins"),
    TaskKind.ARRIVE: _l("Note the arrival for the next stay"),
    TaskKind.MILESTONE: _l("Reach a milestone"),
    TaskKind.SIGN_OFF: _l("Sign a milestone off"),
    TaskKind.MID_TERM: _l("Write the mid-term report"),
    TaskKind.FINAL: _l("Write the final report"),
    TaskKind.COMPLETE: _l("Complete the placement"),
}
PAGES: dict[TaskKind, str] = {
    TaskKind.WRITE: "agreement",
    TaskKind.SEND: "agreement",
    TaskKind.SIGN: "agreement",
    TaskKind.MILESTONE: "milestones",
    TaskKind.SIGN_OFF: "milestones",
    TaskKind.MID_TERM: "reports",
    TaskKind.FINAL: "reports",
}


def task_words(task: Task) -> str:
    """Return what is to be done, with the milestone it is about."""
    if task.milestone is not None and task.kind is TaskKind.MILESTONE:
        return _("Milestone: %(title)s", title=task.milestone.title)
    if task.milestone is not None:
        return _("Sign off: %(title)s", title=task.milestone.title)
    return str(TO_DO[task.kind])


def task_waits_for(task: Task) -> str:
    """Return who is waited for: a party by its name, a side by its part."""
    if task.party is not None and task.party.name:
        return task.party.name
    return {PartyRole.FIRM: _("the firm"), PartyRole.HOST: _("the host")}.get(task.role, task.role.label)


def task_page(task: Task) -> str:
    """Return the name of the page on which it is done, within the placement's own."""
    return PAGES.get(task.kind, "overview")


def role_in_words(role: Any) -> str:  # Any: a role, or its word as a plan keeps it
    """Return how a plan names who gives or pays."""
    return PartyRole(role).label if role in set(PartyRole) else str(role)


def iso_day(text: str) -> date | None:
    """Return the day that a plan keeps as text, None for an empty one."""
    return date.fromisoformat(text) if text else None


def init_app(app: Flask) -> None:
    """Give templates the words."""
    words: tuple[Callable[..., Any], ...] = (task_words, task_waits_for, task_page, role_in_words, iso_day)
    for word in words:
        app.add_template_filter(word)
