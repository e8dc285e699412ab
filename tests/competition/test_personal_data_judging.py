"""What is kept about a judge is told in the export and let go in the erasure; what they scored stays."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from gtn_events.accounts.domain.personal_data import erase_person, export_person
from gtn_events.competition.domain.given import Given
from gtn_events.competition.domain.integrity_chain import chain_differences
from gtn_events.competition.domain.recusal import Declared, recuse
from gtn_events.competition.domain.scorecards import save_draft
from gtn_events.competition.enums import AssignmentState, ConflictKind, JudgeState
from gtn_events.competition.models import Assignment, Conflict, Judge, JudgeDeclaration, Scorecard, ScorecardDraft
from gtn_events.competition.queries.progress import counts_of
from gtn_events.competition.queries.ranking import current_cards
from gtn_events.core.db import db
from gtn_events.core.journal import JournalEntry
from gtn_events.core.outbox import OutboxMail
from tests.competition.factories import make_competition, make_judge
from tests.competition.panels import IN_TIME, Panel, make_panel, submit
from tests.factories import make_account

pytestmark = pytest.mark.usefixtures("database")
SECRETS = ("Catalina", "Vergara", "judge0@", "My brother", "Half a thought", "substitute@", "Valle Claro")


def worked_panel() -> Panel:
    """A judge who has submitted, drafted, given up and not touched one entry each."""
    panel = make_panel(entries=4)
    judge, account = panel.judges[0], panel.account()
    judge.organisation_name, judge.substitute, judge.reason = "Valle Claro", "substitute@jury.example", "Vergara says"
    submit(panel.seat(0, 0), Given({"impact": 4, "market": 3}, to_entrant="Measure it."))
    save_draft(panel.seat(0, 1), Given({"impact": 2}, private="Half a thought"), seen=0, actor=account, now=IN_TIME)
    recuse(panel.seat(0, 2), Declared(ConflictKind.OTHER, "My brother"), actor=account, now=IN_TIME)
    db.session.commit()
    return panel


def test_export_tells_everything_but_the_entry_of_a_conflict() -> None:
    panel = worked_panel()
    (told,) = export_person(panel.account())["judging"]
    assert told["scorecards"][0]["to_entrant"] == "Measure it."
    assert told["scorecards"][0]["entry"] == panel.entries[0].reference
    assert (told["drafts"][0]["private"], told["drafts"][0]["entry"]) == ("Half a thought", panel.entries[1].reference)
    assert told["declarations"][0]["typed_name"] == "C. V."
    assert told["conflicts"][0]["detail"] == "Another reason: My brother"
    assert told["substitute"] == "substitute@jury.example"
    assert panel.entries[2].reference not in json.dumps(told)


def test_an_invitation_that_nobody_answered_belongs_to_its_address() -> None:
    account = make_account("asked@jury.example")
    make_judge(make_competition(), account, state=JudgeState.INVITED).account = None
    db.session.commit()
    (told,) = export_person(account)["judging"]
    assert told["state"] == "invited"
    erase_person(account, now=IN_TIME)
    assert db.session.scalars(select(Judge.state)).one() is JudgeState.LEFT


def test_erasure_leaves_nothing_of_the_judge() -> None:
    panel = worked_panel()
    erase_person(panel.account(), now=IN_TIME + timedelta(hours=1))
    db.session.commit()
    db.session.expire_all()
    for table in (Judge, JudgeDeclaration, Conflict, Assignment, ScorecardDraft, JournalEntry, OutboxMail, Scorecard):
        for row in db.session.scalars(select(table)):
            kept = json.dumps({key: str(value) for key, value in vars(row).items() if not key.startswith("_")})
            assert [secret for secret in SECRETS if secret in kept] == [], (table, kept)
    assert panel.judges[0].account_id is None
    assert db.session.scalars(select(ScorecardDraft)).all() == []


def test_a_scorecard_counts_after_its_judge_was_erased_and_its_chain_holds() -> None:
    panel = worked_panel()
    before = current_cards(panel.round)
    erase_person(panel.account(), now=IN_TIME + timedelta(hours=1))
    db.session.commit()
    assert current_cards(panel.round) == before != []
    assert list(chain_differences()) == []


def test_seats_without_a_scorecard_are_free_again() -> None:
    panel = worked_panel()
    erase_person(panel.account(), now=IN_TIME + timedelta(hours=1))
    db.session.commit()
    states = [panel.seat(0, entry).state for entry in range(4)]
    assert states == [
        AssignmentState.SUBMITTED,
        AssignmentState.REMOVED,
        AssignmentState.RECUSED,
        AssignmentState.REMOVED,
    ]
    assert counts_of(panel.round).left == 0
