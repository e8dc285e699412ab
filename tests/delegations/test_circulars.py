"""A circular is released once, mailed once to each coordinator, and acknowledged once for each economy."""

import io
from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from gtn_events.accounts.domain.personal_data import erase_person, export_person
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.errors import NotAllowed, Stale
from gtn_events.core.outbox import OutboxMail
from gtn_events.delegations.circular_errors import CircularRefused
from gtn_events.delegations.circular_words import CircularState
from gtn_events.delegations.circulars_periodic import remind_of_circulars
from gtn_events.delegations.documents_circular import circular_pdf, file_name
from gtn_events.delegations.domain.circulars import (
    acknowledge,
    begin_circular,
    begin_version,
    discard,
    release,
    write_version,
)
from gtn_events.delegations.models import Circular, CircularAcknowledgement, CircularVersion
from gtn_events.delegations.notifications_circulars import remind
from gtn_events.forum.models import Forum

from ..factories import make_account, make_forum
from .circulars import coordinator, economy, make_draft, make_released, text


@pytest.fixture
def forum(database: None) -> Forum:
    return make_forum()


@pytest.fixture
def organiser(database: None) -> Account:
    return make_account("organiser@gtn.example")


def mailed(template: str) -> list[str]:
    found = select(OutboxMail).where(OutboxMail.template == f"delegations/{template}").order_by(OutboxMail.id)
    return [mail.to_address for mail in db.session.scalars(found)]


def test_circulars_are_numbered_for_each_forum(forum: Forum, organiser: Account, now: datetime) -> None:
    other = make_forum("other", reference_prefix="OTH13")
    made = [
        begin_circular(each, title, actor=organiser, now=now)
        for each, title in zip((forum, forum, other), "ABA", strict=True)
    ]
    assert [(each.circular.forum_id, each.circular.number) for each in made] == [
        (forum.id, 1),
        (forum.id, 2),
        (other.id, 1),
    ]


def test_a_begun_circular_knows_dates_venue_and_contact(forum: Forum, organiser: Account, now: datetime) -> None:
    version = make_draft(forum, organiser, now=now, sections={})
    assert version.shown_sections == []
    with pytest.raises(CircularRefused):
        release(version, actor=organiser, now=now)


def test_each_coordinator_gets_one_mail_however_many_economies(forum: Forum, organiser: Account, now: datetime) -> None:
    coordinator("both@gtn.example", "PE", "CHL")
    coordinator("deputy@gtn.example", "PE")
    coordinator("far@gtn.example", "JPN")
    version = make_released(forum, organiser, now=now, audience=("PE", "CHL"))
    assert sorted(mailed("circular_released")) == ["both@gtn.example", "deputy@gtn.example"]
    with pytest.raises(CircularRefused):
        release(version, actor=organiser, now=now)
    assert len(mailed("circular_released")) == 2


def test_an_economy_acknowledges_once_and_the_first_stands(forum: Forum, organiser: Account, now: datetime) -> None:
    rosa, luz = coordinator("rosa@gtn.example", "PE"), coordinator("luz@gtn.example", "PE")
    version = make_released(forum, organiser, now=now)
    assert acknowledge(version, economy("PE"), actor=rosa, now=now)
    assert not acknowledge(version, economy("PE"), actor=luz, now=now + timedelta(hours=1))
    db.session.commit()
    stored = db.session.scalars(select(CircularAcknowledgement)).one()
    assert (stored.account_id, stored.economy_code, stored.at) == (rosa.id, "PE", now)


def test_nobody_acknowledges_for_another_economy(forum: Forum, organiser: Account, now: datetime) -> None:
    rosa = coordinator("rosa@gtn.example", "PE")
    version = make_released(forum, organiser, now=now, audience=("CHL",))
    with pytest.raises(NotAllowed):
        acknowledge(version, economy("CHL"), actor=rosa, now=now)
    with pytest.raises(CircularRefused):
        acknowledge(version, economy("PE"), actor=rosa, now=now)


def test_a_new_version_is_acknowledged_anew(forum: Forum, organiser: Account, now: datetime) -> None:
    rosa = coordinator("rosa@gtn.example", "PE")
    first = make_released(forum, organiser, now=now)
    acknowledge(first, economy("PE"), actor=rosa, now=now)
    second = begin_version(first.circular, actor=organiser, now=now)
    with pytest.raises(CircularRefused):
        begin_version(first.circular, actor=organiser, now=now)
    release(second, actor=organiser, now=now + timedelta(days=1))
    db.session.commit()
    assert (second.version, first.state, second.state) == (2, CircularState.SUPERSEDED, CircularState.RELEASED)
    assert (len(first.acknowledgements), len(second.acknowledgements)) == (1, 0)
    assert mailed("circular_released") == ["rosa@gtn.example", "rosa@gtn.example"]
    with pytest.raises(CircularRefused):
        acknowledge(first, economy("PE"), actor=rosa, now=now)
    assert acknowledge(second, economy("PE"), actor=rosa, now=now)


def test_a_released_version_cannot_be_changed(forum: Forum, organiser: Account, now: datetime) -> None:
    version = make_released(forum, organiser, now=now)
    for refused in (
        lambda: write_version(version, text(), seen=version.lock_version, actor=organiser, now=now),
        lambda: discard(version, actor=organiser, now=now),
    ):
        with pytest.raises(CircularRefused):
            refused()


def test_two_writers_do_not_overwrite_one_another(forum: Forum, organiser: Account, now: datetime) -> None:
    version = make_draft(forum, organiser, now=now)
    seen = version.lock_version
    write_version(version, text(title="First"), seen=seen, actor=organiser, now=now)
    with pytest.raises(Stale):
        write_version(version, text(title="Second"), seen=seen, actor=organiser, now=now)


def test_the_database_holds_one_draft_and_one_released(forum: Forum, organiser: Account, now: datetime) -> None:
    version = make_draft(forum, organiser, now=now)
    db.session.add(CircularVersion(circular=version.circular, version=2, title="Two", created_at=now))
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_a_discarded_first_draft_takes_its_circular_along(forum: Forum, organiser: Account, now: datetime) -> None:
    discard(make_draft(forum, organiser, now=now), actor=organiser, now=now)
    db.session.commit()
    assert db.session.scalars(select(Circular)).all() == []


def test_only_those_who_have_not_are_reminded_and_once_a_day(forum: Forum, organiser: Account, now: datetime) -> None:
    rosa = coordinator("rosa@gtn.example", "PE")
    coordinator("kei@gtn.example", "JPN")
    version = make_released(forum, organiser, now=now)
    acknowledge(version, economy("PE"), actor=rosa, now=now)
    db.session.commit()
    assert [remind(version, now=now + timedelta(hours=each)) for each in (0, 1, 24)] == [1, 0, 1]
    assert mailed("circular_reminder") == ["kei@gtn.example"] * 2


def test_the_clock_reminds_three_days_before_once(forum: Forum, organiser: Account, now: datetime) -> None:
    coordinator("kei@gtn.example", "JPN")
    make_released(forum, organiser, now=now, acknowledge_by=date(2013, 5, 20))
    for day, hour in ((16, 3), (17, 3), (17, 4), (18, 3)):
        remind_of_circulars(datetime(2013, 5, day, hour, tzinfo=now.tzinfo))
    assert mailed("circular_reminder") == ["kei@gtn.example"]


def test_the_clock_reminds_later_where_it_stood_still_on_the_third_day(
    forum: Forum, organiser: Account, now: datetime
) -> None:
    coordinator("kei@gtn.example", "JPN")
    make_released(forum, organiser, now=now, acknowledge_by=date(2013, 5, 20))
    counted = []
    for day in (16, 19, 20, 21):
        remind_of_circulars(datetime(2013, 5, day, 3, tzinfo=now.tzinfo))
        counted.append(len(mailed("circular_reminder")))
    assert counted == [0, 1, 1, 1]


def test_nobody_is_reminded_on_the_day_of_the_circular_itself(forum: Forum, organiser: Account, now: datetime) -> None:
    coordinator("kei@gtn.example", "JPN")
    make_released(forum, organiser, now=now, acknowledge_by=now.date() + timedelta(days=2))
    counted = []
    for hours in (1, 24):
        remind_of_circulars(now + timedelta(hours=hours))
        counted.append(len(mailed("circular_reminder")))
    assert counted == [0, 1]


def test_the_clock_leaves_out_whom_the_organiser_reminded_in_these_days(
    forum: Forum, organiser: Account, now: datetime
) -> None:
    coordinator("kei@gtn.example", "JPN")
    version = make_released(forum, organiser, now=now, acknowledge_by=date(2013, 5, 20))
    moments = [datetime(2013, 5, day, 1, tzinfo=now.tzinfo) for day in (16, 17, 18)]
    assert remind(version, now=moments[0]) == 1
    remind_of_circulars(moments[1])
    assert remind(version, now=moments[1]) == 0
    remind_of_circulars(moments[2])
    assert mailed("circular_reminder") == ["kei@gtn.example"] * 2


def test_a_day_that_cannot_be_meant_keeps_no_reminder_from_the_others(
    forum: Forum, organiser: Account, now: datetime
) -> None:
    coordinator("kei@gtn.example", "JPN")
    for last in (date.min, date(2013, 5, 20), date.max):
        make_released(forum, organiser, now=now, acknowledge_by=last)
    remind_of_circulars(datetime(2013, 5, 17, 3, tzinfo=now.tzinfo))
    assert mailed("circular_reminder") == ["kei@gtn.example"]


def test_an_erased_person_leaves_the_acknowledgement(forum: Forum, organiser: Account, now: datetime) -> None:
    rosa = coordinator("rosa@gtn.example", "PE")
    acknowledge(make_released(forum, organiser, now=now), economy("PE"), actor=rosa, now=now)
    assert [each["economy"] for each in export_person(rosa)["circulars"]] == ["PE"]
    erase_person(rosa, now=now)
    db.session.commit()
    db.session.expire_all()
    stored = db.session.scalars(select(CircularAcknowledgement)).one()
    assert (stored.economy_code, stored.account_id) == ("PE", None)


def test_the_pdf_shows_number_version_and_only_what_is_not_hidden(
    app: Flask, forum: Forum, organiser: Account, now: datetime
) -> None:
    version = make_released(forum, organiser, now=now)
    with app.test_request_context():
        words = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(circular_pdf(version))).pages)
    assert file_name(version) == "gtn-forum-2013-circular-1-v1.pdf"
    assert ("Circular No. 1" in words, "You are welcome." in words, "Secret plan" in words) == (True, True, False)
