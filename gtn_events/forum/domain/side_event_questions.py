"""Own questions of a side event: begun by its hosts or the organiser, answered by who comes until it begins."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record
from gtn_events.questionnaire.domain.answers import store_answers
from gtn_events.questionnaire.domain.versions import create_questionnaire
from gtn_events.questionnaire.models import Questionnaire, QuestionnaireVersion
from gtn_events.questionnaire.queries.versions import published_version_of

from ..enums import GuestState
from ..errors import BookingRefused
from ..models import SideEvent, SideEventBooking, SideEventGuest
from .locking import lock_booking, lock_forum

Attendee = SideEventBooking | SideEventGuest


def begin_questions(side_event: SideEvent, *, actor: Account, now: datetime) -> Questionnaire:
    """Return the questions of a side event; where there are none yet, an empty draft. Flushes; the caller commits."""
    lock_forum(side_event.forum)
    db.session.refresh(side_event, ["questionnaire_id"])
    if side_event.questionnaire is None:
        title = f"{side_event.title}: questions"
        side_event.questionnaire = create_questionnaire(title, scope=side_event.scope, actor=actor, now=now)
        db.session.flush()
    return side_event.questionnaire


def questions_for(attendee: Attendee) -> QuestionnaireVersion | None:
    """Return what this person is asked: the version they answered, else what is published; None for nothing."""
    if attendee.answer_set is not None:
        return attendee.answer_set.version
    questionnaire_id = attendee.side_event.questionnaire_id
    return published_version_of(questionnaire_id) if questionnaire_id is not None else None


def may_answer(attendee: Attendee, *, now: datetime) -> bool:
    """Say whether answers are taken: from who comes or waits, until the side event begins."""
    comes = (
        attendee.state is GuestState.REGISTERED if isinstance(attendee, SideEventGuest) else attendee.state.is_active
    )
    return comes and now < attendee.side_event.starts_at


def answer_questions(
    attendee: Attendee,
    version: QuestionnaireVersion,
    values: Mapping[str, Any],  # Any: answers as JSON
    *,
    actor: Account | None,
    now: datetime,
) -> None:
    """Write down what a delegate or a guest answers, in place of what they answered before.

    Raises:
        BookingRefused: they have no place or line any more, or the side event has begun.
        AnswerRefused: a value does not fit its question.
        VersionClosed: other questions are published by now.

    Flushes; the caller commits. The journal gets that they answered, not what.
    """
    _lock(attendee)
    if not may_answer(attendee, now=now):
        raise BookingRefused(
            f"Answers for {attendee.side_event.title} are taken until it begins, from who has a place."
        )
    purge_on = attendee.side_event.forum.purge_sensitive_on
    attendee.answer_set = store_answers(attendee.answer_set, version, values, now=now, purge_on=purge_on)
    db.session.flush()
    record("side event's questions answered", attendee, actor=actor, now=now, scope=attendee.side_event.scope)


def _lock(attendee: Attendee) -> None:
    if isinstance(attendee, SideEventBooking):
        lock_booking(attendee)
        return
    lock_forum(attendee.side_event.forum)
    db.session.refresh(attendee, with_for_update={"of": SideEventGuest, "key_share": True})
