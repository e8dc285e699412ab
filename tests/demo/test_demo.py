"""The demonstration loads into an empty database, keeps every rule, and has something in every list."""

import pytest
from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.certificates.enums import CertificateKind
from gtn_events.certificates.models import Certificate
from gtn_events.competition.enums import (
    AssignmentState,
    CompetitionState,
    Endorsement,
    EntryState,
    RoundState,
    VoteState,
)
from gtn_events.competition.models import Assignment, Award, Competition, Entry, LiveFinal, ResultVersion, Round
from gtn_events.competition.queries.judging import waiting_of_account
from gtn_events.competition.queries.live import ballot_count
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.economies import ECONOMIES
from gtn_events.core.integrity import differences
from gtn_events.demo.accounts import ROLE_ACCOUNTS
from gtn_events.demo.entrants import ENTRANTS, FIRST_EDITION, NEXT_CALL, PITCHES, THIS_EDITION
from gtn_events.demo.people import FIRMS, PEOPLE
from gtn_events.demo.programme import SESSIONS
from gtn_events.forum.domain.session_places import sign_up
from gtn_events.forum.enums import BookingState, RegistrationState
from gtn_events.forum.errors import BookingRefused
from gtn_events.forum.models import Forum, LimitedSession, Registration, SessionCall, SessionProposal
from gtn_events.forum.session_call_enums import SessionCallState, SessionProposalState
from gtn_events.incubation.enums import AgreementState, Light, PlacementState
from gtn_events.incubation.models import Placement
from tests.demo.conftest import Loaded

WAITING_OR_DONE = {
    AssignmentState.RELEASED,
    AssignmentState.STARTED,
    AssignmentState.SUBMITTED,
    AssignmentState.RECUSED,
}


def awards_given(competition: Competition) -> list[Award]:
    statement = select(Award).where(Award.competition_id == competition.id, Award.entry_id.is_not(None))
    return list(db.session.scalars(statement))


def test_the_demonstration_has_every_state_and_no_difference(loaded: Loaded) -> None:
    assert loaded.printed.startswith("Loaded GTN Forum 2013")
    assert set(db.session.scalars(select(Registration.state).distinct())) == set(RegistrationState)
    assert list(differences()) == []
    assert len(db.session.scalars(select(Forum)).all()) == 2


@pytest.mark.usefixtures("loaded")
def test_each_competition_is_in_another_stage() -> None:
    first, present, call, draft, award, evening = db.session.scalars(select(Competition).order_by(Competition.id)).all()
    assert [round_.state for round_ in first.rounds] == [RoundState.DECIDED] * 3
    assert {award.label for award in awards_given(first)} == {"First prize", "Second prize", "Third prize"}
    assert [round_.state for round_ in present.rounds] == [RoundState.OPEN, RoundState.PLANNED]
    assert set(db.session.scalars(select(Assignment.state).distinct())) >= WAITING_OR_DONE
    states = select(Entry.state).where(Entry.competition_id == call.id).distinct()
    assert set(db.session.scalars(states)) == set(EntryState)
    assert draft.state is CompetitionState.DRAFT
    said = select(Entry.endorsement).where(Entry.competition_id == award.id, Entry.economy_code == "THA").distinct()
    assert set(db.session.scalars(said)) == set(Endorsement)
    final = db.session.scalars(select(LiveFinal).join(Round).where(Round.competition_id == evening.id)).one()
    assert [slot.state.value for slot in final.slots] == ["done", "done", "waiting", "waiting", "waiting"]
    assert (final.vote, ballot_count(final) > 10) == (VoteState.OPEN, True)


@pytest.mark.usefixtures("loaded")
def test_the_ranking_of_the_demonstration_is_corrected_for_who_judged() -> None:
    versions = select(ResultVersion).join(Round).where(Round.title == "Review").order_by(ResultVersion.number)
    review, after_appeal = db.session.scalars(versions)
    assert review.facts["corrected"]
    assert after_appeal.facts["scorecards"] == review.facts["scorecards"] - 1
    assert len({row.tie_group for row in review.rows}) > 1


@pytest.mark.usefixtures("loaded")
def test_scorecards_wait_for_the_judge_of_the_demonstration() -> None:
    judge = db.session.scalars(select(Account).where(Account.email_key == "judge@gtn.example")).one()
    waiting = {competition.slug.rpartition("-")[0]: count for competition, _round, count in waiting_of_account(judge)}
    assert waiting == {"sme-competition": 5, "pitch-evening": 4}


@pytest.mark.usefixtures("loaded")
def test_a_placement_stands_in_each_stage() -> None:
    placements = db.session.scalars(select(Placement)).all()
    assert {each.state for each in placements} == set(PlacementState) - {PlacementState.CANCELLED}
    versions = {version.state for each in placements for version in each.agreements}
    assert versions == set(AgreementState)
    running = next(each for each in placements if each.state is PlacementState.RUNNING)
    assert {each.light for each in running.milestones} == set(Light)
    kinds = select(Certificate.subject_id).where(Certificate.kind == CertificateKind.PLACEMENT)
    completed = [each.id for each in placements if each.state is PlacementState.COMPLETED]
    assert sorted(db.session.scalars(kinds)) == sorted(completed)


@pytest.mark.usefixtures("loaded")
def test_a_call_for_sessions_stands_in_each_state_and_a_proposal_too() -> None:
    assert set(db.session.scalars(select(SessionCall.state))) == set(SessionCallState)
    assert set(db.session.scalars(select(SessionProposal.state))) == set(SessionProposalState)


@pytest.mark.usefixtures("loaded")
def test_who_speaks_at_the_next_forum_can_take_a_place_wait_for_one_and_clash() -> None:
    speaker = db.session.scalars(select(Account).where(Account.email_key == "speaker@gtn.example")).one()
    registration = db.session.scalars(select(Registration).where(Registration.account_id == speaker.id)).one()
    repair, tender, meters, labels = db.session.scalars(select(LimitedSession).order_by(LimitedSession.session_id))
    taken = [sign_up(registration, each, actor=speaker, now=clock.now()) for each in (repair, meters)]
    assert taken == [BookingState.WAITLISTED, BookingState.CONFIRMED]
    for clashing in (tender, labels):
        with pytest.raises(BookingRefused, match="at the same time"):
            sign_up(registration, clashing, actor=speaker, now=clock.now())
    db.session.rollback()


def test_the_demonstration_is_loaded_once(loaded: Loaded) -> None:
    again = loaded.app.test_cli_runner().invoke(args=["demo", "load"])
    assert again.exit_code == 1
    assert "for an empty one" in again.output


def test_the_accounts_are_printed_with_their_password(loaded: Loaded) -> None:
    printed = loaded.app.test_cli_runner().invoke(args=["demo", "accounts"]).output
    assert [line.split()[0] for line in printed.splitlines()[:-1]] == [each.email for each in ROLE_ACCOUNTS]


def test_entries_come_from_every_economy_and_from_people_who_are_there() -> None:
    entrants = {person.key: person.economy for person in ENTRANTS} | {"pe": "PE"}
    assert {idea.key for idea in THIS_EDITION} == set(entrants)
    assert set(entrants.values()) == {economy.code for economy in ECONOMIES}
    assert {idea.key for idea in PITCHES} <= set(entrants)
    assert {idea.key for idea in (*FIRST_EDITION, *NEXT_CALL)} <= {person.key for person in PEOPLE}


def test_the_people_and_the_programme_refer_to_what_is_there() -> None:
    firms = {firm.name for firm in FIRMS}
    keys = {person.key for person in PEOPLE}
    assert {person.organisation for person in PEOPLE} <= firms
    assert {key for session in SESSIONS for key, _role in session.cast()} <= keys
    assert len(keys) == len(PEOPLE)
