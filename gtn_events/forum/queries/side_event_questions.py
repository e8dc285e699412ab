"""Own questions of side events: how many wait for an answer, and the answers of who comes."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import String, cast, exists, func, literal, select
from sqlalchemy.orm import contains_eager, joinedload

from gtn_events.core.db import db
from gtn_events.core.exports import Cell
from gtn_events.core.outbox import OutboxMail
from gtn_events.questionnaire.domain.presenting import present
from gtn_events.questionnaire.domain.questions import QuestionSpec
from gtn_events.questionnaire.enums import QuestionKind, VersionState
from gtn_events.questionnaire.models import Question, QuestionnaireVersion
from gtn_events.questionnaire.queries.answers import answers_of, file_names
from gtn_events.questionnaire.queries.personal_data import AnswerInWords, answers_in_words

from ..enums import BookingState
from ..models import Registration, SideEvent, SideEventBooking, SideEventGuest
from .registration_export import questions_ever_asked

REMINDER = "forum/booking_questions"
Attendees = Sequence[SideEventBooking | SideEventGuest]


def questions_waiting(bookings: Sequence[SideEventBooking], *, now: datetime) -> dict[int, int]:
    """Return how many questions wait for an answer, side event id to count; those with none are left out."""
    owners = {
        each.side_event.questionnaire_id: each.side_event_id
        for each in bookings
        if each.answer_set_id is None and each.side_event.questionnaire_id and now < each.side_event.starts_at
    }
    if not owners:
        return {}
    statement = (
        select(QuestionnaireVersion.questionnaire_id, func.count())
        .join(Question, Question.version_id == QuestionnaireVersion.id)
        .where(
            QuestionnaireVersion.questionnaire_id.in_(owners),
            QuestionnaireVersion.state == VersionState.PUBLISHED,
        )
        .group_by(QuestionnaireVersion.questionnaire_id)
    )
    return {owners[questionnaire_id]: count for questionnaire_id, count in db.session.execute(statement)}


def bookings_to_remind(*, chosen_by: datetime, after: datetime, until: datetime) -> list[SideEventBooking]:
    """Return the places without answers, never reminded, at side events with published questions.

    Args:
        chosen_by: only those chosen by then.
        after: only side events that begin after it, and not after ``until``.
    """
    asks = exists().where(
        QuestionnaireVersion.questionnaire_id == SideEvent.questionnaire_id,
        QuestionnaireVersion.state == VersionState.PUBLISHED,
        Question.version_id == QuestionnaireVersion.id,
    )
    key = literal("booking:").concat(cast(SideEventBooking.id, String)).concat(f":{REMINDER}")
    statement = (
        select(SideEventBooking)
        .join(SideEventBooking.side_event)
        .where(
            SideEvent.starts_at > after,
            SideEvent.starts_at <= until,
            SideEvent.published,
            SideEventBooking.state == BookingState.CONFIRMED,
            SideEventBooking.answer_set_id.is_(None),
            SideEventBooking.chosen_at <= chosen_by,
            asks,
            ~exists().where(OutboxMail.key == key),
        )
        .options(
            contains_eager(SideEventBooking.side_event).joinedload(SideEvent.forum),
            joinedload(SideEventBooking.registration).joinedload(Registration.account),
        )
        .order_by(SideEventBooking.id)
    )
    return list(db.session.scalars(statement))


def answers_shown(attendees: Attendees) -> dict[int, list[AnswerInWords]]:
    """Return what these people answered, answer set id to answers in words, never the sensitive ones."""
    set_ids = [each.answer_set_id for each in attendees if each.answer_set_id is not None]
    return answers_in_words(set_ids, with_sensitive=False) if set_ids else {}


def own_questions(side_event: SideEvent, *, with_sensitive: bool) -> list[QuestionSpec]:
    """Return every question the side event ever asked, in its newest wording; none where it asks nothing."""
    if side_event.questionnaire_id is None:
        return []
    return questions_ever_asked(side_event.questionnaire_id, with_sensitive=with_sensitive)


def answer_cells(
    set_ids: Sequence[int | None], questions: Sequence[QuestionSpec], *, with_sensitive: bool = False
) -> list[list[Cell]]:
    """Return the answers of each set as cells in the order of the questions; a person without a set has empty ones."""
    if not questions:
        return [[] for _each in set_ids]
    given = answers_of([each for each in set_ids if each is not None], with_sensitive=with_sensitive)
    files = {each.key for each in questions if each.kind is QuestionKind.FILE}
    names = file_names(answers[key] for answers in given.values() for key in files & answers.keys())
    return [
        [present(each, given[set_id].get(each.key) if set_id else None, file_names=names) for each in questions]
        for set_id in set_ids
    ]
