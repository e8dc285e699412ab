"""The side event that its hosts prepare asks two questions; somebody has answered, somebody has not yet."""

from datetime import datetime

from sqlalchemy import select

from gtn_events.core.db import db
from gtn_events.forum.domain.bookings import choose_side_event
from gtn_events.forum.domain.side_event_questions import answer_questions, begin_questions
from gtn_events.forum.enums import BookingState, ProposalState, RegistrationState
from gtn_events.forum.models import Forum, Registration, SideEvent, SideEventBooking, SideEventProposal
from gtn_events.forum.queries.choices import choices_of
from gtn_events.questionnaire.domain.drafts import add_question
from gtn_events.questionnaire.domain.questions import Option, QuestionSpec
from gtn_events.questionnaire.domain.versions import draft_version_of, publish_version
from gtn_events.questionnaire.enums import QuestionKind

ASKED = (
    QuestionSpec(
        QuestionKind.ONE_OF,
        "Do you come as a buyer or as a firm?",
        required=True,
        options=(Option("buyer", "As a buyer"), Option("firm", "As a firm"), Option("other", "As somebody else")),
    ),
    QuestionSpec(QuestionKind.SHORT_TEXT, "Which board do you want to see?", help="Three words are enough."),
)


def ask_at_side_event(forum: Forum, *, now: datetime) -> None:
    """Publish two questions, and let two delegates choose the side event, of whom one answers. Flushes."""
    proposal = db.session.scalars(
        select(SideEventProposal).where(
            SideEventProposal.forum_id == forum.id, SideEventProposal.state == ProposalState.PUBLISHED
        )
    ).one()
    side_event, host = proposal.side_event, proposal.account
    if side_event is None:
        return
    draft = draft_version_of(begin_questions(side_event, actor=host, now=now), actor=host, now=now)
    keys = [add_question(draft, spec, actor=host, now=now).key for spec in ASKED]
    publish_version(draft, actor=host, now=now)
    for registration in _two_who_can(forum, side_event, now=now):
        choose_side_event(registration, side_event, actor=registration.account, now=now)
    booking = db.session.scalars(
        select(SideEventBooking)
        .where(SideEventBooking.side_event_id == side_event.id, SideEventBooking.state == BookingState.CONFIRMED)
        .order_by(SideEventBooking.id)
    ).first()
    if booking is not None:
        answers = dict(zip(keys, ("firm", "Coir board"), strict=True))
        answer_questions(booking, draft, answers, actor=booking.registration.account, now=now)


def _two_who_can(forum: Forum, side_event: SideEvent, *, now: datetime) -> list[Registration]:
    confirmed = (
        select(Registration)
        .where(Registration.forum_id == forum.id, Registration.state == RegistrationState.CONFIRMED)
        .order_by(Registration.id)
    )
    found = [
        registration
        for registration in db.session.scalars(confirmed)
        for choice in choices_of(forum, registration)
        if choice.side_event is side_event and choice.is_free_for_them(now)
    ]
    return found[:2]
