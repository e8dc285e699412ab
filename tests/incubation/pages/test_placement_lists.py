"""Lists of placements, what waits on the home page, reminders, and what is kept about a person."""

import html
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.economies import Economy
from gtn_events.core.outbox import OutboxMail
from gtn_events.incubation.domain import milestones, placements
from gtn_events.incubation.domain.agreements import send_for_signature
from gtn_events.incubation.domain.offers import accept_offer, give_place
from gtn_events.incubation.domain.placement_reminders import remind_of_placements, stage_of
from gtn_events.incubation.domain.placement_tasks import TaskKind, light_of, mid_term_on, tasks_of
from gtn_events.incubation.domain.placement_transitions import Side
from gtn_events.incubation.enums import Light, PartyRole, PlacementState, ReportKind
from gtn_events.incubation.errors import StillPlaced
from gtn_events.incubation.models import Party, Placement, PlacementReport
from gtn_events.incubation.personal_data_placements import erase_placements, export_placements
from tests.accounts.pages import words
from tests.factories import grant_role, make_account, sign_in
from tests.incubation.factories import make_application, make_call, make_host
from tests.incubation.pages.test_placement_pages import write_and_sign
from tests.incubation.placing import BEGUN, People, make_placement, start, write
from tests.queries import count_queries

NOW = datetime(2027, 10, 20, 3, 0, tzinfo=UTC)
TODAY = date(2027, 10, 20)
LIST = "/co-incubation/co-incubation-2027/manage/placements"


@pytest.fixture(autouse=True)
def autumn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def running(database: None) -> Placement:
    """A placement under way with a milestone that is late."""
    placement = make_placement()
    write_and_sign(placement)
    start(placement, placement.application.account)
    milestones.add_milestone(
        placement, title="First harvest", due_on=date(2027, 10, 19), actor=placement.application.account, now=BEGUN
    )
    db.session.commit()
    return placement


@pytest.fixture
def people(running: Placement) -> People:
    return People(running.application.call, running)


@pytest.fixture
def preparing(running: Placement) -> Placement:
    """Another one of the same call, whose agreement is not written."""
    return make_placement(running.application.call, host="Cebu Cold Chain Centre", firm="minh")


def kinds(placement: Placement, today: date = TODAY, *sent: tuple[ReportKind, PartyRole]) -> list[TaskKind]:
    return [task.kind for task in tasks_of(placement, sent, today=today)]


def test_what_a_placement_waits_for_follows_its_days(running: Placement) -> None:
    middle = mid_term_on(running)
    assert middle == date(2027, 10, 21)
    assert kinds(running) == [TaskKind.MILESTONE]
    assert kinds(running, middle) == [TaskKind.MILESTONE, TaskKind.MID_TERM, TaskKind.MID_TERM]
    # The report of the middle is asked for until the side's last one is there.
    left = [TaskKind.MILESTONE, TaskKind.MID_TERM, TaskKind.FINAL]
    assert kinds(running, date(2027, 12, 6), (ReportKind.FINAL, PartyRole.FIRM)) == left
    running.milestones.clear()
    both = [(ReportKind.FINAL, role) for role in (PartyRole.FIRM, PartyRole.HOST)]
    assert kinds(running, date(2027, 12, 6), *both) == [TaskKind.COMPLETE]


def test_a_placement_goes_as_its_worst_open_milestone(running: Placement) -> None:
    assert light_of(running, today=date(2027, 10, 19)) is Light.GREEN
    assert light_of(running, today=TODAY) is Light.AMBER
    running.milestones[0].light = Light.RED
    assert light_of(running, today=TODAY) is Light.RED
    running.state = PlacementState.COMPLETED
    assert light_of(running, today=TODAY) is None


def found(client: FlaskClient, query: str) -> list[str]:
    page = client.get(f"{LIST}?{query}").text
    return [name for name in ("rosa", "minh") if f">Cold rooms of {name}<" in page]


def test_the_list_is_searched_narrowed_and_sorted(
    client: FlaskClient, running: Placement, preparing: Placement, people: People
) -> None:
    sign_in(client, people.organiser)
    queries = {
        "": ["rosa", "minh"],
        "q=cebu": ["minh"],
        "state=running": ["rosa"],
        "state=cancelled": [],
        "light=late": ["rosa"],
        "light=amber": ["rosa"],
        "light=red": [],
        "economy=PE": ["rosa", "minh"],
        "economy=CHL": [],
        f"host={preparing.intake_id}": ["minh"],
        "host=x&sort=nothing&at=garbage": ["rosa", "minh"],
    }
    assert {query: found(client, query) for query in queries} == queries
    page = words(client.get(LIST).text)
    assert ("something is late in 1" in page, "First harvest the firm · late" in page) == (True, True)
    for sort in ("host", "-host", "changed", "economy"):
        assert client.get(f"{LIST}?sort={sort}").status_code == 200


def test_the_list_goes_out_as_a_file(
    client: FlaskClient, running: Placement, preparing: Placement, people: People
) -> None:
    sign_in(client, people.organiser)
    lines = client.post(f"{LIST}/export", data={"list": "state=running"}).text.splitlines()
    assert (len(lines), lines[1].count("Cold rooms of rosa"), "First harvest" in lines[1]) == (2, 1, True)
    book = client.post(f"{LIST}/export", data={"format": "xlsx"})
    assert book.data[:2] == b"PK"
    book.close()


def test_lists_ask_the_database_equally_often_at_every_length(client: FlaskClient, people: People) -> None:
    call = db.session.scalars(select(Placement)).one().application.call
    sign_in(client, people.organiser)
    counts = []
    for number in range(6):
        make_placement(call, host=f"Host {number}", firm=f"firm{number}")
        if number in {1, 5}:
            client.get(LIST)
            with count_queries() as queries:
                client.get(LIST)
            counts.append(len(queries))
    assert counts[0] == counts[1]


def coordinator_of(code: str) -> Account:
    account = make_account(f"coordinator.{code.lower()}@gov.example", economy_code=code)
    grant_role(account, Role.ECONOMY_COORDINATOR, db.session.get_one(Economy, code).scope)
    return account


def test_hosts_and_coordinators_see_their_own_placements_only(
    client: FlaskClient, running: Placement, preparing: Placement, people: People
) -> None:
    korat = "/co-incubation/hosts/korat-green-incubator/manage/placements"
    sign_in(client, people.manager)
    page = client.get(korat).text
    assert ("Cold rooms of rosa" in page, "Cold rooms of minh" in page) == (True, False)
    assert client.get("/co-incubation/hosts/cebu-cold-chain-centre/manage/placements").status_code == 403
    assert [client.get(LIST).status_code, client.post(f"{LIST}/export").status_code] == [403, 403]
    sign_in(client, coordinator_of("THA"))
    page = client.get("/co-incubation/economy/THA/placements").text
    assert "Cold rooms of rosa" in page
    assert client.get("/co-incubation/economy/PE/placements").status_code == 403
    sign_in(client, coordinator_of("CHL"))
    assert "Cold rooms" not in client.get("/co-incubation/economy/CHL/placements").text


def test_home_says_what_waits_for_each_side(
    client: FlaskClient, running: Placement, preparing: Placement, people: People
) -> None:
    shown = {}
    for name, person in (("firm", people.firm), ("host", people.manager), ("home", people.home)):
        sign_in(client, person)
        page = words(client.get("/home").text)
        shown[name] = ("Milestone: First harvest" in page, "at Korat Green Incubator" in page)
    assert shown == {"firm": (True, True), "host": (False, True), "home": (False, True)}
    sign_in(client, people.organiser)
    assert "Placements of Co-incubation 2027 2 placements · 1 is late" in words(client.get("/home").text)
    sign_in(client, make_account("nobody@gtn.example"))
    assert "Korat" not in client.get("/home").text


def reminders() -> list[tuple[str, str]]:
    statement = select(OutboxMail.to_address, OutboxMail.subject).where(
        OutboxMail.template == "incubation/placement_reminder"
    )
    return [(each.to_address, each.subject) for each in db.session.execute(statement.order_by(OutboxMail.id))]


def test_each_side_is_reminded_once_in_each_stage(running: Placement, people: People) -> None:
    assert remind_of_placements(now=NOW) == 1
    assert remind_of_placements(now=NOW + timedelta(hours=1)) == 0
    assert reminders() == [("rosa@firm.example", "Milestone: First harvest: “Cold rooms of rosa”")]
    assert remind_of_placements(now=NOW + timedelta(days=8)) == 2
    assert {to for to, _subject in reminders()} == {"rosa@firm.example", "thanakorn@host.example"}


@pytest.mark.parametrize(
    ("days", "stage"), [(-4, ""), (-3, "soon"), (0, "soon"), (1, "late"), (13, "late"), (14, "again"), (29, "")]
)
def test_a_reminder_has_its_days(days: int, stage: str) -> None:
    assert stage_of(TODAY - timedelta(days=days), today=TODAY) == stage


def test_a_party_is_reminded_of_its_signature(preparing: Placement) -> None:
    agreement = write(preparing, preparing.application.account)
    for number, party in enumerate(agreement.parties):
        party.name, party.email = party.name or "Somebody", party.email or f"p{number}@host.example"
    send_for_signature(agreement, actor=preparing.application.account, now=NOW - timedelta(days=15))
    assert remind_of_placements(now=NOW) >= 3
    again = select(OutboxMail.subject).where(OutboxMail.key.contains("party:"), OutboxMail.key.endswith(":late"))
    assert len(db.session.scalars(again).all()) == 3


def test_a_person_reads_what_is_kept_of_their_placements(running: Placement, people: People) -> None:
    told = export_placements(people.firm)
    assert [each["title"] for each in told["placements"][0]["milestones"]] == ["First harvest"]
    assert told["agreements"][0]["typed_name"] == "Rosa HUAMÁN"
    assert export_placements(make_account("nobody@gtn.example")) == {"placements": [], "agreements": [], "reports": []}


def test_an_erased_firm_leaves_states_days_and_sums(running: Placement, people: People) -> None:
    with pytest.raises(StillPlaced, match="is under way"):
        erase_placements(people.firm, NOW)
    answers = {"learnt": "Much"}
    report = PlacementReport(
        placement=running,
        kind=ReportKind.FINAL,
        role=PartyRole.FIRM,
        answers=answers,
        saved_at=NOW,
        sent_at=NOW,
        account=people.firm,
    )
    db.session.add(report)
    placements.end_early(
        running, on=date(2027, 10, 19), reason="Rosa fell ill", side=Side.FIRM, actor=people.firm, now=NOW
    )
    digest = running.agreements[0].sha256
    erase_placements(people.firm, NOW)
    db.session.expire_all()
    party = db.session.scalars(select(Party).where(Party.role == PartyRole.FIRM)).one()
    assert (party.name, party.email, party.typed_name, party.account_id) == ("", "", "", None)
    assert (running.reason, running.milestones[0].title, report.answers) == ("", "Erased milestone", {})
    assert (running.state, running.agreements[0].sha256) == (PlacementState.ENDED_EARLY, digest)
    mails = db.session.scalars(select(OutboxMail).where(OutboxMail.key.startswith("placement:"))).all()
    assert [mail.id for mail in mails if "rosa" in f"{mail.subject} {mail.body_text}".casefold()] == []


def test_an_organiser_of_another_call_sees_nothing(client: FlaskClient, running: Placement) -> None:
    other = make_call("other-call", reference_prefix="OTH", title="Other")
    person = make_account("other@gtn.example")
    grant_role(person, Role.ORGANISER, other.scope)
    grant_role(person, Role.HOST_MANAGER, make_host("Maker Mill", "NZ").scope)
    sign_in(client, person)
    assert client.get(LIST).status_code == 403
    assert "Cold rooms" not in client.get("/home").text


@pytest.mark.parametrize("path", ["hosts/korat-green-incubator/manage", "economy/THA", "economy/PE"])
def test_lists_of_hosts_and_economies_have_pages(
    client: FlaskClient, running: Placement, people: People, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setattr("gtn_events.incubation.queries.placement_list.PAGE_SIZE", 2)
    call = running.application.call
    for number in range(3):
        account = make_account(f"firm{number}@firm.example", economy_code="PE")
        wish = make_application(call, account, [running.intake], f"Room {number}")
        running.intake.places += 1
        offer = give_place(wish, running.intake, actor=account, now=BEGUN)
        accept_offer(offer, actor=account, now=BEGUN)
    db.session.commit()
    sign_in(client, people.manager if "hosts" in path else coordinator_of(path[-3:].strip("/")))
    url = f"/co-incubation/{path}/placements"
    first = client.get(url).text
    assert ("1–2 of 4" in first, first.count('<th scope="row">')) == (True, 2)
    further = re.search(r'rel="next" href="([^"]+)"', first)
    second = client.get(html.unescape(further[1])) if further else pytest.fail("no next page")
    assert ("3–4 of 4" in second.text, "Room" in second.text) == (True, True)
    assert "No placement matches" in client.get(f"{url}?q=nowhere&state=running&side=x&at=garbage").text
    assert "Cold rooms of rosa" in client.get(f"{url}?state=running&side=hosts&side=firms").text


def test_an_economy_sees_its_firms_or_its_hosts_alone(client: FlaskClient, running: Placement) -> None:
    sign_in(client, coordinator_of("THA"))
    url = "/co-incubation/economy/THA/placements?side="
    shown = {side: "Cold rooms of rosa" in client.get(url + side).text for side in ("", "firms", "hosts")}
    assert shown == {"": True, "firms": False, "hosts": True}


def test_an_organiser_is_led_to_what_is_late(client: FlaskClient, running: Placement, people: People) -> None:
    sign_in(client, people.organiser)
    for page in ("/home", "/co-incubation/co-incubation-2027/manage/"):
        text = client.get(page).text
        assert (f'href="{LIST}?light=late"' in text, "Something is late in 1 placement" in text) == (True, True)
    running.milestones[0].due_on = date(2027, 11, 1)
    db.session.commit()
    assert "Something is late" not in client.get("/home").text
