"""Judges and conflicts through the web: inviting, answering, deciding."""

from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.competition.enums import ConflictState, JudgeState
from gtn_events.competition.models import Competition, Conflict, Judge
from gtn_events.core.db import db
from tests.accounts.mails import link_of_last_mail, outbox
from tests.accounts.pages import heading, messages, words
from tests.competition.factories import make_entry, make_judge
from tests.factories import make_account, sign_in
from tests.queries import count_queries

ANA = {
    "name": "Ana Quispe",
    "email": "ana@uni.example",
    "economy_code": "PE",
    "organisation_name": "Uni",
    "expected_load": "8",
}
ANSWER = {
    "economy_code": "PE",
    "organisation_name": "Uni",
    "topics": ["energy"],
    "languages": ["en", "es"],
    "max_load": "9",
}
NEW_PERSON = {
    "given_name": "Ana",
    "family_name": "Quispe",
    "origin": "economy:PE",
    "password": "violet harbour seven",
    "time_zone": "America/Lima",
}


def address(competition: Competition, rest: str) -> str:
    return f"/competitions/{competition.slug}/manage{rest}"


def test_a_person_is_checked_before_they_are_invited(desk: FlaskClient, competition: Competition) -> None:
    make_entry(competition, make_account("rosa@andes.example", economy_code="PE"))
    reply = desk.post(address(competition, "/judges/invite"), data=ANA | {"check": "1"})
    assert "1 admitted entry would conflict with this person" in words(reply.text)
    assert "Same economy" in reply.text
    assert list(db.session.scalars(select(Judge))) == []
    reply = desk.post(address(competition, "/judges/invite"), data=ANA | {"check": "1", "economy_code": "CHL"})
    assert "No admitted entry would conflict with this person" in words(reply.text)


def test_a_new_person_accepts_with_an_account_and_becomes_a_judge(desk: FlaskClient, competition: Competition) -> None:
    make_entry(competition, make_account("rosa@andes.example", economy_code="PE"))
    reply = desk.post(address(competition, "/judges/invite"), data=ANA, follow_redirects=True)
    assert messages(reply) == ["An invitation to Ana Quispe is on its way."]
    link = link_of_last_mail()
    desk.delete_cookie("gtn-account")
    page = desk.get(link)
    assert heading(page) == "You are invited to judge"
    filled = ('name="given_name" type="text" value="Ana"', 'value="Quispe"', 'selected value="economy:PE"')
    assert [words in " ".join(page.text.split()) for words in filled] == [True] * 3, "what the organiser typed"
    refused = desk.post(link, data=ANSWER)
    assert refused.status_code == 422
    reply = desk.post(link, data=NEW_PERSON | ANSWER, follow_redirects=True)
    assert messages(reply) == ["You are now a judge of Innovative SMEs Competition 2013. Thank you."]
    judge = db.session.scalars(select(Judge)).one()
    assert (judge.state, judge.languages, judge.max_load) == (JudgeState.ACCEPTED, ["en", "es"], 9)
    assert judge.account is not None
    assert [each.role for each in judge.account.live_grants] == [Role.JUDGE]
    assert db.session.scalars(select(Conflict.detail)).all() == ["PE"]
    assert "accepted this invitation already" in words(desk.get(link, follow_redirects=True).text)


def test_who_has_an_account_signs_in_first_and_nobody_else_can_accept(
    desk: FlaskClient, competition: Competition
) -> None:
    account = make_account("ana@uni.example")
    desk.post(address(competition, "/judges/invite"), data=ANA)
    link = link_of_last_mail()
    page = desk.get(link)
    assert "but the invitation is for ana@uni.example" in words(page.text)
    assert desk.post(link, data=ANSWER).status_code == 409
    desk.delete_cookie("gtn-account")
    assert "/sign-in" in desk.post(link, data=ANSWER).location
    sign_in(desk, account)
    desk.post(link, data=ANSWER)
    assert db.session.scalars(select(Judge.state)).one() is JudgeState.ACCEPTED


def test_whoever_accepts_cannot_choose_another_economy(desk: FlaskClient, competition: Competition) -> None:
    desk.post(address(competition, "/judges/invite"), data=ANA)
    sign_in(desk, make_account("ana@uni.example", economy_code="PE"))
    desk.post(link_of_last_mail(), data=ANSWER | {"economy_code": "CHL"})
    assert db.session.scalars(select(Judge.economy_code)).one() == "PE"


def test_an_invited_person_declines_without_signing_in(desk: FlaskClient, competition: Competition) -> None:
    desk.post(address(competition, "/judges/invite"), data=ANA)
    link = link_of_last_mail()
    desk.delete_cookie("gtn-account")
    assert desk.post(f"{link}/decline", data={}).status_code == 422
    reply = desk.post(f"{link}/decline", data={"reason": "No time", "substitute": "Luis"})
    assert heading(reply) == "Thank you for your answer"
    judge = db.session.scalars(select(Judge)).one()
    assert (judge.state, judge.reason, judge.substitute) == (JudgeState.DECLINED, "No time", "Luis")


def test_a_pasted_list_invites_everybody_or_nobody(desk: FlaskClient, competition: Competition) -> None:
    where = address(competition, "/judges/invite-list")
    wrong = desk.post(where, data={"people": "Ana, ana@uni.example, Peru\nLuis, nowhere, Peru"})
    assert wrong.status_code == 422
    assert "Line 2:" in words(wrong.text)
    assert outbox() == []
    reply = desk.post(
        where, data={"people": "Ana, ana@uni.example, Peru\nLuis, luis@uni.example, Chile"}, follow_redirects=True
    )
    assert messages(reply) == ["2 invitations are on their way."]
    assert len(outbox()) == 2


def test_the_page_of_a_judge_saves_sends_again_and_ends(desk: FlaskClient, competition: Competition) -> None:
    judge = make_judge(competition, make_account("ana@uni.example"), name="Ana Quispe")
    where = address(competition, f"/judges/{judge.number}")
    reply = desk.post(where, data=ANSWER | {"expected_load": "12"})
    assert "above the most" in words(reply.text)
    reply = desk.post(where, data=ANSWER | {"expected_load": "4"}, follow_redirects=True)
    assert messages(reply) == ["Ana Quispe is saved."]
    reply = desk.post(f"{where}/end", data={"reason": "Ill"}, follow_redirects=True)
    assert messages(reply) == ["Ana Quispe is no judge any more; 0 seats are free again."]
    assert "Reason: Ill" in words(reply.text)


def test_conflicts_are_found_named_and_decided(desk: FlaskClient, competition: Competition, organiser: Account) -> None:
    entry = make_entry(competition, make_account("rosa@andes.example", economy_code="PE"))
    judge = make_judge(competition, make_account("ana@uni.example", economy_code="PE"), name="Ana Quispe")
    where = address(competition, "/conflicts")
    reply = desk.post(f"{where}/derive", follow_redirects=True)
    assert messages(reply) == ["1 found anew, 0 no longer hold."]
    conflict = db.session.scalars(select(Conflict)).one()
    desk.post(f"{where}/{conflict.id}", data={"act": "dismiss", "reason": "Left long ago"})
    db.session.expire_all()
    assert conflict.state is ConflictState.DISMISSED
    reply = desk.post(where, data={"judge": judge.id, "reference": "nothing", "reason": "A cousin"})
    assert "No entry of this competition has this number." in words(reply.text)
    reply = desk.post(
        where,
        data={"judge": judge.id, "reference": entry.reference.lower(), "reason": "A cousin"},
        follow_redirects=True,
    )
    assert messages(reply) == ["Ana Quispe will not see Boards from rice husk."]
    narrowed = words(desk.get(f"{where}?source=organiser").text)
    assert "Named by the organiser A cousin" not in narrowed
    assert "A cousin" in narrowed
    assert "Left long ago" not in narrowed


def test_lists_ask_the_same_number_of_questions_at_every_length(desk: FlaskClient, competition: Competition) -> None:
    lists = [address(competition, rest) for rest in ("/judges", "/conflicts")]

    def asked() -> list[int]:
        counts = []
        for where in lists:
            db.session.commit()
            db.session.expire_all()
            with count_queries() as queries:
                desk.get(where)
            counts.append(len(queries))
        return counts

    entrant = make_account("rosa@andes.example", economy_code="PE")
    make_entry(competition, entrant)
    make_judge(competition, make_account("ana@uni.example", economy_code="PE"))
    desk.post(f"{lists[1]}/derive")
    few = asked()
    for number in range(8):
        make_judge(competition, make_account(f"judge{number}@uni.example", economy_code="PE"))
    desk.post(f"{lists[1]}/derive")
    assert asked() == few
