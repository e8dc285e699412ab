"""The pages of a host's managers, of the coordinator of its economy, and the public catalogue."""

import io
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account, Invitation
from gtn_events.core.db import db
from gtn_events.core.economies import Economy
from gtn_events.incubation.enums import HostState
from gtn_events.incubation.models import Call, Host, HostPhoto, Intake
from tests.accounts.pages import field_errors, words
from tests.competition.economy.desks import make_endorsed_competition, make_entries
from tests.factories import grant_role, make_account, sign_in
from tests.incubation.factories import complete_host, make_call, make_host, make_intake
from tests.queries import count_queries

HOST = "/co-incubation/hosts/korat-green-incubator"
MANAGE = f"{HOST}/manage"
THAILAND = "/co-incubation/economy/THA"
ABOUT = {
    "summary": "Cooling without a grid.",
    "city": "Korat",
    "time_zone": "Asia/Bangkok",
    "programme": "## Twelve weeks",
    "website": "https://korat.example",
}
SECTIONS: dict[str, dict[str, Any]] = {
    "about": ABOUT,
    "field": {"sectors": "Food chains\nCooling", "languages": ["en", "th"], "trl_from": "4", "trl_until": "9"},
    "services": {"terms_desk": "free", "terms_laboratory": "paid", "fee_laboratory": "20 USD an hour", "costs": "Low."},
    "places": {"facilities": "A cold room.", "accessibility": "No steps.", "desks": "12", "space_m2": "340.5"},
    "contact": {"contact_email": "office@host.example"},
}


@pytest.fixture
def host(database: None) -> Host:
    """A draft of which nothing is known but its name and place."""
    empty = {"sectors": [], "languages": [], "services": [], "summary": ""}
    return make_host(state=HostState.DRAFT, verified_at=None, verified_until=None, **empty)


@pytest.fixture
def manager(host: Host) -> Account:
    account = make_account("manager@host.example", economy_code="THA")
    grant_role(account, Role.HOST_MANAGER, host.scope)
    return account


@pytest.fixture
def office(client: FlaskClient, manager: Account) -> FlaskClient:
    """The manager's browser."""
    sign_in(client, manager)
    return client


def coordinator_of(code: str) -> Account:
    account = make_account(f"coordinator.{code.lower()}@gov.example", economy_code=code)
    grant_role(account, Role.ECONOMY_COORDINATOR, db.session.get_one(Economy, code).scope)
    return account


def save(office: FlaskClient, host: Host, section: str) -> int:
    version = {"lock_version": str(db.session.get_one(Host, host.id).lock_version)}
    return office.post(f"{MANAGE}/profile/{section}", data=SECTIONS[section] | version).status_code


def picture() -> tuple[io.BytesIO, str]:
    stream = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(stream, "PNG")
    stream.seek(0)
    return stream, "laboratory.png"


def test_every_section_shows_what_is_stored(office: FlaskClient, host: Host) -> None:
    assert [save(office, host, section) for section in SECTIONS] == [302] * 5
    pages = {section: office.get(f"{MANAGE}/profile/{section}") for section in SECTIONS}
    assert {section: page.status_code for section, page in pages.items()} == dict.fromkeys(SECTIONS, 200)
    shown = {
        "about": "## Twelve weeks",
        "field": "Food chains\nCooling",
        "services": "20 USD an hour",
        "places": "A cold room.",
        "contact": "office@host.example",
    }
    assert [section for section, text in shown.items() if text not in pages[section].text] == []


def test_a_host_goes_from_an_empty_profile_to_places_in_a_call(
    office: FlaskClient, client: FlaskClient, host: Host, call: Call
) -> None:
    assert words(office.get(f"{MANAGE}/").text).count("Say ") > 2
    assert [save(office, host, section) for section in SECTIONS] == [302] * 5
    assert "Nothing. The profile can be verified." in office.get(f"{MANAGE}/profile/contact").text
    stored = db.session.get_one(Host, host.id)
    assert stored.services == [
        {"code": "desk", "terms": "free", "fee": ""},
        {"code": "laboratory", "terms": "paid", "fee": "20 USD an hour"},
    ]
    assert (stored.sectors, stored.languages, stored.desks) == (["Food chains", "Cooling"], ["en", "th"], 12)
    assert office.post(f"{MANAGE}/ask").status_code == 302
    coordinator = coordinator_of("THA")
    sign_in(client, coordinator)
    assert "Waits for the coordinator" in client.get(f"{THAILAND}/").text
    assert client.get(f"{THAILAND}/hosts/{host.slug}/verify").status_code == 200
    assert client.post(f"{THAILAND}/hosts/{host.slug}/verify", data={"until": "2028-03-01"}).status_code == 302
    sign_in(client, db.session.scalars(select(Account).where(Account.email == "manager@host.example")).one())
    assert client.get(f"{MANAGE}/list").status_code == 200
    assert client.post(f"{MANAGE}/list").status_code == 302
    places = {"places": "2", "stay_from": "2027-08-02", "stay_until": "2027-12-20", "only_sectors": ["food"]}
    assert "Give places" in client.get(f"{MANAGE}/").text
    assert client.get(f"{MANAGE}/calls/{call.slug}/").status_code == 200
    assert client.post(f"{MANAGE}/calls/{call.slug}/", data=places).status_code == 302
    assert db.session.scalars(select(Intake)).one().places == 2
    page = words(client.get(f"/co-incubation/{call.slug}/").text)
    assert "Only Food chains" in page
    assert "20 USD an hour" in client.get(f"{HOST}/").text
    assert client.post(f"{MANAGE}/calls/{call.slug}/withdraw", data={"reason": "No room."}).status_code == 302
    assert client.get(f"{MANAGE}/calls/{call.slug}/withdraw").status_code == 404


@pytest.mark.parametrize(
    ("section", "change", "field"),
    [
        ("about", {"website": "javascript:alert(1)"}, "website"),
        ("about", {"city": ""}, "city"),
        ("about", {"opened_in": "12"}, "opened_in"),
        ("field", {"trl_from": "9", "trl_until": "1"}, "trl_until"),
        ("field", {"sectors": "\n".join(map(str, range(21)))}, "sectors"),
        ("services", {"terms_desk": "stolen"}, "terms_desk"),
        ("places", {"desks": "-1"}, "desks"),
        ("contact", {"contact_email": "nobody"}, "contact_email"),
    ],
)
def test_what_cannot_stand_in_a_profile_is_told_at_its_field(
    office: FlaskClient, host: Host, section: str, change: dict[str, str], field: str
) -> None:
    version = {"lock_version": str(host.lock_version)}
    reply = office.post(f"{MANAGE}/profile/{section}", data=SECTIONS[section] | version | change)
    assert (reply.status_code, list(field_errors(reply))) == (422, [field])


def test_a_section_that_somebody_changed_meanwhile_is_asked_about(office: FlaskClient, host: Host) -> None:
    reply = office.post(f"{MANAGE}/profile/about", data=ABOUT | {"lock_version": "0"})
    assert (reply.status_code, "Cooling without a grid." in reply.text) == (409, True)
    assert office.get(f"{MANAGE}/profile/nothing").status_code == 404
    assert office.get(f"{MANAGE}/profile").location == f"{MANAGE}/profile/about"


def test_photos_are_added_with_words_shown_and_taken_away(office: FlaskClient, host: Host) -> None:
    bare = office.post(f"{MANAGE}/photos", data={"file": picture(), "description": ""})
    wrong = office.post(f"{MANAGE}/photos", data={"file": (io.BytesIO(b"%PDF-1.7"), "a.png"), "description": "A"})
    assert (list(field_errors(bare)), list(field_errors(wrong))) == (["description"], ["file"])
    for text in ("Desks", "Laboratory"):
        assert office.post(f"{MANAGE}/photos", data={"file": picture(), "description": text}).status_code == 302
    second = db.session.scalars(select(HostPhoto).where(HostPhoto.description == "Laboratory")).one()
    assert office.get(f"{MANAGE}/photos/{second.id}").status_code == 200
    assert office.post(f"{MANAGE}/photos/{second.id}", data={"description": "The laboratory"}).status_code == 302
    assert office.post(f"{MANAGE}/photos/{second.id}/first").status_code == 302
    file = office.get(f"{HOST}/photos/{second.id}")
    assert (file.status_code, file.mimetype) == (200, "image/png")
    file.close()
    page = office.get(f"{HOST}/").text
    assert page.index('alt="The laboratory"') < page.index('alt="Desks"')
    assert office.post(f"{MANAGE}/photos/{second.id}/remove").status_code == 302
    assert office.get(f"{HOST}/photos/{second.id}").status_code == 404


def test_a_manager_invites_another_one(office: FlaskClient, host: Host) -> None:
    assert office.post(f"{MANAGE}/staff", data={"email": "second@host.example"}).status_code == 302
    invitation = db.session.scalars(select(Invitation)).one()
    assert (invitation.role, invitation.scope) == (Role.HOST_MANAGER, host.scope)
    assert office.post(f"{MANAGE}/staff/invitations/{invitation.id}/resend").status_code == 302
    assert office.post(f"{MANAGE}/staff/invitations/{invitation.id}/withdraw").status_code == 302
    assert office.get(f"{MANAGE}/staff").status_code == 200


def test_a_coordinator_sends_a_profile_back_and_takes_the_list_along(client: FlaskClient, host: Host) -> None:
    sign_in(client, coordinator_of("THA"))
    url = f"{THAILAND}/hosts/{host.slug}"
    unfinished = client.post(f"{url}/verify", data={"until": "2028-03-01"})
    silent = client.post(f"{url}/send-back", data={"reason": ""})
    assert (unfinished.status_code, silent.status_code) == (422, 422)
    assert client.post(f"{url}/send-back", data={"reason": "No address."}).status_code == 302
    assert "No address." in client.get(f"{url}/verify").text
    assert "Thailand,Korat Green Incubator,Korat,Draft" in client.post(f"{THAILAND}/hosts.csv").text


def test_a_coordinator_decides_on_the_profile_they_have_read_and_once(client: FlaskClient, host: Host) -> None:
    complete_host(host)
    sign_in(client, coordinator_of("THA"))
    url = f"{THAILAND}/hosts/{host.slug}"
    seen = db.session.get_one(Host, host.id).lock_version
    assert f'name="seen" value="{seen}"' in client.get(f"{url}/verify").text
    host.costs = "A room costs 900 USD."
    db.session.commit()
    for act, data in (("verify", {"until": "2028-03-01"}), ("send-back", {"reason": "No address."})):
        reply = client.post(f"{url}/{act}", data={**data, "seen": seen})
        assert (reply.status_code, "changed after you opened this page" in reply.text) == (422, True)
    again = {"until": "2028-03-01", "seen": host.lock_version}
    assert [client.post(f"{url}/verify", data=again).status_code for _time in range(2)] == [302, 422]


@pytest.mark.parametrize(
    "until", ["", "0001-01-01", "9999-12-31", "2027-02-30", "2027-03-01", "2031-01-01", "2147483648"]
)
def test_a_day_that_cannot_be_meant_verifies_nothing(client: FlaskClient, host: Host, until: str) -> None:
    complete_host(host)
    sign_in(client, coordinator_of("THA"))
    reply = client.post(f"{THAILAND}/hosts/{host.slug}/verify", data={"until": until, "note": "x" * 501})
    assert (reply.status_code, host.verified_until) == (422, None)


def test_a_coordinator_sees_and_decides_on_hosts_of_the_own_economy_only(client: FlaskClient, host: Host) -> None:
    sign_in(client, coordinator_of("PE"))
    urls = (f"{THAILAND}/", f"{THAILAND}/hosts/{host.slug}/verify")
    assert [client.get(url).status_code for url in urls] == [403, 404]
    other = complete_host(make_host("Cebu Cold Chain Centre", "PHL"))
    for page in (f"/co-incubation/economy/PE/hosts/{other.slug}/verify", f"{THAILAND}/hosts/{other.slug}/verify"):
        reply = client.post(page, data={"until": "2028-03-01"})
        assert reply.status_code in {403, 404}
    assert words(client.get("/co-incubation/economy/PE/").text).count("No host of your economy yet") == 1


@pytest.mark.parametrize("who", ["stranger", "organiser", "manager of another host", "coordinator"])
def test_the_wrong_person_touches_nothing_of_a_host(client: FlaskClient, call: Call, host: Host, who: str) -> None:
    person = make_account("person@gtn.example")
    if who == "organiser":
        grant_role(person, Role.ORGANISER, call.scope)
    elif who == "manager of another host":
        grant_role(person, Role.HOST_MANAGER, make_host("Cebu Cold Chain Centre", "PHL").scope)
    elif who == "coordinator":
        person = coordinator_of("THA")
    sign_in(client, person)
    pages = ("ask", "list", "retire", "profile/about", "photos", "staff", f"calls/{call.slug}/")
    refused = 403 if who == "coordinator" else 404
    assert {client.post(f"{MANAGE}/{page}").status_code for page in pages} == {refused}
    host.state = HostState.LISTED
    db.session.commit()
    assert {client.post(f"{MANAGE}/{page}").status_code for page in pages} == {403}


def test_a_draft_host_is_seen_by_its_people_only(client: FlaskClient, host: Host, manager: Account) -> None:
    assert client.get(f"{HOST}/").status_code == 404
    for person, status in ((make_account("p@gtn.example"), 404), (manager, 200), (coordinator_of("THA"), 200)):
        sign_in(client, person)
        assert client.get(f"{HOST}/").status_code == status


def found(client: FlaskClient, query: str) -> list[str]:
    """The hosts that the catalogue shows."""
    page = client.get(f"/co-incubation/hosts/?{query}").text
    return [name for name in ("Korat", "Cebu", "Maker") if f">{name}" in page]


def test_the_catalogue_is_searched_and_narrowed(client: FlaskClient, call: Call) -> None:
    korat = make_host(languages=["en", "th"], trl_from=1, trl_until=5)
    make_host("Cebu Cold Chain Centre", "PHL", city="Cebu", sectors=["Fish"], trl_from=6, services=[])
    make_host("Maker Mill Wellington", "NZ", city="Wellington", state=HostState.RETIRED)
    make_intake(call, korat)
    make_call("other-call", reference_prefix="OTH", title="Other call")
    queries = {
        "": ["Korat", "Cebu"],
        "q=cold+chain": ["Cebu"],
        "q=khorat": [],
        "economy=THA": ["Korat"],
        "sector=Fish": ["Cebu"],
        "sector=nothing": ["Korat", "Cebu"],
        "language=th": ["Korat"],
        "service=desk": ["Korat"],
        "trl=6": ["Cebu"],
        "trl=5": ["Korat"],
        f"call={call.slug}": ["Korat"],
        "call=other-call": [],
        "economy=THA&trl=6": [],
    }
    assert {query: found(client, query) for query in queries} == queries


def test_an_ended_verification_is_shown_to_everybody(client: FlaskClient, call: Call) -> None:
    make_host(verified_until=date(2027, 2, 1))
    assert "Verification ended on 1 February 2027" in client.get("/co-incubation/hosts/").text
    assert "is not verified now" in client.get(f"{HOST}/").text


def test_the_empty_catalogue_and_the_empty_list_of_calls_say_what_comes(client: FlaskClient) -> None:
    assert "No host stands here yet" in client.get("/co-incubation/hosts/").text
    assert "No call is open at the moment" in client.get("/co-incubation/").text
    assert "deferred acceptance" in client.get("/co-incubation/how-places-are-given").text


def test_an_open_call_stands_on_the_landing_page_with_its_places(client: FlaskClient, call: Call) -> None:
    make_intake(call, make_host(), places=4)
    page = words(client.get("/").text)
    assert "Co-incubation 2027 4 places · Apply by" in page


def test_home_says_what_waits_for_managers_and_coordinators(office: FlaskClient, client: FlaskClient) -> None:
    assert "Complete the profile" in office.get("/home").text
    host = complete_host(db.session.scalars(select(Host)).one())
    assert "Have the host verified" in office.get("/home").text
    office.post(f"{MANAGE}/ask")
    sign_in(client, coordinator_of("THA"))
    page = client.get("/home").text
    assert ("1 host to verify" in page, f"{THAILAND}/" in page, host.name in page) == (True, True, False)


def test_home_has_one_entry_for_an_economy_with_a_competition_and_hosts(office: FlaskClient) -> None:
    complete_host(db.session.scalars(select(Host)).one())
    office.post(f"{MANAGE}/ask")
    competition = make_endorsed_competition(endorsement_closes_at=datetime(2100, 1, 1, tzinfo=UTC))
    make_entries(competition, make_account("entrant@gtn.example", economy_code="THA"), 2)
    sign_in(office, coordinator_of("THA"))
    page = office.get("/home").text
    told = words(page)
    assert page.count("<h3>Thailand</h3>") == 2
    assert "2 things wait for you Thailand 2 entries to endorse or decline" in told
    assert told.index("2 entries to endorse") < told.index("1 host to verify") < told.index("What you have")
    assert told.index("0 of 2 places") < told.index("Hosts of co-incubation You verify them")


def test_lists_of_hosts_ask_the_database_equally_often_at_every_length(client: FlaskClient, call: Call) -> None:
    admin = make_account("admin@gtn.example")
    grant_role(admin, Role.ADMINISTRATOR)
    sign_in(client, admin)
    pages = ("/co-incubation/hosts/", f"/co-incubation/{call.slug}/", f"/co-incubation/{call.slug}/manage/hosts")
    pages += (f"{THAILAND}/",)
    counts = []
    for number in range(12):
        make_intake(call, make_host(f"Host {number}"))
        make_host(f"Other host {number}")
        if number in {1, 11}:
            db.session.expire_all()
            counts.append([_asked(client, page) for page in pages])
    assert counts[0] == counts[1]


def _asked(client: FlaskClient, page: str) -> int:
    client.get(page)
    with count_queries() as queries:
        client.get(page)
    return len(queries)
