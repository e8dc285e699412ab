"""What coordinators hear: one digest a day at most, one reminder before the date, and the organiser's own."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.competition.domain.coordinators import remind_before_the_date, remind_coordinators, tell_what_came
from gtn_events.competition.domain.endorsement import endorse_entry
from gtn_events.competition.enums import CompetitionState, EntryPath
from gtn_events.competition.errors import EndorsementRefused
from gtn_events.competition.models import Competition
from gtn_events.competition.periodic import tell_coordinators
from gtn_events.core.db import db
from gtn_events.core.outbox import OutboxMail
from tests.competition.economy.desks import NOW, OVER, make_coordinator, make_entries

DAY = timedelta(days=1)
MIDNIGHT = datetime(2013, 5, 21, tzinfo=UTC)


def mails(template: str) -> list[OutboxMail]:
    statement = select(OutboxMail).where(OutboxMail.template == f"competition/{template}").order_by(OutboxMail.id)
    return list(db.session.scalars(statement))


def test_one_digest_tells_of_the_day_before_and_names_no_entry(
    competition: Competition, coordinator: Account, entrant: Account
) -> None:
    make_entries(competition, entrant, 2, submitted_at=NOW)
    make_entries(competition, entrant, 1, submitted_at=NOW - 9 * DAY)
    assert tell_what_came(competition, now=NOW) == 0
    told = [tell_what_came(competition, now=MIDNIGHT + timedelta(hours=hour)) for hour in range(3)]
    assert told == [1, 0, 0]
    (mail,) = mails("economy_digest")
    assert mail.to_address == coordinator.email
    assert "2 entries of Peru to Innovative SMEs Competition 2013 came since 14 May 2013. 3 wait" in mail.body_text
    assert "Entry 1" not in mail.body_text
    assert tell_what_came(competition, now=MIDNIGHT + DAY) == 0


def test_a_digest_goes_to_every_coordinator_of_that_economy_only(
    competition: Competition, coordinator: Account, entrant: Account
) -> None:
    second = make_coordinator("second@gtn.example")
    make_coordinator("chl@gtn.example", "CHL")
    make_entries(competition, entrant, 1, submitted_at=NOW)
    assert tell_what_came(competition, now=MIDNIGHT) == 2
    assert {mail.to_address for mail in mails("economy_digest")} == {coordinator.email, second.email}


def test_a_digest_makes_good_the_days_on_which_the_clock_did_not_run(
    competition: Competition, coordinator: Account, entrant: Account
) -> None:
    for days in range(4):
        make_entries(competition, entrant, 1, submitted_at=NOW + days * DAY)
    told = [tell_what_came(competition, now=MIDNIGHT + days * DAY) for days in (0, 3, 4)]
    assert told == [1, 1, 0]
    assert [mail.subject.split()[0] for mail in mails("economy_digest")] == ["1", "3"]


def test_what_is_decided_on_is_in_no_digest(competition: Competition, coordinator: Account, entrant: Account) -> None:
    entry = make_entries(competition, entrant, 1, submitted_at=NOW)[0]
    endorse_entry(entry, actor=coordinator, now=NOW)
    assert tell_what_came(competition, now=MIDNIGHT) == 0


@pytest.mark.parametrize("tell", [tell_what_came, remind_before_the_date])
def test_after_the_date_nobody_hears_anything(
    competition: Competition, coordinator: Account, entrant: Account, tell: Callable[..., int]
) -> None:
    make_entries(competition, entrant, 1, submitted_at=OVER - DAY)
    assert tell(competition, now=OVER) == 0


def test_a_reminder_goes_once_in_the_last_three_days(
    competition: Competition, coordinator: Account, entrant: Account
) -> None:
    make_entries(competition, entrant, 2)
    assert remind_before_the_date(competition, now=OVER - 4 * DAY) == 0
    assert [remind_before_the_date(competition, now=OVER - days * DAY) for days in (3, 2, 1)] == [1, 0, 0]
    assert "2 entries of Peru to Innovative SMEs" in mails("economy_reminder")[0].body_text


def test_whoever_owes_nothing_is_not_reminded(competition: Competition, coordinator: Account, entrant: Account) -> None:
    endorse_entry(make_entries(competition, entrant, 1)[0], actor=coordinator, now=NOW)
    assert remind_before_the_date(competition, now=OVER - DAY) == 0


def test_where_economies_nominate_those_with_free_places_are_reminded(
    competition: Competition, coordinator: Account
) -> None:
    competition.entry_path = EntryPath.NOMINATED
    assert remind_before_the_date(competition, now=OVER - DAY) == 1
    assert "Peru can still nominate 2 firms" in mails("economy_reminder")[0].body_text


def test_the_organiser_reminds_once_a_day(
    competition: Competition, coordinator: Account, entrant: Account, organiser: Account
) -> None:
    make_entries(competition, entrant, 1)
    moments = (NOW, NOW + timedelta(hours=2), NOW + DAY)
    assert [remind_coordinators(competition, actor=organiser, now=each) for each in moments] == [1, 0, 1]
    with pytest.raises(EndorsementRefused, match="nobody is reminded"):
        remind_coordinators(competition, actor=organiser, now=OVER)


def test_the_clock_tells_of_published_competitions_only(
    competition: Competition, coordinator: Account, entrant: Account
) -> None:
    make_entries(competition, entrant, 1, submitted_at=NOW)
    competition.state = CompetitionState.CLOSED
    db.session.commit()
    tell_coordinators(MIDNIGHT)
    assert mails("economy_digest") == []
    competition.state = CompetitionState.PUBLISHED
    db.session.commit()
    tell_coordinators(MIDNIGHT)
    assert len(mails("economy_digest")) == 1


def test_an_economy_without_a_coordinator_stops_nobody(competition: Competition, entrant: Account) -> None:
    make_entries(competition, entrant, 1, submitted_at=NOW)
    assert tell_what_came(competition, now=MIDNIGHT) == 0
