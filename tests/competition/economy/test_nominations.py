"""Nominating a firm: its place, its link, its entry, and what cannot be done any more."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from gtn_events.accounts.errors import LinkRefused
from gtn_events.accounts.models import Account
from gtn_events.competition.domain.endorsement import endorse_entry
from gtn_events.competition.domain.entries import admit_entry, withdraw_entry
from gtn_events.competition.domain.entry_drafts import begin_change
from gtn_events.competition.domain.entry_submission import change_entry, send_entry
from gtn_events.competition.domain.entry_transitions import Party
from gtn_events.competition.domain.nomination_use import accept_nomination, nomination_of_link
from gtn_events.competition.domain.nominations import remind_nominated, withdraw_nomination
from gtn_events.competition.enums import Endorsement, EntryPath, EntryState, NominationState
from gtn_events.competition.errors import EndorsementRefused, EntryRefused, NominationRefused
from gtn_events.competition.models import Competition, Entry, Nomination
from gtn_events.competition.queries.places import places_of
from gtn_events.core.db import db
from gtn_events.core.outbox import OutboxMail
from tests.competition.economy.desks import LATER, LINKS, NOW, make_entries, make_nomination
from tests.competition.entrant.submitting import SECRET, make_draft, submission
from tests.competition.factories import make_competition, make_judge
from tests.factories import make_account


@pytest.fixture
def nominating(competition: Competition) -> Competition:
    competition.entry_path = EntryPath.NOMINATED
    db.session.commit()
    return competition


def accepted(nomination: Nomination, **values: Any) -> Account:
    account = make_account(nomination.email, **values)
    accept_nomination(nomination, account, now=LATER)
    db.session.commit()
    return account


def send(competition: Competition, account: Account, **values: Any) -> Entry:
    draft = make_draft(competition, account)
    entry = send_entry(draft, submission(competition, **values), secret_key=SECRET, actor=account, now=LATER)
    db.session.commit()
    return entry


def test_a_nominated_firm_enters_and_is_endorsed_by_that(
    nominating: Competition, coordinator: Account, organiser: Account
) -> None:
    nomination = make_nomination(nominating, coordinator)
    entry = send(nominating, accepted(nomination))
    assert (nomination.state, nomination.entry) == (NominationState.ENTERED, entry)
    assert (entry.endorsement, entry.endorsement_by_id) == (Endorsement.ENDORSED, coordinator.id)
    assert (places_of(nominating, "PE").entries, places_of(nominating, "PE").promised) == (1, 0)
    assert admit_entry(entry, actor=organiser, now=LATER) is EntryState.ADMITTED


def test_only_a_nominated_firm_can_send(nominating: Competition, coordinator: Account, entrant: Account) -> None:
    with pytest.raises(EntryRefused, match="Only firms that their economy nominates"):
        send(nominating, entrant)
    db.session.rollback()
    unused = make_nomination(nominating, coordinator)
    with pytest.raises(EntryRefused, match="Only firms that their economy nominates"):
        send(nominating, make_account(unused.email))


def test_a_nomination_is_for_one_entry_of_its_own_economy(nominating: Competition, coordinator: Account) -> None:
    account = accepted(make_nomination(nominating, coordinator))
    with pytest.raises(EntryRefused, match="nominated by Peru"):
        send(nominating, account, economy_code="CHL")
    db.session.rollback()
    entry = send(nominating, account)
    with pytest.raises(EntryRefused, match="Only firms"):
        send(nominating, account, title="A second one")
    db.session.rollback()
    draft = begin_change(entry, {}, actor=account, now=LATER)
    moved = submission(nominating, economy_code="CHL")
    with pytest.raises(EntryRefused, match="Peru nominated this entry"):
        change_entry(draft, moved, secret_key=SECRET, actor=account, now=LATER)


def test_an_economy_nominates_as_many_as_it_has_places(nominating: Competition, coordinator: Account) -> None:
    make_nomination(nominating, coordinator, "one@firm.example")
    second = make_nomination(nominating, coordinator, "two@firm.example")
    with pytest.raises(NominationRefused, match="Every place of Peru is taken"):
        make_nomination(nominating, coordinator, "three@firm.example")
    db.session.rollback()
    withdraw_nomination(second, actor=coordinator, now=LATER)
    assert make_nomination(nominating, coordinator, "three@firm.example").state is NominationState.OPEN


def test_an_entry_that_is_withdrawn_gives_its_place_back(nominating: Competition, coordinator: Account) -> None:
    nomination = make_nomination(nominating, coordinator)
    account = accepted(nomination)
    withdraw_entry(send(nominating, account), party=Party.ENTRANT, actor=account, now=LATER)
    db.session.commit()
    assert places_of(nominating, "PE").used == 0
    assert make_nomination(nominating, coordinator, nomination.email).id != nomination.id


def test_a_place_that_is_kept_for_a_firm_is_given_to_nobody_else(
    competition: Competition, coordinator: Account, entrant: Account
) -> None:
    entries = make_entries(competition, entrant)
    nomination = make_nomination(competition, coordinator)
    for entry in entries:
        endorse_entry(entry, actor=coordinator, now=NOW)
    assert [entry.endorsement.value for entry in entries] == ["endorsed", "reserve", "reserve"]
    sent = send(competition, accepted(nomination), title="The nominated one")
    assert (sent.endorsement, sent.preference) == (Endorsement.ENDORSED, 2)
    assert [entry.preference for entry in entries] == [1, 3, 4]


def test_a_nomination_that_is_taken_back_moves_the_reserve_up(
    competition: Competition, coordinator: Account, entrant: Account
) -> None:
    nomination = make_nomination(competition, coordinator)
    entries = make_entries(competition, entrant, 2)
    for entry in entries:
        endorse_entry(entry, actor=coordinator, now=NOW)
    withdraw_nomination(nomination, actor=coordinator, now=LATER)
    assert [entry.endorsement.value for entry in entries] == ["endorsed", "endorsed"]
    with pytest.raises(LinkRefused, match="taken back"):
        nomination_of_link(nomination.id, competition)


def test_a_kept_place_counts_where_everybody_may_enter(
    competition: Competition, coordinator: Account, entrant: Account
) -> None:
    competition.entry_path, competition.economy_limit = EntryPath.SHOWN, 1
    db.session.commit()
    nomination = make_nomination(competition, coordinator)
    with pytest.raises(EntryRefused, match="kept for a firm that it nominated"):
        send(competition, entrant)
    db.session.rollback()
    assert send(competition, accepted(nomination)).endorsement is Endorsement.ENDORSED


def test_where_economies_endorse_any_number_may_enter(competition: Competition, entrant: Account) -> None:
    make_entries(competition, entrant, 4)
    assert send(competition, entrant).endorsement is Endorsement.WAITING


def test_an_entry_that_moves_to_another_economy_is_undecided_there(
    competition: Competition, coordinator: Account, entrant: Account
) -> None:
    entry = send(competition, entrant)
    others = make_entries(competition, entrant, 2)
    for each in (entry, *others):
        endorse_entry(each, actor=coordinator, now=NOW)
    draft = begin_change(entry, {}, actor=entrant, now=LATER)
    moved = submission(competition, economy_code="CHL")
    change_entry(draft, moved, secret_key=SECRET, actor=entrant, now=LATER)
    assert (entry.endorsement, entry.preference) == (Endorsement.WAITING, None)
    assert [each.endorsement.value for each in others] == ["endorsed", "endorsed"]


def test_a_link_is_for_its_own_address_and_competition(nominating: Competition, coordinator: Account) -> None:
    nomination = make_nomination(nominating, coordinator)
    with pytest.raises(NominationRefused, match=f"for {nomination.email}"):
        accept_nomination(nomination, make_account("other@firm.example"), now=LATER)
    with pytest.raises(LinkRefused, match="no longer there"):
        nomination_of_link(nomination.id, make_competition("another", reference_prefix="OTHER"))


def test_an_address_is_nominated_once_and_never_the_coordinators_own(
    nominating: Competition, coordinator: Account
) -> None:
    make_nomination(nominating, coordinator)
    with pytest.raises(NominationRefused, match="nominated already"):
        make_nomination(nominating, coordinator, "LUPE@firm.example")
    with pytest.raises(NominationRefused, match="Nobody nominates themselves"):
        make_nomination(nominating, coordinator, coordinator.email)


def test_a_judge_nominates_nobody(nominating: Competition, coordinator: Account) -> None:
    make_judge(nominating, coordinator)
    with pytest.raises(NominationRefused, match="You judge this competition"):
        make_nomination(nominating, coordinator)


def test_nobody_is_nominated_after_the_close_or_after_the_date(nominating: Competition, coordinator: Account) -> None:
    nominating.entries_close_at = NOW
    with pytest.raises(NominationRefused, match="No entries are taken any more"):
        make_nomination(nominating, coordinator)
    nominating.entries_close_at, nominating.endorsement_closes_at = NOW + timedelta(days=3), NOW
    with pytest.raises(EndorsementRefused, match="is over"):
        make_nomination(nominating, coordinator)


def test_a_firm_is_reminded_until_it_has_entered(nominating: Competition, coordinator: Account) -> None:
    nomination = make_nomination(nominating, coordinator)
    remind_nominated(nomination, links=LINKS, actor=coordinator, now=LATER)
    mails = select(OutboxMail).where(OutboxMail.template == "competition/firm_nominated")
    assert [mail.to_address for mail in db.session.scalars(mails)] == [nomination.email] * 2
    send(nominating, accepted(nomination))
    with pytest.raises(NominationRefused, match="No mail was sent"):
        remind_nominated(nomination, links=LINKS, actor=coordinator, now=LATER)
    with pytest.raises(NominationRefused, match="has entered meanwhile"):
        withdraw_nomination(nomination, actor=coordinator, now=LATER)
