"""Two stages: the economy says yes or no first, by a clock; then the host decides."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.economies import DelegationClass, Economy
from gtn_events.core.journal import JournalEntry
from gtn_events.core.outbox import OutboxMail
from gtn_events.forum.domain.bulk import effect_of
from gtn_events.forum.domain.economy_reminders import forums_asking_economies, remind_economies, tell_of_silence
from gtn_events.forum.domain.economy_stage import (
    decide_without_economy,
    endorse_registration,
    refuse_for_economy,
    take_back_endorsement,
)
from gtn_events.forum.domain.registrations import (
    admit_registration,
    approve_registration,
    reconsider_registration,
    reject_registration,
)
from gtn_events.forum.domain.submission import Submission, change_registration, submit_registration
from gtn_events.forum.domain.transitions import Action
from gtn_events.forum.enums import Approval, ApprovalStage
from gtn_events.forum.enums import RegistrationState as State
from gtn_events.forum.errors import ReasonMissing, TransitionRefused
from gtn_events.forum.models import Forum, Registration
from tests.conftest import NOW
from tests.factories import grant_role, make_account, make_category, make_forum
from tests.forum.delegations import particulars, particulars_of, person_of

DUE = NOW + timedelta(days=7)

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def forum(database: None) -> Forum:
    forum = make_forum()
    make_category(forum, "Delegate", approval=Approval.ECONOMY)
    return forum


@pytest.fixture
def organiser(forum: Forum) -> Account:
    account = make_account("organiser@gtn.example")
    grant_role(account, Role.ORGANISER, forum.scope)
    return account


@pytest.fixture
def coordinator(forum: Forum) -> Account:
    """Who speaks for Peru."""
    account = make_account("coordinator@gtn.example")
    grant_role(account, Role.ECONOMY_COORDINATOR, db.session.get_one(Economy, "PE").scope)
    return account


def submitted(forum: Forum, economy: str | None = "PE", *, now: datetime = NOW, **values: Any) -> Registration:
    account = person_of(economy or "PE")
    submission = Submission(
        category=forum.categories[0],
        particulars=particulars(account, economy, **values),
        version=forum.questionnaire.versions[-1],
        answers={},
        consent_text=forum.consent_texts[-1],
    )
    registration = submit_registration(forum, submission, actor=account, now=now)
    db.session.commit()
    return registration


def mails_to(account: Account) -> list[str]:
    rows = select(OutboxMail.template).where(OutboxMail.to_address == account.email).order_by(OutboxMail.id)
    return [each.removeprefix("forum/") for each in db.session.scalars(rows)]


def newest_mail(account: Account) -> str:
    rows = select(OutboxMail).where(OutboxMail.to_address == account.email).order_by(OutboxMail.id.desc())
    mail = db.session.scalars(rows.limit(1)).one()
    return mail.body_text


def test_a_person_of_an_economy_waits_for_it_first(forum: Forum, coordinator: Account) -> None:
    registration = submitted(forum)
    assert (registration.stage, registration.answer_due_at) == (ApprovalStage.ECONOMY, DUE)
    told = newest_mail(registration.account)
    assert "You are not registered yet. Two say yes first: your economy, then the host." in told
    assert "Peru has until" in told


def test_a_person_without_an_economy_waits_for_the_host(forum: Forum) -> None:
    registration = submitted(forum, None, delegation_class=DelegationClass.SECRETARIAT)
    assert (registration.stage, registration.answer_due_at) == (ApprovalStage.HOST, None)
    assert "the organiser looks at it first" in newest_mail(registration.account)


@pytest.mark.parametrize("decide", [approve_registration, admit_registration])
def test_the_host_does_not_decide_while_the_economy_can_answer(
    forum: Forum, organiser: Account, coordinator: Account, decide: Any
) -> None:
    registration = submitted(forum)
    with pytest.raises(TransitionRefused, match=r"Peru has until .* in Jakarta to answer"):
        decide(registration, actor=organiser, now=DUE - timedelta(seconds=1))
    assert effect_of(Action.ADMIT, [registration], now=NOW).refusals == [
        (registration.delegate_name, "waits for the economy's answer")
    ]
    decide(registration, actor=organiser, now=DUE)
    assert registration.state in (State.APPROVED, State.CONFIRMED)


def test_an_economy_without_a_coordinator_is_not_waited_for(forum: Forum, organiser: Account) -> None:
    registration = submitted(forum)
    assert effect_of(Action.ADMIT, [registration], now=NOW).outcomes == {State.CONFIRMED: 1}
    assert admit_registration(registration, actor=organiser, now=NOW) is State.CONFIRMED


def test_after_the_economys_yes_the_host_decides(forum: Forum, organiser: Account, coordinator: Account) -> None:
    registration = submitted(forum)
    endorse_registration(registration, actor=coordinator, now=NOW, reason="She speaks for us.")
    assert (registration.state, registration.stage) == (State.PENDING, ApprovalStage.HOST)
    assert registration.economy_answered_by_id == coordinator.id
    assert admit_registration(registration, actor=organiser, now=NOW) is State.CONFIRMED
    assert mails_to(registration.account) == [
        "registration_received",
        "registration_endorsed",
        "registration_confirmed",
    ]


def test_the_economys_no_reaches_the_person_as_the_economys(forum: Forum, coordinator: Account) -> None:
    registration = submitted(forum)
    with pytest.raises(ReasonMissing):
        refuse_for_economy(registration, actor=coordinator, now=NOW, reason=" ")
    db.session.rollback()
    refuse_for_economy(registration, actor=coordinator, now=NOW, reason="The delegation is complete.")
    assert registration.refused_by_economy
    assert "The reason of Peru: The delegation is complete." in newest_mail(registration.account)


def test_the_host_decides_without_the_economy_and_says_why(
    forum: Forum, organiser: Account, coordinator: Account
) -> None:
    registration = submitted(forum)
    with pytest.raises(ReasonMissing):
        decide_without_economy(registration, actor=organiser, now=NOW, reason="")
    decide_without_economy(registration, actor=organiser, now=NOW, reason="The minister asked for her.")
    assert admit_registration(registration, actor=organiser, now=NOW) is State.CONFIRMED
    entry = select(JournalEntry).where(JournalEntry.action == "registration taken up without its economy")
    assert db.session.scalars(entry).one().reason == "The minister asked for her."


def test_a_yes_is_taken_back_until_the_host_has_decided(forum: Forum, organiser: Account, coordinator: Account) -> None:
    registration = submitted(forum)
    endorse_registration(registration, actor=coordinator, now=NOW)
    take_back_endorsement(registration, actor=coordinator, now=NOW + timedelta(days=1))
    assert (registration.stage, registration.answer_due_at) == (ApprovalStage.ECONOMY, DUE)
    assert registration.economy_answered_at is None
    assert mails_to(registration.account)[-1] == "registration_unendorsed"
    endorse_registration(registration, actor=coordinator, now=NOW + timedelta(days=2))
    approve_registration(registration, actor=organiser, now=NOW + timedelta(days=3))
    with pytest.raises(TransitionRefused):
        take_back_endorsement(registration, actor=coordinator, now=NOW + timedelta(days=4))


def test_the_yes_of_a_nomination_is_taken_back_with_days_anew(forum: Forum, coordinator: Account) -> None:
    registration = submitted(forum)
    # A nominee comes with the economy's yes and was never given days for it.
    registration.stage, registration.answer_due_at = ApprovalStage.HOST, None
    registration.economy_answered_at, registration.economy_answered_by_id = NOW, coordinator.id
    db.session.commit()
    take_back_endorsement(registration, actor=coordinator, now=NOW + timedelta(days=1))
    assert (registration.stage, registration.answer_due_at) == (ApprovalStage.ECONOMY, DUE + timedelta(days=1))
    assert "It has until" in newest_mail(registration.account)


def test_what_is_taken_up_again_waits_where_it_was_refused(
    forum: Forum, organiser: Account, coordinator: Account
) -> None:
    later = NOW + timedelta(days=20)
    registration = submitted(forum)
    refuse_for_economy(registration, actor=coordinator, now=NOW, reason="No.")
    reconsider_registration(registration, actor=organiser, now=later)
    assert (registration.stage, registration.answer_due_at) == (ApprovalStage.ECONOMY, later + timedelta(days=7))
    assert (registration.economy_answered_at, registration.economy_reason) == (None, "")
    endorse_registration(registration, actor=coordinator, now=later)
    reject_registration(registration, actor=organiser, now=later, reason="No.")
    reconsider_registration(registration, actor=organiser, now=later)
    assert (registration.stage, registration.economy_answered_at) == (ApprovalStage.HOST, later)


def test_another_economy_is_asked_when_the_person_comes_for_another(forum: Forum, coordinator: Account) -> None:
    registration = submitted(forum)
    endorse_registration(registration, actor=coordinator, now=NOW)
    change_registration(
        registration,
        particulars_of(registration, "CHL"),
        version=registration.answer_set.version,
        answers={},
        seen_version=registration.lock_version,
        actor=registration.account,
        now=NOW,
    )
    assert (registration.stage, registration.economy_answered_at) == (ApprovalStage.ECONOMY, None)


def test_coordinators_are_reminded_once_for_each_day_that_is_due(forum: Forum, coordinator: Account) -> None:
    submitted(forum)
    submitted(forum, now=NOW + timedelta(hours=1))
    submitted(forum, "CHL")
    assert forums_asking_economies() == [forum]
    assert remind_economies(forum, now=DUE - timedelta(days=2, seconds=1)) == 0
    assert remind_economies(forum, now=DUE - timedelta(days=1)) == 1
    assert remind_economies(forum, now=DUE - timedelta(hours=20)) == 0
    assert mails_to(coordinator) == ["economy_reminder"]
    assert "2 people of Peru who registered for GTN Forum 2013 wait" in newest_mail(coordinator)


def test_organisers_hear_once_that_an_economy_did_not_answer(
    forum: Forum, organiser: Account, coordinator: Account
) -> None:
    submitted(forum)
    submitted(forum, "CHL")
    assert tell_of_silence(forum, now=DUE) == 0
    assert tell_of_silence(forum, now=DUE + timedelta(days=1)) == 1
    assert tell_of_silence(forum, now=DUE + timedelta(days=1, hours=1)) == 0
    assert "No answer came from: " in newest_mail(organiser)


def test_nobody_is_reminded_of_what_is_answered(forum: Forum, coordinator: Account) -> None:
    registration = submitted(forum)
    endorse_registration(registration, actor=coordinator, now=NOW)
    assert remind_economies(forum, now=DUE - timedelta(days=1)) == 0
    assert tell_of_silence(forum, now=DUE + timedelta(days=1)) == 0
