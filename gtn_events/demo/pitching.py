"""The live final of the demonstration, left in the middle: two have pitched, the audience votes, three are to come."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zlib import crc32

from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.competition.domain.live import act_live
from gtn_events.competition.domain.live_order import draw_order
from gtn_events.competition.domain.live_rule import LiveRule, set_live_rule
from gtn_events.competition.domain.voting import cast_ballot
from gtn_events.competition.enums import LiveAct, SlotState
from gtn_events.competition.models import Judge, LiveFinal, Round
from gtn_events.competition.queries.live import slots_of
from gtn_events.core.badges import Badge, read_badge
from gtn_events.core.db import db
from gtn_events.forum.badges import KIND
from gtn_events.forum.enums import RegistrationState
from gtn_events.forum.models import Forum, Registration

from .judging import open_to_judges, submit_as_judge

PITCHED = (LiveAct.START, LiveAct.QUESTIONS, LiveAct.FINISH)


def hold_half_the_final(
    round_: Round, judges: Sequence[Judge], forum: Forum, organiser: Account, *, secret_key: str, now: datetime
) -> LiveFinal:
    """Publish the rule, draw the order, let two pitch before the jury, and open the vote. Flushes."""
    seats = open_to_judges(round_, judges, organiser, now=round_.opens_at)
    event = f"{KIND}:{forum.id}"
    rule = LiveRule(audience=True, audience_weight=30, votes_per_badge=2, badge_event=event)
    final = set_live_rule(round_, rule, actor=organiser, now=round_.opens_at)
    draw_order(final, seen=final.lock_version, actor=organiser, now=round_.opens_at)
    moment = now - timedelta(minutes=25)
    for act in (*PITCHED, *PITCHED, LiveAct.OPEN_VOTE):
        act_live(final, act, seen=final.lock_version, actor=organiser, now=moment)
        moment += timedelta(minutes=4)
    done = {slot.entry_id for slot in slots_of(final) if slot.state is SlotState.DONE}
    for seat in seats:
        # One judge still thinks about the second pitch.
        if seat.entry_id in done and (seat.entry_id != max(done) or seat.judge_id != judges[0].id):
            submit_as_judge(seat, now=now - timedelta(minutes=3))
    _vote(final, _badges(forum, event), secret_key=secret_key)
    return final


def _badges(forum: Forum, event: str) -> list[Badge]:
    statement = select(Registration.reference).where(
        Registration.forum_id == forum.id, Registration.state == RegistrationState.CONFIRMED
    )
    found = [read_badge(event, reference) for reference in db.session.scalars(statement.order_by(Registration.id))]
    return [badge for badge in found if badge is not None]


def _vote(final: LiveFinal, badges: Sequence[Badge], *, secret_key: str) -> None:
    """Let two thirds of the badges vote, some for two entries."""
    entries = [slot.entry_id for slot in slots_of(final)]
    for badge in badges:
        chance = crc32(f"ballot {badge.id}".encode())
        if chance % 3:
            chosen = {entries[chance % len(entries)], entries[chance // 7 % 2]}
            cast_ballot(final, badge, sorted(chosen), secret_key=secret_key)
