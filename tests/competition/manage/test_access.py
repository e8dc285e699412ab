"""Nobody but a competition's own people reaches its organiser's pages, and a refusal tells nothing."""

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient

from gtn_events.accounts.enums import Role
from gtn_events.competition.enums import CompetitionState
from gtn_events.competition.models import Competition
from tests.competition.factories import make_competition, make_entry, make_judge
from tests.factories import grant_role, make_account, sign_in

OWN = ("competition_manage.", "competition_opening.")
EDITORS_ONLY = {
    "settings",
    "categories",
    "category_new",
    "category_edit",
    "category_move",
    "category_delete",
    "declarations",
    "eligibility",
    "eligibility_answer",
    "eligibility_answer_delete",
    "staff",
    "staff_end",
    "publish",
    "close",
    "reopen",
    "entry_sensitive",
    "clone",
    "new",
}


def addresses(app: Flask, competition: Competition) -> list[tuple[str, str, str]]:
    """Every address of the organiser's area with real values: endpoint, method, address."""
    entry = make_entry(competition, make_account("entrant@firm.example"))
    values = {
        "competition": competition.slug,
        "category_id": competition.categories[0].id,
        "reference": entry.reference,
        "direction": "up",
        "grant_id": 1,
        "upload_id": 1,
        "key": "solution",
        "number": 1,
        "act": "release",
        "kind": "entry_received",
    }
    found = []
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            if rule.endpoint.startswith(OWN):
                given = {name: values.get(name, 1) for name in rule.arguments}
                for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                    found.append((rule.endpoint, method, url_for(rule.endpoint, **given)))
    return found


@pytest.mark.parametrize("who", ["nobody", "entrant", "judge", "organiser of another competition"])
def test_strangers_are_refused_everywhere(app: Flask, client: FlaskClient, who: str) -> None:
    competition = make_competition()
    every = addresses(app, competition)
    other = make_account("other@firm.example")
    if who == "judge":
        make_judge(competition, other)
        grant_role(other, Role.JUDGE, competition.scope)
    elif who == "organiser of another competition":
        grant_role(other, Role.ORGANISER, make_competition("other-one").scope)
    if who != "nobody":
        sign_in(client, other)
    assert len(every) > 40
    for endpoint, method, address in every:
        response = client.open(address, method=method)
        assert response.status_code == (302 if who == "nobody" else 403), (endpoint, method)
        if who == "nobody":
            assert "sign-in" in response.location
        assert b"entrant@firm.example" not in response.data


def test_draft_looks_like_no_competition_to_strangers(client: FlaskClient) -> None:
    make_competition("draft-one", state=CompetitionState.DRAFT)
    sign_in(client, make_account())
    for page in ("manage/", "manage/entries", "clone"):
        assert client.get(f"/competitions/draft-one/{page}").status_code == 404
        assert client.get(f"/competitions/no-such-one/{page}").status_code == 404


def test_helper_changes_no_settings_staff_or_state(app: Flask, client: FlaskClient) -> None:
    competition = make_competition()
    every = addresses(app, competition)
    helper = make_account("helper@gtn.example")
    grant_role(helper, Role.HELPER, competition.scope)
    sign_in(client, helper)
    refused = {
        endpoint.partition(".")[2]
        for endpoint, method, address in every
        if client.open(address, method=method).status_code == 403
    }
    assert refused >= EDITORS_ONLY
    assert refused.isdisjoint({"overview", "entry_list", "entry", "entry_decide", "questionnaire"})


def test_integrity_officer_sees_the_overview_and_no_entry(app: Flask, client: FlaskClient) -> None:
    competition = make_competition()
    every = addresses(app, competition)
    officer = make_account("officer@gtn.example")
    grant_role(officer, Role.INTEGRITY_OFFICER, competition.scope)
    sign_in(client, officer)
    for endpoint, method, address in every:
        reached = client.open(address, method=method).status_code != 403
        assert reached == (endpoint == "competition_manage.overview") or "entry" not in endpoint, endpoint


def test_organiser_opens_no_competition_from_nothing(client: FlaskClient) -> None:
    organiser = make_account()
    grant_role(organiser, Role.ORGANISER, make_competition().scope)
    sign_in(client, organiser)
    assert client.get("/competitions/new").status_code == 403


def test_records_of_another_competition_are_not_found(client: FlaskClient) -> None:
    competition, other = make_competition(), make_competition("other-one")
    entry = make_entry(other, make_account("entrant@firm.example"))
    organiser = make_account("organiser@gtn.example")
    grant_role(organiser, Role.ORGANISER, competition.scope)
    sign_in(client, organiser)
    base = f"/competitions/{competition}/manage"
    for page in (f"entries/{entry.reference}", f"categories/{other.categories[0].id}", "entries/ISC13-9999-9999"):
        assert client.get(f"{base}/{page}").status_code == 404
    assert client.post(f"{base}/entries/{entry.reference}/act", data={"action": "admit"}).status_code == 404
