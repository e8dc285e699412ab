"""Nobody but an economy's own coordinators reaches anything of its delegation, by any address of the package."""

import io
import re
from collections.abc import Iterator
from typing import Any

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse

from gtn_events.accounts.enums import Role
from gtn_events.core.db import db
from gtn_events.core.economies import ECONOMIES
from gtn_events.core.exports import XLSX_TYPE
from gtn_events.delegations.domain.circulars import CircularText, add_file, begin_circular, release, write_version
from gtn_events.delegations.domain.travel import fund_traveller
from gtn_events.delegations.models import Nomination
from gtn_events.delegations.travel_enums import FundingCategory
from gtn_events.forum.domain.allotments import Kept, set_allotments
from gtn_events.forum.domain.badges import record_prints
from gtn_events.forum.domain.kept_places import allotments_by_holder
from gtn_events.forum.enums import RegistrationState
from gtn_events.forum.models import AllotmentSwap, Forum, Registration
from tests.delegations.conftest import Register, coordinator_of
from tests.factories import MADE_AT, grant_role, make_account, make_forum, sign_in

CODES = [each.code for each in ECONOMIES]
WORD = "Zebraword"
NAMES_A_ROW = re.compile(r"/(people|nominations|upload|exchanges|places)/\d")
FORM = {"action": "approve", "reason": "No.", "all": "1"}


def nominated(registration: Registration) -> Nomination:
    """A nomination by the economy of a registration, of a colleague."""
    forum = registration.forum
    nomination = Nomination(
        forum=forum,
        economy=registration.economy,
        category=registration.category,
        email="colleague@firm.example",
        email_key="colleague@firm.example",
        family_name=WORD,
        nominated_by_id=registration.account_id,
        created_at=MADE_AT,
        changed_at=MADE_AT,
    )
    db.session.add(nomination)
    db.session.commit()
    return nomination


def exchange(registration: Registration) -> AllotmentSwap:
    """An exchange of places of the registration's economy with another."""
    giver = registration.economy_code or ""
    swap = AllotmentSwap(
        forum=registration.forum,
        giver=giver,
        taker=CODES[(CODES.index(giver) + 2) % len(CODES)],
        category=registration.category,
        places=1,
        note=WORD,
        proposed_at=MADE_AT,
        proposed_by_id=registration.account_id,
    )
    db.session.add(swap)
    db.session.commit()
    return swap


def keep_places(registration: Registration) -> None:
    """Keep places for the registration's economy, once."""
    holder, category = registration.economy_code or "", registration.category
    if holder not in allotments_by_holder(category):
        set_allotments(category, {holder: Kept(places=2)}, actor=registration.account, now=MADE_AT)
        db.session.commit()


ORGANISERS = "/forums/<forum>/manage/delegations"


def travelling(register: Register, code: str) -> Registration:
    """Somebody of an economy who is confirmed and funded and has a badge: pages beside the desk show them."""
    found = register(f"{WORD} Travelling", RegistrationState.CONFIRMED, economy_code=code)
    fund_traveller(found, FundingCategory.EXPERT, actor=found.account, now=MADE_AT)
    record_prints(found.forum, [found.id], reason="", actor=found.account, now=MADE_AT)
    db.session.commit()
    return found


def addresses(
    app: Flask, code: str, registration: Registration, *, within: str = "/forums/<forum>/delegation/<economy>"
) -> Iterator[tuple[str, str]]:
    """Every address there with each method, filled with this economy, this person and their nomination."""
    nomination = db.session.scalars(select(Nomination).where(Nomination.forum_id == registration.forum_id)).first()
    swap = db.session.scalars(select(AllotmentSwap).where(AllotmentSwap.forum_id == registration.forum_id)).first()
    keep_places(registration)
    values = {
        "category_id": registration.category_id,
        "swap_id": (swap or exchange(registration)).id,
        "forum": registration.forum.slug,
        "economy": code,
        "registration_id": registration.id,
        "upload_id": 1,
        "officer_kind": "liaison",
        "nomination_id": (nomination or nominated(registration)).id,
    }
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            if not rule.rule.startswith(within):
                continue
            url = app.url_map.bind("localhost").build(rule.endpoint, {k: values[k] for k in rule.arguments})
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield url, method


def text_of(response: TestResponse) -> str:
    """What a person reads of an answer: the page, or every cell of a workbook."""
    if response.mimetype != XLSX_TYPE:
        return response.text
    book = openpyxl.load_workbook(io.BytesIO(response.data))
    return " ".join(str(cell) for page in book for row in page.iter_rows(values_only=True) for cell in row)


def stands(registration: Registration) -> tuple[object, ...]:
    db.session.expire_all()
    found = db.session.get_one(Registration, registration.id)
    return found.state, found.stage, found.economy_answered_at, found.lock_version


@pytest.mark.parametrize("code", CODES)
def test_a_coordinator_sees_their_own_economy_only(
    app: Flask, client: FlaskClient, register: Register, code: str
) -> None:
    other = CODES[(CODES.index(code) + 1) % len(CODES)]
    register("Ownword", economy_code=code)
    theirs = register(WORD, economy_code=other)
    travelling(register, other)
    before = stands(theirs)
    sign_in(client, coordinator_of(code))
    wrong = []
    for url, method in addresses(app, other, theirs):
        with client.open(url, method=method, data=FORM) as response:
            if response.status_code != 403 or WORD in text_of(response):
                wrong.append((url, method, response.status_code))
    # Under the own economy, another's person does not exist, and no list holds them.
    for url, method in addresses(app, code, theirs):
        with client.open(url, method=method, data=FORM) as response:
            missing = not NAMES_A_ROW.search(url) or response.status_code == 404
            if WORD.casefold() in text_of(response).casefold() or not missing:
                wrong.append((url, method, response.status_code))
    assert (wrong, stands(theirs)) == ([], before)


@pytest.mark.parametrize("who", ["delegate", "organiser of another forum", "organiser", "deputy whose time is over"])
def test_others_are_refused(app: Flask, client: FlaskClient, register: Register, forum: Forum, who: str) -> None:
    theirs = register(WORD)
    person = theirs.account if who == "delegate" else make_account("other@gtn.example")
    if who == "organiser":
        grant_role(person, Role.ORGANISER, forum.scope)
    if who == "organiser of another forum":
        grant_role(person, Role.ORGANISER, make_forum("another", title="Another", reference_prefix="ANO").scope)
    if who == "deputy whose time is over":
        grant = grant_role(person, Role.ECONOMY_COORDINATOR, theirs.economy.scope)  # type: ignore[union-attr]  # Peru
        grant.ended_at = grant.granted_at
        db.session.commit()
    sign_in(client, person)
    answers = {client.open(url, method=method, data=FORM).status_code for url, method in addresses(app, "PE", theirs)}
    assert answers == {403}


def test_an_organiser_reads_by_the_addresses_of_the_forum_only(
    app: Flask, client: FlaskClient, register: Register, forum: Forum
) -> None:
    theirs = register(WORD)
    organiser = make_account("organiser@gtn.example")
    grant_role(organiser, Role.ORGANISER, forum.scope)
    sign_in(client, organiser)
    own = list(addresses(app, "PE", theirs, within=ORGANISERS))
    assert {method for _url, method in own} == {"GET"}
    answers = []
    for url, _method in own:
        with client.get(url) as response:
            answers.append(response.status_code)
    assert answers == [200] * len(own)
    before = stands(theirs)
    acts = [(url, method) for url, method in addresses(app, "PE", theirs) if method != "GET"]
    assert {client.open(url, method=method, data=FORM).status_code for url, method in acts} == {403}
    assert stands(theirs) == before


@pytest.mark.parametrize("code", CODES)
def test_no_coordinator_reads_what_organisers_read(
    app: Flask, client: FlaskClient, register: Register, code: str
) -> None:
    theirs = register(WORD, economy_code=code)
    sign_in(client, coordinator_of(code))
    found = [client.get(url).status_code for url, _ in addresses(app, code, theirs, within=ORGANISERS)]
    assert found == [403] * 3


def test_a_deputy_works_like_the_coordinator(app: Flask, client: FlaskClient, register: Register) -> None:
    theirs = register(WORD)
    coordinator_of("PE")
    deputy = make_account("deputy@gtn.example")
    grant_role(deputy, Role.ECONOMY_COORDINATOR, theirs.economy.scope)  # type: ignore[union-attr]  # Peru
    sign_in(client, deputy)
    # A file belongs to whoever sent it.
    urls = [url for url, method in addresses(app, "PE", theirs) if method == "GET" and "/upload/" not in url]
    answers = []
    for url in urls:
        with client.get(url) as response:
            answers.append(response.status_code)
    assert set(answers) == {200}


@pytest.mark.parametrize("page", ["travel", "badges"])
def test_the_own_people_stand_on_the_pages_beside_the_desk(client: FlaskClient, register: Register, page: str) -> None:
    """Their absence elsewhere proves nothing where nobody ever stands."""
    travelling(register, "PE")
    sign_in(client, coordinator_of("PE"))
    assert WORD.casefold() in client.get(f"/forums/gtn-forum-2013/delegation/PE/{page}").text.casefold()


@pytest.mark.parametrize("code", CODES)
def test_a_circular_is_read_and_acknowledged_by_the_economies_it_is_for(
    app: Flask, client: FlaskClient, forum: Forum, code: str
) -> None:
    sign_in(client, coordinator_of(code))
    made: dict[str, Any] = {"actor": coordinator_of("PE") if code != "PE" else make_account(), "now": MADE_AT}
    version = begin_circular(forum, WORD, **made)
    text = CircularText(
        title=WORD, sections={"welcome": WORD}, hidden=frozenset(), audience=("PE",), acknowledge_by=None
    )
    write_version(version, text, seen=version.lock_version, **made)
    picture = FileStorage(io.BytesIO(b"%PDF-1.7\n%%EOF"), filename=f"{WORD}.pdf")
    values = {"forum": forum.slug, "number": 1, "file_id": add_file(version, picture, now=MADE_AT).id}
    release(version, **made)
    db.session.commit()
    data = {"version": str(version.id), "economy": "PE"}
    adapter, answers = app.url_map.bind("localhost"), {}
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("circulars."):
            method = "GET" if "GET" in (rule.methods or ()) else "POST"
            url = adapter.build(rule.endpoint, {name: values[name] for name in rule.arguments}, method=method)
            with client.open(url, method=method, data=data) as response:
                answers[rule.endpoint] = (response.status_code, WORD.encode() in response.data)
    if code != "PE":
        assert answers.pop("circulars.index") == (200, False)
        assert set(answers.values()) == {(404, False)}
    else:
        assert {status for status, _shown in answers.values()} == {200, 302}
    db.session.expire_all()
    assert len(version.acknowledgements) == (code == "PE")


def test_strangers_sign_in_first(app: Flask, client: FlaskClient, register: Register) -> None:
    theirs = register(WORD)
    found = [client.open(url, method=method) for url, method in addresses(app, "PE", theirs)]
    assert {(each.status_code, each.location.partition("?")[0]) for each in found} == {(302, "/sign-in")}


def test_an_unknown_economy_or_forum_is_no_page(client: FlaskClient, register: Register) -> None:
    register(WORD)
    sign_in(client, coordinator_of("PE"))
    urls = ("/forums/gtn-forum-2013/delegation/XX", "/forums/none/delegation/PE")
    assert [client.get(url).status_code for url in urls] == [404, 404]
    assert db.session.scalars(select(Registration.family_name)).all() == [WORD]
