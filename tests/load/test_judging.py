"""Five hundred judges submit at once, and a round closes in the middle: nothing is lost, doubled or late."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from functools import partial
from itertools import cycle

import pytest
from flask import Flask
from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.competition.domain.given import Given
from gtn_events.competition.domain.round_state import close_round
from gtn_events.competition.domain.scorecards import change_after_submission, save_draft, submit_scorecard
from gtn_events.competition.enums import AssignmentState, RoundState
from gtn_events.competition.models import Assignment, Round, Scorecard
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.integrity import differences
from tests.load.browsers import Browser, Reply, all_at_once, some_at_once
from tests.load.juries import open_jury
from tests.load.processes import Processes, wait_for_server

JUDGES = 500
DOUBLE_CLICKS = 60
SCORES = {"score_impact": "4", "score_market": "3", "act": "submit"}
FULL = Given({"impact": 4, "market": 3})

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


def test_five_hundred_judges_submit_at_once(site: Flask, started: Processes, ports: list[int], now: datetime) -> None:
    round_, browsers = open_jury("jury", judges=JUDGES, entries=50, now=now)
    paths = _paths(round_)
    db.session.rollback()  # or this process itself would keep SQLite's writers out
    port = cycle(ports)
    some_at_once([partial(each.open_form, next(port), paths[each.account_id]) for each in browsers], threads=12)
    clicking = browsers + browsers[:DOUBLE_CLICKS]
    replies = all_at_once([partial(_send, each, next(port), paths[each.account_id]) for each in clicking])
    assert Counter(map(_outcome, replies)) == {"taken": JUDGES, "there already": DOUBLE_CLICKS}
    scorecards = _scorecards(round_)
    assert Counter(each.assignment_id for each in scorecards) == Counter(seat.id for seat in _seats(round_))
    assert [each.position for each in scorecards] == list(range(1, JUDGES + 1))
    assert {seat.state for seat in _seats(round_)} == {AssignmentState.SUBMITTED}
    db.session.rollback()
    assert started.check() == "Everything agrees."


def test_round_that_closes_takes_what_came_before_and_nothing_after(site: Flask, now: datetime) -> None:
    round_, _browsers = open_jury("closing", judges=24, entries=6, now=now)
    seats = [seat.id for seat in _seats(round_)]
    round_id = round_.id
    db.session.rollback()
    acts: list[Callable[[], None]] = [partial(_submit, seat, now) for seat in seats]
    acts.insert(len(acts) // 2, partial(_close, round_id, now))
    taken = all_at_once([partial(_done_in_context, site, act) for act in acts])
    db.session.rollback()
    closed = db.session.get_one(Round, round_id)
    assert (closed.state, closed.chain_length) == (RoundState.SCORED, sum(taken) - 1)
    assert len(_scorecards(closed)) == sum(taken) - 1
    states = Counter(seat.state for seat in _seats(closed))
    assert states[AssignmentState.SUBMITTED] == sum(taken) - 1
    chain = closed.chain_head
    db.session.rollback()  # or this process itself would keep SQLite's writers out
    late = [_done_in_context(site, partial(_submit, seat, now)) for seat in seats]
    db.session.rollback()
    assert (any(late), db.session.get_one(Round, round_id).chain_head) == (False, chain)
    assert list(differences()) == []


def test_submitting_changing_and_saving_one_scorecard_at_once(site: Flask, now: datetime) -> None:
    round_, _browsers = open_jury("tabs", judges=1, entries=1, now=now)
    seat = _seats(round_)[0].id
    round_id = round_.id
    db.session.rollback()
    first = all_at_once(
        [partial(_done_in_context, site, partial(act, seat, now)) for act in [_submit] * 6 + [_save] * 6]
    )
    assert sum(first[:6]) == 1
    changes = [partial(_change, seat, point, now) for point in range(1, 4) for _ in range(3)]
    assert sum(all_at_once([partial(_done_in_context, site, act) for act in changes])) == 1
    db.session.rollback()
    versions = _scorecards(db.session.get_one(Round, round_id))
    assert [(each.number, each.superseded) for each in versions] == [(1, True), (2, False)]
    assert list(differences()) == []


def _send(browser: Browser, port: int, path: str) -> Reply:
    """Submit as a person would, who tries again when the site says that it is busy."""
    reply = browser.post(port, path, **SCORES)
    while reply.status == 503:
        reply = browser.post(port, path, **SCORES)
    return reply


def _outcome(reply: Reply) -> str:
    if reply.status == 302:
        return "taken"
    return "there already" if reply.status == 422 and "submitted this scorecard already" in reply.text else reply.text


def _paths(round_: Round) -> dict[int, str]:
    base = f"/competitions/{round_.competition.slug}/judge/rounds/{round_.number}/entries"
    return {seat.judge.account_id or 0: f"{base}/{seat.entry.reference}" for seat in _seats(round_)}


def _seats(round_: Round) -> list[Assignment]:
    return list(db.session.scalars(select(Assignment).where(Assignment.round_id == round_.id)))


def _scorecards(round_: Round) -> list[Scorecard]:
    statement = select(Scorecard).where(Scorecard.round_id == round_.id).order_by(Scorecard.position)
    return list(db.session.scalars(statement))


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


def _submit(seat_id: int, now: datetime) -> None:
    seat = db.session.get_one(Assignment, seat_id)
    submit_scorecard(seat, FULL, actor=_account(seat), now=now)
    db.session.commit()


def _save(seat_id: int, now: datetime) -> None:
    seat = db.session.get_one(Assignment, seat_id)
    save_draft(seat, FULL, seen=0, actor=_account(seat), now=now)
    db.session.commit()


def _change(seat_id: int, point: int, now: datetime) -> None:
    seat = db.session.get_one(Assignment, seat_id)
    given = Given({"impact": point, "market": point})
    change_after_submission(seat, given, reason="Misread", seen=1, actor=_account(seat), now=now)
    db.session.commit()


def _close(round_id: int, now: datetime) -> None:
    round_ = db.session.get_one(Round, round_id)
    close_round(round_, actor=db.session.scalars(select(Account).limit(1)).one(), now=now)
    db.session.commit()


def _account(seat: Assignment) -> Account:
    account = seat.judge.account
    assert account is not None
    return account
