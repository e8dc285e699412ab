"""From a draft to an application: once, within the window, with hosts that are open; versions and receipts."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core.canonical import sha256_of
from gtn_events.core.db import db
from gtn_events.core.errors import Stale
from gtn_events.core.outbox import OutboxMail
from gtn_events.incubation.domain.application_blocks import decide_block
from gtn_events.incubation.domain.application_differences import differences_of
from gtn_events.incubation.domain.application_drafts import begin_change, begin_draft
from gtn_events.incubation.domain.application_submission import accept_newest, change_application, send_application
from gtn_events.incubation.domain.application_transitions import Party
from gtn_events.incubation.domain.applications import refuse_application, withdraw_application
from gtn_events.incubation.enums import ApplicationState, BlockSource, BlockState, CallState
from gtn_events.incubation.errors import AlreadySent, ApplicationRefused, ApplicationsClosed, WishRefused
from gtn_events.incubation.models import Application, ApplicationDraft, ApplicationVersion, Block, Call, Intake
from tests.factories import grant_role, make_account, make_organisation
from tests.incubation.applying import IN_TIME, make_draft, submission
from tests.incubation.factories import make_call, make_host, make_intake

pytestmark = pytest.mark.usefixtures("database")
LATER = IN_TIME + timedelta(days=1)


@pytest.fixture
def call(database: None) -> Call:
    return make_call()


@pytest.fixture
def korat(call: Call) -> Intake:
    return make_intake(call, make_host())


@pytest.fixture
def kyushu(call: Call) -> Intake:
    return make_intake(call, make_host("Kyushu Reuse Works", "JPN"), places=2)


@pytest.fixture
def rosa(database: None) -> Account:
    return make_account()


def sent(call: Call, account: Account, wishes: list[Intake], **values: object) -> Application:
    draft = make_draft(call, account)
    application = send_application(draft, submission(call, wishes, **values), actor=account, now=IN_TIME)
    db.session.commit()
    return application


def test_a_version_keeps_everything_and_its_fingerprint(
    call: Call, rosa: Account, korat: Intake, kyushu: Intake
) -> None:
    application = sent(call, rosa, [kyushu, korat])
    db.session.expire_all()
    version = db.session.scalars(select(ApplicationVersion)).one()
    assert version.sha256 == sha256_of(version.content)
    assert version.content["wishes"] == ["kyushu-reuse-works", "korat-green-incubator"]
    assert version.content["answers"] == {"tried": "Ice from sawdust."}
    assert (version.content["reference"], version.declared_by) == (application.reference, "Rosa Huamán")
    assert [(wish.intake_id, wish.position) for wish in application.wishes] == [(kyushu.id, 1), (korat.id, 2)]
    assert application.state is ApplicationState.SUBMITTED


def test_the_receipt_names_number_and_fingerprint(call: Call, rosa: Account, korat: Intake) -> None:
    application = sent(call, rosa, [korat])
    mail = db.session.scalars(select(OutboxMail)).one()
    for text in (application.reference, application.versions[0].sha256, "Mon 1 Mar 2027, 04:00 in Lima"):
        assert text in mail.body_text


def test_a_draft_becomes_one_application_only(call: Call, rosa: Account, korat: Intake) -> None:
    draft = make_draft(call, rosa)
    send_application(draft, submission(call, [korat]), actor=rosa, now=IN_TIME)
    db.session.commit()
    with pytest.raises(AlreadySent):
        send_application(draft, submission(call, [korat]), actor=rosa, now=IN_TIME)
    db.session.rollback()
    assert len(db.session.scalars(select(Application)).all()) == 1


def test_two_drafts_begun_at_once_are_one(call: Call, rosa: Account) -> None:
    first = make_draft(call, rosa)
    assert begin_draft(call, actor=rosa, now=LATER).id == first.id
    assert len(db.session.scalars(select(ApplicationDraft)).all()) == 1


def test_whoever_has_sent_one_changes_that_one(call: Call, rosa: Account, korat: Intake) -> None:
    sent(call, rosa, [korat])
    with pytest.raises(ApplicationRefused):
        begin_draft(call, actor=rosa, now=LATER)


def test_after_a_withdrawal_another_one_can_be_sent(call: Call, rosa: Account, korat: Intake) -> None:
    first = sent(call, rosa, [korat])
    begin_change(first, {}, actor=rosa, now=IN_TIME)
    withdraw_application(first, party=Party.APPLICANT, actor=rosa, now=IN_TIME)
    db.session.commit()
    second = sent(call, rosa, [korat])
    assert (second.id != first.id, second.versions[0].number) == (True, 1)


@pytest.mark.parametrize(("seconds", "taken"), [(-1, True), (0, False)])
def test_the_second_of_the_close_decides(call: Call, rosa: Account, korat: Intake, seconds: int, taken: bool) -> None:
    draft = make_draft(call, rosa)
    moment = call.closes_at + timedelta(seconds=seconds)
    if taken:
        assert send_application(draft, submission(call, [korat]), actor=rosa, now=moment)
    else:
        with pytest.raises(ApplicationsClosed):
            send_application(draft, submission(call, [korat]), actor=rosa, now=moment)


def test_nothing_is_taken_before_the_call_opens_or_after_it_was_closed_by_hand(call: Call, rosa: Account) -> None:
    with pytest.raises(ApplicationsClosed):
        begin_draft(call, actor=rosa, now=call.opens_at - timedelta(seconds=1))
    call.state = CallState.CLOSED
    with pytest.raises(ApplicationsClosed):
        begin_draft(call, actor=rosa, now=IN_TIME)


def test_a_host_that_withdrew_meanwhile_is_named_at_its_row(
    call: Call, rosa: Account, korat: Intake, kyushu: Intake
) -> None:
    draft = make_draft(call, rosa)
    kyushu.withdrawn_at = IN_TIME
    db.session.commit()
    with pytest.raises(WishRefused) as refused:
        send_application(draft, submission(call, [korat, kyushu]), actor=rosa, now=IN_TIME)
    assert refused.value.field == f"wish-{kyushu.id}"
    assert "Kyushu Reuse Works: It has withdrawn its places" in refused.value.message
    db.session.rollback()
    assert db.session.scalars(select(Application)).all() == []
    assert db.session.scalars(select(ApplicationDraft)).one().id == draft.id


def test_a_host_of_another_call_or_twice_or_none_is_refused(call: Call, rosa: Account, korat: Intake) -> None:
    other = make_intake(make_call("other", reference_prefix="OTH27"), make_host("Elsewhere", "JPN"))
    for wishes in ([other], [korat, korat], []):
        with pytest.raises(WishRefused):
            send_application(make_draft(call, rosa), submission(call, wishes), actor=rosa, now=IN_TIME)
        db.session.rollback()


def test_as_many_hosts_as_the_call_allows(rosa: Account) -> None:
    call = make_call(most_wishes=1)
    one, two = (make_intake(call, make_host(name, "JPN")) for name in ("One", "Two"))
    with pytest.raises(WishRefused):
        send_application(make_draft(call, rosa), submission(call, [one, two]), actor=rosa, now=IN_TIME)


def test_weeks_outside_the_limits_of_the_call_are_refused(call: Call, rosa: Account, korat: Intake) -> None:
    with pytest.raises(ApplicationRefused):
        send_application(make_draft(call, rosa), submission(call, [korat], weeks=3), actor=rosa, now=IN_TIME)


def test_a_change_takes_the_place_of_what_stood_and_tells_what_changed(
    call: Call, rosa: Account, korat: Intake, kyushu: Intake
) -> None:
    application = sent(call, rosa, [korat])
    change = begin_change(application, {}, actor=rosa, now=LATER)
    db.session.commit()
    change_application(change, submission(call, [kyushu, korat], weeks=9), actor=rosa, now=LATER)
    db.session.commit()
    assert [wish.intake_id for wish in application.wishes] == [kyushu.id, korat.id]
    (newest, changes), (_first, none) = differences_of(application)
    assert (newest.number, none) == (2, [])
    assert [(each.label, each.before, each.after) for each in changes] == [
        ("Weeks altogether", "13", "9"),
        (
            "Hosts in your order",
            "1. Korat Green Incubator",
            "1. Kyushu Reuse Works; 2. Korat Green Incubator",
        ),
    ]


def test_a_change_in_two_tabs_does_not_replace_unseen(call: Call, rosa: Account, korat: Intake) -> None:
    application = sent(call, rosa, [korat])
    change = begin_change(application, {}, actor=rosa, now=LATER)
    change.from_version = 0
    db.session.commit()
    with pytest.raises(Stale):
        change_application(change, submission(call, [korat]), actor=rosa, now=LATER)
    db.session.rollback()
    accept_newest(change)
    db.session.commit()
    assert change_application(change, submission(call, [korat]), actor=rosa, now=LATER).number == 2


def test_a_refused_application_cannot_be_changed(call: Call, rosa: Account, korat: Intake) -> None:
    application = sent(call, rosa, [korat])
    refuse_application(application, actor=make_account("o@gtn.example"), now=IN_TIME, reason="No product of its own.")
    with pytest.raises(ApplicationsClosed):
        begin_change(application, {}, actor=rosa, now=LATER)


def blocks(application: Application) -> set[tuple[int, BlockSource, BlockState]]:
    found = db.session.scalars(select(Block).where(Block.application_id == application.id))
    return {(each.intake_id, each.source, each.state) for each in found}


def test_declared_links_become_blocks_and_go_when_they_are_not_declared_any_more(
    call: Call, rosa: Account, korat: Intake, kyushu: Intake
) -> None:
    third = make_intake(call, make_host("Cebu Cold Chain Centre", "PHL"))
    application = sent(call, rosa, [korat], links=[kyushu.id], kept_from=[third.id])
    assert blocks(application) == {
        (kyushu.id, BlockSource.EXISTING_LINK, BlockState.PROPOSED),
        (third.id, BlockSource.APPLICANT, BlockState.PROPOSED),
    }
    change = begin_change(application, {}, actor=rosa, now=LATER)
    change_application(change, submission(call, [korat]), actor=rosa, now=LATER)
    assert blocks(application) == set()


def test_the_machine_finds_the_own_organisation_and_mail_domain(call: Call, korat: Intake, kyushu: Intake) -> None:
    firm = make_organisation("Korat  green incubator")
    rosa = make_account("rosa@kyushu.example", organisation=firm)
    manager = make_account("mika@kyushu.example", economy_code="JPN")
    grant_role(manager, Role.HOST_MANAGER, kyushu.host.scope)
    third = make_intake(call, make_host("Cebu Cold Chain Centre", "PHL"))
    application = sent(call, rosa, [third], organisation_name=firm.name)
    assert blocks(application) == {
        (korat.id, BlockSource.SAME_ORGANISATION, BlockState.PROPOSED),
        (kyushu.id, BlockSource.SAME_ORGANISATION, BlockState.PROPOSED),
    }


def test_a_block_that_was_dismissed_is_not_noted_anew(call: Call, rosa: Account, korat: Intake, kyushu: Intake) -> None:
    application = sent(call, rosa, [korat], links=[kyushu.id])
    block = db.session.scalars(select(Block)).one()
    decide_block(block, confirm=False, reason="One fair, ten years ago.", actor=rosa, now=LATER)
    change = begin_change(application, {}, actor=rosa, now=LATER)
    change_application(change, submission(call, [korat], links=[kyushu.id]), actor=rosa, now=LATER)
    assert blocks(application) == {(kyushu.id, BlockSource.EXISTING_LINK, BlockState.DISMISSED)}
