"""A side event asks own questions: who edits them, who answers, until when, who reads, and how answers go."""

from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.jobs import run_due_periodic_tasks
from gtn_events.core.journal import JournalEntry
from gtn_events.core.outbox import OutboxMail
from gtn_events.core.permissions import Scope
from gtn_events.forum.domain.bookings import choose_side_event
from gtn_events.forum.domain.guests import GuestParticulars, invite_guests, register_guest
from gtn_events.forum.domain.question_reminders import remind_of_unanswered
from gtn_events.forum.domain.side_event_questions import answer_questions, begin_questions, may_answer, questions_for
from gtn_events.forum.domain.side_events import delete_side_event
from gtn_events.forum.enums import Audience, BookingState, RegistrationState
from gtn_events.forum.errors import BookingRefused
from gtn_events.forum.models import Forum, Registration, SideEvent, SideEventBooking, SideEventGuest
from gtn_events.forum.personal_data import erase_forum, export_forum
from gtn_events.forum.queries.side_event_questions import questions_waiting
from gtn_events.questionnaire.domain.drafts import add_question
from gtn_events.questionnaire.domain.purge import purge_due_sensitive
from gtn_events.questionnaire.domain.questions import QuestionSpec
from gtn_events.questionnaire.domain.versions import draft_version_of, publish_version
from gtn_events.questionnaire.enums import QuestionKind
from gtn_events.questionnaire.models import Answer, SensitiveAnswer
from tests.factories import (
    MADE_AT,
    grant_role,
    make_account,
    make_category,
    make_forum,
    make_registration,
    make_side_event,
    sign_in,
)
from tests.forum.proposing import FAR
from tests.forum.test_hosting import token_in_mail

ASKED = (
    QuestionSpec(key="", kind=QuestionKind.SHORT_TEXT, label="Which sample do you bring", required=True),
    QuestionSpec(key="", kind=QuestionKind.SHORT_TEXT, label="What do you not eat", sensitive=True),
)
ANSWERS = {"which_sample_do_you_bring": "A husk board", "what_do_you_not_eat": "Peanuts"}
EDITOR = ("", "/steps", "/preview", "/versions", "/add?kind=short-text")


@pytest.fixture
def forum(database: None) -> Forum:
    return make_forum(purge_sensitive_on=date(2030, 1, 31))


@pytest.fixture
def organiser(forum: Forum) -> Account:
    account = make_account("organiser@firm.example")
    grant_role(account, Role.ORGANISER, forum.scope)
    return account


@pytest.fixture
def event(forum: Forum, organiser: Account) -> SideEvent:
    found = make_side_event(forum, audience=Audience.BOTH, starts_at=FAR - timedelta(hours=1), ends_at=FAR)
    ask(found, organiser)
    return found


@pytest.fixture
def host(event: SideEvent) -> Account:
    account = make_account("host@firm.example")
    grant_role(account, Role.SIDE_EVENT_HOST, event.host_scope)
    return account


@pytest.fixture
def booking(forum: Forum, event: SideEvent) -> SideEventBooking:
    return booked(forum, event)


def ask(event: SideEvent, actor: Account) -> None:
    questionnaire = begin_questions(event, actor=actor, now=MADE_AT)
    draft = draft_version_of(questionnaire, actor=actor, now=MADE_AT)
    for spec in ASKED:
        add_question(draft, spec, actor=actor, now=MADE_AT)
    publish_version(draft, actor=actor, now=MADE_AT)
    db.session.commit()


def booked(forum: Forum, event: SideEvent, email: str = "delegate@firm.example") -> SideEventBooking:
    category = forum.categories[0] if forum.categories else make_category(forum)
    registration = make_registration(category, make_account(email), RegistrationState.CONFIRMED)
    choose_side_event(registration, event, actor=registration.account, now=MADE_AT)
    db.session.commit()
    return db.session.scalars(select(SideEventBooking).where(SideEventBooking.registration == registration)).one()


def answered(booking: SideEventBooking) -> SideEventBooking:
    version = questions_for(booking)
    assert version is not None
    answer_questions(booking, version, ANSWERS, actor=booking.registration.account, now=MADE_AT)
    db.session.commit()
    return booking


def fields(*texts: str) -> dict[str, str]:
    return dict(zip(field_names(), texts, strict=True))


def field_names() -> list[str]:
    return [QuestionSpec(key=key, kind=QuestionKind.SHORT_TEXT, label="").field_name for key in ANSWERS]


def page_of(booking: SideEventBooking) -> str:
    return f"/forums/{booking.side_event.forum}/my/side-events/{booking.side_event_id}/questions"


def test_choosing_leads_to_the_questions_and_answers_are_kept_and_changed(
    client: FlaskClient, forum: Forum, event: SideEvent
) -> None:
    registration = make_registration(make_category(forum), make_account("d@firm.example"), RegistrationState.CONFIRMED)
    db.session.commit()
    sign_in(client, registration.account)
    chosen = client.post(f"/forums/{forum}/my/side-events/{event.id}", data={"act": "choose"})
    assert chosen.location.endswith(f"/my/side-events/{event.id}/questions")
    assert "2 questions to answer for" in client.get(f"/forums/{forum}/my").text
    assert client.post(chosen.location, data=fields("", "")).status_code == 422
    client.post(chosen.location, data=fields("A husk board", "Peanuts"))
    assert "A husk board" in client.get(chosen.location).text
    assert "questions to answer" not in client.get(f"/forums/{forum}/my").text
    client.post(chosen.location, data=fields("Two boards", ""))
    assert list(db.session.scalars(select(Answer.value))) == ["Two boards"]
    assert not list(db.session.scalars(select(SensitiveAnswer)))


def test_answers_are_taken_until_it_begins_and_from_who_has_a_place(booking: SideEventBooking) -> None:
    event, version = booking.side_event, questions_for(booking)
    assert version is not None
    assert questions_waiting([booking], now=MADE_AT) == {event.id: 2}
    assert questions_waiting([booking], now=event.starts_at) == {}
    assert not may_answer(booking, now=event.starts_at)
    with pytest.raises(BookingRefused):
        answer_questions(booking, version, ANSWERS, actor=None, now=event.starts_at)
    booking.state = BookingState.CANCELLED
    db.session.commit()
    with pytest.raises(BookingRefused):
        answer_questions(booking, version, ANSWERS, actor=None, now=MADE_AT)


def test_a_draft_is_asked_of_nobody(client: FlaskClient, forum: Forum, organiser: Account) -> None:
    quiet = make_side_event(forum, "Quiet event", starts_at=FAR - timedelta(hours=1), ends_at=FAR)
    first = begin_questions(quiet, actor=organiser, now=MADE_AT)
    assert begin_questions(quiet, actor=organiser, now=MADE_AT) is first
    theirs = booked(forum, quiet)
    assert questions_for(theirs) is None
    sign_in(client, theirs.registration.account)
    assert client.get(page_of(theirs)).status_code == 404


def test_nobody_opens_the_questions_of_what_they_have_not_chosen(
    client: FlaskClient, forum: Forum, booking: SideEventBooking
) -> None:
    assert client.get(page_of(booking)).status_code == 302
    sign_in(client, make_account("stranger@firm.example"))
    assert client.get(page_of(booking)).status_code == 404
    other: Registration = make_registration(
        forum.categories[0], make_account("other@firm.example"), RegistrationState.CONFIRMED
    )
    db.session.commit()
    sign_in(client, other.account)
    assert client.post(page_of(booking), data=fields("Mine", "")).status_code == 404


def test_a_guest_answers_by_the_link(client: FlaskClient, forum: Forum, event: SideEvent, host: Account) -> None:
    invite_guests(event, ["guest@firm.example"], actor=host, now=MADE_AT)
    db.session.commit()
    address = f"/forums/{forum}/guest/{token_in_mail()}"
    assert client.get(f"{address}/questions").location == address
    registered = client.post(address, data={"name": "Tika Wulandari", "organisation_name": "", "economy_code": "INA"})
    assert registered.location == f"{address}/questions"
    assert client.post(f"{address}/questions", data=fields("", "")).status_code == 422
    client.post(f"{address}/questions", data=fields("A seaweed film", "Fish"))
    assert "Change your answers" in client.get(address).text
    sign_in(client, host)
    listed = client.get(f"/forums/{forum}/side-events/{event}/host")
    sent = client.post(f"/forums/{forum}/side-events/{event}/host/people.csv")
    assert "A seaweed film" in listed.text
    assert "A seaweed film" in sent.text
    assert "Fish" not in listed.text
    assert "Fish" not in sent.text


def test_hosts_read_no_sensitive_answer_and_organisers_by_their_right(
    client: FlaskClient, forum: Forum, booking: SideEventBooking, host: Account, organiser: Account
) -> None:
    answered(booking)
    helper = make_account("helper@firm.example")
    grant_role(helper, Role.HELPER, forum.scope)
    theirs = f"/forums/{forum}/manage/side-events/{booking.side_event}"
    desk = f"/forums/{forum}/side-events/{booking.side_event}/host"
    for person, pages in ((host, (desk, f"{desk}/people.csv")), (organiser, (theirs, f"{theirs}/people.csv"))):
        sign_in(client, person)
        for shown in (client.get(pages[0]).text, client.post(pages[1]).text):
            assert "A husk board" in shown
            assert "Peanuts" not in shown
    sensitive = f"{theirs}/people-with-sensitive-answers.csv"
    assert "Peanuts" in client.post(sensitive).text
    acts = (JournalEntry.actor_id, JournalEntry.action)
    exported = db.session.execute(
        select(*acts).where(JournalEntry.action.contains("exported")).order_by(JournalEntry.id)
    )
    assert exported.all() == [
        (host.id, "list exported"),
        (organiser.id, "list exported"),
        (organiser.id, "sensitive answers exported"),
    ]
    sign_in(client, helper)
    assert client.post(sensitive).status_code == 403


@pytest.mark.parametrize("who", ["stranger", "coordinator", "check-in staff", "host of another side event"])
def test_the_editor_is_for_the_hosts_and_the_organiser(
    client: FlaskClient, event: SideEvent, host: Account, organiser: Account, who: str
) -> None:
    forum = event.forum
    person = make_account("other@firm.example")
    scopes = {
        "coordinator": (Role.ECONOMY_COORDINATOR, Scope("economy", 7)),
        "check-in staff": (Role.CHECK_IN_STAFF, forum.scope),
        "host of another side event": (Role.SIDE_EVENT_HOST, make_side_event(forum, "Other event").host_scope),
    }
    if who in scopes:
        grant_role(person, *scopes[who])
    of_host = f"/forums/{forum}/side-events/{event}/host/questionnaire"
    of_organiser = f"/forums/{forum}/manage/side-events/{event}/questionnaire"
    sign_in(client, person)
    for base in (of_host, of_organiser):
        assert {client.get(base + page).status_code for page in EDITOR} == {403}
        assert client.post(f"{base}/begin").status_code == client.post(f"{base}/publish").status_code == 403
    for allowed, mine, others in ((host, of_host, of_organiser), (organiser, of_organiser, of_host)):
        sign_in(client, allowed)
        assert {client.get(mine + page).status_code for page in EDITOR} == {200}
        assert client.get(others).status_code == 403


def test_a_host_begins_the_questions(client: FlaskClient, forum: Forum) -> None:
    bare = make_side_event(forum, "Bare event")
    person = make_account("bare@firm.example")
    grant_role(person, Role.SIDE_EVENT_HOST, bare.host_scope)
    sign_in(client, person)
    base = f"/forums/{forum}/side-events/{bare}/host"
    assert client.get(f"{base}/questionnaire").status_code == 404
    assert "Ask own questions" in client.get(base).text
    assert client.post(f"{base}/questionnaire/begin").location == f"{base}/questionnaire"
    assert client.get(f"{base}/questionnaire").status_code == 200


def test_answers_are_told_and_erased_and_sensitive_ones_purged(
    forum: Forum, event: SideEvent, booking: SideEventBooking, host: Account
) -> None:
    account = answered(booking).registration.account
    told = export_forum(account)["answers_at_side_events"]
    labels = {spec.label: text for spec, text in zip(ASKED, ANSWERS.values(), strict=True)}
    assert told == [{"side_event": event.title, "answers": labels}]
    assert purge_due_sensitive(date(2030, 1, 30), now=FAR) == 0
    assert purge_due_sensitive(date(2030, 1, 31), now=FAR) == 1
    booking.registration.state = RegistrationState.CANCELLED
    db.session.flush()
    erase_forum(account, MADE_AT)
    assert not list(db.session.scalars(select(Answer)))


def test_a_guests_answers_are_told_and_erased(event: SideEvent, host: Account) -> None:
    account = make_account("guest@firm.example")
    invite_guests(event, ["guest@firm.example"], actor=host, now=MADE_AT)
    guest = db.session.scalars(select(SideEventGuest)).one()
    register_guest(guest, GuestParticulars(name="Tika", organisation_name="", economy_code=None), now=MADE_AT)
    version = questions_for(guest)
    assert version is not None
    answer_questions(guest, version, ANSWERS, actor=None, now=MADE_AT)
    db.session.commit()
    assert "Peanuts" in export_forum(account)["guest_of_side_events"][0]["answers"].values()
    erase_forum(account, MADE_AT)
    assert not list(db.session.scalars(select(Answer)))
    assert not list(db.session.scalars(select(SensitiveAnswer)))


def test_a_side_event_that_goes_takes_the_answers_along(booking: SideEventBooking, organiser: Account) -> None:
    answered(booking)
    booking.state = BookingState.CANCELLED
    db.session.commit()
    delete_side_event(booking.side_event, actor=organiser, now=MADE_AT)
    assert not list(db.session.scalars(select(Answer)))
    assert not list(db.session.scalars(select(SensitiveAnswer)))


def reminders() -> list[str]:
    chosen = select(OutboxMail.subject).where(OutboxMail.template == "forum/booking_questions")
    return list(db.session.scalars(chosen.order_by(OutboxMail.id)))


@pytest.mark.parametrize(("before", "mails"), [(timedelta(days=4), 0), (timedelta(days=3), 1), (timedelta(), 0)])
def test_unanswered_questions_are_reminded_of_some_days_before(
    event: SideEvent, booking: SideEventBooking, before: timedelta, mails: int
) -> None:
    assert remind_of_unanswered(now=event.starts_at - before) == mails
    assert reminders() == ["2 questions to answer for Green procurement clinic"][:mails]


def test_reminder_is_sent_once(event: SideEvent, booking: SideEventBooking) -> None:
    run_due_periodic_tasks(event.starts_at - timedelta(days=2))
    run_due_periodic_tasks(event.starts_at - timedelta(days=1))
    assert len(reminders()) == 1


def test_whoever_answered_waits_or_has_just_chosen_is_not_reminded(
    forum: Forum, event: SideEvent, booking: SideEventBooking
) -> None:
    waits, fresh = booked(forum, event, "w@firm.example"), booked(forum, event, "f@firm.example")
    waits.state = BookingState.WAITLISTED
    fresh.chosen_at = event.starts_at - timedelta(hours=30)
    version = questions_for(booking)
    assert version is not None
    answer_questions(booking, version, ANSWERS, actor=booking.registration.account, now=MADE_AT)
    assert remind_of_unanswered(now=event.starts_at - timedelta(days=2)) == 0
    assert remind_of_unanswered(now=event.starts_at - timedelta(hours=6)) == 1


def test_hidden_side_event_and_draft_questions_remind_nobody(
    forum: Forum, organiser: Account, event: SideEvent, booking: SideEventBooking
) -> None:
    silent = make_side_event(forum, "Silent one", starts_at=event.ends_at, ends_at=event.ends_at + timedelta(hours=1))
    begin_questions(silent, actor=organiser, now=MADE_AT)
    choose_side_event(booking.registration, silent, actor=booking.registration.account, now=MADE_AT)
    event.published = False
    assert remind_of_unanswered(now=event.starts_at - timedelta(days=2)) == 0


def test_agenda_says_what_is_to_do_until_it_is_done(
    client: FlaskClient, forum: Forum, booking: SideEventBooking
) -> None:
    sign_in(client, booking.registration.account)
    agenda = f"/forums/{forum}/my/agenda"
    page = client.get(agenda).text
    assert ("To do" in page, "2 questions to answer for Green procurement clinic" in page) == (True, True)
    version = questions_for(booking)
    assert version is not None
    answer_questions(booking, version, ANSWERS, actor=booking.registration.account, now=MADE_AT)
    db.session.commit()
    assert "To do" not in client.get(agenda).text
