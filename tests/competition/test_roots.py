"""Roots are written down when it happens, shown to everybody, and a change afterwards shows."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.competition.domain.decisions import decide_round
from gtn_events.competition.domain.plan import change_seats, release
from gtn_events.competition.domain.publication import publish_results
from gtn_events.competition.domain.results_file import results_file
from gtn_events.competition.domain.roots import SETTLED, root_differences, root_of, seat_line
from gtn_events.competition.domain.verification import verify_results
from gtn_events.competition.enums import RootKind
from gtn_events.competition.models import Assignment, Competition, EntryVersion, RecordedRoot, Round
from gtn_events.competition.periodic import record_roots_of_calls
from gtn_events.competition.queries.roots import given_seats
from gtn_events.core.db import db
from tests.competition.factories import make_competition, make_entry
from tests.competition.juries import make_jury_round, run_assignment
from tests.competition.panels import Panel, add_judge
from tests.competition.results_rounds import CLOSED_AT, compute, make_scored_round, send_version
from tests.competition.test_results_file import KEY
from tests.factories import make_account

pytestmark = pytest.mark.usefixtures("database")


def roots(*kinds: RootKind) -> list[RecordedRoot]:
    statement = select(RecordedRoot).where(RecordedRoot.kind.in_(kinds or list(RootKind))).order_by(RecordedRoot.id)
    return list(db.session.scalars(statement))


def closed_call() -> tuple[Competition, EntryVersion]:
    competition = make_competition()
    version = send_version(make_entry(competition, make_account("entrant@gtn.example")))
    return competition, version


def published(organiser: Account) -> Panel:
    panel = make_scored_round()
    compute(panel)
    decide_round(panel.round, seen=1, actor=organiser, now=CLOSED_AT)
    publish_results(panel.competition, embargo_until=None, actor=organiser, now=CLOSED_AT)
    db.session.commit()
    return panel


def failures(competition: Competition) -> list[str]:
    return [check.text for check in verify_results(results_file(competition, KEY)) if not check.holds]


def test_root_of_the_call_is_recorded_once_after_its_close() -> None:
    competition, version = closed_call()
    close = competition.entries_close_at
    record_roots_of_calls(close + SETTLED - timedelta(seconds=1))
    assert roots() == []
    for minutes in (1, 2, 3):
        record_roots_of_calls(close + timedelta(minutes=minutes))
    (root,) = roots()
    line = [version.entry.reference, 1, version.sha256]
    assert (root.kind, root.size, root.lines, root.recorded_at) == (RootKind.CALL, 1, [line], close + SETTLED)
    assert root.sha256 == root_of([line])


def test_call_that_is_opened_once_more_gets_another_root_at_its_new_close() -> None:
    competition, version = closed_call()
    record_roots_of_calls(competition.entries_close_at + SETTLED)
    competition.entries_close_at += timedelta(days=3)
    db.session.commit()
    record_roots_of_calls(competition.entries_close_at)
    assert len(roots()) == 1
    send_version(version.entry, now=competition.entries_close_at - timedelta(hours=1))
    record_roots_of_calls(competition.entries_close_at + SETTLED)
    assert [root.size for root in roots()] == [1, 2]


def test_every_release_writes_its_own_seats_down() -> None:
    competition, organiser = make_competition(), make_account("organiser@gtn.example")
    round_ = make_jury_round(competition)
    run_assignment(round_)
    now = competition.entries_close_at + timedelta(days=1)
    release(round_, actor=organiser, now=now)
    call, first = roots()
    assert (call.kind, first.kind, first.recorded_at) == (RootKind.CALL, RootKind.SEATS, now)
    assert first.lines == [seat_line(each, round_.lot_seed) for each in given_seats(round_)]
    _give_one_more_seat(round_, organiser)
    release(round_, actor=organiser, now=now + timedelta(hours=1))
    assert [root.size for root in roots(RootKind.SEATS)] == [first.size, 1]


def _give_one_more_seat(round_: Round, organiser: Account) -> None:
    seats = list(db.session.scalars(select(Assignment).where(Assignment.round_id == round_.id)))
    there = {(seat.entry_id, seat.judge_id) for seat in seats}
    entries, judges = {seat.entry_id for seat in seats}, {seat.judge_id: seat.judge for seat in seats}
    economies = {seat.entry_id: seat.entry.economy_code for seat in seats}
    pair = next(
        (entry, number)
        for entry in sorted(entries)
        for number in sorted(judges)
        if (entry, number) not in there and judges[number].economy_code != economies[entry]
    )
    change_seats(round_, take=[pair], actor=organiser, now=round_.opens_at)


def test_root_names_no_judge() -> None:
    seat = (7, "ISC13-0000-0001", 3)
    assert seat_line(seat, "a seed") == [7, "ISC13-0000-0001", seat_line((8, "", 3), "a seed")[2]]
    assert seat_line(seat, "a seed") != seat_line(seat, "another seed")


def test_close_of_scoring_writes_the_head_of_the_chain_down() -> None:
    panel = make_scored_round()
    (root,) = roots(RootKind.SCORING)
    assert (root.sha256, root.size, root.recorded_at) == (panel.round.chain_head, 9, CLOSED_AT)


def test_publication_writes_down_what_is_published_and_the_file_holds_all_roots() -> None:
    panel = published(make_account("organiser@gtn.example"))
    assert [root.kind for root in roots()] == list(RootKind)
    assert failures(panel.competition) == []


def test_entry_that_is_changed_after_the_close_shows_in_the_file_and_in_the_recount() -> None:
    panel = published(make_account("organiser@gtn.example"))
    version = panel.entries[1].versions[0]
    version.content = version.content | {"title": "Another title"}
    db.session.commit()
    reference = panel.entries[1].reference
    assert (
        failures(panel.competition)[0] == f"Version 1 of entry {reference} is not what was sent before the call closed."
    )
    assert list(root_differences()) == [f"{panel.competition.slug}: version 1 of {reference} is not what was sent."]


def test_version_that_an_extension_allowed_is_counted_apart() -> None:
    panel = make_scored_round()
    send_version(panel.entries[0], now=panel.competition.entries_close_at + timedelta(days=5))
    organiser = make_account("organiser@gtn.example")
    compute(panel)
    decide_round(panel.round, seen=1, actor=organiser, now=CLOSED_AT)
    publish_results(panel.competition, embargo_until=None, actor=organiser, now=CLOSED_AT)
    texts = [check.text for check in verify_results(results_file(panel.competition, KEY)) if check.holds]
    assert "3 versions stand as when the call closed; 1 were sent later." in texts
    assert failures(panel.competition) == []


def test_seat_that_is_changed_after_its_release_shows() -> None:
    panel = published(make_account("organiser@gtn.example"))
    another = add_judge(panel.competition, panel.round, 3)
    panel.seat(0, 0).judge = another
    db.session.commit()
    sentence = f"seat {panel.seat(0, 0).id} is not the one that was released."
    assert f"Review: {sentence}" in failures(panel.competition)
    assert list(root_differences()) == [f"{panel.competition.slug}: {sentence}"]


def test_decision_that_is_changed_after_the_publication_shows() -> None:
    panel = published(make_account("organiser@gtn.example"))
    row = next(each for each in panel.round.round_entries if each.entry == panel.entries[2])
    row.departure, row.standing = "A good one.", "advanced"
    db.session.commit()
    assert failures(panel.competition) == [
        "Rankings, decisions and prizes are those that were fixed when the results were published."
    ]


def test_roots_stand_on_the_public_pages_with_their_moments(client: FlaskClient) -> None:
    panel = published(make_account("organiser@gtn.example"))
    for page in ("/", "/results"):
        text = client.get(f"/competitions/{panel.competition.slug}{page}").text
        assert [root.sha256 in text for root in roots()] == [True] * 4
        assert "Fri 31 May 2013" not in text.partition('id="roots"')[2].partition("</section>")[0]
        assert "Sun 30 Jun 2013" in text.partition('id="roots"')[2].partition("</section>")[0]
