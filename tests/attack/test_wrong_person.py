"""Nobody reaches another person's or another forum's records by any address of the application."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from gtn_events.accounts.domain.roles import end_grant
from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import RoleGrant
from gtn_events.competition.models import Competition
from gtn_events.core.db import db
from gtn_events.core.permissions import Permission, Scope
from gtn_events.forum.models import Forum
from gtn_events.incubation.models import Call, Host
from tests.attack.full_forum import FullForum, make_full_forum
from tests.factories import MADE_AT, grant_role, make_account, sign_in

OURS, THEIRS = "ownword", "zebraword"
# What belongs to the person, not to a forum: where one has nothing, it leads to the public page or to one's own list.
OWN_THINGS = ("forum_my.", "forum_register.", "competition_enter.send")
KINDS = ("forum", "competition", "call", "host")
# How many addresses name records of a place at least; hosts of the catalogue are no records of a call.
RECORDS = {"forum": 41, "competition": 41, "call": 10, "host": 6}
PLACES = pytest.mark.parametrize("kind", KINDS)
ORGANISERS = (
    "forum_manage.",
    "forum_session_calls_manage.",
    "forum_session_call_questions.",
    "circulars_manage.",
    "delegations_manage.",
    "officers_manage.",
    "delegations_travel.",
    "competition_manage.",
    "competition_judge.",
    "incubation_manage.",
    "incubation_host.",
    "incubation_figures.by_hand",
)
# What the state of the place does not allow, or what asks for more than an address.
NOT_NOW = {
    "forum_manage.clone",
    "forum_manage.questionnaire_add",
    "forum_session_call_questions.questionnaire_add",
    "competition_judge.invitation",
    "competition_manage.questionnaire_add",
    "competition_manage.ranking_chair",
    "competition_manage.ranking_decide",
    "incubation_manage.questionnaire_add",
}
MOVE = {"direction": "up"}
SPEAKER_RULES = (
    "forum_manage.programme_speaker",
    "forum_manage.programme_speaker_away",
    "forum_manage.programme_speaker_away_delete",
    "forum_manage.programme_speaker_account",
    "forum_manage.programme_speaker_photo",
    "forum_manage.programme_speaker_photo_delete",
    "forum_programme.speaker",
    "forum_programme.speaker_photo",
)


@pytest.fixture
def ours(database: None) -> FullForum:
    return make_full_forum("our-forum", OURS)


@pytest.fixture
def theirs(database: None) -> FullForum:
    return make_full_forum("their-forum", THEIRS)


def rules(app: Flask) -> Iterator[tuple[Rule, str]]:
    """Every rule of the application with each method that it takes."""
    for rule in app.url_map.iter_rules():
        if not rule.endpoint.startswith("static"):
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield rule, method


def access(app: Flask, rule: Rule) -> Permission | None:
    """What the view asks for; None is for everybody."""
    found: Permission | None = app.view_functions[rule.endpoint].access  # type: ignore[attr-defined]  # see public()
    return found


def address(app: Flask, place: FullForum, rule: Rule, **other: object) -> str:
    if rule.endpoint in SPEAKER_RULES:
        other |= {"code": place.values["speaker_code"], "away_id": place.values["speaker_away_id"]}
    return place.address(app, rule, **other)


def slug(place: FullForum, kind: str) -> str:
    return str(scoped(place, kind))


def scoped(place: FullForum, kind: str) -> Forum | Competition | Call | Host:
    """The thing of a kind that roles are given for."""
    return {
        "forum": place.forum,
        "competition": place.entered.competition,
        "call": place.called.call,
        "host": place.called.host,
    }[kind]


def told(theirs: FullForum, page: str) -> str:
    """The page without what the address itself said."""
    values = [*theirs.values.values(), *theirs.entered.values.values(), *theirs.called.of_call.values()]
    given = [theirs.forum.slug, *(str(value) for value in values if THEIRS in str(value))]
    for word in sorted(given, key=len, reverse=True):
        page = page.replace(word, "")
    return page


@PLACES
def test_records_of_another_place_do_not_exist_under_ones_own(
    app: Flask, client: FlaskClient, ours: FullForum, theirs: FullForum, kind: str
) -> None:
    sign_in(client, ours.organiser)
    constant = {
        kind,
        "kind",
        "call",
        "host",
        "section",
        "step",
        "direction",
        "act",
        "holder",
        "token",
        "number",
        "position",
        "tie",
        "filename",
        "ending",
        # Every place has the same economies.
        "for_economy",
    }
    found = []
    tried = 0
    for rule, method in rules(app):
        if (
            kind not in rule.arguments
            or "economy" in rule.arguments
            # A host's people are strangers to another host, whatever the call.
            or (kind == "call" and "host" in rule.arguments and rule.endpoint.startswith("incubation_host."))
            or not rule.arguments - constant
            or rule.endpoint.startswith(OWN_THINGS)
        ):
            continue
        tried += 1
        url = address(app, theirs, rule, **{kind: slug(ours, kind)})
        response = client.open(url, method=method)
        if response.status_code != 404 or THEIRS in told(theirs, response.text):
            found.append((rule.endpoint, method, url, response.status_code))
    assert (found, tried >= RECORDS[kind]) == ([], True)


def test_a_coordinator_decides_on_what_belongs_to_the_competition_of_the_address(
    app: Flask, client: FlaskClient, ours: FullForum, theirs: FullForum
) -> None:
    sign_in(client, ours.entered.coordinator)
    found, tried = [], 0
    for rule, method in rules(app):
        if not rule.endpoint.startswith("competition_economy.") or not rule.arguments - {"competition", "token"}:
            continue
        tried += 1
        own, other = (address(app, place, rule, competition=slug(ours, "competition")) for place in (ours, theirs))
        response = client.open(other, method=method, data=MOVE)
        if response.status_code != 404 or THEIRS in told(theirs, response.text):
            found.append((rule.endpoint, method, response.status_code))
        # A file that the entry does not hold is the only thing that is not there in one's own place either.
        with client.open(own, method=method, data=MOVE) as response:
            if response.status_code == 404 and "files" not in rule.rule:
                found.append((rule.endpoint, method, "not even in one's own place"))
    assert (found, tried > 6) == ([], True)


@PLACES
def test_one_places_organiser_is_a_stranger_in_another(
    app: Flask, client: FlaskClient, ours: FullForum, theirs: FullForum, kind: str
) -> None:
    sign_in(client, ours.organiser)
    found = []
    for rule, method in rules(app):
        asked = access(app, rule)
        if kind not in rule.arguments or asked in {None, Permission.SIGNED_IN}:
            continue
        response = client.open(address(app, theirs, rule), method=method)
        if response.status_code != 403 or THEIRS in told(theirs, response.text):
            found.append((rule.endpoint, method, response.status_code))
    assert found == []


def test_things_outside_forums_belong_to_their_owner(
    app: Flask, client: FlaskClient, ours: FullForum, theirs: FullForum
) -> None:
    sign_in(client, ours.organiser)
    found = []
    for rule, method in rules(app):
        if (
            not rule.arguments - {"token", "act", "code", "filename", "competition", "call"}
            or "forum" in rule.arguments
        ):
            continue
        if access(app, rule) is None or rule.endpoint.startswith(OWN_THINGS):
            continue
        response = client.open(address(app, theirs, rule), method=method)
        if response.status_code not in {403, 404} or THEIRS in told(theirs, response.text):
            found.append((rule.endpoint, method, response.status_code))
    assert found == []


@pytest.mark.parametrize("who", ["delegate", "coordinator", "delegate of another forum"])
def test_people_without_a_role_reach_no_organisers_page(
    app: Flask, client: FlaskClient, ours: FullForum, theirs: FullForum, who: str
) -> None:
    person = ours.delegate
    if who != "delegate of another forum":
        person = make_account("plain@firm.example")
    if who == "coordinator":
        grant_role(person, Role.ECONOMY_COORDINATOR, Scope("economy", 1))
    sign_in(client, person)
    found = []
    for rule, method in rules(app):
        if access(app, rule) in {None, Permission.SIGNED_IN}:
            continue
        response = client.open(address(app, theirs, rule), method=method)
        if response.status_code != 403 or THEIRS in told(theirs, response.text):
            found.append((rule.endpoint, method, response.status_code))
    assert found == []


def test_nobody_signs_in_by_not_signing_in(app: Flask, client: FlaskClient, theirs: FullForum) -> None:
    found = []
    for rule, method in rules(app):
        if access(app, rule) is None:
            continue
        response = client.open(address(app, theirs, rule), method=method)
        to_sign_in = response.status_code == 302 and response.location.startswith("/sign-in")
        if not to_sign_in or THEIRS in told(theirs, response.text):
            found.append((rule.endpoint, method, response.status_code, response.location))
    assert found == []


@pytest.mark.parametrize(
    ("role", "reached"),
    [
        (Role.CHECK_IN_STAFF, {Permission.FORUM_CHECK_IN}),
        (Role.TRAVEL_OFFICER, {Permission.FORUM_TRAVEL_SEE}),
        (
            Role.HELPER,
            {
                Permission.FORUM_SEE,
                Permission.FORUM_REGISTRATIONS_SEE,
                Permission.FORUM_REGISTRATIONS_MANAGE,
                Permission.FORUM_QUESTIONNAIRE_EDIT,
                Permission.FORUM_SIDE_EVENTS_EDIT,
                Permission.FORUM_PROGRAMME_EDIT,
                Permission.FORUM_CHECK_IN,
                Permission.FORUM_WALK_IN,
                Permission.FORUM_MAIL_MANAGE,
            },
        ),
        (
            Role.HELPER,
            {
                Permission.COMPETITION_SEE,
                Permission.COMPETITION_QUESTIONNAIRE_EDIT,
                Permission.COMPETITION_ENTRIES_SEE,
                Permission.COMPETITION_ENTRIES_MANAGE,
                Permission.COMPETITION_JUDGES_MANAGE,
            },
        ),
        (Role.JUDGE, {Permission.COMPETITION_JUDGE}),
        (
            Role.INTEGRITY_OFFICER,
            {
                Permission.COMPETITION_SEE,
                Permission.COMPETITION_RESULTS_SEE,
                Permission.COMPETITION_INTEGRITY_SEE,
            },
        ),
        (
            Role.HELPER,
            {
                Permission.CALL_SEE,
                Permission.CALL_QUESTIONNAIRE_EDIT,
                Permission.CALL_APPLICATIONS_SEE,
                Permission.CALL_APPLICATIONS_MANAGE,
                Permission.CALL_PLACEMENTS_MANAGE,
            },
        ),
        (Role.HOST_MANAGER, {Permission.HOST_MANAGE}),
    ],
)
def test_a_role_reaches_what_it_is_for(
    app: Flask, client: FlaskClient, theirs: FullForum, role: Role, reached: set[Permission]
) -> None:
    kind = next(iter(reached)).value.partition("-")[0]
    person = make_account("worker@firm.example")
    grant_role(person, role, scoped(theirs, kind).scope)
    sign_in(client, person)
    wrong = []
    for rule, _method in rules(app):
        asked = access(app, rule)
        if asked in {None, Permission.SIGNED_IN} or "GET" not in (rule.methods or ()):
            continue
        response = client.get(address(app, theirs, rule))
        if (response.status_code == 403) != (asked not in reached or kind not in rule.arguments):
            wrong.append((rule.endpoint, asked, response.status_code))
        response.close()
    assert wrong == []


def test_its_own_people_find_every_record(app: Flask, client: FlaskClient, theirs: FullForum) -> None:
    """The other tests prove nothing where an address would not lead to anything for anybody."""
    sign_in(client, theirs.organiser)
    lost = []
    for rule, _method in rules(app):
        if "GET" not in (rule.methods or ()) or not rule.endpoint.startswith(ORGANISERS) or rule.endpoint in NOT_NOW:
            continue
        step = {"step": "close"} if rule.endpoint.startswith("forum_manage.") else {}
        response = client.get(address(app, theirs, rule, **step))
        if response.status_code not in {200, 302}:
            lost.append((rule.endpoint, response.status_code))
        response.close()
    assert lost == []


def test_whoever_no_longer_works_at_a_forum_has_no_file_of_it(client: FlaskClient, theirs: FullForum) -> None:
    sign_in(client, theirs.organiser)
    job = theirs.values["job_id"]
    before = client.get(f"/jobs/{job}/result")
    grant = db.session.get_one(RoleGrant, theirs.values["grant_id"])
    end_grant(grant, actor=theirs.organiser, now=MADE_AT)
    db.session.commit()
    db.session.expunge_all()  # a person carries their roles with them for the length of a request
    after = [client.get(f"/jobs/{job}{page}").status_code for page in ("", "/progress", "/result")]
    assert (before.status_code, THEIRS in before.text, after) == (200, True, [404, 404, 404])
    before.close()
