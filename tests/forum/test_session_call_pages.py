"""The pages of a call for sessions: opening, proposing, scoring, deciding, and who does not reach them."""

import csv
import io
import re
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from gtn_events.accounts.domain.signed_links import LinkPurpose
from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.accounts.views.tokens import signer
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.outbox import OutboxMail
from gtn_events.core.permissions import Scope
from gtn_events.forum.domain.session_calls.calls import name_member
from gtn_events.forum.domain.session_calls.sending import withdraw_session_proposal
from gtn_events.forum.domain.session_calls.transitions import SessionAction
from gtn_events.forum.models import Forum, ForumSession, SessionCall, SessionProposal
from gtn_events.forum.personal_data_sessions import erase_sessions, export_sessions
from gtn_events.forum.session_call_enums import SessionCallState, SessionProposalState
from tests.factories import MADE_AT, grant_role, make_account, make_forum, sign_in
from tests.forum.calling import CLOSED_AT, KENJI, ROSA, ask, close, decide, make_call, make_session_proposal, score
from tests.queries import count_queries

TYPED: dict[str, Any] = {
    "title": "Cold stores that pay",
    "abstract": "Three firms open their books.",
    "type_name": "Panel",
    "minutes": "",
    "languages": ["en", "es"],
    "speaker_name_2": "Kenji Mori",
    "speaker_email_2": "kenji@firm.example",
    "speaker_economy_2": "JPN",
}
SETTINGS: dict[str, Any] = {
    "title": "Call for sessions",
    "text": "We look for practice.",
    "opens_at": "2013-04-01T09:00",
    "closes_at": "2099-05-01T09:00",
    "types": "Panel, 90\n\nCase pitch, 15",
    "criteria": "Plan\nUse",
    "most_each": "5",
}


@pytest.fixture
def forum(database: None) -> Forum:
    return make_forum()


@pytest.fixture
def organiser(forum: Forum) -> Account:
    account = make_account("organiser@gtn.example")
    grant_role(account, Role.ORGANISER, forum.scope)
    return account


@pytest.fixture
def member(forum: Forum) -> Account:
    return make_account("member@gtn.example", given_name="Ana", family_name="Member")


@pytest.fixture
def proposer(forum: Forum) -> Account:
    return make_account("proposer@firm.example")


@pytest.fixture
def call(forum: Forum, organiser: Account, member: Account) -> SessionCall:
    return make_call(forum, organiser, member)


@pytest.fixture
def proposal(call: SessionCall, proposer: Account) -> SessionProposal:
    return make_session_proposal(call, proposer)


def manage(forum: Forum, page: str = "") -> str:
    return f"/forums/{forum}/manage/session-calls{page}"


def public(forum: Forum, page: str = "") -> str:
    return f"/forums/{forum}/call-for-sessions{page}"


def test_an_organiser_opens_publishes_and_closes_a_call(
    client: FlaskClient, forum: Forum, organiser: Account, member: Account
) -> None:
    sign_in(client, organiser)
    assert "No call for sessions yet" in client.get(manage(forum)).text
    assert "No call for sessions yet" in client.get(public(forum)).text
    wrong = client.post(manage(forum, "/new"), data=SETTINGS | {"types": "Panel"})
    assert (wrong.status_code, "a comma and 1 to 480 minutes" in wrong.text) == (422, True)
    first = client.post(manage(forum, "/new"), data=SETTINGS)
    call = db.session.scalars(select(SessionCall)).one()
    assert (first.location, call.types) == (
        manage(forum, f"/{call.id}"),
        [{"name": "Panel", "minutes": 90}, {"name": "Case pitch", "minutes": 15}],
    )
    assert "This call is a draft" in client.get(first.location).text
    assert client.get(public(forum, f"/{call.id}")).status_code == 404
    assert client.post(f"{first.location}/committee", data={"email": member.email}).status_code == 302
    assert member.email in client.get(f"{first.location}/committee").text
    client.post(f"{first.location}/publish")
    assert "Proposals are taken until" in client.get(public(forum, f"/{call.id}")).text
    assert public(forum, f"/{call.id}") in client.get(f"/forums/{forum}").text
    client.post(f"{first.location}/close")
    assert (call.state, "This call is closed." in client.get(public(forum, f"/{call.id}")).text) == (
        SessionCallState.CLOSED,
        True,
    )
    client.post(f"{first.location}/publish")
    assert call.state is SessionCallState.PUBLISHED


def test_a_call_changed_meanwhile_is_said_at_the_form(
    client: FlaskClient, forum: Forum, organiser: Account, call: SessionCall
) -> None:
    sign_in(client, organiser)
    stale = client.post(manage(forum, f"/{call.id}/settings"), data=SETTINGS | {"seen": "0"})
    assert (stale.status_code, "while you had it open" in stale.text) == (422, True)
    fresh = SETTINGS | {"seen": str(call.lock_version), "title": "Another title"}
    assert client.post(manage(forum, f"/{call.id}/settings"), data=fresh).status_code == 302
    assert call.title == "Another title"


@pytest.mark.parametrize("wrong", ["", "-1", "101", "many", "9" * 30])
def test_how_many_one_person_can_propose_is_a_number_from_0_to_100(
    client: FlaskClient, forum: Forum, organiser: Account, wrong: str
) -> None:
    sign_in(client, organiser)
    refused = client.post(manage(forum, "/new"), data=SETTINGS | {"most_each": wrong})
    assert (refused.status_code, "Write a number from 0 to 100." in refused.text) == (422, True)


def test_who_has_sent_enough_reads_it_before_writing(
    client: FlaskClient, forum: Forum, organiser: Account, proposer: Account
) -> None:
    call = make_call(forum, organiser, most_each=1)
    page, why = public(forum, f"/{call.id}"), "takes 1 proposal of one person, and yours is sent"
    sign_in(client, proposer)
    assert "One person can send 1 proposal." in client.get(page).text
    draft = make_session_proposal(call, proposer, "A second one", sent=False)
    sent = make_session_proposal(call, proposer)
    told = client.get(page).text
    assert (why in told, f"{page}/new" in told, client.get(f"{page}/new").location) == (True, False, page)
    typed = client.post(f"{page}/new", data=TYPED)
    assert (typed.status_code, why in typed.text) == (422, True)
    shown = client.get(f"{page}/mine/{draft.id}").text
    assert (why in shown, "Send the proposal" in shown) == (True, False)
    client.post(f"{page}/mine/{draft.id}/send")
    assert [each.state.value for each in (sent, draft)] == ["received", "draft"]
    client.post(f"{page}/mine/{sent.id}/withdraw")
    assert "Send the proposal" in client.get(f"{page}/mine/{draft.id}").text


def test_a_session_is_typed_saved_changed_and_sent(
    client: FlaskClient, forum: Forum, call: SessionCall, organiser: Account, proposer: Account
) -> None:
    key = ask(call, organiser)
    sign_in(client, proposer)
    new = public(forum, f"/{call.id}/new")
    assert "Questions of the organiser" in client.get(new).text
    first = client.post(new, data=TYPED)
    proposal = db.session.scalars(select(SessionProposal)).one()
    page = client.get(first.location).text
    assert ("Answer the question: What do people take home?" in page, "Send the proposal" in page) == (True, False)
    assert (proposal.minutes, proposal.languages, [each.name for each in proposal.speakers]) == (
        90,
        ["en", "es"],
        ["Kenji Mori"],
    )
    name = f"q_{key}" if f'name="q_{key}"' in client.get(f"{first.location}/edit").text else key
    typed = TYPED | {"seen": str(proposal.lock_version), name: "A checklist."}
    assert client.post(f"{first.location}/edit", data=typed).status_code == 302
    assert "Send the proposal" in client.get(first.location).text
    assert client.post(f"{first.location}/send").status_code == 302
    assert (proposal.state, "A checklist." in client.get(first.location).text) == (SessionProposalState.RECEIVED, True)
    broken = client.post(f"{first.location}/edit", data=typed | {"seen": str(proposal.lock_version), "title": ""})
    assert (broken.status_code, "Give the session a title." in broken.text) == (422, True)
    assert "Cold stores that pay" in client.get(public(forum, f"/{call.id}")).text


def test_a_refusal_stands_at_the_row_of_the_speaker(
    client: FlaskClient, forum: Forum, call: SessionCall, proposer: Account
) -> None:
    sign_in(client, proposer)
    wrong = client.post(public(forum, f"/{call.id}/new"), data=TYPED | {"speaker_email_2": "nothing"})
    assert (wrong.status_code, 'id="speaker_email_2-error"' in wrong.text) == (422, True)


def test_a_proposer_withdraws_or_deletes_after_being_asked(
    client: FlaskClient, forum: Forum, proposal: SessionProposal, proposer: Account
) -> None:
    draft = make_session_proposal(proposal.call, proposer, "Only a draft", sent=False)
    sign_in(client, proposer)
    for each, act, words in ((draft, "discard", "Delete the draft"), (proposal, "withdraw", "Withdraw it")):
        page = public(forum, f"/{proposal.call_id}/mine/{each.id}")
        assert words in client.get(f"{page}/withdraw").text
        assert client.post(f"{page}/{act}").status_code == 302
    assert [each.state for each in db.session.scalars(select(SessionProposal))] == [SessionProposalState.WITHDRAWN]


def test_a_member_scores_and_sees_the_others_only_then(
    client: FlaskClient, forum: Forum, proposal: SessionProposal, organiser: Account, member: Account
) -> None:
    call = proposal.call
    second = make_account("second@gtn.example", given_name="Bela", family_name="Second")
    name_member(call, second.email, actor=organiser, now=MADE_AT)
    desk = public(forum, f"/{call.id}/committee")
    sign_in(client, member)
    assert "Scoring begins when the call has closed." in client.get(desk).text
    close(call, organiser)
    score(proposal, second, [5, 4], "Just what we need.")
    assert "1 session to score" in client.get("/home").text
    page = client.get(f"{desk}/{proposal.id}").text
    assert ("Just what we need." in page, "Bela" in page) == (False, False)
    scores = {f"score_{each.id}": "2" for each in call.criteria}
    one = dict(list(scores.items())[:1])
    assert client.post(f"{desk}/{proposal.id}", data=one).status_code == 422
    assert client.post(f"{desk}/{proposal.id}", data=scores | {"comment": "Weak."}).status_code == 302
    after = client.get(f"{desk}/{proposal.id}").text
    assert ("Just what we need." in after, "Weak." in after) == (True, True)
    assert "3.25" in client.get(desk).text
    assert "session to score" not in client.get("/home").text


def test_a_member_who_is_a_speaker_neither_scores_nor_sees(
    client: FlaskClient, call: SessionCall, organiser: Account, proposer: Account, member: Account
) -> None:
    forum = call.forum
    second = make_account("second@gtn.example")
    name_member(call, second.email, actor=organiser, now=MADE_AT)
    proposal = make_session_proposal(call, proposer, speakers=(replace(KENJI, email=member.email),))
    close(call, organiser)
    score(proposal, second, [5, 4], "Only for others.")
    sign_in(client, member)
    page = public(forum, f"/{call.id}/committee/{proposal.id}")
    assert "so others score it" in client.get(page).text
    scores = {f"score_{each.id}": "5" for each in call.criteria}
    assert client.post(page, data=scores).status_code == 422
    grant_role(member, Role.ORGANISER, forum.scope)
    assert "Only for others." not in client.get(manage(forum, f"/{call.id}/proposals/{proposal.id}")).text
    assert len(proposal.reviews) == 1


def test_many_are_accepted_after_a_look_at_the_mails(
    client: FlaskClient, forum: Forum, proposal: SessionProposal, organiser: Account, proposer: Account
) -> None:
    call = proposal.call
    other = make_session_proposal(call, proposer, "Another session")
    close(call, organiser)
    sign_in(client, organiser)
    page = manage(forum, f"/{call.id}")
    assert client.post(f"{page}/effect", data={"action": "accept"}).location == page
    chosen = {"action": "accept", "ids": [str(proposal.id), str(other.id)]}
    told = client.post(f"{page}/effect", data=chosen | {"reason": "Welcome aboard."}).text
    assert ("Accept 2 sessions?" in told, "6 mails would be sent" in told, "Welcome aboard." in told) == (
        True,
        True,
        True,
    )
    mails = select(func.count()).where(OutboxMail.template == "forum/session_accepted")
    assert (db.session.scalar(mails), db.session.scalar(select(func.count()).select_from(ForumSession))) == (0, 0)
    assert "2 sessions decided" in client.post(f"{page}/act", data=chosen).text
    again = client.post(f"{page}/act", data=chosen).text
    assert ("0 sessions decided" in again, "it cannot be accepted now" in again) == (True, True)
    assert (db.session.scalar(mails), db.session.scalar(select(func.count()).select_from(ForumSession))) == (2, 2)
    assert "Another session" in client.get(f"/forums/{forum}/manage/programme").text


def test_the_mails_that_are_shown_before_a_decision_hold_no_link_that_works(
    client: FlaskClient, app: Flask, forum: Forum, proposal: SessionProposal, organiser: Account
) -> None:
    close(proposal.call, organiser)
    sign_in(client, organiser)
    page, chosen = manage(forum, f"/{proposal.call_id}"), {"action": "accept", "ids": str(proposal.id)}
    shown = re.findall(r"call-for-sessions/speaker/([^\s<]+)", client.post(f"{page}/effect", data=chosen).text)
    client.post(f"{page}/act", data=chosen)
    texts = db.session.scalars(select(OutboxMail.body_text).where(OutboxMail.template == "forum/session_speaker")).all()
    sent = [token for text in texts for token in re.findall(r"call-for-sessions/speaker/([^\s<]+)", text)]
    anybody = app.test_client()
    assert (shown, len(sent), set(shown) & set(sent)) == (["(the-own-link)"] * 2, 2, set())
    answers = [anybody.get(public(forum, f"/speaker/{token}")).status_code for token in (shown[0], sent[0])]
    assert answers == [410, 200]
    # Nor do they in the forum's mails afterwards.
    for mail in db.session.scalars(select(OutboxMail).where(OutboxMail.template == "forum/session_speaker")).all():
        pages = [client.get(f"/forums/{forum}/manage/mail/{mail.id}{part}").text for part in ("", "/preview", "/edit")]
        told = [set(re.findall(r"call-for-sessions/speaker/([^\s<\"]+)", page)) for page in pages]
        assert told == [{"(the-own-link)"}] * 3


def test_the_list_of_calls_counts_what_the_page_of_a_call_counts(
    client: FlaskClient, forum: Forum, proposal: SessionProposal, organiser: Account, proposer: Account
) -> None:
    call = proposal.call
    withdraw_session_proposal(make_session_proposal(call, proposer, "Another"), actor=proposer, now=MADE_AT)
    make_session_proposal(call, proposer, "A draft", sent=False)
    db.session.commit()
    sign_in(client, organiser)
    told = " ".join(client.get(manage(forum)).text.split())
    assert 'class="numbers">2<span class="second">1 withdrawn</span></td>' in told
    assert "All <strong>2</strong>" in client.get(manage(forum, f"/{call.id}")).text


def test_declining_needs_a_reason(
    client: FlaskClient, forum: Forum, proposal: SessionProposal, organiser: Account
) -> None:
    close(proposal.call, organiser)
    sign_in(client, organiser)
    page, chosen = manage(forum, f"/{proposal.call_id}"), {"action": "decline", "ids": str(proposal.id)}
    assert "(your reason)" in client.post(f"{page}/effect", data=chosen).text
    refused = client.post(f"{page}/act", data=chosen)
    assert (refused.status_code, "Give a reason" in refused.text) == (422, True)
    assert client.post(f"{page}/act", data=chosen | {"reason": "Full."}).status_code == 200
    assert (proposal.state, proposal.state_reason) == (SessionProposalState.DECLINED, "Full.")
    assert client.post(f"{page}/act", data=chosen | {"action": "confirm"}).status_code == 404


def test_a_speaker_answers_by_the_link_or_signed_in(
    client: FlaskClient, forum: Forum, proposal: SessionProposal, organiser: Account
) -> None:
    close(proposal.call, organiser)
    decide(proposal, SessionAction.ACCEPT, organiser)
    kenji = proposal.speakers[1]
    values = {"speaker": kenji.id, "email": kenji.email_key}
    token = signer().make(LinkPurpose.SPEAKER, values, now=clock.now())
    link = public(forum, f"/speaker/{token}")
    assert "Yes, I come" in client.get(link).text
    assert client.post(link, data={"answer": "comes"}).status_code == 302
    assert kenji.confirmed_at is not None
    other = make_forum("other-forum", title="Other")
    assert client.get(public(other, f"/speaker/{token}")).status_code == 404
    assert client.get(f"{link}x").status_code == 410
    earlier = signer().make(LinkPurpose.SPEAKER, {"speaker": kenji.id, "email": "out@firm.example"}, now=clock.now())
    assert client.get(public(forum, f"/speaker/{earlier}")).status_code == 410
    where = public(forum, f"/speaking/{proposal.speakers[0].id}")
    sign_in(client, make_account("other@firm.example"))
    assert client.get(where).status_code == 404
    sign_in(client, make_account(ROSA.email))
    assert "Do you speak in" in client.get("/home").text
    assert client.post(where, data={"answer": "declines"}).status_code == 302
    assert proposal.speakers[0].declined_at is not None


def test_a_proposer_confirms_what_was_accepted(
    client: FlaskClient, forum: Forum, proposal: SessionProposal, organiser: Account, proposer: Account
) -> None:
    close(proposal.call, organiser)
    decide(proposal, SessionAction.ACCEPT, organiser)
    sign_in(client, proposer)
    assert "It is accepted: please confirm it." in client.get("/home").text
    page = public(forum, f"/{proposal.call_id}/mine/{proposal.id}")
    assert client.post(f"{page}/confirm").status_code == 302
    assert (proposal.state, client.get(f"{page}/edit").status_code) == (SessionProposalState.CONFIRMED, 302)


def test_the_export_holds_scores_and_answers_and_no_formula(
    client: FlaskClient, call: SessionCall, organiser: Account, proposer: Account, member: Account
) -> None:
    forum = call.forum
    key = ask(call, organiser)
    access = ask(call, organiser, "Access needs", sensitive=True)
    proposal = make_session_proposal(call, proposer, "=1+1", answers={key: "A checklist.", access: "Ramp"})
    close(call, organiser)
    score(proposal, member, [5, 4])
    sign_in(client, organiser)
    sent = client.post(manage(forum, f"/{call.id}/export"), data={"format": "csv"})
    header, line = csv.reader(io.StringIO(sent.get_data(as_text=True).lstrip("\ufeff")))
    row = dict(zip(header, line, strict=True))
    assert (row["Title"], row["Mean"], row["What do people take home?"]) == ("'=1+1", "4.50", "A checklist.")
    assert (row["Speakers"], "Access needs" in row) == ("Rosa Huamán (Peru); Kenji Mori (Japan)", False)
    with client.post(manage(forum, f"/{call.id}/export"), data={"format": "xlsx"}) as book:
        assert book.data[:2] == b"PK"


def test_lists_ask_the_same_queries_at_every_length(
    client: FlaskClient, forum: Forum, organiser: Account, proposer: Account, member: Account
) -> None:
    call = make_call(forum, organiser, member, most_each=0)
    first = make_session_proposal(call, proposer)
    sign_in(client, organiser)
    with count_queries() as few:
        client.get(manage(forum, f"/{call.id}"))
    others = [make_session_proposal(call, proposer, f"Session {number}") for number in range(5)]
    close(call, organiser)
    for each in (first, *others):
        score(each, member, [3, 4])
    db.session.expire_all()
    with count_queries() as many:
        client.get(manage(forum, f"/{call.id}"))
    # Scores are read with one query more as soon as there are any.
    assert len(many) <= len(few) + 1


@pytest.mark.parametrize("who", ["another proposer", "coordinator", "organiser", "member"])
def test_ones_own_proposal_is_nobody_elses(
    client: FlaskClient, proposal: SessionProposal, organiser: Account, member: Account, who: str
) -> None:
    forum = proposal.call.forum
    people = {"organiser": organiser, "member": member}
    person = people.get(who) or make_account("other@firm.example")
    if who == "coordinator":
        grant_role(person, Role.ECONOMY_COORDINATOR, Scope("economy", 14))
    sign_in(client, person)
    base = public(forum, f"/{proposal.call_id}/mine/{proposal.id}")
    for page in ("", "/edit", "/withdraw"):
        assert client.get(base + page).status_code == 404
    for act in ("/send", "/withdraw", "/discard", "/confirm"):
        assert client.post(base + act).status_code == 404


def test_the_desk_of_the_committee_is_its_members(
    client: FlaskClient, forum: Forum, proposal: SessionProposal, organiser: Account, proposer: Account
) -> None:
    desk = public(forum, f"/{proposal.call_id}/committee")
    for person in (organiser, proposer):
        sign_in(client, person)
        assert [client.get(desk + page).status_code for page in ("", f"/{proposal.id}")] == [404, 404]


def test_nobody_but_its_person_sees_a_draft(
    client: FlaskClient, call: SessionCall, proposer: Account, organiser: Account, member: Account
) -> None:
    forum = call.forum
    draft = make_session_proposal(call, proposer, "Only in my drawer", sent=False)
    close(call, organiser)
    sign_in(client, organiser)
    assert "Only in my drawer" not in client.get(manage(forum, f"/{call.id}")).text
    assert client.get(manage(forum, f"/{call.id}/proposals/{draft.id}")).status_code == 404
    told = client.post(manage(forum, f"/{call.id}/act"), data={"action": "accept", "ids": str(draft.id)}).text
    assert ("0 sessions decided" in told, draft.state) == (True, SessionProposalState.DRAFT)
    sign_in(client, member)
    assert client.get(public(forum, f"/{call.id}/committee/{draft.id}")).status_code == 404


def test_what_a_person_left_is_exported_and_let_go(
    forum: Forum, call: SessionCall, organiser: Account, proposer: Account, member: Account
) -> None:
    key = ask(call, organiser)
    proposal = make_session_proposal(call, proposer, answers={key: "A checklist."})
    make_session_proposal(call, proposer, "Only a draft", sent=False)
    kenji = make_account(KENJI.email)
    close(call, organiser)
    score(proposal, member, [5, 4], "Good.")
    decide(proposal, SessionAction.ACCEPT, organiser)
    told = export_sessions(proposer)["proposed_sessions"]
    assert [each["title"] for each in told] == ["Cold stores that pay", "Only a draft"]
    assert told[0]["answers"] == {"What do people take home?": "A checklist."}
    assert export_sessions(kenji)["named_as_a_speaker"][0]["biography"] == "Measures water."
    assert export_sessions(member)["session_scores"][0]["comment"] == "Good."
    assert export_sessions(member)["on_committees"][0]["call"] == call.title
    for person in (proposer, kenji, member):
        erase_sessions(person, CLOSED_AT)
    db.session.commit()
    db.session.expire_all()
    kept = db.session.scalars(select(SessionProposal)).one()
    assert [(each.name, each.email, each.biography) for each in kept.speakers][1] == ("Erased person", "", "")
    assert (kept.reviews[0].comment, len(kept.reviews[0].scores), call.members) == ("", 2, [])
    assert export_sessions(proposer)["proposed_sessions"][0]["answers"] == {}
    withdraw_session_proposal(kept, actor=proposer, now=CLOSED_AT)


@pytest.mark.parametrize("minutes", ["0000609999999999999", "00000060", "481", "0", "٦٠"])
def test_the_minutes_of_a_type_are_as_many_as_a_session_can_last(
    client: FlaskClient, forum: Forum, organiser: Account, minutes: str
) -> None:
    sign_in(client, organiser)
    answer = client.post(manage(forum, "/new"), data=SETTINGS | {"types": f"Panel, {minutes}"})

    assert (answer.status_code, "a comma and 1 to 480 minutes" in answer.text) == (422, True)


@pytest.mark.parametrize("field", ["types", "criteria"])
def test_names_of_types_and_criteria_have_a_limit_wherever_their_comma_stands(
    client: FlaskClient, forum: Forum, organiser: Account, field: str
) -> None:
    sign_in(client, organiser)
    lines = {"types": f"{'Panel' * 40}, 90", "criteria": f"Plan, {'use' * 60}"}
    answer = client.post(manage(forum, "/new"), data=SETTINGS | {field: lines[field]})

    assert (answer.status_code, "signs for each." in answer.text) == (422, True)


def test_a_speaker_without_a_name_and_with_a_long_address_is_kept(
    client: FlaskClient, forum: Forum, call: SessionCall, proposer: Account
) -> None:
    sign_in(client, proposer)
    address = f"{'k' * 60}@{'.'.join(['firm' * 12] * 3)}.example"
    answer = client.post(
        public(forum, f"/{call.id}/new"), data=TYPED | {"speaker_name_2": "", "speaker_email_2": address}
    )

    assert (len(address) > 200, answer.status_code) == (True, 302)
    assert db.session.scalars(select(SessionProposal)).one().speakers[-1].email == address


def test_a_thousand_are_decided_at_once(client: FlaskClient, proposal: SessionProposal, organiser: Account) -> None:
    close(proposal.call, organiser)
    sign_in(client, organiser)
    page = manage(proposal.call.forum, f"/{proposal.call_id}")
    told = client.post(f"{page}/effect", data={"action": "accept", "ids": [str(each) for each in range(1, 995)]})

    assert (told.status_code, "3 mails would be sent" in told.text) == (200, True)


def test_while_a_call_is_open_the_page_of_a_proposal_says_when_it_is_decided(
    client: FlaskClient, forum: Forum, call: SessionCall, proposal: SessionProposal, organiser: Account
) -> None:
    sign_in(client, organiser)
    page = manage(forum, f"/{call.id}/proposals/{proposal.id}")
    told = "You decide when the call has closed."
    before = client.get(page).text
    close(call, organiser)
    after = client.get(page).text
    assert [(told in each, "Accept…" in each) for each in (before, after)] == [(True, False), (False, True)]
