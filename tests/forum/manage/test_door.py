"""The organiser's page of a door: who is in, by economy and category, and who was let in twice."""

from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.economies import DelegationClass
from gtn_events.forum.domain.check_in import check_in
from gtn_events.forum.domain.checkpoints import CheckpointDetails, add_checkpoint
from gtn_events.forum.domain.door_scans import SentScan, receive_scans
from gtn_events.forum.enums import CheckpointKind, CheckpointRule, Direction, Outcome
from gtn_events.forum.enums import RegistrationState as State
from gtn_events.forum.models import Checkpoint, Forum, Registration
from gtn_events.forum.queries.forums import checkpoint_of
from gtn_events.forum.queries.head_count import HeadCount, differing_scans, head_counts
from tests.factories import grant_role, make_account, make_category, make_forum, make_registration, sign_in
from tests.queries import count_queries

NOW = datetime(2013, 6, 5, 2, 0, tzinfo=UTC)


@pytest.fixture
def people(forum: Forum) -> list[Registration]:
    """Two of Peru, one of Japan, one of the Secretariat, in two categories; and one who only waits."""
    delegates, speakers = make_category(forum), make_category(forum, "Speaker")
    planned = (
        (delegates, "PE", DelegationClass.ECONOMY, State.CONFIRMED),
        (speakers, "PE", DelegationClass.ECONOMY, State.CONFIRMED),
        (delegates, "JPN", DelegationClass.ECONOMY, State.CONFIRMED),
        (delegates, None, DelegationClass.SECRETARIAT, State.CONFIRMED),
        (delegates, "PE", DelegationClass.ECONOMY, State.WAITLISTED),
    )
    return [
        make_registration(
            category, make_account(f"p{number}@firm.example"), state, economy_code=economy, delegation_class=delegation
        )
        for number, (category, economy, delegation, state) in enumerate(planned)
    ]


@pytest.fixture
def hall(forum: Forum, organiser: Account) -> Checkpoint:
    details = CheckpointDetails(
        label="Hall",
        kind=CheckpointKind.OTHER,
        rule=CheckpointRule.IN_AND_OUT,
        side_event=None,
        category_keys=(),
        counts=True,
    )
    return add_checkpoint(forum, details, actor=organiser, now=NOW)


def test_who_is_inside_is_counted_by_economy_and_category(
    hall: Checkpoint, people: list[Registration], organiser: Account
) -> None:
    for person in people:
        check_in(person, hall, station="", actor=organiser, now=NOW)
    check_in(people[1], hall, station="", actor=organiser, now=NOW, direction=Direction.OUT)
    counts = head_counts(hall, "")
    assert (counts.inside, counts.awaited) == (3, 4)
    assert counts.by_economy == [
        HeadCount("Japan", 1, 1),
        HeadCount("Peru", 1, 2),
        HeadCount(DelegationClass.SECRETARIAT.label, 1, 1),
    ]
    assert counts.by_category == [HeadCount("Delegate", 3, 3), HeadCount("Speaker", 0, 1)]


def test_a_double_admission_is_listed_with_devices_and_times(
    desk: FlaskClient, forum: Forum, people: list[Registration], organiser: Account
) -> None:
    door = db.session.scalars(checkpoint_of(forum, "main-door")).one()
    for number, (device, station) in enumerate((("device-one", "North"), ("device-two", "South"))):
        sent = SentScan(
            nonce=f"nonce-of-a-scan-{number}",
            code=people[0].reference,
            at=NOW + timedelta(minutes=number),
            shown=Outcome.IN,
            device=device,
            station=station,
        )
        receive_scans(door, [sent], actor=organiser, now=NOW + timedelta(hours=1))
    db.session.commit()
    (double,) = differing_scans(door)
    assert double.counting is not None
    assert (double.scan.station, double.counting.station) == ("South", "North")
    page = desk.get(f"/forums/{forum}/manage/door").get_data(as_text=True)
    for words in ("09:01, South", "Device device-t", "09:00, North · Device device-o", "Already in"):
        assert words in page


def test_the_page_and_its_figures_ask_as_many_queries_whoever_came(
    desk: FlaskClient, forum: Forum, people: list[Registration], organiser: Account
) -> None:
    door = db.session.scalars(checkpoint_of(forum, "main-door")).one()
    counts = []
    for number, person in enumerate(people[:2]):
        for device in "ab":
            sent = SentScan(
                nonce=f"nonce-of-a-scan-{number}-{device}",
                code=person.reference,
                at=NOW,
                shown=Outcome.IN,
                device=device,
            )
            receive_scans(door, [sent], actor=organiser, now=NOW)
        db.session.commit()
        db.session.expire_all()
        with count_queries() as queries:
            assert desk.get(f"/forums/{forum}/manage/door/main-door/figures").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("role", [Role.CHECK_IN_STAFF, None])
def test_who_may_not_see_registrations_does_not_see_who_is_in(
    client: FlaskClient, forum: Forum, role: Role | None
) -> None:
    account = make_account("door@gtn.example")
    if role is not None:
        grant_role(account, role, forum.scope)
    sign_in(client, account)
    for page in ("door", "door/main-door/figures"):
        answer = client.get(f"/forums/{forum}/manage/{page}", follow_redirects=True)
        assert answer.status_code == 403


def test_a_door_of_another_forum_is_not_found(desk: FlaskClient, forum: Forum, organiser: Account) -> None:
    other = make_forum("other-forum", title="Other")
    details = CheckpointDetails(
        label="Terrace",
        kind=CheckpointKind.OTHER,
        rule=CheckpointRule.ONCE,
        side_event=None,
        category_keys=(),
        counts=True,
    )
    add_checkpoint(other, details, actor=organiser, now=NOW)
    db.session.commit()
    for page in ("manage/door/terrace", "check-in/at/terrace/", "manage/checkpoints/terrace"):
        assert desk.get(f"/forums/{forum}/{page}").status_code == 404
