"""Placements under attack: garbage that a form of the pages would never send, wrong roles, things sent twice."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.outbox import OutboxMail
from gtn_events.incubation.domain import milestones
from gtn_events.incubation.enums import MilestoneState, Moment, OfferState, PlacementState
from gtn_events.incubation.models import FigureSet, Milestone, Placement, PlacementReport, ServiceHours
from tests.attack.test_garbage import VALUES
from tests.factories import grant_role, make_account, sign_in
from tests.incubation.figures_factories import typed
from tests.incubation.pages.test_placement_pages import FINAL_FIRM, MIDDLE, write_and_sign
from tests.incubation.placing import STARTED, People, make_placement, start

AUTUMN = datetime(2027, 10, 20, 3, 0, tzinfo=UTC)
TODAY = "2027-10-20"
WRONG_DAYS = ("", "2027-02-30", "20/10/2027", "0000-00-00", "0001-01-01", "9999-12-31", "2147483648", "१२३", "NaN")
NAMES = ("starts_on", "ends_on")
SERVICE = {"given_on": TODAY, "service": "mentoring", "quantity": "1.5"}
ANOTHER = {"title": "Second harvest", "due_on": "2027-11-01"}
FILES = {
    "a program": (b"MZ\x90\x00", "plan.pdf"),
    "a page": (b"<html><script>alert(1)</script>", "plan.png"),
    "nothing": (b"", "plan.pdf"),
    "half a picture": (b"\x89PNG\r\n\x1a\n\x00\x00", "plan.png"),
    "an endless name": (b"%PDF-1.7\n", "x" * 5000 + ".pdf"),
    "a way out": (b"%PDF-1.7\n", "../../../etc/passwd"),
}


@pytest.fixture(autouse=True)
def autumn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AUTUMN)


@pytest.fixture
def running(database: None) -> Placement:
    """A placement under way."""
    placement = make_placement()
    write_and_sign(placement)
    start(placement, placement.application.account)
    return placement


@pytest.fixture
def people(running: Placement) -> People:
    return People(running.application.call, running)


@pytest.fixture
def first(running: Placement, people: People) -> Milestone:
    """A milestone that is open."""
    made = milestones.add_milestone(running, title="First harvest", due_on=STARTED, actor=people.firm, now=AUTUMN)
    db.session.commit()
    return made


def page(placement: Placement, path: str = "") -> str:
    return f"/co-incubation/{placement.application.call.slug}/placements/{placement.id}/{path}"


def everybody(people: People, running: Placement) -> Iterator[tuple[str, Account]]:
    """All who see the placement, and one who does not."""
    yield from {"firm": people.firm, "host": people.manager, "home": people.home, "organiser": people.organiser}.items()
    theirs = make_account("somchai@ministry.example", economy_code="THA")
    grant_role(theirs, Role.ECONOMY_COORDINATOR, running.intake.host.economy.scope)
    yield "host economy", theirs
    yield "stranger", make_account("nobody@gtn.example")


def test_each_act_is_done_by_its_own_side_only(
    client: FlaskClient, running: Placement, people: People, first: Milestone
) -> None:
    below, empty = f"milestones/{first.id}", {"title": "", "on": "no day"}
    # What a side may try is answered with what is wrong in it; nobody else comes that far.
    acts = {
        "milestones": ({"firm", "host"}, empty),
        f"{below}/change": ({"firm", "host"}, empty),
        f"{below}/light": ({"firm", "host"}, {"light": "blue"}),
        f"{below}/done": ({"firm"}, {}),
        f"{below}/answer": ({"host"}, {"act": "send-back"}),
        f"{below}/drop": ({"host", "organiser"}, {}),
        "services": ({"host"}, {"quantity": "x"}),
        "reports/mid-term": ({"firm", "host"}, {}),
        "reports/mid-term/draft": ({"firm", "host"}, {}),
        "stays": ({"host", "organiser"}, {"stays-0-starts_on": "x"}),
        "complete": ({"host", "organiser"}, empty),
        "end": ({"firm", "host", "organiser"}, empty),
        "agreement/write": ({"firm", "host", "home", "organiser"}, {}),
        "cancel": ({"organiser"}, {}),
    }
    came = {act: set() for act in acts}
    for name, account in everybody(people, running):
        sign_in(client, account)
        for act, (_sides, data) in acts.items():
            status = client.post(page(running, act), data=data).status_code
            assert status < 500
            # An early end sends whoever may not back to the placement.
            if status not in {403, 404} and not (act == "end" and status == 302):
                came[act].add(name)
    assert came == {act: sides for act, (sides, _data) in acts.items()}
    assert (first.state, running.state) == (MilestoneState.OPEN, PlacementState.RUNNING)


@pytest.mark.parametrize("act", ["milestones", "milestones/{}/change", "services", "end", "stays"])
def test_a_day_that_cannot_be_meant_is_refused_at_its_field(
    client: FlaskClient, running: Placement, people: People, first: Milestone, act: str
) -> None:
    sign_in(client, people.manager)
    for day in WRONG_DAYS:
        data = {"title": "x", "service": "mentoring", "quantity": "1", "reason": "x"}
        data |= {"due_on": day, "given_on": day, "on": day, "stays-0-starts_on": day, "stays-0-ends_on": "2027-11-01"}
        assert (day, client.post(page(running, act.format(first.id)), data=data).status_code) == (day, 422)
    db.session.expire_all()
    assert (first.due_on, running.state, len(running.stays)) == (STARTED, PlacementState.RUNNING, 1)


def test_days_out_of_order_change_nothing(client: FlaskClient, running: Placement, people: People) -> None:
    sign_in(client, people.manager)
    stays = [(stay.starts_on, stay.ends_on) for stay in running.stays]
    for days in (
        [("2027-09-06", "2027-09-05")],
        [("2027-09-06", "2027-11-01"), ("2027-10-01", "2027-12-01")],
        [("2027-09-07", "2027-11-01")],
        [("", "")],
    ):
        data = {
            f"stays-{row}-{name}": day for row, pair in enumerate(days) for name, day in zip(NAMES, pair, strict=True)
        }
        assert client.post(page(running, "stays"), data=data).status_code == 422
    db.session.expire_all()
    assert [(stay.starts_on, stay.ends_on) for stay in running.stays] == stays
    for day in ("2027-09-05", "2027-10-22"):
        assert client.post(page(running, "end"), data={"on": day, "reason": "x"}).status_code == 422
        assert client.post(page(running, "services"), data=SERVICE | {"given_on": day}).status_code == 422
    assert running.state is PlacementState.RUNNING


def test_no_quantity_or_service_that_is_none_is_noted(client: FlaskClient, running: Placement, people: People) -> None:
    sign_in(client, people.manager)
    for quantity in (
        "0",
        "-1",
        "1.555",
        "10000.01",
        "1e999",
        "-0",
        "NaN",
        "sNaN",
        "Infinity",
        "2147483648",
        "9" * 4000,
    ):
        assert (
            quantity,
            client.post(page(running, "services"), data=SERVICE | {"quantity": quantity}).status_code,
        ) == (
            quantity,
            422,
        )
    for service in ("", "no-such", "mentoring ", "<script>"):
        assert client.post(page(running, "services"), data=SERVICE | {"service": service}).status_code == 422
    assert client.post(page(running, "services"), data=SERVICE | {"person": "x" * 201}).status_code == 422
    assert db.session.scalar(select(func.count()).select_from(ServiceHours)) == 0


def test_a_line_is_taken_back_once(client: FlaskClient, running: Placement, people: People) -> None:
    sign_in(client, people.manager)
    assert client.post(page(running, "services"), data=SERVICE).status_code == 302
    row = db.session.scalars(select(ServiceHours)).one()
    url = page(running, f"services/{row.id}/remove")
    assert [client.post(url).status_code for _time in range(2)] == [302, 404]
    assert client.post(page(running, f"services/{2**31}/remove")).status_code == 404


@pytest.mark.parametrize("what", FILES)
def test_a_wrong_file_is_no_evidence(
    client: FlaskClient, running: Placement, people: People, first: Milestone, what: str
) -> None:
    sign_in(client, people.firm)
    content, name = FILES[what]
    data = {"evidence": "", "file": (io.BytesIO(content), name)}
    reply = client.post(page(running, f"milestones/{first.id}/done"), data=data, content_type="multipart/form-data")
    assert reply.status_code == 422
    db.session.expire_all()
    assert (first.state, first.upload_id) == (MilestoneState.OPEN, None)


def test_what_is_pressed_twice_is_done_and_told_once(
    client: FlaskClient, running: Placement, people: People, first: Milestone
) -> None:
    below = page(running, f"milestones/{first.id}")
    for account, act, data in (
        (people.firm, "done", {"evidence": "Here."}),
        (people.manager, "answer", {"act": "send-back", "reason": "No picture."}),
        (people.firm, "done", {"evidence": "Here, with a picture."}),
        (people.manager, "answer", {"act": "sign-off"}),
    ):
        sign_in(client, account)
        assert client.post(f"{below}/{act}", data=data).status_code == 302
        assert client.post(f"{below}/{act}", data=data).status_code in {302, 409, 422}
    db.session.expire_all()
    assert first.state is MilestoneState.SIGNED_OFF
    # Signed off, it stands: nothing of it is changed any more.
    sign_in(client, people.manager)
    for act, data in (("change", ANOTHER), ("light", {"light": "red", "note": "x"}), ("drop", {"reason": "x"})):
        client.post(f"{below}/{act}", data=data)
    db.session.expire_all()
    assert (first.state, first.due_on, first.light.value) == (MilestoneState.SIGNED_OFF, STARTED, "green")
    told = [mail.template for mail in db.session.scalars(select(OutboxMail).order_by(OutboxMail.id))]
    assert [told.count(f"incubation/milestone_{what}") for what in ("done", "answered")] == [2, 2]


def test_a_report_is_sent_once_and_takes_no_garbage(client: FlaskClient, running: Placement, people: People) -> None:
    sign_in(client, people.firm)
    url = page(running, "reports/final")
    for value in VALUES:
        garbage = dict.fromkeys((*FINAL_FIRM, "seen"), value)
        assert client.post(url, data=garbage).status_code < 500
        assert client.post(f"{url}/draft", data=garbage).status_code < 500
        assert client.get(url).status_code == 200
    report = db.session.scalars(select(PlacementReport)).one()
    assert report.sent_at is None
    assert client.post(url, data=FINAL_FIRM | {"seen": "0"}).status_code == 409
    assert client.post(url, data=FINAL_FIRM | {"seen": str(2**63)}).status_code == 409
    good = FINAL_FIRM | {"seen": str(report.lock_version)}
    assert [client.post(url, data=good).status_code for _time in range(2)] == [302, 302]
    mails = select(func.count()).where(
        OutboxMail.template == "incubation/report_sent", OutboxMail.key.contains("final")
    )
    assert db.session.scalar(mails) == 2
    assert client.post(f"{url}/draft", data=good | {"learnt": "Nothing"}).status_code == 409
    db.session.expire_all()
    assert report.answers["learnt"] == "Much"


def test_figures_by_hand_take_no_garbage_and_no_old_page(
    client: FlaskClient, running: Placement, people: People
) -> None:
    figures = db.session.scalars(select(FigureSet).where(FigureSet.moment == Moment.START)).one()
    url = f"/co-incubation/{running.application.call.slug}/manage/figures/{figures.id}"
    for name, account in everybody(people, running):
        sign_in(client, account)
        allowed = name == "organiser"
        assert (client.get(url).status_code == 200) is allowed
        assert (client.post(url, data={}).status_code == 422) is allowed
    sign_in(client, people.organiser)
    whole = typed(source="A call on 3 May")
    for value in (*VALUES, "2147483648", "1,2,3", "12 000", "٣", "1e5", "0x10", "+1", "-0", "9" * 16):
        reply = client.post(url, data=whole | {"jobs_women": value})
        assert (value, reply.status_code < 500) == (value, True)
    assert client.post(url, data=whole | {"source": ""}).status_code == 422
    assert client.post(url, data=whole | {"source": "x" * 501}).status_code == 422
    assert client.post(url, data=whole).status_code == 302
    db.session.expire_all()
    stale = {"name": "Dewi", "seen": str(figures.lock_version - 1)}
    assert client.post(f"{url}/check", data=stale).status_code >= 400
    fresh = {"name": "Dewi", "seen": str(figures.lock_version)}
    assert client.post(f"{url}/check", data=fresh).status_code == 302
    kept = db.session.get_one(FigureSet, figures.id).sha256
    assert client.post(url, data=whole | {"source": "Another"}).status_code < 400
    assert client.post(f"{url}/check", data=fresh).status_code < 400
    db.session.expire_all()
    assert (figures.sha256, figures.source) == (kept, "A call on 3 May")


def test_mid_term_and_final_are_the_only_reports(client: FlaskClient, running: Placement, people: People) -> None:
    sign_in(client, people.firm)
    for kind in ("monthly", "MID-TERM", "mid-term%00", "final/host/..", "²"):
        assert client.post(page(running, f"reports/{kind}"), data=MIDDLE).status_code in {404, 405}


def test_a_place_that_is_in_use_is_neither_given_back_nor_taken_back(
    client: FlaskClient, running: Placement, people: People
) -> None:
    call, offer = running.application.call.slug, running.offer
    for account, url in (
        (people.firm, f"/co-incubation/{call}/my/offer/decline"),
        (people.organiser, f"/co-incubation/{call}/manage/offers/{offer.id}/take-back"),
    ):
        sign_in(client, account)
        assert client.post(url, data={"reason": "We need it for others."}).status_code in {302, 422}
        db.session.expire_all()
        assert (offer.state, running.state) == (OfferState.ACCEPTED, PlacementState.RUNNING)
    sign_in(client, people.firm)
    assert "Give the place back" not in client.get(f"/co-incubation/{call}/my/offer").text
