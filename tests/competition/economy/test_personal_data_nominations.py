"""What is kept about nominated people and coordinators is told in the export and let go in the erasure."""

import json
from datetime import timedelta

from sqlalchemy import select

from gtn_events.accounts.domain.personal_data import erase_person, export_person
from gtn_events.accounts.models import Account, SignInAttempt
from gtn_events.competition.domain.coordinators import remind_before_the_date
from gtn_events.competition.domain.endorsement import decline_entry, endorse_entry
from gtn_events.competition.domain.entries import withdraw_entry
from gtn_events.competition.domain.entry_transitions import Party
from gtn_events.competition.domain.nomination_use import accept_nomination
from gtn_events.competition.enums import Endorsement, NominationState
from gtn_events.competition.models import Competition, Nomination
from gtn_events.core.db import Base, db
from tests.competition.economy.desks import LATER, NOW, OVER, make_coordinator, make_entries, make_nomination
from tests.factories import make_account

SECRETS = ("Lupe", "lupe@firm.example", "Altiplano")


def stored() -> str:
    with db.engine.connect() as connection:
        rows = [connection.execute(select(table)).all() for table in Base.metadata.sorted_tables]
    return json.dumps(rows, default=str)


def test_a_nominated_person_is_told_and_let_go_with_their_place(
    competition: Competition, coordinator: Account, entrant: Account
) -> None:
    nomination = make_nomination(competition, coordinator)
    entries = make_entries(competition, entrant, 2)
    for entry in entries:
        endorse_entry(entry, actor=coordinator, now=NOW)
    firm = make_account(nomination.email, given_name="Lupe", family_name="Mamani")
    accept_nomination(nomination, firm, now=LATER)
    db.session.commit()
    told = export_person(firm)["nominations"]["nominated"]
    assert [(each["firm"], each["email"], each["state"]) for each in told] == [
        ("Altiplano Fibre", "lupe@firm.example", "open")
    ]
    assert entries[1].endorsement is Endorsement.RESERVE

    erase_person(firm, now=LATER)
    db.session.commit()
    assert [word in stored() for word in SECRETS] == [False, False, False]
    assert nomination.state is NominationState.WITHDRAWN
    assert entries[1].endorsement is Endorsement.ENDORSED


def test_an_invitation_at_the_address_of_an_account_goes_with_it(
    competition: Competition, coordinator: Account
) -> None:
    make_nomination(competition, coordinator)
    erase_person(make_account("lupe@firm.example", given_name="Lupe"), now=LATER)
    db.session.commit()
    assert [word in stored() for word in SECRETS] == [False, False, False]
    assert db.session.scalars(select(Nomination.state)).all() == [NominationState.WITHDRAWN]
    assert not any("lupe" in subject for subject in db.session.scalars(select(SignInAttempt.subject)))


def test_a_coordinator_is_told_what_they_decided_and_leaves_no_name(
    competition: Competition, coordinator: Account, entrant: Account
) -> None:
    make_nomination(competition, coordinator)
    entry = make_entries(competition, entrant, 1)[0]
    decline_entry(entry, reason="No product yet.", actor=coordinator, now=NOW)
    db.session.commit()
    told = export_person(coordinator)["nominations"]
    assert [(each["entry"], each["endorsement"]) for each in told["decided"]] == [(entry.reference, "declined")]
    assert ("Altiplano" in json.dumps(told), len(told["nominated_others"])) == (False, 1)

    erase_person(coordinator, now=LATER)
    db.session.commit()
    assert ("Quispe" in stored(), "QUISPE" in stored()) == (False, False)


def test_mails_to_an_address_that_a_coordinator_had_before_go_too_and_nobody_elses(
    competition: Competition, coordinator: Account, entrant: Account
) -> None:
    other = make_coordinator("second@gtn.example", given_name="Other")
    make_entries(competition, entrant, 1)
    assert remind_before_the_date(competition, now=OVER - timedelta(days=1)) == 2
    coordinator.email = coordinator.email_key = "moved@gtn.example"
    erase_person(coordinator, now=LATER)
    db.session.commit()
    kept = stored()
    assert ("coordinator@gtn.example" in kept, other.email in kept) == (False, True)


def test_an_entrant_reads_the_reason_and_takes_it_along(
    competition: Competition, coordinator: Account, entrant: Account
) -> None:
    entry = make_entries(competition, entrant, 1)[0]
    decline_entry(entry, reason="Rosa's firm is not ours.", actor=coordinator, now=NOW)
    withdraw_entry(entry, party=Party.ENTRANT, actor=entrant, now=LATER)
    db.session.commit()
    assert export_person(entrant)["entries"]["entries"][0]["endorsement_reason"] == "Rosa's firm is not ours."
    erase_person(entrant, now=LATER)
    db.session.commit()
    assert "is not ours" not in stored()
    assert entry.endorsement is Endorsement.DECLINED
