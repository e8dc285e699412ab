"""Badges of the demonstration: printed for the first forum before its doors opened, one of them twice."""

from datetime import datetime

from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.economies import DelegationClass, Economy
from gtn_events.forum.domain.badge_custody import Taker, hand_over, move_badge
from gtn_events.forum.domain.badges import record_prints, write_back_text
from gtn_events.forum.enums import BadgeState, RegistrationState
from gtn_events.forum.models import Forum, Registration
from gtn_events.forum.queries.badge_custody import Party, badges_at_desk, parties_with_badges

PRINTED_AT = datetime.fromisoformat("2013-06-03T06:20:00+00:00")
TAKEN_AT = datetime.fromisoformat("2013-06-04T08:40:00+00:00")
REPRINTED_AT = datetime.fromisoformat("2013-06-05T02:05:00+00:00")
BACK = """Help desk: left of the stairs, 08:00–18:00
If something happens: ring 1 on any wall telephone
Found this badge? Hand it in at the main door."""


def print_badges(forum: Forum, organiser: Account) -> None:
    """Print the badges of the forum of 2013, one of them again. Flushes."""
    write_back_text(forum, BACK, actor=organiser, now=PRINTED_AT)
    statement = (
        select(Registration.id)
        .where(Registration.forum_id == forum.id, Registration.state == RegistrationState.CONFIRMED)
        .order_by(Registration.id)
    )
    ids = list(db.session.scalars(statement))
    record_prints(forum, ids, reason="", actor=organiser, now=PRINTED_AT)
    record_prints(forum, ids[2:3], reason="Coffee was spilt on it", actor=organiser, now=REPRINTED_AT)


def hand_badges_over(forum: Forum, coordinator: Account, staff: Account) -> None:
    """Give the coordinator of Thailand its badges and most others their own: one is lost. Flushes."""
    thailand = Party(DelegationClass.ECONOMY, db.session.get_one(Economy, "THA"))
    taker = Taker(coordinator.display_name, "Coordinator of Thailand", coordinator.id)
    ids = [each.registration_id for each in badges_at_desk(forum, thailand)]
    handover = hand_over(forum, thailand, ids, taker=taker, actor=staff, now=TAKEN_AT)
    for line in handover.lines[1:]:
        move_badge(line.badge, BadgeState.HANDED_OUT, reason="", actor=staff, now=REPRINTED_AT)
    at_desk = [badge for row in parties_with_badges(forum) for badge in badges_at_desk(forum, row.party)]
    for badge in at_desk[:-6]:
        move_badge(badge, BadgeState.HANDED_OUT, reason="", actor=staff, now=REPRINTED_AT)
    move_badge(at_desk[0], BadgeState.LOST, reason="Left in the airport shuttle", actor=staff, now=REPRINTED_AT)
