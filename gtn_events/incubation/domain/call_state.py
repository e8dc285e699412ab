"""Publishing, closing and opening a call again: one table of what is possible."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from flask_babel import gettext as _

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record
from gtn_events.questionnaire.queries.versions import published_version

from ..enums import CallState
from ..errors import CallRefused, TransitionRefused
from ..models import Call


class CallAction(StrEnum):
    """What an organiser can do with a call as a whole."""

    PUBLISH = "publish"
    CLOSE = "close"
    REOPEN = "reopen"


TRANSITIONS: dict[tuple[CallState, CallAction], CallState] = {
    (CallState.DRAFT, CallAction.PUBLISH): CallState.PUBLISHED,
    (CallState.PUBLISHED, CallAction.CLOSE): CallState.CLOSED,
    (CallState.CLOSED, CallAction.REOPEN): CallState.PUBLISHED,
}
_WORDS = {
    CallAction.PUBLISH: "call published",
    CallAction.CLOSE: "call closed",
    CallAction.REOPEN: "call opened again",
}


@dataclass(frozen=True)
class Missing:
    """One thing without which a call cannot be published, and the page where it is done."""

    page: str
    sentence: str


def what_is_missing(call: Call) -> list[Missing]:
    """Return everything without which nobody could apply, in the order in which it is done."""
    asked = (
        (bool(call.description.strip()), "settings", _("Say in the description what the call is about.")),
        (bool(call.sectors), "settings", _("Name at least one sector.")),
        (bool(call.contact_email), "settings", _("Give an address for questions.")),
        (bool(call.declaration.strip()), "settings", _("Write what applicants declare.")),
        (bool(call.criteria), "criteria", _("Say by which criteria hosts score.")),
        (
            published_version(call.questionnaire) is not None,
            "questionnaire",
            _("Publish the questions of the application."),
        ),
    )
    return [Missing(page, sentence) for done, page, sentence in asked if not done]


def act_on_call(call: Call, action: CallAction, *, actor: Account, now: datetime) -> None:
    """Publish, close or reopen a call.

    Raises:
        TransitionRefused: not possible in its present state.
        CallRefused: it cannot be published while something is missing.

    Flushes; the caller commits.
    """
    after = TRANSITIONS.get((call.state, action))
    if after is None:
        raise TransitionRefused(f"{call.title} is {call.state.value}. This is not possible now.")
    if action is CallAction.PUBLISH:
        for missing in what_is_missing(call):
            raise CallRefused(missing.sentence)
    before, call.state = call.state, after
    changes = {"state": (before.value, after.value)}
    if action is CallAction.PUBLISH:
        changes["lottery"] = ("", call.lottery_commitment)
    record(_WORDS[action], call, actor=actor, now=now, scope=call.scope, changes=changes)
    db.session.flush()
