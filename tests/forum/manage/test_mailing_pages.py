"""The pages of mail to a chosen set: from the list to the record, and nobody else's."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.jobs import run_due_jobs
from gtn_events.core.outbox import OutboxMail
from gtn_events.forum.domain.mailings import UNDO
from gtn_events.forum.enums import MailingState, RegistrationState
from gtn_events.forum.mailing_job import begin_due_mailings
from gtn_events.forum.models import Forum, Mailing, MailingRecipient, Registration

from ...factories import grant_role, make_account, make_category, make_forum, make_registration, sign_in

MANAGE = "/forums/gtn-forum-2013/manage"


@pytest.fixture
def forum(client: FlaskClient) -> Forum:
    forum = make_forum()
    category = make_category(forum)
    make_registration(category, make_account("rosa@firm.example"), RegistrationState.CONFIRMED)
    make_registration(category, make_account("luz@firm.example", given_name="Luz", family_name="<b>Quispe"))
    return forum


@pytest.fixture
def organiser(forum: Forum) -> Account:
    account = make_account("organiser@gtn.example")
    grant_role(account, Role.ORGANISER, forum.scope)
    return account


def seen(page: str) -> str:
    found = re.search(r'name="seen" (?:type="hidden" )?value="(\d+)"', page) or re.search(
        r'value="(\d+)" name="seen"', page
    )
    assert found is not None
    return found[1]


def test_from_the_list_to_the_record(client: FlaskClient, forum: Forum, organiser: Account) -> None:
    sign_in(client, organiser)
    assert f"{MANAGE}/mailings/new?state=confirmed" in client.get(f"{MANAGE}/registrations?state=confirmed").text
    written = client.get(f"{MANAGE}/mailings/new?state=confirmed").text
    assert ("1 person gets it." in written, "Confirmed" in written) == (True, True)
    sent = {"subject": "{forum}", "text": "Dear {nmae}"}
    refused = client.post(f"{MANAGE}/mailings/new?state=confirmed", data=sent)
    assert (refused.status_code, "Nothing fills {nmae}" in refused.text) == (422, True)
    made = client.post(f"{MANAGE}/mailings/new?state=confirmed", data=sent | {"text": "Hello {given_name}"})
    mailing = db.session.scalars(select(Mailing)).one()
    assert made.location == f"{MANAGE}/mailings/{mailing.id}"
    preview = client.get(made.location).text
    assert ("Hello Rosa" in preview, "Luz" in preview) == (True, False)
    client.post(f"{made.location}/test")
    test = db.session.scalars(select(OutboxMail)).one()
    assert (test.to_address, test.subject) == ("organiser@gtn.example", "[Test] GTN Forum 2013")
    for _ in range(2):
        client.post(f"{made.location}/send", data={"seen": seen(preview)})
    assert len(db.session.scalars(select(MailingRecipient)).all()) == 1
    record = client.get(made.location).text
    assert ("It leaves to 1 person at" in record, "rosa@firm.example" in record) == (True, True)
    client.post(f"{made.location}/take-back")
    db.session.expire_all()
    assert mailing.state is MailingState.CANCELLED
    assert "Taken back" in client.get(f"{MANAGE}/mailings").text
    assert client.get(f"{made.location}/edit").status_code == 302


def test_a_changed_set_is_taken_over_and_an_emptied_one_too(
    client: FlaskClient, forum: Forum, organiser: Account
) -> None:
    sign_in(client, organiser)
    text = {"subject": "News", "text": "Hello {name}"}
    page = client.post(f"{MANAGE}/mailings/new?state=confirmed", data=text).location
    form = client.get(f"{page}/edit").text
    client.post(f"{page}/edit?q=", data=text | {"seen": seen(form)})
    preview = client.get(page).text
    assert ("2 people get it." in preview, "&lt;B&gt;QUISPE" in preview) == (True, True)
    stale = client.post(f"{page}/edit?q=", data=text | {"seen": seen(form)})
    assert (stale.status_code, "Somebody else has changed this mail" in stale.text) == (409, True)


def test_the_progress_is_open_to_whoever_may_mail(client: FlaskClient, forum: Forum, organiser: Account) -> None:
    sign_in(client, organiser)
    page = client.post(f"{MANAGE}/mailings/new", data={"subject": "News", "text": "Hello"}).location
    client.post(f"{page}/send", data={"seen": seen(client.get(page).text)})
    begin_due_mailings(clock.now() + UNDO)
    db.session.expire_all()
    job = db.session.scalars(select(Mailing)).one().job_id
    helper = make_account("helper@gtn.example")
    grant_role(helper, Role.HELPER, forum.scope)
    sign_in(client, helper)
    assert f"/jobs/{job}" in client.get(page).text
    assert client.get(f"/jobs/{job}").status_code == 200


@pytest.mark.parametrize("role", [None, Role.CHECK_IN_STAFF, "another forum's organiser"])
def test_nobody_else_writes_to_delegates(
    client: FlaskClient, forum: Forum, organiser: Account, role: Role | str | None
) -> None:
    sign_in(client, organiser)
    page = client.post(f"{MANAGE}/mailings/new", data={"subject": "News", "text": "Hello"}).location
    person = make_account("person@firm.example")
    if isinstance(role, Role):
        grant_role(person, role, forum.scope)
    elif role:
        grant_role(person, Role.ORGANISER, make_forum("other", reference_prefix="OTH13").scope)
    sign_in(client, person)
    reads = [client.get(each).status_code for each in (f"{MANAGE}/mailings", f"{MANAGE}/mailings/new", page)]
    acts = [client.post(f"{page}/{each}").status_code for each in ("test", "send", "take-back", "continue", "edit")]
    assert (reads, acts) == ([403] * 3, [403] * 5)
    if role == "another forum's organiser":
        assert client.get(page.replace("gtn-forum-2013", "other")).status_code == 404


def test_a_stopped_mail_says_how_far_it_came_and_is_continued(
    client: FlaskClient, forum: Forum, organiser: Account
) -> None:
    now = clock.now()
    mailing = Mailing(
        forum=forum,
        subject="Welcome",
        text="Hello",
        state=MailingState.STOPPED,
        created_at=now,
        created_by_id=organiser.id,
    )
    db.session.add(mailing)
    db.session.flush()
    for registration_id in db.session.scalars(select(Registration.id)):
        db.session.add(MailingRecipient(mailing_id=mailing.id, registration_id=registration_id))
    db.session.commit()
    sign_in(client, organiser)
    page = f"{MANAGE}/mailings/{mailing.id}"
    shown = client.get(page).text
    assert ("Stopped: 0 of 2 mails are written." in shown, "Not written" in shown) == (True, True)
    assert client.post(f"{page}/continue").status_code == 302
    again = client.post(f"{page}/continue")
    run_due_jobs(now)
    db.session.refresh(mailing)
    assert (again.status_code, mailing.state, db.session.scalar(select(func.count()).select_from(OutboxMail))) == (
        302,
        MailingState.SENT,
        2,
    )
