"""Nobody but a competition's own people reaches its rounds, judges and assignment."""

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient

from gtn_events.accounts.enums import Role
from gtn_events.competition.domain.conflicts import derive_conflicts
from gtn_events.competition.enums import AssignmentState
from gtn_events.competition.models import Competition, Conflict
from gtn_events.core.db import db
from tests.competition.factories import make_assignment, make_competition
from tests.competition.juries import NOW, judge_named, make_jury_round
from tests.factories import grant_role, make_account, sign_in

PAGES = ("round", "rubric", "judge", "conflict", "assignment", "panel")


def addresses(app: Flask, competition: Competition) -> list[tuple[str, str, str]]:
    """Every address of rounds, judges and assignment with real values: endpoint, method, address."""
    round_ = make_jury_round(competition, entries=2, judges=2, economies=("PE",))
    entry = round_.round_entries[0].entry
    make_assignment(round_, entry, judge_named("Judge 00"), AssignmentState.PLANNED)
    derive_conflicts(competition, actor=None, now=NOW)
    db.session.commit()
    conflict = db.session.query(Conflict).first()
    assert conflict is not None
    values = {
        "competition": competition.slug,
        "number": 1,
        "reference": entry.reference,
        "conflict_id": conflict.id,
    }
    found = []
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            name = rule.endpoint.removeprefix("competition_manage.")
            if name != rule.endpoint and name.startswith(PAGES):
                given = {argument: values[argument] for argument in rule.arguments}
                for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                    found.append((rule.endpoint, method, url_for(rule.endpoint, **given)))
    return found


@pytest.mark.parametrize("who", ["nobody", "entrant", "judge", "officer", "organiser of another competition"])
def test_strangers_are_refused_everywhere(app: Flask, client: FlaskClient, competition: Competition, who: str) -> None:
    every = addresses(app, competition)
    person = make_account("stranger@firm.example")
    roles = {"judge": Role.JUDGE, "officer": Role.INTEGRITY_OFFICER}
    if who in roles:
        grant_role(person, roles[who], competition.scope)
    elif who == "organiser of another competition":
        grant_role(person, Role.ORGANISER, make_competition("other", reference_prefix="OTH").scope)
    if who != "nobody":
        sign_in(client, person)
    assert len(every) > 25
    for endpoint, method, address in every:
        reply = client.open(address, method=method)
        assert reply.status_code == (302 if who == "nobody" else 403), (endpoint, method)
        assert "Entry 00" not in reply.text
        if who == "nobody":
            assert "sign-in" in reply.location


def test_a_helper_reaches_every_page(app: Flask, client: FlaskClient, competition: Competition) -> None:
    every = addresses(app, competition)
    helper = make_account("helper@gtn.example")
    grant_role(helper, Role.HELPER, competition.scope)
    sign_in(client, helper)
    for endpoint, method, address in every:
        if method == "GET":
            assert client.get(address).status_code == 200, endpoint


def test_rows_of_another_competition_do_not_exist(app: Flask, desk: FlaskClient, competition: Competition) -> None:
    other = make_competition("other", reference_prefix="OTH")
    theirs = addresses(app, other)
    for endpoint, method, address in theirs:
        here = address.replace("/competitions/other/", f"/competitions/{competition.slug}/")
        if here.rstrip("/").endswith(("/rounds", "/new", "/judges", "/invite", "/conflicts", "/assignment")):
            continue
        if here.endswith(("/rule-set", "/invite-list", "/derive")):
            continue
        assert desk.open(here, method=method).status_code == 404, (endpoint, method)
