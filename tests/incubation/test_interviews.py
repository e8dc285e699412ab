"""Talks: the table of their states at random, times on both clocks, mails with calendar files."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.outbox import OutboxMail
from gtn_events.core.outbox.attachments import make_attachments
from gtn_events.incubation.domain.application_transitions import Party
from gtn_events.incubation.domain.applications import withdraw_application
from gtn_events.incubation.domain.interview_transitions import TRANSITIONS, Act, Side, acts_for, row_for
from gtn_events.incubation.domain.interviews import (
    ask_for_interview,
    cancel_interview,
    decline_interview,
    hold_interview,
    pick_slot,
)
from gtn_events.incubation.domain.review_reminders import remind_applicants, remind_hosts
from gtn_events.incubation.enums import BlockSource, InterviewState
from gtn_events.incubation.errors import ReasonMissing, ReviewRefused, TransitionRefused
from gtn_events.incubation.models import Application, Block, HostRank, Intake, Interview
from tests.factories import grant_role, make_account
from tests.incubation.factories import MADE_AT, make_application, make_call, make_host, make_intake

NOW = datetime(2027, 6, 1, 9, 0, tzinfo=UTC)
TIMES = [datetime(2027, 6, 3, 2, 0, tzinfo=UTC), datetime(2027, 6, 4, 2, 0, tzinfo=UTC)]


@given(st.lists(st.tuples(st.sampled_from(Act), st.sampled_from(Side)), max_size=15))
def test_a_walk_follows_the_table_and_an_end_is_an_end(acts: list[tuple[Act, Side]]) -> None:
    state = InterviewState.PROPOSED
    for act, side in acts:
        try:
            row = row_for(state, act, side)
        except TransitionRefused:
            assert act not in acts_for(state, side)
            continue
        assert act in acts_for(state, side)
        state = row.to
    ends = {InterviewState.HELD, InterviewState.DECLINED, InterviewState.CANCELLED}
    assert (state in ends) == (not any(source is state for source, _act in TRANSITIONS))


@pytest.fixture
def korat(database: None) -> Intake:
    return make_intake(make_call(), make_host())


@pytest.fixture
def manager(korat: Intake) -> Account:
    account = make_account("anong@korat.example", given_name="Anong", economy_code="THA", time_zone="Asia/Bangkok")
    grant_role(account, Role.HOST_MANAGER, korat.host.scope)
    return account


@pytest.fixture
def application(korat: Intake) -> Application:
    return make_application(korat.call, make_account(), [korat])


def asked(intake: Intake, application: Application, actor: Account, times: list[datetime] | None = None) -> Interview:
    interview = ask_for_interview(
        intake,
        application,
        times if times is not None else TIMES,
        minutes=30,
        meeting_url="https://meet.example/1",
        message="We liked your plan.",
        actor=actor,
        now=NOW,
    )
    db.session.commit()
    return interview


def mails() -> list[OutboxMail]:
    return list(db.session.scalars(select(OutboxMail).order_by(OutboxMail.id)))


def test_the_mail_shows_each_time_on_both_clocks(korat: Intake, application: Application, manager: Account) -> None:
    asked(korat, application, manager)
    (mail,) = mails()
    assert mail.to_address == "rosa@firm.example"
    for text in ("Wed 2 Jun 2027, 21:00 in Lima", "Thu 3 Jun 2027, 09:00 in Korat", "We liked your plan."):
        assert text in mail.body_text


@pytest.mark.parametrize(
    "times",
    [[], [TIMES[0]] * 2, [NOW - timedelta(hours=1)], [NOW + timedelta(days=n) for n in range(1, 7)]],
    ids=["none", "twice", "past", "six"],
)
def test_one_to_five_different_times_to_come(
    korat: Intake, application: Application, manager: Account, times: list[datetime]
) -> None:
    with pytest.raises(ReviewRefused):
        asked(korat, application, manager, times)


def test_there_is_one_talk_at_a_time(korat: Intake, application: Application, manager: Account) -> None:
    first = asked(korat, application, manager)
    with pytest.raises(ReviewRefused):
        asked(korat, application, manager)
    db.session.rollback()
    decline_interview(first, reason="", actor=application.account, now=NOW)
    assert asked(korat, application, manager).id != first.id


def test_a_picked_time_goes_to_both_sides_with_a_calendar_file(
    korat: Intake, application: Application, manager: Account
) -> None:
    interview = asked(korat, application, manager)
    pick_slot(interview, interview.slots[1].id, actor=application.account, now=NOW)
    db.session.commit()
    agreed = [mail for mail in mails() if mail.template == "incubation/interview_agreed"]
    assert {mail.to_address for mail in agreed} == {"rosa@firm.example", "anong@korat.example"}
    (file,) = make_attachments(agreed[0].attachments)
    event = Calendar.from_ical(file.data).walk("VEVENT")[0]
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (TIMES[1], TIMES[1] + timedelta(minutes=30))
    assert (str(event["STATUS"]), str(event["URL"])) == ("CONFIRMED", "https://meet.example/1")
    before = int(event["SEQUENCE"])
    cancel_interview(interview, reason="Ill.", actor=manager, now=NOW)
    db.session.commit()
    (file,) = make_attachments(mails()[-1].attachments)
    calendar = Calendar.from_ical(file.data)
    again = calendar.walk("VEVENT")[0]
    assert (str(calendar["METHOD"]), str(again["STATUS"]), again["UID"]) == ("CANCEL", "CANCELLED", event["UID"])
    assert int(again["SEQUENCE"]) > before


def test_a_time_of_another_talk_or_a_past_one_is_not_picked(
    korat: Intake, application: Application, manager: Account
) -> None:
    interview = asked(korat, application, manager)
    for slot, now in ((999, NOW), (interview.slots[0].id, TIMES[0])):
        with pytest.raises(ReviewRefused):
            pick_slot(interview, slot, actor=application.account, now=now)


def test_an_agreed_time_is_given_up_with_a_reason_only(
    korat: Intake, application: Application, manager: Account
) -> None:
    interview = asked(korat, application, manager)
    pick_slot(interview, interview.slots[0].id, actor=application.account, now=NOW)
    with pytest.raises(ReasonMissing):
        decline_interview(interview, reason=" ", actor=application.account, now=NOW)
    with pytest.raises(ReasonMissing):
        cancel_interview(interview, reason="", actor=manager, now=NOW)


def test_what_came_of_a_talk_is_written_after_it_began(
    korat: Intake, application: Application, manager: Account
) -> None:
    interview = asked(korat, application, manager)
    pick_slot(interview, interview.slots[0].id, actor=application.account, now=NOW)
    with pytest.raises(ReviewRefused):
        hold_interview(interview, outcome="Good.", actor=manager, now=NOW)
    hold_interview(interview, outcome="Good.", actor=manager, now=TIMES[0])
    assert (interview.state, interview.outcome) == (InterviewState.HELD, "Good.")


def test_a_block_makes_asking_impossible(korat: Intake, application: Application, manager: Account) -> None:
    db.session.add(Block(application=application, intake=korat, source=BlockSource.APPLICANT, noted_at=MADE_AT))
    db.session.commit()
    with pytest.raises(ReviewRefused):
        asked(korat, application, manager)


def test_an_unanswered_proposal_is_reminded_of_after_two_days_once(
    korat: Intake, application: Application, manager: Account
) -> None:
    asked(korat, application, manager)
    counts = []
    for hours in (47, 48, 60):
        remind_applicants(now=NOW + timedelta(hours=hours))
        db.session.commit()
        counts.append([mail.template for mail in mails()].count("incubation/interview_reminder"))
    assert counts == [0, 1, 1]


def test_what_an_application_leaves_behind_is_called_off(
    korat: Intake, application: Application, manager: Account
) -> None:
    interview = asked(korat, application, manager)
    pick_slot(interview, interview.slots[0].id, actor=application.account, now=NOW)
    withdraw_application(application, party=Party.APPLICANT, actor=application.account, now=NOW)
    db.session.commit()
    assert interview.state is InterviewState.DECLINED
    told = [mail for mail in mails() if mail.template == "incubation/interview_declined"]
    assert {mail.to_address for mail in told} == {"rosa@firm.example", "anong@korat.example"}
    assert "The application is withdrawn." in told[0].body_text


def test_no_time_is_agreed_where_a_block_keeps_the_two_apart(
    korat: Intake, application: Application, manager: Account
) -> None:
    interview = asked(korat, application, manager)
    db.session.add(Block(application=application, intake=korat, source=BlockSource.ORGANISER, noted_at=MADE_AT))
    db.session.commit()
    with pytest.raises(ReviewRefused):
        pick_slot(interview, interview.slots[0].id, actor=application.account, now=NOW)


def test_hosts_with_something_to_place_are_reminded_three_days_before_once(
    korat: Intake, application: Application, manager: Account
) -> None:
    due = korat.call.ranking_until
    assert remind_hosts(now=due - timedelta(days=3, seconds=1)) == 0
    assert remind_hosts(now=due - timedelta(days=3)) == 1
    assert remind_hosts(now=due - timedelta(days=2)) == 0
    assert "1 application that named Korat Green Incubator" in mails()[0].body_text


@pytest.mark.parametrize("done", ["sent", "placed", "over"])
def test_whoever_is_done_is_not_reminded(korat: Intake, application: Application, manager: Account, done: str) -> None:
    now = korat.call.ranking_until - timedelta(days=1)
    if done == "sent":
        korat.ranking_sent_at = NOW
    elif done == "placed":
        db.session.add(HostRank(intake=korat, application=application, tier=1))
    else:
        now = korat.call.ranking_until
    db.session.commit()
    assert remind_hosts(now=now) == 0
