"""A mail to a chosen set reaches each of them once, whatever is pressed twice or killed in between."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.datastructures import MultiDict

from gtn_events.accounts.domain.personal_data import erase_person
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.errors import Stale
from gtn_events.core.jobs import Job, JobState, cancel_job, run_due_jobs
from gtn_events.core.listing import Listing
from gtn_events.core.outbox import OutboxMail
from gtn_events.forum import mailing_job
from gtn_events.forum.domain.bookings import choose_side_event
from gtn_events.forum.domain.check_in import MAIN_DOOR, check_in
from gtn_events.forum.domain.mailing_stops import continue_mailing
from gtn_events.forum.domain.mailing_text import filled, require_known_fields
from gtn_events.forum.domain.mailings import (
    UNDO,
    MailingText,
    begin_mailing,
    cancel_mailing,
    schedule_mailing,
    write_mailing,
)
from gtn_events.forum.enums import MailingState, RegistrationState
from gtn_events.forum.errors import MailingRefused, UnknownField
from gtn_events.forum.mailing_job import ask_for_work, begin_due_mailings, note_stopped_mailings
from gtn_events.forum.models import Forum, Mailing, MailingRecipient, Registration
from gtn_events.forum.queries.forums import checkpoint_of
from gtn_events.forum.queries.mailings import (
    audience_choices,
    audience_ids,
    count_of,
    read_audience,
    three_of,
    written_of,
)
from gtn_events.questionnaire.domain.drafts import add_question
from gtn_events.questionnaire.domain.questions import Option, QuestionSpec
from gtn_events.questionnaire.domain.versions import draft_version_of, publish_version
from gtn_events.questionnaire.enums import QuestionKind
from gtn_events.questionnaire.models import Answer

from ..factories import make_account, make_category, make_forum, make_registration, make_side_event

CONFIRMED = RegistrationState.CONFIRMED


@pytest.fixture
def forum(database: None) -> Forum:
    return make_forum()


@pytest.fixture
def organiser(database: None) -> Account:
    return make_account("organiser@gtn.example")


def chosen(forum: Forum, **filters: Any) -> Listing:
    """The set that an address with these filters asks for."""
    return read_audience("", MultiDict(filters), audience_choices(forum))


def ids(forum: Forum, **filters: Any) -> list[int]:
    return list(db.session.scalars(audience_ids(forum, chosen(forum, **filters), audience_choices(forum))))


def people(forum: Forum, count: int) -> list[Registration]:
    category = make_category(forum)
    return [
        make_registration(category, make_account(f"person{n}@firm.example", family_name=f"Name{n}"), CONFIRMED)
        for n in range(count)
    ]


def draft(forum: Forum, organiser: Account, now: datetime, **filters: Any) -> Mailing:
    text = MailingText(
        subject="{forum}: welcome, {given_name}", text="Your number is {number}.", listing=chosen(forum, **filters)
    )
    mailing = begin_mailing(forum, text, audience_choices(forum), actor=organiser, now=now)
    db.session.commit()
    return mailing


def send(mailing: Mailing, organiser: Account, now: datetime, **filters: Any) -> int:
    forum = mailing.forum
    count = schedule_mailing(
        mailing,
        chosen(forum, **filters),
        audience_choices(forum),
        seen=mailing.lock_version,
        actor=organiser,
        now=now,
    )
    db.session.commit()
    return count


def written() -> list[tuple[str, str]]:
    mails = select(OutboxMail).where(OutboxMail.template == "forum/mailing").order_by(OutboxMail.to_address)
    return [(mail.to_address, mail.subject) for mail in db.session.scalars(mails)]


def test_each_gets_it_once_with_their_own_data(app: Flask, forum: Forum, organiser: Account, now: datetime) -> None:
    people(forum, 3)
    mailing = draft(forum, organiser, now)
    assert send(mailing, organiser, now) == 3
    for moment in (now + UNDO, now + UNDO + timedelta(minutes=1)):
        begin_due_mailings(moment)
        run_due_jobs(moment)
    assert written() == [(f"person{n}@firm.example", "GTN Forum 2013: welcome, Rosa") for n in range(3)]
    mail = db.session.scalars(select(OutboxMail).order_by(OutboxMail.id)).first()
    assert mail is not None
    assert ("Your number is GTN13-0000-0001." in mail.body_text, "you registered for" in mail.body_html) == (True, True)
    db.session.refresh(mailing)
    assert (mailing.state, mailing.audience_words) == (MailingState.SENT, "Everybody who registered")


def test_nothing_leaves_before_its_time_and_it_can_be_taken_back(
    forum: Forum, organiser: Account, now: datetime
) -> None:
    people(forum, 1)
    mailing = draft(forum, organiser, now)
    send(mailing, organiser, now)
    begin_due_mailings(now + UNDO - timedelta(seconds=1))
    assert db.session.scalar(select(func.count()).select_from(Job)) == 0
    cancel_mailing(mailing, actor=organiser, now=now)
    db.session.commit()
    begin_due_mailings(now + UNDO)
    assert (mailing.state, written()) == (MailingState.CANCELLED, [])


def test_what_has_begun_cannot_be_taken_back(forum: Forum, organiser: Account, now: datetime) -> None:
    people(forum, 1)
    mailing = draft(forum, organiser, now)
    send(mailing, organiser, now)
    begin_due_mailings(now + UNDO)
    with pytest.raises(MailingRefused):
        cancel_mailing(mailing, actor=organiser, now=now + UNDO)


def test_a_second_press_and_a_changed_text_are_refused(forum: Forum, organiser: Account, now: datetime) -> None:
    people(forum, 1)
    mailing, choices = draft(forum, organiser, now), audience_choices(forum)
    seen = mailing.lock_version
    changed = MailingText(subject="Other", text="Other", listing=chosen(forum))
    write_mailing(mailing, changed, choices, seen=seen)
    db.session.commit()
    with pytest.raises(Stale):
        schedule_mailing(mailing, chosen(forum), choices, seen=seen, actor=organiser, now=now)
    send(mailing, organiser, now)
    with pytest.raises(Stale):
        schedule_mailing(mailing, chosen(forum), choices, seen=mailing.lock_version, actor=organiser, now=now)
    with pytest.raises(MailingRefused):
        write_mailing(mailing, changed, choices, seen=mailing.lock_version)


def test_the_set_is_frozen_when_it_is_sent(forum: Forum, organiser: Account, now: datetime) -> None:
    first, second = people(forum, 2)
    mailing = draft(forum, organiser, now, state="confirmed")
    assert send(mailing, organiser, now, state="confirmed") == 2
    first.state = RegistrationState.CANCELLED
    make_registration(first.category, make_account("late@firm.example"), CONFIRMED)
    begin_due_mailings(now + UNDO)
    run_due_jobs(now + UNDO)
    assert [address for address, _subject in written()] == [first.email, second.email]
    assert mailing.audience_words == "Confirmed"


def test_a_killed_worker_writes_none_twice_and_none_too_few(
    forum: Forum, organiser: Account, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    people(forum, 5)
    mailing = draft(forum, organiser, now)
    send(mailing, organiser, now)
    begin_due_mailings(now + UNDO)
    monkeypatch.setattr(mailing_job, "COMMIT_EVERY", 2)
    monkeypatch.setattr(mailing_job, "write_one", dies_after(3, mailing_job.write_one))
    with pytest.raises(KeyboardInterrupt):
        run_due_jobs(now + UNDO)
    db.session.rollback()
    assert len(written()) == 2
    monkeypatch.undo()
    run_due_jobs(now + UNDO + timedelta(minutes=5))  # the lease has ended
    assert len(written()) == 5
    assert db.session.scalars(select(Job.state)).one() is JobState.DONE
    filled_in = select(func.count()).where(MailingRecipient.mail_id.is_not(None))
    assert db.session.scalar(filled_in) == 5


def stopped(forum: Forum, organiser: Account, now: datetime, monkeypatch: pytest.MonkeyPatch) -> Mailing:
    """A mail to five people whose job is cancelled after two are written."""
    people(forum, 5)
    mailing = draft(forum, organiser, now)
    send(mailing, organiser, now)
    begin_due_mailings(now + UNDO)
    monkeypatch.setattr(mailing_job, "COMMIT_EVERY", 2)
    monkeypatch.setattr("gtn_events.core.jobs.run.CHECK_SECONDS", 0)
    monkeypatch.setattr(mailing_job, "write_one", cancels_after(2, mailing_job.write_one, now))
    run_due_jobs(now + UNDO)
    monkeypatch.undo()
    note_stopped_mailings(now + UNDO)
    db.session.commit()
    return mailing


def cancels_after(count: int, real: Callable[..., bool], now: datetime) -> Callable[..., bool]:
    done = 0

    def write(*args: Any, **values: Any) -> bool:
        nonlocal done
        done += 1
        if done == count:
            cancel_job(db.session.scalars(select(Job)).one(), now=now)
        return real(*args, **values)

    return write


def test_mail_whose_job_is_cancelled_says_that_it_stopped(
    forum: Forum, organiser: Account, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailing = stopped(forum, organiser, now, monkeypatch)
    assert (mailing.state, written_of(mailing), len(written())) == (MailingState.STOPPED, 2, 2)
    with pytest.raises(MailingRefused, match="begun to leave"):
        cancel_mailing(mailing, actor=organiser, now=now)


def test_job_that_is_cancelled_before_it_began_stops_its_mail(forum: Forum, organiser: Account, now: datetime) -> None:
    people(forum, 2)
    mailing = draft(forum, organiser, now)
    send(mailing, organiser, now)
    begin_due_mailings(now + UNDO)
    cancel_job(db.session.scalars(select(Job)).one(), now=now)
    note_stopped_mailings(now + UNDO)
    assert (mailing.state, written()) == (MailingState.STOPPED, [])


def test_stopped_mail_goes_on_where_it_stopped_and_nobody_gets_it_twice(
    forum: Forum, organiser: Account, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailing = stopped(forum, organiser, now, monkeypatch)
    continue_mailing(mailing, actor=organiser, now=now)
    ask_for_work(mailing, actor=organiser, now=now)
    db.session.commit()
    with pytest.raises(MailingRefused, match="not stopped"):
        continue_mailing(mailing, actor=organiser, now=now)
    run_due_jobs(now + UNDO)
    db.session.refresh(mailing)
    assert (mailing.state, len(written()), len(set(written()))) == (MailingState.SENT, 5, 5)
    assert db.session.scalar(select(func.count()).select_from(Job)) == 2


def test_stopped_mail_can_stop_and_go_on_again(
    forum: Forum, organiser: Account, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailing = stopped(forum, organiser, now, monkeypatch)
    for _time in range(2):
        continue_mailing(mailing, actor=organiser, now=now)
        ask_for_work(mailing, actor=organiser, now=now)
        db.session.commit()
        cancel_job(db.session.get_one(Job, mailing.job_id), now=now)
        note_stopped_mailings(now + UNDO)
        assert mailing.state is MailingState.STOPPED


def test_mail_that_is_being_sent_is_not_called_stopped(forum: Forum, organiser: Account, now: datetime) -> None:
    people(forum, 1)
    mailing = draft(forum, organiser, now)
    send(mailing, organiser, now)
    begin_due_mailings(now + UNDO)
    note_stopped_mailings(now + UNDO)
    assert mailing.state is MailingState.SENDING


def dies_after(count: int, real: Callable[..., bool]) -> Callable[..., bool]:
    done = 0

    def write(*args: Any, **values: Any) -> bool:
        nonlocal done
        done += 1
        if done > count:
            raise KeyboardInterrupt
        return real(*args, **values)

    return write


def test_erased_and_silent_people_are_left_out_and_counted(forum: Forum, organiser: Account, now: datetime) -> None:
    gone, silent, _kept = people(forum, 3)
    silent.consented_at = None
    gone.state = RegistrationState.CANCELLED
    db.session.commit()
    erase_person(gone.account, now=now)
    db.session.commit()
    count = count_of(forum, chosen(forum), audience_choices(forum))
    assert (count.people, count.erased, count.without_consent) == (1, 1, 1)


def test_whoever_is_erased_before_it_leaves_gets_nothing(forum: Forum, organiser: Account, now: datetime) -> None:
    gone, kept = people(forum, 2)
    send(draft(forum, organiser, now), organiser, now)
    gone.state = RegistrationState.CANCELLED
    erase_person(gone.account, now=now)
    db.session.commit()
    begin_due_mailings(now + UNDO)
    run_due_jobs(now + UNDO)
    assert [address for address, _subject in written()] == [kept.email]
    erased = kept.account
    kept.state = RegistrationState.CANCELLED
    erase_person(erased, now=now)
    db.session.commit()
    assert written() == [("", "")]


def test_a_person_with_two_registrations_gets_one_mail(forum: Forum, organiser: Account, now: datetime) -> None:
    category, account = make_category(forum), make_account()
    make_registration(category, account, RegistrationState.CANCELLED)
    newest = make_registration(category, account, CONFIRMED)
    assert ids(forum) == [newest.id]


def test_came_to_a_day_means_a_check_in_on_that_day_at_the_venue(
    forum: Forum, organiser: Account, now: datetime
) -> None:
    first, second, _never = people(forum, 3)
    door = db.session.scalars(checkpoint_of(forum, MAIN_DOOR)).one()
    check_in(first, door, station="A", actor=organiser, now=datetime(2013, 6, 5, 1, 0, tzinfo=UTC))
    check_in(
        second, door, station="A", actor=organiser, now=datetime(2013, 6, 5, 23, 0, tzinfo=UTC)
    )  # 06:00 in Jakarta
    db.session.commit()
    assert (ids(forum, day="1"), ids(forum, day="2")) == ([first.id], [second.id])
    both = read_audience("", MultiDict([("day", "1"), ("day", "2"), ("day", "9")]), audience_choices(forum))
    assert list(db.session.scalars(audience_ids(forum, both, audience_choices(forum)))) == [first.id, second.id]


def test_a_side_event_narrows_the_set(forum: Forum, organiser: Account, now: datetime) -> None:
    first, _second = people(forum, 2)
    event = make_side_event(forum)
    choose_side_event(first, event, actor=first.account, now=now)
    db.session.commit()
    assert ids(forum, side_event=str(event.id)) == [first.id]


def test_a_spoken_language_narrows_the_set_where_it_is_asked_for(
    forum: Forum, organiser: Account, now: datetime
) -> None:
    assert audience_choices(forum).languages == {}
    version = draft_version_of(forum.questionnaire, actor=None, now=now)
    options = (Option("español", "Spanish"), Option("en", "English"))
    add_question(
        version,
        QuestionSpec(QuestionKind.SEVERAL_OF, "Languages you speak", options=options),
        actor=None,
        now=now,
    )
    publish_version(version, actor=None, now=now)
    first, second, _third = people(forum, 3)
    db.session.add_all(
        [
            Answer(answer_set_id=first.answer_set_id, key="languages_you_speak", value=["en", "español"]),
            Answer(answer_set_id=second.answer_set_id, key="languages_you_speak", value=["en"]),
        ]
    )
    db.session.commit()
    assert audience_choices(forum).languages == {"español": "Spanish", "en": "English"}
    assert (ids(forum, language="español"), ids(forum, language="en")) == ([first.id], [first.id, second.id])


def test_three_stand_for_all(forum: Forum, organiser: Account, now: datetime) -> None:
    category = make_category(forum)
    made = [
        make_registration(category, make_account(f"p{n}@firm.example", **names), own_script_name=own)
        for n, (names, own) in enumerate(
            [
                ({"given_name": "Zoe", "family_name": "Young"}, ""),
                ({"given_name": "Ana", "family_name": "Abad"}, ""),
                ({"given_name": "Maximiliana", "family_name": "Montenegro Villanueva"}, ""),
                ({"given_name": "Somchai", "family_name": "Jaidee"}, "สมชาย ใจดี"),
            ]
        )
    ]
    found = three_of(audience_ids(forum, chosen(forum), audience_choices(forum)))
    assert [each.id for each in found] == [made[1].id, made[2].id, made[3].id]
    only = three_of(audience_ids(forum, chosen(forum, q="Zoe"), audience_choices(forum)))
    assert [each.id for each in only] == [made[0].id]


def test_an_unknown_field_is_named_and_what_a_person_typed_is_no_field(forum: Forum, organiser: Account) -> None:
    with pytest.raises(UnknownField, match=r"Nothing fills \{nmae\}, \{password\}"):
        require_known_fields("{name} {password} {nmae}", field="text")
    registration = people(forum, 1)[0]
    registration.organisation_name = "{number}"
    assert filled("{organisation} in {city}", registration) == "{number} in Jakarta"
