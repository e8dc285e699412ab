"""Five hundred badges vote at once, and the vote closes in the middle: nothing is lost, doubled or late."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from itertools import cycle

import pytest
from flask import Flask
from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.competition.domain.given import Given
from gtn_events.competition.domain.live import act_live
from gtn_events.competition.domain.live_rule import LiveRule, set_live_rule
from gtn_events.competition.domain.scorecards import submit_scorecard
from gtn_events.competition.domain.voting import cast_ballot
from gtn_events.competition.enums import LiveAct, RoundState, VoteState
from gtn_events.competition.models import Assignment, Ballot, LiveFinal, Round
from gtn_events.competition.queries.live import ballot_count, votes_by_entry
from gtn_events.core import clock
from gtn_events.core.badges import Badge
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.integrity import differences
from gtn_events.forum.enums import RegistrationState
from gtn_events.forum.models import Forum, Registration
from tests.competition.factories import make_competition, make_entry, make_round
from tests.factories import make_account
from tests.load.browsers import Browser, Reply, all_at_once, some_at_once
from tests.load.juries import open_jury
from tests.load.people import open_forum, people, register
from tests.load.processes import Processes, wait_for_server

VOTERS = 500
ENTRIES = 5
DOUBLE_CLICKS = 60
SECRET = "a key for tests only"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def now() -> datetime:
    """The real time: the servers are processes of their own."""
    return clock.now()


@pytest.fixture(scope="module")
def ports(site: Flask, started: Processes) -> list[int]:
    """Three embedded servers that answer."""
    ports = [started.serve() for _ in range(3)]
    for port in ports:
        wait_for_server(port)
    return ports


def test_five_hundred_badges_vote_at_once(site: Flask, started: Processes, ports: list[int], now: datetime) -> None:
    forum = open_forum("hall", seats=VOTERS, now=now)
    crowd = people(VOTERS, name="voter", now=now)
    register(forum.categories[0], [account for account, _ in crowd], RegistrationState.CONFIRMED, now=now)
    final = _open_vote("final", forum, now=now)
    path, final_id = f"/competitions/{final.round.competition.slug}/vote/1", final.id
    entries = [slot.entry_id for slot in final.slots]
    codes = _codes(forum)
    db.session.rollback()  # or this process itself would keep SQLite's writers out
    port, browsers = cycle(ports), [browser for _, browser in crowd]
    some_at_once(
        [partial(_show_badge, each, next(port), path, codes[each.account_id]) for each in browsers], threads=12
    )
    wanted = {each.account_id: entries[number**2 % ENTRIES] for number, each in enumerate(browsers)}
    clicking = browsers + browsers[:DOUBLE_CLICKS]
    replies = all_at_once([partial(_vote, each, next(port), path, wanted[each.account_id]) for each in clicking])
    assert Counter(reply.status for reply in replies) == {302: VOTERS + DOUBLE_CLICKS}
    final = db.session.get_one(LiveFinal, final_id)
    assert ballot_count(final) == VOTERS
    assert votes_by_entry(final) == Counter(wanted.values())
    db.session.rollback()
    assert started.check() == "Everything agrees."


def test_vote_that_closes_counts_what_came_before_and_nothing_after(site: Flask, now: datetime) -> None:
    final = _open_vote("closing", open_forum("closing-hall", seats=1, now=now), now=now)
    final_id, entries = final.id, [slot.entry_id for slot in final.slots]
    db.session.rollback()
    acts: list[Callable[[], None]] = [partial(_cast, final_id, number, entries[number % 2]) for number in range(24)]
    acts.insert(12, partial(_act, final_id, LiveAct.CLOSE_VOTE, now))
    taken = all_at_once([partial(_done_in_context, site, act) for act in acts])
    db.session.rollback()
    counted = votes_by_entry(db.session.get_one(LiveFinal, final_id))
    db.session.rollback()
    assert taken[12]
    assert counted.total() == sum(taken) - 1
    late = [_done_in_context(site, partial(_cast, final_id, number, entries[0])) for number in range(24)]
    db.session.rollback()
    closed = db.session.get_one(LiveFinal, final_id)
    assert (any(late), closed.vote, votes_by_entry(closed)) == (False, VoteState.CLOSED, counted)


def test_one_badge_on_many_phones_has_one_ballot(site: Flask, now: datetime) -> None:
    final = _open_vote("phones", open_forum("phones-hall", seats=1, now=now), now=now)
    final_id, entries = final.id, [slot.entry_id for slot in final.slots]
    db.session.rollback()
    acts = [partial(_cast, final_id, 1, entries[number % ENTRIES]) for number in range(20)]
    assert all(all_at_once([partial(_done_in_context, site, act) for act in acts]))
    db.session.rollback()
    assert len(db.session.scalars(select(Ballot).where(Ballot.final_id == final_id)).all()) == 1


def test_two_controllers_at_once_start_one_pitch(site: Flask, now: datetime) -> None:
    final = _open_vote("controllers", open_forum("controllers-hall", seats=1, now=now), now=now)
    final_id, version = final.id, final.lock_version
    db.session.rollback()
    acts = [partial(_act, final_id, LiveAct.FINISH, now, seen=version) for _ in range(6)]
    assert sum(all_at_once([partial(_done_in_context, site, act) for act in acts])) == 1
    db.session.rollback()
    assert db.session.get_one(LiveFinal, final_id).lock_version == version + 1


def test_freeze_takes_what_judges_submitted_before_and_nothing_after(site: Flask, now: datetime) -> None:
    round_, _browsers = open_jury("freezing", judges=24, entries=4, now=now)
    actor = db.session.scalars(select(Account).limit(1)).one()
    final = set_live_rule(round_, LiveRule(), actor=actor, now=now)
    for act in (LiveAct.START, LiveAct.FINISH) * 4:
        act_live(final, act, seen=final.lock_version, actor=actor, now=now)
    db.session.commit()
    final_id, round_id = final.id, round_.id
    seats = list(db.session.scalars(select(Assignment.id).where(Assignment.round_id == round_id)))
    db.session.rollback()
    acts: list[Callable[[], None]] = [partial(_submit, seat, now) for seat in seats]
    acts.insert(len(acts) // 2, partial(_act, final_id, LiveAct.FREEZE, now))
    taken = all_at_once([partial(_done_in_context, site, act) for act in acts])
    db.session.rollback()
    closed = db.session.get_one(Round, round_id)
    assert (closed.state, closed.chain_length) == (RoundState.SCORED, sum(taken) - 1)
    db.session.rollback()
    assert not any(_done_in_context(site, partial(_submit, seat, now)) for seat in seats)
    assert list(differences()) == []


def _open_vote(slug: str, forum: Forum, *, now: datetime) -> LiveFinal:
    """A final whose first entry pitches and whose audience votes by the badges of a forum."""
    competition = make_competition(slug, reference_prefix=slug[:8].upper())
    entrants = [make_account(f"entrant{number}@{slug}.example") for number in range(ENTRIES)]
    entries = [make_entry(competition, account, f"Entry {number}") for number, account in enumerate(entrants)]
    window = {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=1)}
    round_ = make_round(competition, entries, state=RoundState.OPEN, **window)
    rule = LiveRule(audience=True, audience_weight=30, badge_event=f"forum:{forum.id}")
    final = set_live_rule(round_, rule, actor=entrants[0], now=now)
    for act in (LiveAct.START, LiveAct.OPEN_VOTE):
        act_live(final, act, seen=final.lock_version, actor=entrants[0], now=now)
    db.session.commit()
    return final


def _codes(forum: Forum) -> dict[int, str]:
    statement = select(Registration.account_id, Registration.reference).where(Registration.forum_id == forum.id)
    return dict(db.session.execute(statement).all())


def _show_badge(browser: Browser, port: int, path: str, code: str) -> None:
    browser.open_form(port, path)
    reply = browser.post(port, f"{path}/badge", code=code)
    assert (reply.status, reply.location) == (302, path), reply.text[:500]
    browser.open_form(port, path)


def _vote(browser: Browser, port: int, path: str, entry_id: int) -> Reply:
    """Vote as a person would, who tries again when the site says that it is busy."""
    reply = browser.post(port, path, choices=str(entry_id))
    while reply.status == 503:
        reply = browser.post(port, path, choices=str(entry_id))
    return reply


def _done_in_context(site: Flask, act: Callable[[], None]) -> bool:
    """Do one act in a context of its own; True when it was not refused."""
    with site.app_context():
        try:
            act()
        except DomainError:
            db.session.rollback()
            return False
        finally:
            db.session.remove()
    return True


def _cast(final_id: int, badge: int, entry_id: int) -> None:
    cast_ballot(db.session.get_one(LiveFinal, final_id), Badge("test", badge), [entry_id], secret_key=SECRET)
    db.session.commit()


def _submit(seat_id: int, now: datetime) -> None:
    seat = db.session.get_one(Assignment, seat_id)
    assert seat.judge.account is not None
    submit_scorecard(seat, Given({"impact": 4, "market": 3}), actor=seat.judge.account, now=now)
    db.session.commit()


def _act(final_id: int, act: LiveAct, now: datetime, *, seen: int = 0) -> None:
    final = db.session.get_one(LiveFinal, final_id)
    actor = db.session.scalars(select(Account).limit(1)).one()
    act_live(final, act, seen=seen or final.lock_version, actor=actor, now=now)
    db.session.commit()
