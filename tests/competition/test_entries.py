"""What an organiser decides about an entry, and what it needs."""

import threading
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.competition.domain.eligibility_override import hold_to_rule, let_rule_pass
from gtn_events.competition.domain.entries import (
    accept_late_entry,
    admit_entry,
    extend_entry,
    reconsider_entry,
    refuse_entry,
    withdraw_entry,
)
from gtn_events.competition.domain.entry_bulk import act_on_many, effect_of
from gtn_events.competition.domain.entry_findings import findings_of, findings_of_many, past_winners
from gtn_events.competition.domain.entry_limits import require_room
from gtn_events.competition.domain.entry_transitions import TRANSITIONS, Action, Party
from gtn_events.competition.domain.integrity import entry_differences
from gtn_events.competition.enums import AwardKind, EntryState
from gtn_events.competition.errors import EntryRefused, ReasonMissing, TransitionRefused
from gtn_events.competition.models import Award, Entry, EntryMember
from gtn_events.core.db import db
from gtn_events.core.journal import JournalEntry
from gtn_events.core.outbox import OutboxMail
from gtn_events.eligibility.domain.rules import Rule
from gtn_events.eligibility.enums import RuleKind
from gtn_events.eligibility.errors import EligibilityRefused
from tests.competition.factories import make_competition, make_entry
from tests.conftest import NOW
from tests.factories import make_account
from tests.queries import count_queries

pytestmark = pytest.mark.usefixtures("database")
State = EntryState
YOUNG = Rule(kind=RuleKind.YEARS_AT_MOST, number=3)
CLOSE = datetime.fromisoformat("2013-05-31T16:59+00:00")


@pytest.fixture
def organiser(database: None) -> Account:
    return make_account("organiser@gtn.example")


def entry_in(state: State, *rules: Rule, **values: object) -> Entry:
    competition = make_competition(eligibility=[rule.to_json() for rule in rules])
    return make_entry(competition, make_account(), state=state, **values)


def mails() -> list[str]:
    return list(db.session.scalars(select(OutboxMail.template).order_by(OutboxMail.id)))


def acts() -> list[tuple[str, str | None]]:
    rows = select(JournalEntry.action, JournalEntry.reason).where(JournalEntry.subject_type == Entry.__tablename__)
    return [(action, reason) for action, reason in db.session.execute(rows.order_by(JournalEntry.id))]


def test_table_names_each_act_once_for_a_state() -> None:
    assert {source for source, _action in TRANSITIONS} == set(State) - {State.WITHDRAWN}
    assert all(row.to is not source for (source, _action), row in TRANSITIONS.items())
    assert all(row.with_reason <= row.parties for row in TRANSITIONS.values())


def test_entry_is_admitted_with_a_mail_and_a_line_in_the_journal(organiser: Account) -> None:
    entry = entry_in(State.SUBMITTED)
    assert admit_entry(entry, actor=organiser, now=NOW) is State.ADMITTED
    assert (entry.state_changed_at, mails(), acts()) == (
        NOW,
        ["competition/entry_admitted"],
        [("entry admitted", None)],
    )


def test_late_entry_is_taken_before_it_can_be_admitted(organiser: Account) -> None:
    entry = entry_in(State.LATE)
    with pytest.raises(TransitionRefused, match="is late; it cannot be admitted"):
        admit_entry(entry, actor=organiser, now=NOW)
    accept_late_entry(entry, actor=organiser, now=NOW)
    assert (entry.state, mails()) == (State.SUBMITTED, ["competition/entry_late_accepted"])


def test_refusal_needs_a_reason_which_the_entrant_reads(organiser: Account) -> None:
    entry = entry_in(State.SUBMITTED)
    with pytest.raises(ReasonMissing):
        refuse_entry(entry, actor=organiser, now=NOW, reason="  ")
    refuse_entry(entry, actor=organiser, now=NOW, reason="The firm is no SME.")
    mail = db.session.scalars(select(OutboxMail)).one()
    assert (entry.state_reason, "The firm is no SME." in mail.body_text) == ("The firm is no SME.", True)
    reconsider_entry(entry, actor=organiser, now=NOW + timedelta(hours=1))
    assert (entry.state, entry.state_reason) == (State.SUBMITTED, None)


def test_entrant_withdraws_without_a_reason_an_organiser_with_one(organiser: Account) -> None:
    entry = entry_in(State.ADMITTED)
    with pytest.raises(ReasonMissing):
        withdraw_entry(entry, party=Party.ORGANISER, actor=organiser, now=NOW)
    withdraw_entry(entry, party=Party.ENTRANT, actor=entry.account, now=NOW)
    assert (entry.state, acts()) == (State.WITHDRAWN, [("entry withdrawn", None)])
    with pytest.raises(TransitionRefused):
        reconsider_entry(entry, actor=organiser, now=NOW)


@pytest.mark.parametrize("party", list(Party))
def test_published_results_keep_their_entries(organiser: Account, party: Party) -> None:
    entry = entry_in(State.ADMITTED)
    entry.competition.results_published_at = NOW
    with pytest.raises(EntryRefused):
        withdraw_entry(entry, party=party, actor=organiser, now=NOW, reason="Too late.")


def test_broken_rule_holds_an_entry_until_it_is_let_pass(organiser: Account) -> None:
    entry = entry_in(State.SUBMITTED, YOUNG)
    with pytest.raises(EntryRefused, match="at most 3 are allowed"):
        admit_entry(entry, actor=organiser, now=NOW)
    with pytest.raises(ReasonMissing):
        let_rule_pass(entry, YOUNG.key, actor=organiser, now=NOW, reason="")
    with pytest.raises(EligibilityRefused):
        let_rule_pass(entry, "no-such-rule", actor=organiser, now=NOW, reason="x")
    let_rule_pass(entry, YOUNG.key, actor=organiser, now=NOW, reason="Founded anew in 2011.")
    assert entry.eligibility_override == {
        YOUNG.key: {"reason": "Founded anew in 2011.", "by": organiser.id, "at": NOW.isoformat()}
    }
    hold_to_rule(entry, YOUNG.key, actor=organiser, now=NOW)
    with pytest.raises(EntryRefused):
        admit_entry(entry, actor=organiser, now=NOW)
    let_rule_pass(entry, YOUNG.key, actor=organiser, now=NOW, reason="Founded anew in 2011.")
    assert admit_entry(entry, actor=organiser, now=NOW) is State.ADMITTED
    assert [action for action, _reason in acts()] == [
        "eligibility rule let pass",
        "eligibility rule held to again",
        "eligibility rule let pass",
        "entry admitted",
    ]


def test_rule_that_is_kept_cannot_be_let_pass(organiser: Account) -> None:
    entry = entry_in(State.SUBMITTED, YOUNG, founded_in=2012)
    with pytest.raises(EligibilityRefused, match="keeps this rule"):
        let_rule_pass(entry, YOUNG.key, actor=organiser, now=NOW, reason="x")


def test_facts_come_from_team_and_answers_and_the_year_of_the_close() -> None:
    rules = (Rule(kind=RuleKind.WOMAN_IN_TEAM), Rule(kind=RuleKind.PARTNER_ECONOMY), Rule(kind=RuleKind.TEAM, number=2))
    entry = entry_in(State.SUBMITTED, *rules, YOUNG, founded_in=2010)
    assert [each.passed for each in findings_of(entry)] == [False, False, False, True]
    entry.members = [
        EntryMember(position=1, name="Rosa", gender="woman", economy_code="PE"),
        EntryMember(position=2, name="Minh", gender="man", economy_code="VN"),
    ]
    db.session.commit()
    assert [each.passed for each in findings_of(entry)] == [True, True, True, True]


def test_winner_of_an_edition_before_the_last_is_known_by_person_and_by_firm() -> None:
    first = make_competition("first")
    second = make_competition("second", cloned_from_id=first.id)
    third = make_competition("third", cloned_from_id=second.id)
    winner, other = make_account(), make_account("other@firm.example")
    entry = make_entry(first, winner, organisation_name="Andes Frío S.A.")
    db.session.add(Award(competition=first, kind=AwardKind.GRAND, label="Grand prize", entry=entry))
    db.session.commit()
    winners = past_winners(third)
    assert winners.includes(winner.id, "Another firm")
    assert winners.includes(other.id, "ANDES FRIO S.A.")
    assert not winners.includes(other.id, "Another firm")
    assert not past_winners(first).includes(winner.id, "Andes Frío S.A.")


def test_findings_of_many_take_as_many_queries_as_of_one(organiser: Account) -> None:
    rules = (YOUNG, Rule(kind=RuleKind.NO_PREVIOUS_WINNER), Rule(kind=RuleKind.TEAM, number=1))
    competition = make_competition(eligibility=[rule.to_json() for rule in rules])
    entries = [make_entry(competition, organiser, title=f"Entry {number}") for number in range(12)]
    _ = [(entry.id, entry.answer_set_id, entry.account_id) for entry in entries], competition.id
    with count_queries() as one:
        findings_of_many(competition, entries[:1])
    with count_queries() as many:
        findings_of_many(competition, entries)
    assert len(one) == len(many)


def test_economy_and_host_have_their_limits(organiser: Account) -> None:
    competition = make_competition(economy_limit=1, host_limit=2)
    make_entry(competition, organiser, economy_code="INA")
    require_room(competition, "INA")
    make_entry(competition, organiser, state=State.LATE, economy_code="INA")
    with pytest.raises(EntryRefused, match="There are 2 entries of Indonesia already"):
        require_room(competition, "INA")
    make_entry(competition, organiser, state=State.WITHDRAWN, economy_code="PE")
    require_room(competition, "PE")
    require_room(make_competition("without-limit"), "PE")


def test_last_place_of_an_economy_is_taken_once_however_many_decide_at_once(app: Flask, organiser: Account) -> None:
    competition = make_competition(economy_limit=1)
    ids = [
        make_entry(competition, organiser, state=State.INELIGIBLE, economy_code="PE", state_reason="Twice.").id
        for _ in range(5)
    ]
    actor_id, outcomes = organiser.id, []
    db.session.commit()

    def decide(entry_id: int) -> None:
        with app.app_context():
            try:
                actor = db.session.get_one(Account, actor_id)
                reconsider_entry(db.session.get_one(Entry, entry_id), actor=actor, now=NOW)
                db.session.commit()
                outcomes.append("taken")
            except EntryRefused:
                db.session.rollback()
                outcomes.append("refused")

    threads = [threading.Thread(target=decide, args=(each,)) for each in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["refused"] * 4 + ["taken"]


def test_refused_entry_is_not_taken_up_again_over_the_limit(organiser: Account) -> None:
    competition = make_competition(economy_limit=1)
    refused = make_entry(competition, organiser, state=State.INELIGIBLE, economy_code="PE", state_reason="Late.")
    make_entry(competition, organiser, economy_code="PE")
    with pytest.raises(EntryRefused, match="1 entries of Peru"):
        reconsider_entry(refused, actor=organiser, now=NOW)
    assert refused.state is State.INELIGIBLE


def test_close_of_one_entry_is_moved_with_a_reason_and_back(organiser: Account) -> None:
    entry = entry_in(State.SUBMITTED)
    until = CLOSE + timedelta(days=2)
    with pytest.raises(ReasonMissing):
        extend_entry(entry, until, actor=organiser, now=NOW, reason="")
    with pytest.raises(EntryRefused, match="after the close"):
        extend_entry(entry, CLOSE, actor=organiser, now=NOW, reason="Flood")
    with pytest.raises(EntryRefused, match="still to come"):
        extend_entry(entry, until, actor=organiser, now=until, reason="Flood")
    extend_entry(entry, until, actor=organiser, now=NOW, reason="Flood in the city")
    assert (entry.extended_until, acts()) == (until, [("close of the entry moved", "Flood in the city")])
    extend_entry(entry, None, actor=organiser, now=NOW + timedelta(days=1), reason="Sent already")
    assert (entry.extended_until, mails()) == (None, ["competition/entry_extended"] * 2)


def test_withdrawn_entry_gets_no_more_time(organiser: Account) -> None:
    with pytest.raises(EntryRefused, match="is withdrawn"):
        extend_entry(entry_in(State.WITHDRAWN), CLOSE + timedelta(days=1), actor=organiser, now=NOW, reason="x")


def test_effect_is_told_before_and_is_what_happens(organiser: Account) -> None:
    competition = make_competition(eligibility=[YOUNG.to_json()])
    entries = [
        make_entry(competition, organiser, "Young", state=State.SUBMITTED, founded_in=2012),
        make_entry(competition, organiser, "Old", state=State.SUBMITTED),
        make_entry(competition, organiser, "In", state=State.ADMITTED, founded_in=2012),
    ]
    told = effect_of(Action.ADMIT, competition, entries)
    assert (told.outcomes, told.refused, mails()) == ({State.ADMITTED: 1}, 2, [])
    done = act_on_many(Action.ADMIT, entries, actor=organiser, now=NOW)
    assert (done.outcomes, done.refused) == (told.outcomes, told.refused)
    assert [entry.state for entry in entries] == [State.ADMITTED, State.SUBMITTED, State.ADMITTED]


def test_many_are_refused_with_one_reason_or_not_at_all(organiser: Account) -> None:
    competition = make_competition()
    entries = [make_entry(competition, organiser, title, state=State.SUBMITTED) for title in ("One", "Two")]
    with pytest.raises(ReasonMissing):
        act_on_many(Action.REFUSE, entries, actor=organiser, now=NOW)
    act_on_many(Action.REFUSE, entries, actor=organiser, now=NOW, reason="No green technology.")
    assert [entry.state_reason for entry in entries] == ["No green technology."] * 2


def test_recount_names_what_contradicts_itself(organiser: Account) -> None:
    competition, other = make_competition(), make_competition("other")
    make_entry(competition, organiser, state=State.INELIGIBLE)
    nowhere, elsewhere = make_entry(competition, organiser), make_entry(competition, organiser)
    nowhere.entry_categories.clear()
    elsewhere.entry_categories[0].category = other.categories[0]
    make_entry(competition, organiser, answer_set=make_entry(other, organiser).answer_set)
    make_entry(competition, organiser)
    db.session.commit()
    assert [text.split(" ", 2)[2] for text in entry_differences()] == [
        "is not eligible without a reason.",
        "stands in no category.",
        "stands in a category of another competition.",
        "answers the questions of another form.",
    ]
