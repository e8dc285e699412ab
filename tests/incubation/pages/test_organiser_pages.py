"""The organiser's pages of a call, through the browser's door."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account, Invitation, RoleGrant
from gtn_events.core.db import db
from gtn_events.eligibility.domain.keeping import rules_of
from gtn_events.eligibility.enums import RuleKind
from gtn_events.incubation.enums import CallState, MatchingMethod
from gtn_events.incubation.models import Call, Host, Intake
from tests.accounts.pages import words
from tests.factories import grant_role, make_account, sign_in
from tests.incubation.factories import complete_host, make_call, make_host, make_intake

BASE = "/co-incubation/co-incubation-2027/manage"
TYPED = {
    "title": "Co-incubation 2028",
    "slug": "co-incubation-2028",
    "time_zone": "Asia/Bangkok",
    "opens_at": "2028-02-01T09:00",
    "closes_at": "2028-05-31T23:59",
    "ranking_until": "2028-06-14T23:59",
    "match_on": "2028-06-19",
    "accept_days": "10",
    "placements_from": "2028-08-01",
    "placements_until": "2029-01-31",
    "weeks_at_least": "4",
    "weeks_at_most": "26",
    "sectors": "Food chains\nClean energy",
    "method": "stable",
    "most_wishes": "8",
    "description": "Stay with an incubator.",
    "declaration": "I declare.",
    "reference_prefix": "coi28",
    "contact_email": "organiser@gtn.example",
}


def test_an_administrator_opens_a_call_publishes_closes_and_reopens_it(client: FlaskClient, call: Call) -> None:
    admin = make_account("admin@gtn.example")
    grant_role(admin, Role.ADMINISTRATOR)
    sign_in(client, admin)
    page = client.get("/co-incubation/new")
    assert (page.status_code, "readonly" in page.text) == (200, False)
    assert client.post("/co-incubation/new", data=TYPED).location == "/co-incubation/co-incubation-2028/manage/"
    made = db.session.scalars(select(Call).where(Call.slug == "co-incubation-2028")).one()
    assert (made.reference_prefix, [each["key"] for each in made.sectors]) == ("COI28", ["food_chains", "clean_energy"])
    page = client.get(f"/co-incubation/{made.slug}/manage/publish").text
    assert made.lottery_commitment in page
    assert made.lottery_seed not in page
    for step, state in (("publish", CallState.PUBLISHED), ("close", CallState.CLOSED), ("reopen", CallState.PUBLISHED)):
        assert client.get(f"/co-incubation/{made.slug}/manage/{step}").status_code == 200
        assert client.post(f"/co-incubation/{made.slug}/manage/{step}").status_code == 302
        assert db.session.get_one(Call, made.id).state is state
    assert made.lottery_commitment in client.get(f"/co-incubation/{made.slug}/").text


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"title": ""}, "Give the call a title."),
        ({"closes_at": "2028-01-01T09:00"}, "Applications close before they open."),
        ({"match_on": "9999-12-31"}, "Choose a year from 1970 to 2199."),
        ({"sectors": "Food\nFood"}, "“Food” is named twice."),
        ({"slug": "co-incubation-2027"}, "Another call has this address."),
        ({"most_wishes": "0"}, "Write a number from 1 to 20."),
        ({"time_zone": "Mars/Olympus"}, "Not a valid choice."),
    ],
)
def test_what_cannot_be_is_told_and_everything_typed_is_kept(
    client: FlaskClient, call: Call, change: dict[str, str], message: str
) -> None:
    admin = make_account("admin@gtn.example")
    grant_role(admin, Role.ADMINISTRATOR)
    sign_in(client, admin)
    reply = client.post("/co-incubation/new", data=TYPED | change)
    assert (reply.status_code, message in words(reply.text), "Stay with an incubator." in reply.text) == (
        422,
        True,
        True,
    )


def stored(desk: FlaskClient) -> dict[str, Any]:
    """What the form of the settings holds."""
    page = desk.get(f"{BASE}/settings").text
    version = re.search(r'name="lock_version"[^>]*value="(\d+)"', page)
    assert version is not None
    return {"lock_version": version.group(1)}


def test_settings_of_a_published_call_change_but_its_promises_stay(desk: FlaskClient, call: Call) -> None:
    form = TYPED | {"slug": "co-incubation-2027", "reference_prefix": "COI27"}
    form |= {"sectors": "Food chains\nClean energy\nWater"} | stored(desk)
    assert desk.post(f"{BASE}/settings", data=form).status_code == 302
    changed = db.session.get_one(Call, call.id)
    assert (changed.title, [each["key"] for each in changed.sectors]) == (
        "Co-incubation 2028",
        ["food", "energy", "water"],
    )
    reply = desk.post(f"{BASE}/settings", data=form | stored(desk) | {"method": "fit"})
    assert (reply.status_code, "so it stays" in reply.text) == (422, True)
    assert db.session.get_one(Call, call.id).method is MatchingMethod.STABLE


def test_settings_that_somebody_changed_meanwhile_are_shown_beside_the_typed(desk: FlaskClient, call: Call) -> None:
    form = TYPED | {"slug": "co-incubation-2027", "reference_prefix": "COI27"} | {"lock_version": "0"}
    reply = desk.post(f"{BASE}/settings", data=form)
    assert (reply.status_code, "Food chains; Clean energy" in reply.text) == (409, False)
    assert "Somebody else changed the settings" in reply.text


def test_next_years_call_is_made_from_this_one(desk: FlaskClient, organiser: Account) -> None:
    assert desk.get("/co-incubation/co-incubation-2027/clone").status_code == 200
    form = {"title": "Next", "slug": "next-call", "reference_prefix": "coi28", "opens_on": "2028-02-01"}
    reply = desk.post("/co-incubation/co-incubation-2027/clone", data=form)
    assert reply.location == "/co-incubation/next-call/manage/settings"
    assert desk.get(reply.location).status_code == 200
    again = desk.post("/co-incubation/co-incubation-2027/clone", data=form)
    assert (again.status_code, "Another call has this address." in again.text) == (422, True)


def criteria_form(*rows: tuple[str, str, str]) -> dict[str, str]:
    return {
        f"criteria-{number}-{name}": value
        for number, row in enumerate(rows)
        for name, value in zip(("label", "weight", "levels"), row, strict=True)
    }


def test_criteria_are_arranged_previewed_and_saved(desk: FlaskClient, call: Call) -> None:
    form = criteria_form(("Fit", "60", "No\nYes"), ("Plan", "30", "No\nYes"))
    assert desk.get(f"{BASE}/criteria").status_code == 200
    assert desk.post(f"{BASE}/criteria", data=form | {"act": "add"}).text.count("data-weight=") == 3
    assert desk.post(f"{BASE}/criteria", data=form | {"act": "remove-0"}).text.count("data-weight=") == 1
    refused = desk.post(f"{BASE}/criteria", data=form)
    assert (refused.status_code, "add up to 90" in refused.text) == (422, True)
    form |= {"criteria-1-weight": "40"}
    assert "As a host sees it" in desk.post(f"{BASE}/criteria", data=form | {"act": "preview"}).text
    assert desk.post(f"{BASE}/criteria", data=form).status_code == 302
    assert [(each.label, each.weight) for each in db.session.get_one(Call, call.id).criteria] == [
        ("Fit", 60),
        ("Plan", 40),
    ]


def test_rules_of_eligibility_are_set_and_told_on_the_public_page(desk: FlaskClient, call: Call) -> None:
    form = {"sizes": ["1-9", "10-49"], "years_at_most": "10", "ownership_question": ""}
    assert desk.post(f"{BASE}/eligibility", data=form).status_code == 302
    assert [rule.kind for rule in rules_of(db.session.get_one(Call, call.id))] == [
        RuleKind.SIZE,
        RuleKind.YEARS_AT_MOST,
    ]
    more = {"question": "tried", "comparison": "answered", "value": ""}
    assert desk.post(f"{BASE}/eligibility/answers", data=more).status_code == 302
    assert "Founded at most 10 years before the close" in desk.get("/co-incubation/co-incubation-2027/").text
    taken = desk.post(f"{BASE}/eligibility/answers/delete", data={"rule": "answer:tried:answered"})
    assert (taken.status_code, len(rules_of(db.session.get_one(Call, call.id)))) == (302, 2)


def test_the_questions_of_the_application_are_edited_below_the_call(desk: FlaskClient, call: Call) -> None:
    assert "What have you tried so far?" in desk.get(f"{BASE}/questionnaire").text
    assert desk.get(f"{BASE}/questionnaire/preview").status_code == 200


def test_people_are_added_to_a_call_and_leave_it(desk: FlaskClient, call: Call) -> None:
    assert desk.post(f"{BASE}/staff", data={"email": "new@gtn.example", "role": "helper"}).status_code == 302
    invitation = db.session.scalars(select(Invitation)).one()
    assert (invitation.scope, "new@gtn.example" in desk.get(f"{BASE}/staff").text) == (call.scope, True)
    assert desk.post(f"{BASE}/staff/invitations/{invitation.id}/withdraw").status_code == 302
    only = db.session.scalars(select(RoleGrant).where(RoleGrant.scope_kind == "call")).one()
    assert "only organiser" in desk.post(f"{BASE}/staff/{only.id}/end", follow_redirects=True).text


def test_the_overview_says_what_to_do_next(desk: FlaskClient, call: Call) -> None:
    assert "Invite hosts" in desk.get(f"{BASE}/").text
    for number in range(3):
        make_intake(call, make_host(f"Host {number}"), places=2)
    page = words(desk.get(f"{BASE}/").text)
    assert ("Invite hosts" in page, "Nothing. Well done." in page) == (False, True)


def test_a_draft_says_what_is_missing_with_the_way_there(desk: FlaskClient, organiser: Account) -> None:
    draft = make_call("draft-call", state=CallState.DRAFT, reference_prefix="DRA")
    grant_role(organiser, Role.ORGANISER, draft.scope)
    assert "Say in the description what the call is about." in desk.get("/co-incubation/draft-call/manage/").text
    page = desk.get("/co-incubation/draft-call/manage/publish").text
    assert ("Publish it" in page, "It cannot be published yet" in page) == (False, True)


def test_a_host_is_invited_and_its_places_are_given_by_the_organiser(desk: FlaskClient, call: Call) -> None:
    form = {
        "name": "Korat Green Incubator",
        "economy_code": "THA",
        "city": "Korat",
        "time_zone": "Asia/Bangkok",
        "email": "manager@host.example",
    }
    assert desk.post(f"{BASE}/hosts/new", data=form).status_code == 302
    assert "An invitation to manager@host.example is on its way." in desk.get(f"{BASE}/hosts").text
    again = desk.post(f"{BASE}/hosts/new", data=form)
    assert (again.status_code, "host of this name already" in again.text) == (422, True)
    host = complete_host(db.session.scalars(select(Host)).one())
    assert "Invite a manager" in desk.get(f"{BASE}/hosts/{host.slug}/invite").text
    assert desk.post(f"{BASE}/hosts/{host.slug}/invite", data={"email": "second@host.example"}).status_code == 302
    grant_role(make_account("third@host.example"), Role.HOST_MANAGER, host.scope)
    taken = desk.post(f"{BASE}/hosts/{host.slug}/invite", data={"email": "fourth@host.example"})
    assert (taken.status_code, len(db.session.scalars(select(Invitation)).all())) == (422, 2)
    places = {"places": "3", "stay_from": "2027-08-02", "stay_until": "2027-12-20", "reserve_women_led": "1"}
    reply = desk.post(f"{BASE}/hosts/{host.slug}/places", data=places)
    assert (reply.status_code, "not in the catalogue" in reply.text) == (422, True)
    ready = make_host("Cebu Cold Chain Centre", "PHL", city="Cebu")
    assert desk.get(f"{BASE}/hosts/{ready.slug}/places").status_code == 200
    checked = desk.post(f"{BASE}/hosts/{ready.slug}/places", data=places | {"economy_cap": "2", "check": "1"})
    assert ("can no longer be promised" in checked.text, db.session.scalars(select(Intake)).all()) == (True, [])
    assert desk.post(f"{BASE}/hosts/{ready.slug}/places", data=places).status_code == 302
    page = words(desk.get(f"{BASE}/hosts").text)
    assert "1 place is kept: Led by a woman" in page
    file = desk.post(f"{BASE}/hosts.csv").text
    assert "The Philippines,Cebu Cold Chain Centre,Cebu,3" in file
    assert desk.get(f"{BASE}/hosts/{ready.slug}/places/withdraw").status_code == 200
    refused = desk.post(f"{BASE}/hosts/{ready.slug}/places/withdraw", data={"reason": ""})
    taken = desk.post(f"{BASE}/hosts/{ready.slug}/places/withdraw", data={"reason": "No room."})
    assert (refused.status_code, taken.status_code) == (422, 302)
    assert "Places taken back" in desk.get(f"{BASE}/hosts").text


def test_places_that_somebody_changed_meanwhile_are_not_overwritten(desk: FlaskClient, call: Call) -> None:
    host = make_host()
    make_intake(call, host, places=2)
    form = {"places": "3", "stay_from": "2027-08-02", "stay_until": "2027-12-20"}
    reply = desk.post(f"{BASE}/hosts/{host.slug}/places", data=form)
    assert (reply.status_code, "Somebody else gave or changed" in reply.text) == (409, True)
    assert db.session.scalars(select(Intake)).one().places == 2


@pytest.mark.parametrize("who", ["stranger", "helper", "manager", "organiser of another call"])
def test_the_wrong_person_changes_nothing_of_a_call(client: FlaskClient, call: Call, who: str) -> None:
    person, host = make_account("person@gtn.example"), make_host()
    make_intake(call, host)
    if who == "helper":
        grant_role(person, Role.HELPER, call.scope)
    elif who == "manager":
        grant_role(person, Role.HOST_MANAGER, host.scope)
    elif who != "stranger":
        grant_role(person, Role.ORGANISER, make_call("other-call", reference_prefix="OTH").scope)
    sign_in(client, person)
    pages = ("settings", "criteria", "eligibility", "staff", "publish", "close", "reopen", "hosts/new")
    pages += (f"hosts/{host.slug}/invite", f"hosts/{host.slug}/places", f"hosts/{host.slug}/places/withdraw")
    assert {client.post(f"{BASE}/{page}").status_code for page in pages} == {403}
    seen = {client.get(f"{BASE}/{page}").status_code for page in ("", "hosts")}
    assert seen == ({200} if who == "helper" else {403})


def test_a_draft_does_not_exist_for_strangers(client: FlaskClient, call: Call) -> None:
    make_call("draft-call", state=CallState.DRAFT, reference_prefix="DRA")
    assert client.get("/co-incubation/draft-call/").status_code == 404
    assert client.get("/co-incubation/draft-call/manage/").status_code == 302
    sign_in(client, make_account("person@gtn.example"))
    assert client.get("/co-incubation/draft-call/manage/").status_code == 404
