"""Judges: invited by mail, asked first, and what ends with their work."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import current_app
from sqlalchemy import select

from gtn_events.accounts.domain.signed_links import LinkSigner
from gtn_events.accounts.enums import Role
from gtn_events.accounts.errors import LinkRefused, TooManyAttempts
from gtn_events.accounts.models import Account, RoleGrant
from gtn_events.competition.domain.judge_lists import read_judge_list
from gtn_events.competition.domain.judges import (
    InvitedPerson,
    JudgeProfile,
    accept_invitation,
    decline_invitation,
    end_judge,
    invite_judge,
    judge_of_link,
    send_again,
)
from gtn_events.competition.enums import AssignmentState, CompetitionState, JudgeState
from gtn_events.competition.errors import JudgeRefused, ReasonMissing
from gtn_events.competition.models import Assignment, Competition, Judge
from gtn_events.core.db import db
from gtn_events.core.outbox import OutboxMail
from tests.accounts.mails import outbox
from tests.competition.factories import make_assignment, make_competition, make_entry, make_judge, make_round
from tests.factories import grant_role, make_account

NOW = datetime(2013, 6, 1, 8, 0, tzinfo=UTC)
ANA = InvitedPerson(name="Ana Quispe", email="Ana@uni.example", economy_code="PE", organisation_name="Uni")
PROFILE = JudgeProfile(
    economy_code="PE", organisation_name="Uni Verde", topics=["energy"], languages=["es", "en"], max_load=12
)


@pytest.fixture
def actor(database: None) -> Account:
    return make_account("organiser@gtn.example", economy_code="INA")


@pytest.fixture
def competition(actor: Account) -> Competition:
    return make_competition()


@pytest.fixture
def links(database: None) -> LinkSigner:
    return LinkSigner(current_app.config["SETTINGS"].secret_key)


def invite(competition: Competition, actor: Account, links: LinkSigner, person: InvitedPerson = ANA) -> Judge:
    return invite_judge(competition, person, links=links, actor=actor, now=NOW)


def live_grants(account: Account) -> list[RoleGrant]:
    db.session.expire(account, ["live_grants"])  # an account keeps those it had at the beginning of a request
    return account.live_grants


def test_an_invited_person_has_no_role_before_they_accept(
    competition: Competition, actor: Account, links: LinkSigner
) -> None:
    account = make_account("ana@uni.example")
    judge = invite(competition, actor, links)
    assert (judge.state, judge.number, judge.account) == (JudgeState.INVITED, 1, None)
    assert live_grants(account) == []
    accept_invitation(judge, account, PROFILE, now=NOW)
    assert [(each.role, each.scope_id) for each in live_grants(account)] == [(Role.JUDGE, competition.id)]
    assert (judge.state, judge.topics, judge.max_load) == (JudgeState.ACCEPTED, ["energy"], 12)


def test_the_link_stands_in_no_mail_that_staff_can_read(
    competition: Competition, actor: Account, links: LinkSigner
) -> None:
    invite(competition, actor, links)
    mail = db.session.scalars(select(OutboxMail)).one()
    assert (mail.to_address, mail.scope_kind) == ("Ana@uni.example", None)


def test_nobody_is_invited_twice_at_a_time(competition: Competition, actor: Account, links: LinkSigner) -> None:
    invite(competition, actor, links)
    with pytest.raises(JudgeRefused):
        invite(competition, actor, links)
    assert len(outbox()) == 1


def test_nobody_is_invited_to_a_draft(competition: Competition, actor: Account, links: LinkSigner) -> None:
    competition.state = CompetitionState.DRAFT
    with pytest.raises(JudgeRefused):
        invite(competition, actor, links)


def test_another_account_cannot_accept(competition: Competition, actor: Account, links: LinkSigner) -> None:
    judge = invite(competition, actor, links)
    with pytest.raises(JudgeRefused):
        accept_invitation(judge, make_account("other@firm.example"), PROFILE, now=NOW)


def test_an_organisation_that_is_known_is_not_shed_by_an_empty_answer(
    competition: Competition, actor: Account, links: LinkSigner
) -> None:
    judge = invite(competition, actor, links)
    empty = replace(PROFILE, organisation_name="")
    accept_invitation(judge, make_account("ana@uni.example"), empty, now=NOW)
    assert judge.organisation_name == "Uni"


def test_declining_tells_the_organiser_once_and_closes_the_link(
    competition: Competition, actor: Account, links: LinkSigner
) -> None:
    judge = invite(competition, actor, links)
    with pytest.raises(ReasonMissing):
        decline_invitation(judge, reason=" ", substitute="", now=NOW)
    decline_invitation(judge, reason="No time", substitute="Luis, luis@uni.example", now=NOW)
    assert outbox()[-1] == ("organiser@gtn.example", "competition/judge_declined")
    with pytest.raises(LinkRefused):
        judge_of_link(judge.id, competition)
    assert invite(competition, actor, links).state is JudgeState.INVITED


def test_sending_again_is_limited_and_only_for_who_has_not_answered(
    competition: Competition, actor: Account, links: LinkSigner
) -> None:
    judge = invite(competition, actor, links)
    for minute in (1, 2):
        send_again(judge, links=links, actor=actor, now=NOW.replace(minute=minute))
    with pytest.raises(TooManyAttempts):
        send_again(judge, links=links, actor=actor, now=NOW.replace(minute=3))
    decline_invitation(judge, reason="No time", substitute="", now=NOW)
    with pytest.raises(JudgeRefused):
        send_again(judge, links=links, actor=actor, now=NOW.replace(hour=10))


def test_a_link_works_for_its_own_competition_only(competition: Competition, actor: Account, links: LinkSigner) -> None:
    judge = invite(competition, actor, links)
    with pytest.raises(LinkRefused):
        judge_of_link(judge.id, make_competition("other", reference_prefix="OTH"))


def test_leaving_ends_the_role_and_frees_what_is_not_submitted(competition: Competition, actor: Account) -> None:
    account = make_account("ana@uni.example")
    grant_role(account, Role.JUDGE, competition.scope)
    judge = make_judge(competition, account)
    entries = [make_entry(competition, actor, f"Entry {number}") for number in range(4)]
    round_ = make_round(competition, entries)
    states = (
        AssignmentState.PLANNED,
        AssignmentState.RELEASED,
        AssignmentState.STARTED,
        AssignmentState.SUBMITTED,
    )
    for entry, state in zip(entries, states, strict=True):
        make_assignment(round_, entry, judge, state)
    with pytest.raises(ReasonMissing):
        end_judge(judge, reason="", actor=actor, now=NOW)
    assert end_judge(judge, reason="Ill", actor=actor, now=NOW) == 3
    db.session.commit()
    left = list(db.session.scalars(select(Assignment.state).order_by(Assignment.entry_id)))
    assert left == [AssignmentState.REMOVED, AssignmentState.REMOVED, AssignmentState.SUBMITTED]
    assert live_grants(account) == []
    assert db.session.scalars(select(RoleGrant)).one().ended_at == NOW
    with pytest.raises(JudgeRefused):
        end_judge(judge, reason="Again", actor=actor, now=NOW)


@pytest.mark.parametrize(
    ("line", "economy", "organisation"),
    [
        ("Ana Quispe, ana@uni.example, Peru, Uni Verde, Lima", "PE", "Uni Verde, Lima"),
        ("Ana Quispe; ana@uni.example; pe; Uni Verde", "PE", "Uni Verde"),
        ("Wai Man, w@hk.example, Hong Kong, China, Green Lab", "HKC", "Green Lab"),
        ("Ana Quispe\tana@uni.example\tThe United States\tLab", "US", "Lab"),
        ("ana@uni.example, Ana Quispe", None, ""),
    ],
)
def test_a_line_of_a_pasted_list_is_read(database: None, line: str, economy: str | None, organisation: str) -> None:
    people, problems = read_judge_list(line)
    assert problems == []
    assert [(each.economy_code, each.organisation_name) for each in people] == [(economy, organisation)]


def test_wrong_lines_are_named_by_their_number(database: None) -> None:
    text = "Ana, ana@uni.example, Peru\n\nLuis, nowhere, Peru\nMia, mia@uni.example, Atlantis\nAna, ANA@uni.example"
    people, problems = read_judge_list(text)
    assert [each.name for each in people] == ["Ana"]
    assert [(each.line, each.text.split(".")[0]) for each in problems] == [
        (3, "Write an e-mail address such as name@firm"),
        (4, "Atlantis is no member economy"),
        (5, "ANA@uni"),
    ]
