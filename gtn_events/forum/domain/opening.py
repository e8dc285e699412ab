"""Opens a new forum as a draft."""

from dataclasses import fields
from datetime import datetime

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record
from gtn_events.core.seats import SeatPool
from gtn_events.questionnaire.defaults import REGISTRATION_STEPS, registration_questions
from gtn_events.questionnaire.domain.versions import create_questionnaire, publish_version

from ..models import ConsentText, Forum
from .check_in import add_main_door
from .forums import ForumDetails, check_details


def open_forum(
    details: ForumDetails, *, consent_text: str, capacity: int | None, actor: Account | None, now: datetime
) -> Forum:
    """Return a new forum, a draft, with the default questions, its consent text and its main door.

    Args:
        capacity: how many people over all categories; None for no such limit.

    Raises:
        ForumRefused: the details break a rule.

    Flushes; the caller commits. Categories are added afterwards.
    """
    check_details(details, forum=None)
    questionnaire = create_questionnaire(
        f"{details.title}: registration",
        questions=registration_questions(),
        steps=REGISTRATION_STEPS,
        actor=actor,
        now=now,
    )
    publish_version(questionnaire.versions[0], actor=actor, now=now)
    forum = Forum(
        created_at=now,
        questionnaire=questionnaire,
        consent_texts=[ConsentText(number=1, text=consent_text, created_at=now)],
        **{field.name: getattr(details, field.name) for field in fields(details)},
    )
    if capacity is not None:
        label = f"{details.title}, all categories"
        forum.pool = SeatPool(label=label, capacity=capacity, taken=0, created_at=now)
    db.session.add(forum)
    db.session.flush()
    questionnaire.scope_kind, questionnaire.scope_id = forum.scope.kind, forum.scope.id
    add_main_door(forum)
    record("forum opened as a draft", forum, actor=actor, now=now, scope=forum.scope)
    db.session.flush()
    return forum
