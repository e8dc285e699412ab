"""Scans that waited: kept once whatever is sent twice, at moments that can be believed, for the right forum only."""

import hashlib
import json
import threading
from base64 import b64decode
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.forum.domain.check_in import check_in
from gtn_events.forum.domain.checkpoints import CheckpointDetails, add_checkpoint
from gtn_events.forum.domain.door_list import LASTS, SignedList, door_list, public_key
from gtn_events.forum.domain.door_scans import MOST_SCANS, SentScan, receive_scans
from gtn_events.forum.enums import CheckpointKind, CheckpointRule, Direction, Outcome
from gtn_events.forum.enums import RegistrationState as State
from gtn_events.forum.models import CheckIn, Checkpoint, DoorScan, Forum, Registration
from gtn_events.forum.queries.forums import checkpoint_of
from tests.factories import grant_role, make_account, make_category, make_forum, make_registration, sign_in
from tests.queries import count_queries

pytestmark = pytest.mark.usefixtures("database")

NOW = datetime(2013, 6, 5, 2, 0, tzinfo=UTC)
SECRET = "a secret of the tests"
ONE, TWO = "device-one", "device-two"


@pytest.fixture
def forum() -> Forum:
    return make_forum()


@pytest.fixture
def staff(forum: Forum) -> Account:
    account = make_account("door@gtn.example")
    grant_role(account, Role.CHECK_IN_STAFF, forum.scope)
    return account


@pytest.fixture
def rosa(forum: Forum) -> Registration:
    return make_registration(make_category(forum), make_account(), State.CONFIRMED)


@pytest.fixture
def door(forum: Forum) -> Checkpoint:
    return db.session.scalars(checkpoint_of(forum, "main-door")).one()


@pytest.fixture
def moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages open while the forum is on."""
    monkeypatch.setattr(clock, "now", lambda: NOW)


def sent(number: int, code: str, **values: Any) -> SentScan:
    given = {"at": NOW, "shown": Outcome.IN, "device": ONE, "station": "North"} | values
    return SentScan(nonce=f"nonce-of-a-scan-{number:03}", code=code, **given)


def outcomes(scans: Sequence[Any]) -> list[Outcome | None]:
    return [each.scan.outcome if each.scan else None for each in scans]


def rows(model: type[Any]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_the_same_batch_sent_twice_changes_nothing(door: Checkpoint, rosa: Registration, staff: Account) -> None:
    batch = [sent(1, rosa.reference), sent(2, "GTN13-9999-9999", shown=Outcome.UNKNOWN)]
    first = receive_scans(door, batch, actor=staff, now=NOW)
    db.session.commit()
    second = receive_scans(door, batch, actor=staff, now=NOW + timedelta(minutes=5))
    assert outcomes(first) == outcomes(second) == [Outcome.IN, Outcome.UNKNOWN]
    assert [each.is_new for each in (*first, *second)] == [True, True, False, False]
    assert (rows(DoorScan), rows(CheckIn)) == (2, 1)


def test_a_batch_of_which_half_is_known_is_completed(door: Checkpoint, rosa: Registration, staff: Account) -> None:
    receive_scans(door, [sent(1, rosa.reference)], actor=staff, now=NOW)
    whole = receive_scans(door, [sent(1, rosa.reference), sent(2, rosa.reference)], actor=staff, now=NOW)
    assert [each.is_new for each in whole] == [False, True]
    assert outcomes(whole) == [Outcome.IN, Outcome.ALREADY_IN]


def test_a_nonce_with_another_content_is_refused(door: Checkpoint, rosa: Registration, staff: Account) -> None:
    receive_scans(door, [sent(1, rosa.reference), sent(2, "GTN13-9999-9999")], actor=staff, now=NOW)
    db.session.commit()
    other = [sent(1, rosa.reference, direction=Direction.OUT), sent(2, "GTN13-8888-8888")]
    assert outcomes(receive_scans(door, other, actor=staff, now=NOW)) == [None, None]
    assert (rows(DoorScan), rows(CheckIn)) == (2, 1)


@pytest.mark.usefixtures("moment")
def test_a_scan_at_one_door_lets_nobody_in_at_another(
    client: FlaskClient, door: Checkpoint, rosa: Registration, staff: Account
) -> None:
    """A browser whose answer was lost sends its nonce again; at another door that is another scan."""
    named = CheckpointDetails(
        label="Dinner",
        kind=CheckpointKind.OTHER,
        rule=CheckpointRule.ONCE,
        side_event=None,
        category_keys=(),
        counts=True,
    )
    dinner = add_checkpoint(door.forum, named, actor=staff, now=NOW)
    db.session.commit()
    sign_in(client, staff)
    typed, told = {"code": rosa.reference, "nonce": "nonce-of-a-scan-001"}, {"Accept": "application/json"}
    for at in ("", "", f"at/{dinner.key}/"):
        answer = client.post(f"/forums/{door.forum}/check-in/{at}", data=typed, headers=told)
        assert (at, answer.json["outcome"]) == (at, "in")
    assert [each.checkpoint_id for each in db.session.scalars(select(CheckIn).order_by(CheckIn.id))] == [
        door.id,
        dinner.id,
    ]


def test_two_devices_that_let_one_person_in_are_both_kept_and_one_counts(
    door: Checkpoint, rosa: Registration, staff: Account
) -> None:
    early, late = NOW - timedelta(minutes=30), NOW - timedelta(minutes=10)
    receive_scans(door, [sent(1, rosa.reference, at=late)], actor=staff, now=NOW)
    receive_scans(door, [sent(2, rosa.reference, at=early, device=TWO)], actor=staff, now=NOW)
    scans = list(db.session.scalars(select(DoorScan).order_by(DoorScan.id)))
    assert [(each.device, each.at, each.shown, each.outcome) for each in scans] == [
        (ONE, late, Outcome.IN, Outcome.IN),
        (TWO, early, Outcome.IN, Outcome.ALREADY_IN),
    ]
    assert scans[0].check_in_id == scans[1].check_in_id
    assert rows(CheckIn) == 1


def test_one_batch_that_comes_many_times_at_one_moment_is_kept_once(
    app: Flask, door: Checkpoint, rosa: Registration, staff: Account
) -> None:
    batch = [sent(number, rosa.reference) for number in range(5)]
    place, actor = door.id, staff.id
    db.session.commit()
    db.session.remove()  # the transaction of the reads would keep the others waiting
    start = threading.Barrier(4)
    told: list[list[Outcome | None]] = []

    def send() -> None:
        with app.app_context():
            start.wait()
            answers = receive_scans(
                db.session.get_one(Checkpoint, place), batch, actor=db.session.get_one(Account, actor), now=NOW
            )
            told.append(outcomes(answers))
            db.session.commit()

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told == [[Outcome.IN, *[Outcome.ALREADY_IN] * 4]] * 4
    assert (rows(DoorScan), rows(CheckIn)) == (5, 1)


def test_a_name_that_another_scan_has_is_refused(door: Checkpoint, rosa: Registration, staff: Account) -> None:
    other = make_registration(rosa.category, make_account("o@firm.example"), State.CONFIRMED)
    receive_scans(door, [sent(1, rosa.reference)], actor=staff, now=NOW)
    stolen = [sent(1, rosa.reference, device=TWO), sent(1, other.reference)]
    assert outcomes(receive_scans(door, stolen, actor=staff, now=NOW)) == [None, None]
    assert (rows(DoorScan), rows(CheckIn)) == (1, 1)


def test_scans_go_by_their_time_whatever_their_order(door: Checkpoint, rosa: Registration, staff: Account) -> None:
    batch = [sent(1, rosa.reference, at=NOW), sent(2, rosa.reference, at=NOW - timedelta(hours=1))]
    assert outcomes(receive_scans(door, batch, actor=staff, now=NOW)) == [Outcome.ALREADY_IN, Outcome.IN]


@pytest.mark.parametrize("off", [timedelta(days=-900), timedelta(days=-4), timedelta(minutes=3), timedelta(days=900)])
def test_a_moment_that_cannot_be_is_the_moment_of_arrival(
    door: Checkpoint, rosa: Registration, staff: Account, off: timedelta
) -> None:
    receive_scans(door, [sent(1, rosa.reference, at=NOW + off)], actor=staff, now=NOW)
    scan = db.session.scalars(select(DoorScan)).one()
    assert (scan.at, scan.received_at, scan.clock_was_off) == (NOW, NOW, True)


def test_a_number_of_another_forum_lets_nobody_in(door: Checkpoint, staff: Account) -> None:
    other = make_forum("other-forum", title="Other", reference_prefix="OTHER")
    stranger = make_registration(make_category(other), make_account("s@firm.example"), State.CONFIRMED)
    answers = receive_scans(door, [sent(1, stranger.reference)], actor=staff, now=NOW)
    assert outcomes(answers) == [Outcome.UNKNOWN]
    assert rows(CheckIn) == 0


def test_the_list_is_signed_and_tells_little(door: Checkpoint, rosa: Registration, staff: Account) -> None:
    make_registration(rosa.category, make_account("gone@firm.example"), State.CANCELLED)
    check_in(rosa, door, station="", actor=staff, now=NOW)
    signed = door_list(door, secret_key=SECRET, now=NOW)
    assert signed is not None
    verify(signed)
    with pytest.raises(InvalidSignature):
        verify(SignedList(signed.content.replace("Rosa", "Rose"), signed.signature))
    content = json.loads(signed.content)
    digest = hashlib.sha256(f"{content['salt']}{rosa.reference}".encode()).hexdigest()
    assert content["people"] == [[digest, "Rosa HUAMÁN", "Peru", "Delegate", "confirmed", True, {"": 1}]]
    assert datetime.fromisoformat(content["expires_at"]) == NOW + LASTS
    assert rosa.reference not in signed.content
    assert rosa.email not in signed.content


def test_there_is_no_list_of_a_forum_that_is_over(door: Checkpoint) -> None:
    assert door_list(door, secret_key=SECRET, now=datetime(2013, 6, 7, 17, 0, tzinfo=UTC)) is None
    last = door_list(door, secret_key=SECRET, now=datetime(2013, 6, 7, 16, 59, tzinfo=UTC))
    assert last is not None
    assert datetime.fromisoformat(json.loads(last.content)["expires_at"]) == datetime(2013, 6, 7, 17, 0, tzinfo=UTC)


def test_the_list_asks_as_many_queries_whoever_comes(door: Checkpoint, rosa: Registration) -> None:
    counts = []
    for number in range(2):
        make_registration(rosa.category, make_account(f"p{number}@firm.example"), State.CONFIRMED)
        with count_queries() as queries:
            door_list(door, secret_key=SECRET, now=NOW)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_page_sends_a_batch_and_is_told(
    client: FlaskClient, forum: Forum, rosa: Registration, staff: Account
) -> None:
    sign_in(client, staff)
    at = clock.now() - timedelta(hours=1)
    body = batch_of([item(1, rosa.reference, at), item(2, rosa.reference, at, way="out")], sent_at=clock.now())
    told = client.post(f"/forums/{forum}/check-in/at/main-door/sync.json", json=body).get_json()
    assert [(each["kept"], each["outcome"]) for each in told["answers"]] == [(True, "in"), (True, "already-in")]
    assert (told["inside"], told["confirmed"]) == (1, 1)
    assert db.session.scalars(select(DoorScan.direction).order_by(DoorScan.id)).all() == [Direction.IN, Direction.OUT]


def test_a_device_whose_clock_is_off_is_set_right(
    client: FlaskClient, forum: Forum, rosa: Registration, staff: Account
) -> None:
    sign_in(client, staff)
    now = clock.now()
    wrong = now + timedelta(days=200)
    body = batch_of([item(1, rosa.reference, wrong - timedelta(hours=2))], sent_at=wrong)
    client.post(f"/forums/{forum}/check-in/at/main-door/sync.json", json=body)
    scan = db.session.scalars(select(DoorScan)).one()
    assert abs(scan.at - (now - timedelta(hours=2))) < timedelta(seconds=30)
    assert not scan.clock_was_off


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        {"scans": "all"},
        {"scans": [1]},
        {"scans": [], "sent_at": "soon"},
        {"scans": [{"nonce": "short"}], "sent_at": "2013-06-05T02:00:00Z"},
        {"scans": [{"nonce": "n" * 20, "at": "0001-01-01T00:00:00+23:00", "shown": "in"}], "sent_at": "2013-06-05"},
        {"scans": [{"nonce": "n" * 20, "at": "2013-06-05T02:00:00Z", "shown": "maybe"}], "sent_at": "2013-06-05"},
        {"scans": [{}] * (MOST_SCANS + 1), "sent_at": "2013-06-05T02:00:00Z"},
    ],
)
def test_what_is_no_batch_is_refused_whole(client: FlaskClient, forum: Forum, staff: Account, body: Any) -> None:
    sign_in(client, staff)
    address = f"/forums/{forum}/check-in/at/main-door/sync.json"
    answer = client.post(address, json=body, headers={"Accept": "application/json"})
    assert (answer.status_code, rows(DoorScan)) == (409, 0)


def test_a_huge_batch_is_not_read(client: FlaskClient, forum: Forum, staff: Account) -> None:
    sign_in(client, staff)
    address = f"/forums/{forum}/check-in/at/main-door/sync.json"
    assert client.post(address, json={"scans": ["x" * 200_000]}).status_code == 413


@pytest.mark.parametrize("page", ["list.json", "pulse.json", "sync.json"])
def test_staff_of_another_forum_get_nothing(client: FlaskClient, staff: Account, page: str) -> None:
    other = make_forum("other-forum", title="Other")
    sign_in(client, staff)
    address = f"/forums/{other}/check-in/at/main-door/{page}"
    assert client.open(address, method="POST" if page == "sync.json" else "GET", json={}).status_code == 403


def item(number: int, code: str, at: datetime, **values: Any) -> dict[str, Any]:
    return {
        "nonce": f"nonce-of-a-scan-{number:03}",
        "code": code,
        "at": at.isoformat(),
        "way": "in",
        "shown": "in",
        "station": "North",
    } | values


def batch_of(scans: list[dict[str, Any]], *, sent_at: datetime) -> dict[str, Any]:
    return {"device": ONE, "sent_at": sent_at.isoformat(), "scans": scans}


def verify(signed: SignedList) -> None:
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), b64decode(public_key(SECRET)))
    raw = b64decode(signed.signature)
    pair = utils.encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    key.verify(pair, signed.content.encode(), ec.ECDSA(hashes.SHA256()))
