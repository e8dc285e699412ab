"""What an economy says of its entries: who has a place, who is in reserve, who may say it, and until when."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.competition.domain.competitions import CompetitionDetails, edit_competition
from gtn_events.competition.domain.conflicts import derive_conflicts
from gtn_events.competition.domain.eligibility_override import let_rule_pass
from gtn_events.competition.domain.endorsement import Direction, decline_entry, endorse_entry, prefer, take_back
from gtn_events.competition.domain.endorsement_finding import RULE
from gtn_events.competition.domain.endorsement_window import endorsement_until
from gtn_events.competition.domain.entries import admit_entry, reconsider_entry, refuse_entry, withdraw_entry
from gtn_events.competition.domain.entry_transitions import Party
from gtn_events.competition.enums import ConflictSource, Endorsement, EntryPath, EntryState
from gtn_events.competition.errors import CompetitionRefused, EndorsementRefused, EntryRefused, ReasonMissing
from gtn_events.competition.models import Competition, Conflict, Entry, EntryMember
from gtn_events.competition.queries.places import places_of
from gtn_events.core.db import db
from gtn_events.core.outbox import OutboxMail
from tests.competition.economy.desks import LATER, NOW, OVER, make_coordinator, make_entries
from tests.competition.factories import make_entry, make_judge
from tests.factories import make_account, make_organisation

ENDORSED, RESERVE, WAITING = Endorsement.ENDORSED, Endorsement.RESERVE, Endorsement.WAITING


def said(entries: list[Entry]) -> list[tuple[Endorsement, int | None]]:
    return [(entry.endorsement, entry.preference) for entry in entries]


def endorse_all(entries: list[Entry], coordinator: Account) -> None:
    for entry in entries:
        endorse_entry(entry, actor=coordinator, now=NOW)
    db.session.commit()


def details_of(competition: Competition, **changed: object) -> CompetitionDetails:
    names = CompetitionDetails.__dataclass_fields__
    return CompetitionDetails(**({name: getattr(competition, name) for name in names} | changed))


def mails_of(entry: Entry) -> list[str]:
    statement = select(OutboxMail.template).where(OutboxMail.key.startswith(f"entry:{entry.id}:"))
    return list(db.session.scalars(statement.order_by(OutboxMail.id)))


def test_the_first_have_a_place_and_the_next_stand_in_reserve(
    competition: Competition, coordinator: Account, entrant: Account
) -> None:
    entries = make_entries(competition, entrant)
    endorse_all(entries, coordinator)
    assert said(entries) == [(ENDORSED, 1), (ENDORSED, 2), (RESERVE, 3)]
    assert [mails_of(entry) for entry in entries[1:]] == [
        ["competition/entry_endorsed"],
        ["competition/entry_in_reserve"],
    ]
    places = places_of(competition, "PE")
    assert (places.used, places.left) == (2, 0)


def test_without_a_limit_every_endorsed_entry_has_a_place(
    competition: Competition, coordinator: Account, entrant: Account
) -> None:
    competition.economy_limit = None
    entries = make_entries(competition, entrant)
    endorse_all(entries, coordinator)
    assert said(entries) == [(ENDORSED, 1), (ENDORSED, 2), (ENDORSED, 3)]
    assert places_of(competition, "PE").left is None


def test_the_host_has_more_places(competition: Competition) -> None:
    competition.host_limit = 3
    host = make_account("budi@firm.example", economy_code="INA")
    coordinator = make_coordinator("ina@gtn.example", "INA")
    entries = make_entries(competition, host, 4)
    endorse_all(entries, coordinator)
    assert said(entries) == [(ENDORSED, 1), (ENDORSED, 2), (ENDORSED, 3), (RESERVE, 4)]


def test_the_next_in_reserve_moves_up_when_a_place_gets_free(
    competition: Competition, coordinator: Account, entrant: Account, organiser: Account
) -> None:
    entries = make_entries(competition, entrant, 4)
    endorse_all(entries, coordinator)
    withdraw_entry(entries[0], party=Party.ENTRANT, actor=entrant, now=LATER)
    assert said(entries[1:]) == [(ENDORSED, 1), (ENDORSED, 2), (RESERVE, 3)]
    refuse_entry(entries[1], actor=organiser, now=LATER, reason="Not its own product")
    assert said(entries[2:]) == [(ENDORSED, 1), (ENDORSED, 2)]
    assert mails_of(entries[3]) == ["competition/entry_in_reserve", "competition/entry_endorsed"]
    assert entries[3].endorsement_by_id == coordinator.id


def test_an_entry_that_comes_back_stands_last(
    competition: Competition, coordinator: Account, entrant: Account, organiser: Account
) -> None:
    entries = make_entries(competition, entrant)
    endorse_all(entries, coordinator)
    refuse_entry(entries[0], actor=organiser, now=LATER, reason="No answer")
    reconsider_entry(entries[0], actor=organiser, now=LATER)
    assert said(entries) == [(RESERVE, 3), (ENDORSED, 1), (ENDORSED, 2)]


def test_the_order_decides_who_has_a_place(competition: Competition, coordinator: Account, entrant: Account) -> None:
    entries = make_entries(competition, entrant)
    endorse_all(entries, coordinator)
    prefer(entries[2], Direction.UP, actor=coordinator, now=LATER)
    assert said(entries) == [(ENDORSED, 1), (RESERVE, 3), (ENDORSED, 2)]
    prefer(entries[0], Direction.UP, actor=coordinator, now=LATER)
    assert said(entries) == [(ENDORSED, 1), (RESERVE, 3), (ENDORSED, 2)]


def test_declining_needs_a_reason_that_the_entrant_reads(
    competition: Competition, coordinator: Account, entrant: Account
) -> None:
    entry = make_entries(competition, entrant, 1)[0]
    with pytest.raises(ReasonMissing):
        decline_entry(entry, reason="  ", actor=coordinator, now=NOW)
    decline_entry(entry, reason="It sells no product yet.", actor=coordinator, now=NOW)
    assert (entry.endorsement, entry.endorsement_reason) == (Endorsement.DECLINED, "It sells no product yet.")
    mail = db.session.scalars(select(OutboxMail).where(OutboxMail.template == "competition/entry_not_endorsed")).one()
    assert "It sells no product yet." in mail.body_text


def test_a_decision_can_be_taken_back(competition: Competition, coordinator: Account, entrant: Account) -> None:
    entries = make_entries(competition, entrant)
    endorse_all(entries, coordinator)
    take_back(entries[0], actor=coordinator, now=LATER)
    assert said(entries) == [(WAITING, None), (ENDORSED, 1), (ENDORSED, 2)]
    with pytest.raises(EndorsementRefused, match="nothing to take back"):
        take_back(entries[0], actor=coordinator, now=LATER)
    with pytest.raises(EndorsementRefused, match="endorsed already"):
        endorse_entry(entries[1], actor=coordinator, now=LATER)


def test_the_date_is_two_weeks_after_the_close_unless_it_is_set(
    competition: Competition, coordinator: Account, entrant: Account
) -> None:
    entry = make_entries(competition, entrant, 1)[0]
    assert endorsement_until(competition) == OVER
    with pytest.raises(EndorsementRefused, match="is over"):
        endorse_entry(entry, actor=coordinator, now=OVER)
    competition.endorsement_closes_at = datetime(2013, 6, 20, tzinfo=UTC)
    assert endorse_entry(entry, actor=coordinator, now=OVER) is ENDORSED


def test_on_the_open_path_nobody_endorses(competition: Competition, coordinator: Account, entrant: Account) -> None:
    competition.entry_path = EntryPath.OPEN
    with pytest.raises(EndorsementRefused):
        endorse_entry(make_entries(competition, entrant, 1)[0], actor=coordinator, now=NOW)


def test_what_is_out_is_not_endorsed(competition: Competition, coordinator: Account, entrant: Account) -> None:
    entry = make_entries(competition, entrant, 1, state=EntryState.WITHDRAWN)[0]
    with pytest.raises(EndorsementRefused, match="withdrawn"):
        endorse_entry(entry, actor=coordinator, now=NOW)


def test_only_an_endorsed_entry_is_admitted(
    competition: Competition, coordinator: Account, entrant: Account, organiser: Account
) -> None:
    entries = make_entries(competition, entrant)
    with pytest.raises(EntryRefused, match="Peru has not endorsed it yet"):
        admit_entry(entries[0], actor=organiser, now=NOW)
    endorse_all(entries, coordinator)
    assert admit_entry(entries[0], actor=organiser, now=LATER) is EntryState.ADMITTED
    with pytest.raises(EntryRefused, match="in reserve"):
        admit_entry(entries[2], actor=organiser, now=LATER)


def test_the_organiser_lets_an_entry_pass_without_endorsement_with_a_reason(
    competition: Competition, entrant: Account, organiser: Account
) -> None:
    entry = make_entries(competition, entrant, 1)[0]
    let_rule_pass(entry, RULE, actor=organiser, now=NOW, reason="The ministry wrote a letter.")
    assert admit_entry(entry, actor=organiser, now=NOW) is EntryState.ADMITTED


def test_the_endorsement_of_an_admitted_entry_stays(
    competition: Competition, coordinator: Account, entrant: Account, organiser: Account
) -> None:
    entries = make_entries(competition, entrant)
    endorse_all(entries, coordinator)
    admit_entry(entries[1], actor=organiser, now=LATER)
    with pytest.raises(EndorsementRefused, match="admitted already"):
        take_back(entries[1], actor=coordinator, now=LATER)
    with pytest.raises(EndorsementRefused, match="admitted already"):
        prefer(entries[2], Direction.UP, actor=coordinator, now=LATER)


def test_where_it_is_only_shown_an_entry_needs_no_endorsement(
    competition: Competition, coordinator: Account, entrant: Account, organiser: Account
) -> None:
    competition.entry_path = EntryPath.SHOWN
    entries = make_entries(competition, entrant, 2)
    admit_entry(entries[0], actor=organiser, now=NOW)
    decline_entry(entries[0], reason="Unknown to us.", actor=coordinator, now=NOW)
    assert (entries[0].state, entries[0].endorsement) == (EntryState.ADMITTED, Endorsement.DECLINED)


def test_nobody_decides_on_what_they_stand_behind(competition: Competition, entrant: Account) -> None:
    firm = make_organisation("Andes Cold Chain")
    coordinator = make_coordinator(organisation=firm)
    own, colleagues, partners = make_entries(competition, entrant)
    own.account, colleagues.organisation_name = coordinator, "ANDES cold chain"
    partners.members = [EntryMember(position=1, name="Inés", email="Coordinator@gtn.example")]
    db.session.commit()
    for entry in (own, colleagues, partners):
        with pytest.raises(EndorsementRefused, match="stand behind this entry"):
            endorse_entry(entry, actor=coordinator, now=NOW)


def test_a_judge_of_the_competition_does_not_decide(
    competition: Competition, coordinator: Account, entrant: Account
) -> None:
    make_judge(competition, coordinator)
    with pytest.raises(EndorsementRefused, match="You judge this competition"):
        endorse_entry(make_entries(competition, entrant, 1)[0], actor=coordinator, now=NOW)


@pytest.mark.parametrize("act", ["endorsed", "declined", "taken back"])
def test_who_decided_on_an_entry_has_a_conflict_as_its_judge(
    competition: Competition, coordinator: Account, entrant: Account, organiser: Account, act: str
) -> None:
    competition.entry_path = EntryPath.SHOWN
    entry = make_entries(competition, entrant, 1)[0]
    if act == "declined":
        decline_entry(entry, reason="Unknown to us.", actor=coordinator, now=NOW)
    else:
        endorse_entry(entry, actor=coordinator, now=NOW)
    if act == "taken back":
        take_back(entry, actor=coordinator, now=NOW)
    admit_entry(entry, actor=organiser, now=NOW)
    judge = make_judge(competition, coordinator, economy_code="CHL")
    derive_conflicts(competition, actor=None, now=LATER)
    statement = select(Conflict.judge_id).where(Conflict.source == ConflictSource.ENDORSER)
    assert db.session.scalars(statement).all() == ([] if act == "taken back" else [judge.id])


def test_more_places_are_filled_from_the_reserve_and_fewer_than_given_are_refused(
    competition: Competition, coordinator: Account, entrant: Account, organiser: Account
) -> None:
    entries = make_entries(competition, entrant)
    endorse_all(entries, coordinator)
    more, fewer = details_of(competition, economy_limit=3), details_of(competition, economy_limit=2)
    edit_competition(competition, more, lock_version=competition.lock_version, actor=organiser, now=LATER)
    assert said(entries)[2] == (ENDORSED, 3)
    db.session.commit()
    with pytest.raises(CompetitionRefused, match="3 entries of Peru are endorsed"):
        edit_competition(competition, fewer, lock_version=competition.lock_version, actor=organiser, now=LATER)


def test_economies_decide_after_entries_open(competition: Competition, organiser: Account) -> None:
    details = details_of(competition, endorsement_closes_at=competition.entries_open_at)
    with pytest.raises(CompetitionRefused, match="before entries open"):
        edit_competition(competition, details, lock_version=competition.lock_version, actor=organiser, now=NOW)


def test_places_are_held_by_endorsed_entries_or_by_all_of_them(competition: Competition, entrant: Account) -> None:
    make_entry(competition, make_account("chl@firm.example", economy_code="CHL"), state=EntryState.SUBMITTED)
    make_entries(competition, entrant)
    assert (places_of(competition, "PE").entries, places_of(competition, "CHL").entries) == (0, 0)
    competition.entry_path = EntryPath.SHOWN
    assert (places_of(competition, "PE").entries, places_of(competition, "CHL").entries) == (3, 1)
