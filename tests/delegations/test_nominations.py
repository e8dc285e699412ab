"""An economy nominates people; by a link they register, and carry the economy's yes with them."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.accounts.domain.personal_data import erase_person, export_person
from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.economies import DelegationClass, Economy
from gtn_events.core.outbox import OutboxMail
from gtn_events.delegations.domain.nomination_transitions import TRANSITIONS, Act, outcome_of
from gtn_events.delegations.domain.nominations import Nominee, draft_nomination, edit_nomination, nominate
from gtn_events.delegations.domain.nominee_links import digest_of, expire_links, invite_nominee
from gtn_events.delegations.enums import NominationState as State
from gtn_events.delegations.errors import NominationRefused
from gtn_events.delegations.models import Delegation, Nomination
from gtn_events.forum.domain.submission import Particulars, Submission, submit_registration
from gtn_events.forum.enums import ApprovalStage, DelegationFunction, Funding, RegistrationState
from gtn_events.forum.models import Forum, ForumCategory, Registration, RegistrationDraft
from tests.delegations.conftest import DESK, Register, coordinator_of
from tests.factories import MADE_AT, grant_role, make_account, sign_in

NOW = MADE_AT + timedelta(days=10)
ADDRESS = "ines@firm.example"
TYPED = {
    "email": ADDRESS,
    "honorific": "Dr",
    "given_name": "Inés",
    "family_name": "Quispe",
    "gender": "woman",
    "position": "Founder",
    "organisation_name": "Andes Cold Chain",
    "organisation_kind": "sme",
    "function": "adviser",
    "rank": "3",
    "funding": "apec",
    "relevance": "Runs the cold stores that the forum asks for.",
}


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The forum is open for registration."""
    monkeypatch.setattr("gtn_events.core.clock.now", lambda: NOW)


@pytest.fixture
def typed(category: ForumCategory) -> dict[str, str]:
    """What a coordinator types of somebody."""
    return TYPED | {"category": str(category.id)}


def nominee(category: ForumCategory, email: str = ADDRESS, **values: Any) -> Nominee:
    plain: dict[str, Any] = {
        "given_name": "Inés",
        "family_name": "Quispe",
        "gender": "woman",
        "position": "Founder",
        "organisation_name": "Andes Cold Chain",
        "organisation_kind": "sme",
        "relevance": "Runs the cold stores.",
    }
    return Nominee(email=email, category=category, **(plain | values))


def delegation(forum: Forum, code: str = "PE") -> Delegation:
    return Delegation(forum, db.session.get_one(Economy, code))


def invited(forum: Forum, category: ForumCategory, coordinator: Account, **values: Any) -> tuple[Nomination, str]:
    found = draft_nomination(delegation(forum), nominee(category, **values), actor=coordinator, now=NOW)
    nominate(found, actor=coordinator, now=NOW)
    token = invite_nominee(found, actor=coordinator, now=NOW)
    db.session.commit()
    return found, token


def only() -> Nomination:
    db.session.expire_all()
    return db.session.scalars(select(Nomination)).one()


def submit(category: ForumCategory, account: Account, economy_code: str = "PE") -> Registration:
    forum = category.forum
    particulars = Particulars(
        given_name="Inés",
        family_name="Quispe",
        gender="woman",
        email=account.email,
        delegation_class=DelegationClass.ECONOMY,
        economy_code=economy_code,
    )
    version = forum.questionnaire.versions[-1]
    submission = Submission(
        category=category, particulars=particulars, version=version, answers={}, consent_text=forum.consent_texts[-1]
    )
    return submit_registration(forum, submission, actor=account, now=NOW)


def test_a_draft_needs_no_more_than_address_and_category(desk: FlaskClient, category: ForumCategory) -> None:
    data = {"email": ADDRESS, "category": str(category.id), "function": "delegate", "funding": "own", "go": "draft"}
    answer = desk.post(f"{DESK}/nominations/new", data=data)
    assert (answer.status_code, only().state) == (302, State.DRAFT)
    assert db.session.scalar(select(OutboxMail)) is None


def test_nominating_says_at_the_field_what_is_missing(desk: FlaskClient, typed: dict[str, str]) -> None:
    answer = desk.post(f"{DESK}/nominations/new", data=typed | {"relevance": " ", "go": "nominate"})
    assert (answer.status_code, "Say why this person" in answer.text) == (422, True)
    assert db.session.scalar(select(Nomination)) is None


@pytest.mark.parametrize("go", ["nominate", "invite"])
def test_everything_that_is_missing_is_named_at_once(desk: FlaskClient, category: ForumCategory, go: str) -> None:
    data = {"email": " ", "category": str(category.id), "function": "delegate", "funding": "own", "go": go}
    page = desk.post(f"{DESK}/nominations/new", data=data)
    wanted = ["Write their address", "family name, as in", "person&#39;s position", "Say why this person"]
    assert [words for words in wanted if words not in page.text] == []
    assert (page.status_code, "7 answers need another look" in page.text) == (422, True)


def test_what_the_host_needs_cannot_be_taken_out_of_a_nomination(
    desk: FlaskClient, typed: dict[str, str], forum: Forum, category: ForumCategory, coordinator: Account
) -> None:
    found, _token = invited(forum, category, coordinator)
    sent = typed | {"position": "", "go": "save", "seen": str(found.lock_version)}
    page = desk.post(f"{DESK}/nominations/{found.id}", data=sent)
    assert (page.status_code, only().position) == (422, "Founder")
    with pytest.raises(NominationRefused, match="position"):
        edit_nomination(found, nominee(category, position=""), actor=coordinator, now=NOW)


def test_a_nominee_gets_a_link_of_which_the_digest_alone_is_kept(desk: FlaskClient, typed: dict[str, str]) -> None:
    desk.post(f"{DESK}/nominations/new", data=typed | {"go": "invite"})
    mail = db.session.scalars(select(OutboxMail)).one()
    found = re.search(r"/nomination/([\w-]+)", mail.body_text)
    assert found is not None
    nomination = only()
    assert (nomination.state, nomination.link_digest) == (State.INVITED, digest_of(found[1]))
    assert (mail.to_address, mail.scope_kind) == (ADDRESS, None)


def test_an_address_has_one_open_nomination_for_a_forum(
    forum: Forum, category: ForumCategory, coordinator: Account
) -> None:
    draft_nomination(delegation(forum), nominee(category), actor=coordinator, now=NOW)
    chile = coordinator_of("CHL")
    with pytest.raises(NominationRefused, match="nominated or registered"):
        draft_nomination(delegation(forum, "CHL"), nominee(category, ADDRESS.upper()), actor=chile, now=NOW)


def test_whoever_is_registered_is_not_nominated(
    forum: Forum, category: ForumCategory, coordinator: Account, register: Register
) -> None:
    register("Abad")
    with pytest.raises(NominationRefused, match="nominated or registered"):
        draft_nomination(delegation(forum), nominee(category, "abad@firm.example"), actor=coordinator, now=NOW)


def test_apec_funds_people_of_travel_eligible_economies_alone(
    forum: Forum, category: ForumCategory, coordinator: Account
) -> None:
    wish = nominee(category, funding=Funding.APEC)
    with pytest.raises(NominationRefused, match="not among the travel-eligible economies"):
        draft_nomination(delegation(forum, "AUS"), wish, actor=coordinator, now=NOW)
    found = draft_nomination(delegation(forum), wish, actor=coordinator, now=NOW)
    assert found.funding is Funding.APEC


def test_the_nominated_address_stays(forum: Forum, category: ForumCategory, coordinator: Account) -> None:
    found, _token = invited(forum, category, coordinator)
    with pytest.raises(NominationRefused, match="address is nominated already"):
        edit_nomination(found, nominee(category, "other@firm.example"), actor=coordinator, now=NOW)


def test_a_new_link_ends_the_old_one(
    client: FlaskClient, forum: Forum, category: ForumCategory, coordinator: Account
) -> None:
    found, first = invited(forum, category, coordinator)
    second = invite_nominee(found, actor=coordinator, now=NOW + timedelta(hours=1))
    db.session.commit()
    url = "/forums/gtn-forum-2013/nomination/"
    assert [client.get(url + token).status_code for token in (first, second)] == [410, 200]


def test_a_link_ends_by_the_clock_by_revoking_and_by_withdrawing(
    desk: FlaskClient, forum: Forum, category: ForumCategory, coordinator: Account
) -> None:
    found, token = invited(forum, category, coordinator)
    url, here = f"/forums/gtn-forum-2013/nomination/{token}", f"{DESK}/nominations/{found.id}"
    before = desk.get(url).status_code
    desk.post(f"{here}/revoke")
    revoked = (desk.get(url).status_code, only().state)
    desk.post(f"{here}/withdraw")
    assert (before, revoked, only().state, only().link_digest) == (200, (410, State.NOMINATED), State.WITHDRAWN, None)
    mails = db.session.scalars(select(OutboxMail.template).order_by(OutboxMail.id)).all()
    assert mails == ["delegations/nominee_invited", "delegations/nomination_withdrawn"]


def test_old_links_expire_and_can_be_renewed(forum: Forum, category: ForumCategory, coordinator: Account) -> None:
    found, _token = invited(forum, category, coordinator)
    assert expire_links(now=NOW + timedelta(days=13)) == 0
    assert expire_links(now=NOW + timedelta(days=14)) == 1
    expired = only().state
    invite_nominee(found, actor=coordinator, now=NOW + timedelta(days=15))
    assert (expired, found.state) == (State.EXPIRED, State.INVITED)


def test_a_nominee_makes_an_account_and_finds_the_form_filled_in(
    client: FlaskClient, forum: Forum, category: ForumCategory, coordinator: Account
) -> None:
    _found, token = invited(forum, category, coordinator)
    page = client.get(f"/forums/gtn-forum-2013/nomination/{token}").text
    known = ('value="Inés"', 'value="Quispe"', '<option selected value="economy:PE">')
    assert [value for value in known if value not in page] == []
    person = {
        "given_name": "Inés",
        "family_name": "Quispe",
        "origin": "economy:PE",
        "password": "a-green-long-sentence",
    }
    answer = client.post(f"/forums/gtn-forum-2013/nomination/{token}", data=person)
    assert (answer.status_code, answer.location) == (302, "/forums/gtn-forum-2013/register")
    draft = db.session.scalars(select(RegistrationDraft)).one()
    assert draft.data["category"]["typed"] == {"category": ["delegate"]}
    assert draft.data["organisation"]["typed"]["organisation_name"] == ["Andes Cold Chain"]
    # What the coordinator typed is done; the first step that is not comes next.
    assert client.get(answer.location).location not in {f"{answer.location}/{step}" for step in draft.data}
    assert "Quispe" in client.get(f"{answer.location}/name").text


def test_somebody_elses_account_cannot_use_the_link(
    client: FlaskClient, forum: Forum, category: ForumCategory, coordinator: Account
) -> None:
    _found, token = invited(forum, category, coordinator)
    sign_in(client, make_account("stranger@firm.example"))
    url = f"/forums/gtn-forum-2013/nomination/{token}"
    page = client.get(url)
    client.post(url)
    assert "the invitation is for" in page.text
    assert db.session.scalar(select(RegistrationDraft)) is None


def test_a_registration_carries_its_nomination(forum: Forum, category: ForumCategory, coordinator: Account) -> None:
    found, _token = invited(
        forum, category, coordinator, function=DelegationFunction.ADVISER, rank=3, funding=Funding.APEC
    )
    registration = submit(category, make_account(ADDRESS))
    assert (registration.state, registration.stage) == (RegistrationState.PENDING, ApprovalStage.HOST)
    assert (registration.economy_answered_by_id, registration.answer_due_at) == (coordinator.id, None)
    carried = (registration.delegation_function, registration.delegation_rank, registration.funding)
    assert carried == (DelegationFunction.ADVISER, 3, Funding.APEC)
    assert (found.state, found.registration, found.link_digest) == (State.COMPLETED, registration, None)


@pytest.mark.parametrize("what", ["another economy", "a draft", "withdrawn"])
def test_a_registration_that_the_nomination_is_not_for_waits_for_the_economy(
    forum: Forum, category: ForumCategory, coordinator: Account, what: str
) -> None:
    found, _token = invited(forum, category, coordinator)
    if what == "a draft":
        found.state = State.DRAFT
    if what == "withdrawn":
        found.state = State.WITHDRAWN
    db.session.commit()
    code = "CHL" if what == "another economy" else "PE"
    registration = submit(category, make_account(ADDRESS, economy_code=code), code)
    assert (registration.stage, registration.economy_answered_at) == (ApprovalStage.ECONOMY, None)
    assert found.state is not State.COMPLETED


def test_a_nominee_declines_with_a_word_that_the_coordinator_reads(
    desk: FlaskClient, app: Flask, forum: Forum, category: ForumCategory, coordinator: Account
) -> None:
    _found, token = invited(forum, category, coordinator)
    url = f"/forums/gtn-forum-2013/nomination/{token}"
    app.test_client().post(f"{url}/decline", data={"words": "My colleague Luz could come."})
    page = desk.get(f"{DESK}/nominations").text
    assert (only().state, "My colleague Luz could come." in page, desk.get(url).status_code) == (
        State.WITHDRAWN,
        True,
        410,
    )


def test_the_coordinators_are_told_once_that_a_nominee_declines_and_nobody_else(
    app: Flask, forum: Forum, category: ForumCategory, coordinator: Account
) -> None:
    deputy, _chile = make_account("deputy@gtn.example", economy_code="PE"), coordinator_of("CHL")
    grant_role(deputy, Role.ECONOMY_COORDINATOR, db.session.get_one(Economy, "PE").scope)
    _found, token = invited(forum, category, coordinator)
    url = f"/forums/gtn-forum-2013/nomination/{token}/decline"
    pages = [app.test_client().post(url, data={"words": "My colleague <b>Luz</b> could come."}) for _time in range(2)]
    mails = db.session.scalars(select(OutboxMail).where(OutboxMail.template == "delegations/nominee_declined")).all()
    assert [page.status_code for page in pages] == [302, 302]
    assert {mail.to_address for mail in mails} == {coordinator.email, deputy.email}
    assert {(mail.scope_kind, mail.scope_id) for mail in mails} == {("forum", forum.id)}
    told = mails[0].body_text
    assert "Inés QUISPE" in mails[0].subject
    # Organisers read a forum's mails; what the nominee wrote is for the coordinators.
    assert ("What they wrote to you" in told, "Luz" in told, "/delegation/PE/nominations" in told) == (
        True,
        False,
        True,
    )


@pytest.mark.parametrize("erased", ["the nominee", "a deputy who nominated nobody"])
def test_the_mail_of_a_declined_nomination_goes_with_the_erasure(
    app: Flask, forum: Forum, category: ForumCategory, coordinator: Account, erased: str
) -> None:
    found, token = invited(forum, category, coordinator)
    found.nominated_by_id = coordinator.id + 1_000
    app.test_client().post(f"/forums/gtn-forum-2013/nomination/{token}/decline")
    erase_person(make_account(ADDRESS) if erased == "the nominee" else coordinator, now=NOW)
    told = select(OutboxMail.body_text).where(OutboxMail.template == "delegations/nominee_declined")
    assert db.session.scalars(told).all() == [""]


def test_a_nomination_that_another_coordinator_changed_is_not_overwritten_unseen(
    desk: FlaskClient, typed: dict[str, str], forum: Forum, category: ForumCategory, coordinator: Account
) -> None:
    found, _token = invited(forum, category, coordinator)
    address = f"{DESK}/nominations/{found.id}"
    seen = str(found.lock_version)
    assert f'name="seen" type="hidden" value="{seen}"' in desk.get(address).text
    sent = typed | {"go": "save", "seen": seen}
    pages = [desk.post(address, data=sent | {"position": position}) for position in ("Director", "Clerk")]
    assert ([page.status_code for page in pages], only().position) == ([302, 409], "Director")
    assert "Stored now: Director" in pages[1].text


def test_a_nomination_is_changed_on_its_page(
    desk: FlaskClient, typed: dict[str, str], forum: Forum, category: ForumCategory, coordinator: Account
) -> None:
    found, _token = invited(forum, category, coordinator)
    desk.post(
        f"{DESK}/nominations/{found.id}",
        data=typed | {"position": "Director", "go": "save", "seen": str(found.lock_version)},
    )
    assert (only().position, only().state, only().rank) == ("Director", State.INVITED, 3)
    assert "Director" in desk.get(f"{DESK}/nominations").text


def test_export_and_erasure_take_the_nominee_out(forum: Forum, category: ForumCategory, coordinator: Account) -> None:
    found, _token = invited(forum, category, coordinator)
    account = make_account(ADDRESS)
    told = export_person(account)["delegations"]["nominated"]
    assert [(each["email"], each["state"], each["position"]) for each in told] == [(ADDRESS, "invited", "Founder")]
    erase_person(account, now=NOW)
    assert (found.state, found.family_name, found.email, found.position) == (State.WITHDRAWN, "Erased", "", "")
    assert db.session.scalar(select(OutboxMail.to_address).where(OutboxMail.to_address == ADDRESS)) is None


def test_the_table_is_the_only_way() -> None:
    for state in State:
        for act in Act:
            if (state, act) not in TRANSITIONS:
                with pytest.raises(NominationRefused):
                    outcome_of(state, act)
