"""Side events with who held a place and who passed their own door: as they stand, or stood by the journal."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, case, distinct, func, select

from gtn_events.core.db import db
from gtn_events.core.journal import JournalEntry

from ..enums import BookingState
from ..models import CheckIn, Checkpoint, Forum, Registration, SideEvent, SideEventBooking
from .participation import passed_by
from .participation_earlier import BOOKED, Earlier, SideEventThen, later_entries, side_events_then
from .participation_parts import ByGender, genders_of

AT_ONCE = 500


@dataclass(frozen=True)
class SideEventRow:
    """One side event: who held a place, and who came in by its own door; None where it has none."""

    title: str
    starts_at: datetime | None
    booked: ByGender
    came: ByGender | None


def side_events(forum: Forum, earlier: Earlier | None = None) -> list[SideEventRow] | None:
    """Return the side events in the order of time.

    Args:
        earlier: count as it stood at its moment. None counts as it stands.

    Returns:
        None where the journal does not tell two side events of one title apart.
    """
    if earlier is None:
        present = select(SideEvent.id, SideEvent.title, SideEvent.starts_at).where(SideEvent.forum_id == forum.id)
        events = [
            SideEventThen(*row) for row in db.session.execute(present.order_by(SideEvent.starts_at, SideEvent.id))
        ]
        booked = dict(_booked(forum, None))
    else:
        events, names = side_events_then(forum, earlier.as_of)
        if any(len(names.get(title, ())) != 1 for _registration_id, title in earlier.states):
            return None
        booked = _booked_then(forum, earlier, {title: next(iter(ids)) for title, ids in names.items()})
    came = dict(_came(forum, earlier))
    nobody = ByGender()
    return [SideEventRow(each.title, each.starts_at, booked.get(each.id, nobody), came.get(each.id)) for each in events]


def _booked(forum: Forum, earlier: Earlier | None) -> Iterator[tuple[int, ByGender]]:
    """Yield who holds a place, by the id of the side event; earlier ones only where nothing happened since."""
    gender = earlier.gender() if earlier else Registration.gender.expression
    statement = (
        select(SideEventBooking.side_event_id, *(func.sum(case((each, 1), else_=0)) for each in genders_of(gender)))
        .join(Registration, Registration.id == SideEventBooking.registration_id)
        .where(Registration.forum_id == forum.id, SideEventBooking.state == BookingState.CONFIRMED)
        .group_by(SideEventBooking.side_event_id)
    )
    if earlier is not None:
        moved = select(JournalEntry.subject_id).where(
            later_entries(forum, earlier.as_of, Registration.__tablename__), JournalEntry.action.in_(sorted(BOOKED))
        )
        statement = statement.where(
            SideEventBooking.chosen_at <= earlier.as_of, SideEventBooking.registration_id.not_in(moved)
        )
    for side_event_id, *numbers in db.session.execute(statement):
        yield side_event_id, ByGender(*numbers)


def _booked_then(forum: Forum, earlier: Earlier, ids: Mapping[str, int]) -> dict[int, ByGender]:
    counts: Counter[tuple[int, int]] = Counter()
    for side_event_id, people in _booked(forum, earlier):
        counts.update(_cells(side_event_id, (people.women, people.men, people.others)))
    before: dict[int, dict[int, str | None]] = {}
    for (registration_id, title), state in earlier.states.items():
        before.setdefault(registration_id, {})[ids[title]] = state
    moved = sorted(before)
    for start in range(0, len(moved), AT_ONCE):
        for side_event_id, numbers in _put_back(moved[start : start + AT_ONCE], before, earlier):
            counts.update(_cells(side_event_id, numbers))
    held = {side_event_id for side_event_id, _place in counts}
    return {each: ByGender(counts[each, 0], counts[each, 1], counts[each, 2]) for each in held}


def _cells(side_event_id: int, numbers: Sequence[int]) -> dict[tuple[int, int], int]:
    return {(side_event_id, place): number for place, number in enumerate(numbers)}


def _put_back(
    registration_ids: Sequence[int], before: Mapping[int, Mapping[int, str | None]], earlier: Earlier
) -> Iterator[tuple[int, Sequence[int]]]:
    """Yield each place that one of these held at the moment: the side event, and 1 for the person's gender."""
    booking = SideEventBooking
    statement = select(booking.registration_id, booking.side_event_id, booking.state)
    states: dict[int, dict[int, str | None]] = {each: {} for each in registration_ids}
    for registration_id, event_id, state in db.session.execute(
        statement.where(booking.registration_id.in_(registration_ids))
    ):
        states[registration_id][event_id] = state
    people = select(Registration.id, *(case((each, 1), else_=0) for each in genders_of(earlier.gender())))
    for registration_id, *numbers in db.session.execute(people.where(Registration.id.in_(registration_ids))):
        for event_id, held in {**states[registration_id], **before[registration_id]}.items():
            if held == BookingState.CONFIRMED:
                yield event_id, numbers


def _came(forum: Forum, earlier: Earlier | None) -> Iterator[tuple[int, ByGender]]:
    """Yield, for each side event with a door of its own, how many different people came in by it."""
    gender = earlier.gender() if earlier else Registration.gender.expression
    passed = and_(CheckIn.checkpoint_id == Checkpoint.id, passed_by(earlier.as_of if earlier else None))
    statement = (
        select(
            SideEvent.id,
            *(func.count(distinct(case((each, Registration.id)))) for each in genders_of(gender)),
        )
        .select_from(SideEvent)
        .join(Checkpoint, Checkpoint.side_event_id == SideEvent.id)
        .outerjoin(CheckIn, passed)
        .outerjoin(Registration, Registration.id == CheckIn.registration_id)
        .where(SideEvent.forum_id == forum.id)
        .group_by(SideEvent.id)
    )
    for side_event_id, *numbers in db.session.execute(statement):
        yield side_event_id, ByGender(*numbers)
