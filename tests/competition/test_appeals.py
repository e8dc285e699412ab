"""Appeals: who may, on which ground, until when, who decides; once, however many click at once."""

import threading
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from gtn_events.accounts.domain.personal_data import erase_person, export_person
from gtn_events.accounts.enums import Role
from gtn_events.competition.domain.appeal_deciding import assign_decider, candidates, carry_out, decide_appeal
from gtn_events.competition.domain.appeal_transitions import DECISIONS, TRANSITIONS, Action, Party, transition_for
from gtn_events.competition.domain.appeal_window import contestable, grounds_for
from gtn_events.competition.domain.appeals import discard_appeal, send_appeal, withdraw_appeal
from gtn_events.competition.domain.entries import refuse_entry
from gtn_events.competition.enums import AppealGround, AppealState, CompetitionState, EntryState
from gtn_events.competition.errors import AppealRefused, ReasonMissing, TransitionRefused
from gtn_events.competition.models import Appeal
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.journal import JournalEntry
from gtn_events.core.outbox import OutboxMail
from tests.competition.appealing import DEADLINE, SOON, TEXT, decided, draft, make_appealable, publish, sent
from tests.competition.factories import make_competition, make_entry, make_judge
from tests.factories import grant_role, make_account

pytestmark = pytest.mark.usefixtures("database")
MINUTE = timedelta(minutes=1)


def mails() -> list[tuple[str, str]]:
    rows = select(OutboxMail.template, OutboxMail.to_address).where(OutboxMail.template.contains("/appeal_"))
    return [
        (template.partition("/")[2], address) for template, address in db.session.execute(rows.order_by(OutboxMail.id))
    ]


def test_time_ends_with_the_last_day_on_the_hosts_clock() -> None:
    made = make_appealable()
    (about,) = contestable(made.entry)
    assert (about.subject, about.since, about.deadline) == ("round-1", made.panel.round.decided_at, DEADLINE)
    assert (about.is_open(DEADLINE), about.is_open(DEADLINE + MINUTE)) == (True, False)


def test_published_results_give_the_last_round_its_days_again() -> None:
    made = make_appealable()
    publish(made, now=SOON + timedelta(days=3))
    (about,) = contestable(made.entry)
    assert about.deadline == DEADLINE + timedelta(days=4)


def test_nothing_can_be_appealed_where_the_settings_say_no_days_or_nothing_is_decided() -> None:
    made = make_appealable(appeal_days=None)
    assert contestable(made.entry) == []
    waiting = make_entry(make_competition("other-one", appeal_days=7), made.entry.account)
    assert contestable(waiting) == []


def test_refused_entry_can_appeal_from_the_day_it_was_refused() -> None:
    competition = make_competition(appeal_days=2)
    entry = make_entry(competition, make_account(), state=EntryState.SUBMITTED)
    refuse_entry(entry, actor=make_account("organiser@gtn.example"), now=SOON, reason="No SME.")
    (about,) = contestable(entry)
    assert (about.subject, about.round, about.since) == ("eligibility", None, SOON)
    assert AppealGround.CONFLICT not in grounds_for(about.round)


def test_appeal_in_time_is_received_with_a_receipt_and_a_mail_to_the_organiser() -> None:
    made = make_appealable()
    appeal = sent(made.entry, now=DEADLINE)
    assert (appeal.state, appeal.sent_at, appeal.deadline) == (AppealState.RECEIVED, DEADLINE, DEADLINE)
    assert mails() == [("appeal_received", made.entry.account.email), ("appeal_arrived", "organiser@gtn.example")]


def test_late_appeal_is_refused_in_plain_words_and_its_text_is_kept() -> None:
    made = make_appealable()
    appeal = draft(made.entry)
    with pytest.raises(AppealRefused, match=r"ended on 7 July 2013 at 23:59 in Jakarta. Your text is kept"):
        send_appeal(appeal, actor=made.entry.account, now=DEADLINE + MINUTE)
    db.session.rollback()
    assert (appeal.state, appeal.text, mails()) == (AppealState.DRAFT, TEXT, [])


def test_database_holds_no_appeal_that_was_sent_late() -> None:
    appeal = sent(make_appealable().entry)
    appeal.sent_at = DEADLINE + MINUTE
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


@pytest.mark.parametrize(
    ("ground", "text", "field"),
    [(None, TEXT, "ground"), (AppealGround.ELIGIBILITY, TEXT, "ground"), (AppealGround.ERROR, "Wrong.", "text")],
)
def test_ground_that_fits_and_reasons_are_needed(ground: AppealGround | None, text: str, field: str) -> None:
    made = make_appealable()
    appeal = draft(made.entry, ground=ground, text=text)
    with pytest.raises(AppealRefused) as refused:
        send_appeal(appeal, actor=made.entry.account, now=SOON)
    assert refused.value.field == field


def test_one_decision_is_appealed_once_and_again_after_it_was_withdrawn() -> None:
    made = make_appealable()
    appeal = sent(made.entry)
    with pytest.raises(AppealRefused, match="already"):
        draft(made.entry)
    db.session.rollback()
    withdraw_appeal(appeal, actor=made.entry.account, now=SOON)
    with pytest.raises(TransitionRefused):
        withdraw_appeal(appeal, actor=made.entry.account, now=SOON)
    assert sent(made.entry).id != appeal.id
    assert [template for template, _to in mails()].count("appeal_withdrawn") == 1


def test_draft_is_deleted_and_a_sent_appeal_is_not() -> None:
    made = make_appealable()
    discard_appeal(draft(made.entry), now=SOON)
    appeal = sent(made.entry)
    with pytest.raises(AppealRefused, match="withdraw it"):
        discard_appeal(appeal, now=SOON)
    assert db.session.scalars(select(Appeal)).all() == [appeal]


def test_who_took_part_does_not_decide() -> None:
    made = make_appealable()
    judge = made.panel.account()
    grant_role(judge, Role.INTEGRITY_OFFICER, made.panel.competition.scope)
    appeal = sent(made.entry)
    why = {each.account.id: each.why_not for each in candidates(appeal)}
    assert why == {
        made.organiser.id: "They took the decision that is appealed.",
        judge.id: "They judged this entry.",
        made.other.id: "",
    }
    for account in (made.organiser, judge):
        with pytest.raises(AppealRefused, match="may not decide this"):
            assign_decider(appeal, account.id, actor=made.organiser, now=SOON)
    with pytest.raises(AppealRefused, match="Choose somebody"):
        assign_decider(appeal, made.entry.account_id, actor=made.organiser, now=SOON)


def test_whoever_found_an_entry_not_eligible_does_not_decide_its_appeal() -> None:
    competition = make_competition(appeal_days=2)
    organiser = make_account("organiser@gtn.example")
    grant_role(organiser, Role.ORGANISER, competition.scope)
    entry = make_entry(competition, make_account(), state=EntryState.SUBMITTED)
    refuse_entry(entry, actor=organiser, now=SOON, reason="No SME.")
    appeal = draft(entry, ground=AppealGround.ELIGIBILITY)
    send_appeal(appeal, actor=entry.account, now=SOON)
    assert [each.why_not for each in candidates(appeal)] == ["They took the decision that is appealed."]


def test_only_the_chosen_person_decides_and_only_while_they_took_no_part() -> None:
    made = make_appealable()
    appeal = sent(made.entry)
    with pytest.raises(TransitionRefused):
        decide_appeal(appeal, Action.UPHOLD, reason="Yes.", actor=made.other, now=SOON)
    assign_decider(appeal, made.other.id, actor=made.organiser, now=SOON)
    with pytest.raises(AppealRefused, match="Only the person"):
        decide_appeal(appeal, Action.UPHOLD, reason="Yes.", actor=made.organiser, now=SOON)
    with pytest.raises(ReasonMissing):
        decide_appeal(appeal, Action.UPHOLD, reason=" ", actor=made.other, now=SOON)
    judge = make_judge(made.panel.competition, made.other)
    made.panel.seat(0, 2).judge = judge
    db.session.flush()
    with pytest.raises(AppealRefused, match=r"not decide this any more\. They judged this entry"):
        decide_appeal(appeal, Action.UPHOLD, reason="Yes.", actor=made.other, now=SOON)


def test_decision_reaches_the_entrant_and_what_was_done_ends_it() -> None:
    made = make_appealable()
    appeal = decided(made)
    assert (appeal.state, appeal.decision, appeal.version_before) == (AppealState.UPHELD, "The tie was real.", 1)
    with pytest.raises(ReasonMissing):
        carry_out(appeal, " ", actor=made.organiser, now=SOON)
    carry_out(appeal, "One scorecard was left out.", actor=made.organiser, now=SOON)
    with pytest.raises(AppealRefused, match="done already"):
        carry_out(appeal, "Again.", actor=made.organiser, now=SOON)
    told = [template for template, to in mails() if to == made.entry.account.email]
    assert told == ["appeal_received", "appeal_decided", "appeal_carried_out"]


def test_journal_tells_the_state_before_and_after_each_act() -> None:
    decided(make_appealable())
    lines = db.session.scalars(
        select(JournalEntry).where(JournalEntry.subject_type == Appeal.__tablename__).order_by(JournalEntry.id)
    )
    assert [(each.action, each.changes) for each in lines] == [
        ("appeal sent", {"state": ["draft", "received"]}),
        ("appeal given to decide", {"state": ["received", "assigned"]}),
        ("appeal upheld", {"state": ["assigned", "upheld"]}),
    ]


def test_appeal_that_is_not_upheld_has_nothing_to_be_put_right() -> None:
    made = make_appealable()
    with pytest.raises(AppealRefused, match="nothing to be put right"):
        carry_out(decided(made, Action.REJECT), "Nothing.", actor=made.organiser, now=SOON)


def test_every_way_in_the_table_is_one_partys() -> None:
    for (state, action), row in TRANSITIONS.items():
        for party in Party:
            if party is row.party:
                assert transition_for(state, action, party) is row
            else:
                with pytest.raises(TransitionRefused):
                    transition_for(state, action, party)
    assert {row.to for (_state, action), row in TRANSITIONS.items() if action in DECISIONS} == {
        AppealState.UPHELD,
        AppealState.PARTLY,
        AppealState.REJECTED,
    }


def test_withdrawing_and_deciding_at_once_end_in_one_of_them(app: Flask) -> None:
    made = make_appealable()
    appeal = sent(made.entry)
    assign_decider(appeal, made.other.id, actor=made.organiser, now=SOON)
    db.session.commit()
    appeal_id = appeal.id
    outcomes: list[str] = []
    start = threading.Barrier(4)

    def act(number: int) -> None:
        with app.app_context():
            start.wait()
            found = db.session.get_one(Appeal, appeal_id)
            try:
                if number % 2:
                    withdraw_appeal(found, actor=found.entry.account, now=SOON)
                else:
                    actor = found.decider
                    assert actor is not None
                    decide_appeal(found, Action.UPHOLD, reason="Yes.", actor=actor, now=SOON)
                db.session.commit()
                outcomes.append("done")
            except DomainError:
                db.session.rollback()
                outcomes.append("refused")

    db.session.remove()
    threads = [threading.Thread(target=act, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["done", "refused", "refused", "refused"]
    lines = select(JournalEntry.action).where(JournalEntry.subject_type == Appeal.__tablename__)
    ends = [each for each in db.session.scalars(lines) if each in ("appeal withdrawn", "appeal upheld")]
    assert len(ends) == 1


def test_export_tells_appeals_and_erasure_leaves_no_word_of_them() -> None:
    made = make_appealable()
    decided(made)
    entrant = made.entry.account
    (told,) = export_person(entrant)["entries"]["appeals"]
    assert (told["text"], told["decision"], told["state"]) == (TEXT, "The tie was real.", "upheld")
    made.panel.competition.state = CompetitionState.CLOSED
    erase_person(entrant, now=SOON)
    db.session.commit()
    (appeal,) = db.session.scalars(select(Appeal))
    assert (appeal.text, appeal.decision, appeal.state) == ("", "Erased", AppealState.UPHELD)
    reasons = select(JournalEntry.reason).where(JournalEntry.subject_type == Appeal.__tablename__)
    assert set(db.session.scalars(reasons)) == {None}


def test_erasure_withdraws_what_waits_and_deletes_a_draft() -> None:
    made = make_appealable()
    first, second = sent(made.entry), draft(made.panel.entries[0])
    made.panel.competition.state = CompetitionState.CLOSED
    for account in (first.entry.account, second.entry.account):
        erase_person(account, now=SOON)
    db.session.commit()
    assert [each.state for each in db.session.scalars(select(Appeal))] == [AppealState.WITHDRAWN]
