"""The ticket: on the page, as a PDF that reads back, in the mail, as a calendar file; for its owner only."""

import io
from datetime import datetime

import icalendar
import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.outbox import deliver_due_mail, mailbox
from gtn_events.forum.domain.registrations import admit_registration
from gtn_events.forum.enums import BookingState
from gtn_events.forum.enums import RegistrationState as State
from gtn_events.forum.models import Registration, SideEventBooking
from tests.factories import (
    MADE_AT,
    make_account,
    make_category,
    make_forum,
    make_registration,
    make_side_event,
    sign_in,
)

URL = "/forums/gtn-forum-2013/my"


@pytest.fixture
def hana(client: FlaskClient) -> Account:
    account = make_account("hana@firm.example", given_name="Hana", family_name="Mori", economy_code="JPN")
    sign_in(client, account)
    return account


def confirmed(account: Account) -> Registration:
    registration = make_registration(make_category(make_forum()), account, State.CONFIRMED)
    registration.own_script_name, registration.own_script_language = "森 はな", "ja"
    db.session.commit()
    return registration


def test_the_ticket_reads_back(client: FlaskClient, hana: Account) -> None:
    registration = confirmed(hana)
    answer = client.get(f"{URL}/ticket.pdf")
    assert answer.content_type == "application/pdf"
    text = PdfReader(io.BytesIO(answer.data)).pages[0].extract_text()
    for part in ("Hana", "MORI", "森 はな", registration.reference, "GTN Forum 2013", "Delegate", "Japan"):
        assert part in text


def test_the_door_page_shows_name_and_number(client: FlaskClient, hana: Account) -> None:
    registration = confirmed(hana)
    page = client.get(f"{URL}/ticket").text
    assert registration.reference in page
    assert '<p class="own-script" lang="ja">森 はな</p>' in page


def test_the_calendar_file_is_read_by_another_program(client: FlaskClient, hana: Account) -> None:
    registration = confirmed(hana)
    side_event = make_side_event(registration.forum, "Clinic")
    booking = SideEventBooking(
        side_event=side_event, registration=registration, state=BookingState.CONFIRMED, chosen_at=MADE_AT
    )
    db.session.add(booking)
    db.session.commit()
    calendar = icalendar.Calendar.from_ical(client.get(f"{URL}/calendar.ics").data)
    events = {str(event["summary"]): event for event in calendar.walk("VEVENT")}
    assert set(events) == {"GTN Forum 2013", "Clinic"}
    assert events["Clinic"].decoded("dtstart") == side_event.starts_at


@pytest.mark.parametrize("paper", ["ticket", "ticket.pdf", "calendar.ics"])
def test_without_a_seat_there_is_no_ticket(client: FlaskClient, hana: Account, paper: str) -> None:
    make_registration(make_category(make_forum()), hana, State.WAITLISTED)
    assert client.get(f"{URL}/{paper}").status_code == 404


@pytest.mark.usefixtures("database")
def test_the_mail_of_confirmation_carries_ticket_and_calendar(now: datetime) -> None:
    organiser = make_account("organiser@gtn.example")
    registration = make_registration(make_category(make_forum()), make_account())
    admit_registration(registration, actor=organiser, now=now)
    db.session.commit()
    deliver_due_mail(now)
    message = mailbox()[-1]
    assert [attachment.filename for attachment in message.attachments] == [
        f"ticket-{registration.reference}.pdf",
        "gtn-forum-2013.ics",
    ]
    assert message.subject == "You are registered for GTN Forum 2013"
