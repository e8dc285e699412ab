"""A placement from the arrival to the certificate: stays, milestones, services, reports, ends."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.certificates.models import Certificate
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.outbox import OutboxMail
from gtn_events.incubation.domain import milestones
from gtn_events.incubation.enums import Light, MilestoneState, PartyRole, PlacementState, ReportKind
from gtn_events.incubation.models import Milestone, Placement, PlacementReport, ServiceHours
from tests.accounts.pages import field_errors, messages, nonce_in, seen_in, words
from tests.factories import sign_in
from tests.incubation.placing import STARTED, People, make_placement, sign_by_all, start, write
from tests.queries import count_queries

AUTUMN = datetime(2027, 10, 20, 3, 0, tzinfo=UTC)
WINTER = datetime(2027, 12, 6, 3, 0, tzinfo=UTC)
FINAL_FIRM = {"goal_1": "full", "activities": "Built one", "learnt": "Much", "onward": "agent", "satisfaction": "5"}
FINAL_FIRM |= {"home": "4", "programme": "5", "sales": "12000", "quote": "A good autumn", "quote_allowed": "y"}
FINAL_HOST = {"benefits": "A room", "performance": "Good", "satisfaction": "4", "programme": "4"}
MIDDLE = {"light": "amber", "done": "Half", "results": "A room", "satisfaction": "4", "days": "40"}


@pytest.fixture(autouse=True)
def autumn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AUTUMN)


@pytest.fixture
def agreed(database: None) -> Placement:
    placement = make_placement()
    write_and_sign(placement)
    return placement


def write_and_sign(placement: Placement) -> None:
    agreement = write(placement, placement.application.account)
    for number, party in enumerate(agreement.parties):
        party.name = party.name or f"Party {number}"
        party.email = party.email or f"party{number}@host.example"
    db.session.commit()
    sign_by_all(agreement, placement.application.account)


@pytest.fixture
def people(agreed: Placement) -> People:
    return People(agreed.application.call, agreed)


@pytest.fixture
def running(agreed: Placement, people: People) -> Placement:
    start(agreed, people.manager)
    return agreed


def page(placement: Placement, path: str = "") -> str:
    return f"/co-incubation/{placement.application.call.slug}/placements/{placement.id}/{path}"


def milestone(placement: Placement, people: People, title: str = "First harvest") -> Milestone:
    made = milestones.add_milestone(placement, title=title, due_on=date(2027, 10, 1), actor=people.firm, now=AUTUMN)
    db.session.commit()
    return made


def as_it_is(row: Milestone) -> Milestone:
    db.session.expire_all()
    return db.session.get_one(Milestone, row.id)


def mails(template: str) -> list[str]:
    statement = select(OutboxMail.to_address).where(OutboxMail.template == f"incubation/{template}")
    return list(db.session.scalars(statement.order_by(OutboxMail.id)))


def test_the_host_notes_the_arrival(client: FlaskClient, agreed: Placement, people: People) -> None:
    sign_in(client, people.firm)
    assert client.post(page(agreed, "start"), data={"on": "2027-09-06"}).status_code == 403
    sign_in(client, people.manager)
    assert "Begin the placement" in client.get(page(agreed)).text
    assert client.post(page(agreed, "start"), data={"on": "no day"}).status_code == 400
    assert client.post(page(agreed, "start"), data={"on": "2027-09-06"}).status_code == 302
    assert (agreed.state, agreed.started_on) == (PlacementState.RUNNING, STARTED)
    assert sorted(mails("placement_changed")) == ["ana@ministry.example", "rosa@firm.example"]


def test_the_firm_finds_its_figures_in_the_tabs_and_the_host_does_not(
    client: FlaskClient, running: Placement, people: People
) -> None:
    for account, shown in ((people.firm, True), (people.manager, False)):
        sign_in(client, account)
        assert (page(running, "figures") in client.get(page(running)).text) is shown
    sign_in(client, people.firm)
    assert client.get(page(running, "figures")).status_code == 200


def test_the_mid_term_is_passed_when_both_reports_are_there(
    client: FlaskClient, running: Placement, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2027, 11, 1, 3, 0, tzinfo=UTC))
    for account, done in ((people.firm, False), (people.manager, False), (people.firm, True)):
        sign_in(client, account)
        assert ("Done: Mid-term report" in words(client.get(page(running)).text)) is done
        client.post(page(running, "reports/mid-term"), data=MIDDLE)


def test_a_mid_term_report_that_never_came_is_missing_and_can_still_be_sent(
    client: FlaskClient, running: Placement, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: WINTER)
    for person, final in ((people.firm, FINAL_FIRM), (people.manager, FINAL_HOST)):
        sign_in(client, person)
        assert client.post(page(running, "reports/final"), data=final).status_code == 302
    assert "Missing: Mid-term report" in words(client.get(page(running)).text)
    reports = words(client.get(page(running, "reports")).text)
    assert reports.count("It did not come before the last day. It can still be sent.") == 2
    assert client.post(page(running, "reports/mid-term"), data=MIDDLE).status_code == 302
    client.post(page(running, "complete"), data={"on": "2027-12-05"})
    assert running.state is PlacementState.COMPLETED
    assert "Missing: Mid-term report" in words(client.get(page(running)).text)
    reports = words(client.get(page(running, "reports")).text)
    assert ("It can still be sent" in reports, reports.count("Missing")) == (False, 1)


def test_an_end_before_the_middle_asks_for_no_mid_term_report(
    client: FlaskClient, running: Placement, people: People
) -> None:
    sign_in(client, people.firm)
    client.post(page(running, "end"), data={"on": "2027-10-01", "reason": "Rosa fell ill"})
    assert "Mid-term report" not in words(client.get(page(running, "reports")).text)


def test_stays_are_split_and_extended(client: FlaskClient, running: Placement, people: People) -> None:
    sign_in(client, people.manager)
    rows = {"stays-0-starts_on": "2027-09-06", "stays-0-ends_on": "2027-10-01"}
    rows |= {"stays-1-starts_on": "2027-11-01", "stays-1-ends_on": "2027-12-19", "stays-2-starts_on": ""}
    rows["seen"] = seen_in(client.get(page(running, "stays")))
    assert client.post(page(running, "stays"), data=rows).status_code == 302
    first, second = running.stays
    assert (first.arrived_on, second.ends_on) == (STARTED, date(2027, 12, 19))
    assert client.post(page(running, f"stays/{first.id}/leaving"), data={"on": "2027-10-01"}).status_code == 302
    assert client.post(page(running, f"stays/{second.id}/arrival"), data={"on": "2027-10-19"}).status_code == 302
    assert (first.left_on, second.arrived_on) == (date(2027, 10, 1), date(2027, 10, 19))
    rows["seen"] = seen_in(client.get(page(running, "stays")))
    overlap = client.post(page(running, "stays"), data=rows | {"stays-1-starts_on": "2027-09-30"})
    assert (overlap.status_code, "has arrived" in overlap.text or "overlap" in overlap.text) == (422, True)
    half = client.post(page(running, "stays"), data=rows | {"stays-2-starts_on": "2028-01-03"})
    assert (half.status_code, list(field_errors(half))) == (422, ["stays-2-ends_on"])
    sign_in(client, people.firm)
    assert client.get(page(running, "stays")).status_code == 403


def test_stays_that_somebody_planned_meanwhile_are_not_overwritten_unseen(
    client: FlaskClient, running: Placement, people: People
) -> None:
    sign_in(client, people.manager)
    seen = seen_in(client.get(page(running, "stays")))
    theirs = {"stays-0-starts_on": "2027-09-06", "stays-0-ends_on": "2027-10-01"}
    for number, month in enumerate(("11", "12"), start=1):
        theirs |= {f"stays-{number}-starts_on": f"2027-{month}-02", f"stays-{number}-ends_on": f"2027-{month}-09"}
    for _time in range(2):  # pressed twice, it is saved once, and nobody was overtaken
        assert client.post(page(running, "stays"), data=theirs | {"seen": seen}).status_code == 302
    mine = {"stays-0-starts_on": "2027-09-06", "stays-0-ends_on": "2027-10-08", "seen": seen}
    mine |= {"stays-1-starts_on": "", "stays-1-ends_on": ""}
    refused = client.post(page(running, "stays"), data=mine)
    says = (
        "Somebody else saved this while you had it open.",
        "Stored now: 1 October 2027",
        "Stored now: 2 November 2027",
    )
    assert (refused.status_code, [each in refused.text for each in says]) == (422, [True] * 3)
    # What was not on the page is on it now, to be kept or taken out.
    assert 'name="stays-2-starts_on" type="date" value="2027-12-02"' in refused.text
    assert len(running.stays) == 3
    assert client.post(page(running, "stays"), data=mine | {"seen": seen_in(refused)}).status_code == 302
    assert [stay.ends_on for stay in running.stays] == [date(2027, 10, 8)]


def test_a_milestone_is_shown_by_the_firm_and_signed_off_by_the_host(
    client: FlaskClient, running: Placement, people: People
) -> None:
    sign_in(client, people.firm)
    assert client.post(page(running, "milestones"), data={"title": "", "due_on": ""}).status_code == 422
    new = {"title": "First harvest", "due_on": "2027-10-01", "measure": "200 kg"}
    assert client.post(page(running, "milestones"), data=new).status_code == 302
    found = db.session.scalars(select(Milestone)).one()
    url = page(running, f"milestones/{found.id}")
    assert "19 days late" in words(client.get(page(running, "milestones")).text)
    silent = client.post(f"{url}/light", data={"light": "red"})
    assert (silent.status_code, list(field_errors(silent))) == (422, ["note"])
    assert client.post(f"{url}/light", data={"light": "red", "note": "No rain."}).status_code == 302
    assert as_it_is(found).light is Light.RED
    assert "Off track" in client.get(page(running)).text
    changed = new | {"title": "Second harvest", "due_on": "2027-11-01"}
    assert client.post(f"{url}/change", data=changed).status_code == 302
    assert client.post(f"{url}/answer").status_code == 403
    bare = client.post(f"{url}/done", data={"evidence": ""})
    assert (bare.status_code, list(field_errors(bare))) == (422, ["evidence"])
    wrong = client.post(f"{url}/done", data={"evidence": "", "file": (io.BytesIO(b"MZ\x90\x00\x03\x00"), "a.pdf")})
    assert (wrong.status_code, list(field_errors(wrong))) == (422, ["file"])
    shown = {"evidence": "See https://firm.example/harvest", "file": (io.BytesIO(b"kg\n200\n"), "harvest.csv")}
    assert client.post(f"{url}/done", data=shown).status_code == 302
    assert mails("milestone_done") == ["thanakorn@host.example"]
    sign_in(client, people.manager)
    assert 'href="https://firm.example/harvest"' in client.get(url).text
    file = client.get(f"{url}/file")
    assert (file.status_code, file.mimetype) == (200, "text/csv")
    file.close()
    client.post(f"{url}/answer", data={"act": "send-back", "reason": "Which farm?"})
    assert (as_it_is(found).state, as_it_is(found).note) == (MilestoneState.OPEN, "Which farm?")
    sign_in(client, people.firm)
    client.post(f"{url}/done", data={"evidence": "The farm in the valley."})
    sign_in(client, people.manager)
    client.post(f"{url}/answer")
    assert as_it_is(found).state is MilestoneState.SIGNED_OFF
    assert mails("milestone_answered") == ["rosa@firm.example"] * 2
    assert client.post(f"{url}/drop", data={"reason": "x"}).status_code == 302
    assert as_it_is(found).state is MilestoneState.SIGNED_OFF


def test_a_milestone_of_another_placement_is_not_there(client: FlaskClient, running: Placement, people: People) -> None:
    other = milestone(make_other(running), people)
    sign_in(client, people.manager)
    assert client.get(page(running, f"milestones/{other.id}")).status_code == 404
    assert client.post(page(running, f"milestones/{other.id}/drop"), data={"reason": "x"}).status_code == 404


def make_other(placement: Placement) -> Placement:
    return make_placement(placement.application.call, host="Cebu Cold Chain Centre", firm="minh")


def test_the_host_notes_sessions_and_the_sums_stand_by_unit(
    client: FlaskClient, running: Placement, people: People
) -> None:
    sign_in(client, people.manager)
    for service, quantity, day in (
        ("mentoring", "1.5", "2027-09-08"),
        ("mentoring", "2", "2027-09-15"),
        ("desk", "1", "2027-09-06"),
    ):
        line = {"given_on": day, "service": service, "quantity": quantity, "person": "Dr. Niran"}
        assert client.post(page(running, "services"), data=line).status_code == 302
    assert "Mentoring 3.5 hours · 2 times" in words(client.get(page(running, "services")).text)
    bad = {"given_on": "2027-09-01", "service": "mentoring", "quantity": "1"}
    assert list(field_errors(client.post(page(running, "services"), data=bad))) == ["given_on"]
    for quantity in ("0", "-1", "NaN", "1e9", "0.001"):
        reply = client.post(page(running, "services"), data=bad | {"given_on": "2027-09-08", "quantity": quantity})
        assert (reply.status_code, list(field_errors(reply))) == (422, ["quantity"])
    row = db.session.scalars(select(ServiceHours).where(ServiceHours.quantity == Decimal("1.5"))).one()
    sign_in(client, people.firm)
    assert client.post(page(running, f"services/{row.id}/remove")).status_code == 403
    assert client.post(page(running, "services"), data=bad).status_code == 403
    sign_in(client, people.manager)
    assert client.post(page(running, f"services/{row.id}/remove")).status_code == 302
    assert db.session.scalar(select(ServiceHours).where(ServiceHours.id == row.id)) is None


def test_a_line_that_is_sent_twice_is_noted_once(client: FlaskClient, running: Placement, people: People) -> None:
    sign_in(client, people.manager)
    line = {"given_on": "2027-09-10", "service": "mentoring", "quantity": "2"}
    sent = line | {"nonce": nonce_in(client.get(page(running, "services")))}
    assert [client.post(page(running, "services"), data=sent).status_code for _time in range(2)] == [302, 302]
    # Another line typed over it, on the page that the browser kept; and the same once more, on a fresh page.
    client.post(page(running, "services"), data=sent | {"quantity": "1"})
    client.post(page(running, "services"), data=line | {"nonce": nonce_in(client.get(page(running, "services")))})
    noted = db.session.scalars(select(ServiceHours.quantity).order_by(ServiceHours.id)).all()
    assert noted == [Decimal(2), Decimal(1), Decimal(2)]


def test_a_report_is_a_draft_until_it_is_sent(client: FlaskClient, running: Placement, people: People) -> None:
    sign_in(client, people.firm)
    url = page(running, "reports/mid-term")
    assert client.get(url).status_code == 200
    saved = client.post(f"{url}/draft", data={"seen": "0", "done": "Half", "light": "nothing", "days": "-4"})
    assert (saved.status_code, saved.json) == (200, {"saved": True, "at": AUTUMN.isoformat(), "seen": 2})
    report = db.session.scalars(select(PlacementReport)).one()
    assert (report.answers, report.sent_at) == ({"done": "Half"}, None)
    assert client.post(f"{url}/draft", data={"seen": "0", "done": "Other"}).status_code == 409
    assert "Half" in client.get(url).text
    bare = client.post(url, data={"seen": "2", "done": "Half"})
    assert (bare.status_code, sorted(field_errors(bare))) == (422, ["light", "results", "satisfaction"])
    stale = client.post(url, data=MIDDLE | {"seen": "1"})
    assert (stale.status_code, "not saved over it" in stale.text) == (409, True)
    sign_in(client, people.manager)
    assert client.get(page(running, "reports/mid-term/firm")).status_code == 404
    sign_in(client, people.firm)
    assert client.post(url, data=MIDDLE | {"seen": "2"}).status_code == 302
    assert client.get(url).status_code == 302
    assert mails("report_sent") == ["thanakorn@host.example", "ana@ministry.example"]
    for person in (people.manager, people.home, people.organiser):
        sign_in(client, person)
        assert "Half" in client.get(page(running, "reports/mid-term/firm")).text
    assert client.get(page(running, "reports/monthly")).status_code == 404
    assert client.post(url).status_code == 403


def test_a_placement_ends_with_both_reports_and_a_certificate_that_verifies(
    client: FlaskClient, running: Placement, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: WINTER)
    sign_in(client, people.manager)
    assert "final report of the firm is missing" in client.get(page(running)).text
    client.post(page(running, "complete"), data={"on": "2027-12-05"})
    assert running.state is PlacementState.RUNNING
    assert client.post(page(running, "reports/final"), data=FINAL_HOST | {"seen": "0"}).status_code == 302
    sign_in(client, people.firm)
    assert "Goal: One room in use" in client.get(page(running, "reports/final")).text
    assert client.post(page(running, "reports/final"), data=FINAL_FIRM | {"seen": "0"}).status_code == 302
    assert "Fully" in client.get(page(running, "reports/final/firm")).text
    assert client.post(page(running, "complete"), data={"on": "2027-12-05"}).status_code == 403
    sign_in(client, people.manager)
    done = client.post(page(running, "complete"), data={"on": "2027-12-05"}, follow_redirects=True)
    assert messages(done) == ["The placement is completed, and its certificate is issued."]
    certificate = db.session.scalars(select(Certificate)).one()
    assert (certificate.holder_account_id, certificate.serial[:4]) == (people.firm.id, "C27-")
    verified = words(client.get(f"/verify/{certificate.serial}").text)
    assert "Korat Green Incubator in Korat, Thailand, from 6 September to 5 December 2027" in verified
    sign_in(client, people.firm)
    paper = client.get(f"/certificates/{certificate.serial}.pdf")
    assert (paper.status_code, paper.data[:5]) == (200, b"%PDF-")
    for path in ("milestones", "reports", "services", "agreement", ""):
        assert client.get(page(running, path)).status_code == 200


def test_an_early_end_has_a_reason_and_asks_for_a_last_report(
    client: FlaskClient, running: Placement, people: People
) -> None:
    sign_in(client, people.firm)
    assert client.get(page(running, "end")).status_code == 200
    silent = client.post(page(running, "end"), data={"on": "2027-10-19", "reason": " "})
    assert (silent.status_code, list(field_errors(silent))) == (422, ["reason"])
    early = client.post(page(running, "end"), data={"on": "2027-09-01", "reason": "Illness"})
    assert (early.status_code, list(field_errors(early))) == (422, ["on"])
    assert client.post(page(running, "end"), data={"on": "2027-10-19", "reason": "Illness"}).status_code == 302
    assert (running.state, running.reason) == (PlacementState.ENDED_EARLY, "Illness")
    shown = words(client.get(page(running)).text)
    assert ("Ended early on 19 October 2027." in shown, "Write the final report" in shown) == (True, True)
    assert client.post(page(running, "reports/final"), data=FINAL_FIRM | {"seen": "0"}).status_code == 302
    sign_in(client, people.home)
    assert client.get(page(running, "end")).status_code == 403


def test_the_organiser_cancels_what_has_not_begun(client: FlaskClient, agreed: Placement, people: People) -> None:
    sign_in(client, people.manager)
    assert client.post(page(agreed, "cancel"), data={"reason": "No visa."}).status_code == 403
    sign_in(client, people.organiser)
    assert "Cancel the placement" in client.get(page(agreed)).text
    client.post(page(agreed, "cancel"), data={"reason": "No visa."})
    assert agreed.state is PlacementState.CANCELLED


def test_pages_ask_the_database_equally_often_however_much_there_is(
    client: FlaskClient, running: Placement, people: People
) -> None:
    sign_in(client, people.manager)
    counts = []
    for number in range(8):
        milestone(running, people, f"Milestone {number}")
        if number in {1, 7}:
            asked = []
            for path in ("", "milestones", "agreement", "reports", "services"):
                client.get(page(running, path))
                with count_queries() as queries:
                    client.get(page(running, path))
                asked.append(len(queries))
            counts.append(asked)
    assert counts[0] == counts[1]


def test_only_the_sides_write_reports_and_only_once(client: FlaskClient, running: Placement, people: People) -> None:
    sign_in(client, people.organiser)
    assert client.get(page(running, "reports")).status_code == 200
    assert client.get(page(running, "reports/mid-term")).status_code == 403
    report = PlacementReport(
        placement=running, kind=ReportKind.MID_TERM, role=PartyRole.HOST, answers={}, saved_at=AUTUMN, sent_at=AUTUMN
    )
    db.session.add(report)
    db.session.commit()
    sign_in(client, people.manager)
    assert client.get(page(running, "reports/mid-term")).status_code == 302
    assert client.post(page(running, "reports/mid-term/draft"), data={"seen": "1"}).status_code in {302, 409}
