"""Who has a place at a side event as rows of the organiser's file, registered guests with them."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select

from gtn_events.core.db import db
from gtn_events.core.exports import Cell
from gtn_events.questionnaire.domain.questions import QuestionSpec

from ..enums import GuestState
from ..models import Registration, SideEvent, SideEventBooking
from .guests import guests_of
from .side_event_questions import answer_cells
from .side_events import SHOWN

ATTENDEE_HEADERS = ("Number", "Given name", "Family name", "Organisation", "E-mail", "State", "Chosen")
AT_ONCE = 1_000


def attendee_headers(questions: Sequence[QuestionSpec]) -> list[str]:
    """Return the first line: the person, then the side event's own questions."""
    return [*ATTENDEE_HEADERS, *(each.label for each in questions)]


def attendee_rows(
    side_event: SideEvent, questions: Sequence[QuestionSpec], *, with_sensitive: bool
) -> Iterator[list[Cell]]:
    """Give one line for each who has a place, is offered one, waits or has chosen it, then the guests with answers."""
    statement = (
        select(
            Registration.reference,
            Registration.given_name,
            Registration.family_name,
            Registration.organisation_name,
            Registration.email,
            SideEventBooking.state,
            SideEventBooking.chosen_at,
            SideEventBooking.answer_set_id,
        )
        .join(Registration, Registration.id == SideEventBooking.registration_id)
        .where(SideEventBooking.side_event_id == side_event.id, SideEventBooking.state.in_(SHOWN))
        .order_by(Registration.sort_name, Registration.id)
        .execution_options(yield_per=AT_ONCE)
    )
    zone = side_event.forum.zone
    for part in db.session.execute(statement).partitions(AT_ONCE):
        given = answer_cells([row[-1] for row in part], questions, with_sensitive=with_sensitive)
        for (number, first, family, organisation, email, state, chosen_at, _set), answers in zip(
            part, given, strict=True
        ):
            chosen = chosen_at.astimezone(zone).replace(tzinfo=None)
            yield [number, first, family.upper(), organisation, email, state.label, chosen, *answers]
    if questions:
        yield from _guest_rows(side_event, questions, with_sensitive=with_sensitive)


def _guest_rows(
    side_event: SideEvent, questions: Sequence[QuestionSpec], *, with_sensitive: bool
) -> Iterator[list[Cell]]:
    guests = [each for each in guests_of(side_event) if each.state is GuestState.REGISTERED]
    given = answer_cells([each.answer_set_id for each in guests], questions, with_sensitive=with_sensitive)
    for each, answers in zip(guests, given, strict=True):
        yield ["", "", each.name, each.organisation_name, each.email, "Guest", None, *answers]
