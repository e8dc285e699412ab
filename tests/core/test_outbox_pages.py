"""The outbox for administrators: everything a person can do to a mail, on the page."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from gtn_events.accounts.enums import Role
from gtn_events.core.db import db
from gtn_events.core.links import site_url
from gtn_events.core.outbox import MailState, OutboxMail, deliver_due_mail, mailbox
from tests.core.samples import make_mail, sample_templates
from tests.factories import grant_role, make_account, sign_in
from tests.queries import count_queries


@pytest.fixture
def desk(app: Flask, client: FlaskClient) -> Iterator[FlaskClient]:
    """The browser of an administrator."""
    administrator = make_account("admin@gtn.example")
    grant_role(administrator, Role.ADMINISTRATOR)
    sign_in(client, administrator)
    mailbox().clear()
    with sample_templates(app):
        yield client


def state_of(mail_id: int) -> MailState:
    db.session.expire_all()
    return db.session.get_one(OutboxMail, mail_id).state


def test_mail_pages_are_refused_to_others(client: FlaskClient) -> None:
    sign_in(client, make_account())
    assert client.get("/admin/mail").status_code == 403


def test_list_shows_states_and_finds_names_without_accents(desk: FlaskClient, now: datetime) -> None:
    make_mail("one", now=now, hold=True)
    page = desk.get("/admin/mail?q=huaman&state=held&state=nonsense&at=garbage").text
    assert page.count("rosa@firm.example") == 1
    assert "Release 1 held mail" in page


def test_list_asks_the_same_number_of_queries_at_every_length(desk: FlaskClient, now: datetime) -> None:
    counts = []
    for number in range(12):
        make_mail(f"mail:{number}", now=now)
        if number in {1, 11}:
            with count_queries() as queries:
                desk.get("/admin/mail")
            counts.append(len(queries))
    assert counts[0] == counts[1]


def test_edit_changes_text_and_formatted_version(desk: FlaskClient, now: datetime) -> None:
    mail = make_mail("one", now=now, hold=True)
    text = "Dear Rosa,\r\n\r\nnew <text> at https://gtn.example/x"
    answer = desk.post(f"/admin/mail/{mail.id}/edit", data={"subject": "New", "body_text": text, "seen": ""})
    assert answer.location == f"/admin/mail/{mail.id}"
    preview = desk.get(f"/admin/mail/{mail.id}/preview")
    assert 'new &lt;text&gt; at <a href="https://gtn.example/x"' in preview.text
    assert preview.headers["Content-Security-Policy"].endswith("frame-ancestors 'self'; sandbox")


def test_edit_of_a_mail_that_left_meanwhile_keeps_what_was_typed(desk: FlaskClient, now: datetime) -> None:
    mail = make_mail("one", now=now)
    deliver_due_mail(now)
    answer = desk.post(f"/admin/mail/{mail.id}/edit", data={"subject": "New", "body_text": "Typed", "seen": ""})
    assert answer.status_code == 409
    assert "This mail was sent or changed meanwhile. Your changes were not saved." in answer.text
    assert "Typed</textarea>" in answer.text
    # What can only be refused is not offered once more.
    assert ("Save</button>" in answer.text, "Back to the mail" in answer.text) == (False, True)


def test_edit_to_an_empty_subject_is_shown_at_the_field(desk: FlaskClient, now: datetime) -> None:
    mail = make_mail("one", now=now, hold=True)
    answer = desk.post(f"/admin/mail/{mail.id}/edit", data={"subject": "", "body_text": "Typed", "seen": ""})
    assert answer.status_code == 422
    assert "Write a subject. It is empty." in answer.text
    assert "Typed</textarea>" in answer.text


def test_edit_over_anothers_edit_is_told(desk: FlaskClient, now: datetime) -> None:
    mail = make_mail("one", now=now, hold=True)
    first = desk.post(f"/admin/mail/{mail.id}/edit", data={"subject": "First", "body_text": "a", "seen": ""})
    second = desk.post(f"/admin/mail/{mail.id}/edit", data={"subject": "Second", "body_text": "b", "seen": ""})
    assert (first.status_code, second.status_code) == (302, 409)
    assert db.session.get_one(OutboxMail, mail.id).subject == "First"


@pytest.mark.parametrize(
    ("act", "before", "after"),
    [
        ("release", MailState.HELD, MailState.QUEUED),
        ("again", MailState.DEAD, MailState.QUEUED),
        ("again", MailState.UNCERTAIN, MailState.QUEUED),
        ("discard", MailState.HELD, MailState.DISCARDED),
        ("release", MailState.SENT, MailState.SENT),
        ("again", MailState.SENT, MailState.SENT),
        ("discard", MailState.SENDING, MailState.SENDING),
    ],
)
def test_act_on_a_mail(desk: FlaskClient, now: datetime, act: str, before: MailState, after: MailState) -> None:
    mail = make_mail("one", now=now)
    mail.state = before
    db.session.commit()
    assert desk.get(f"/admin/mail/{mail.id}").status_code == 200
    desk.post(f"/admin/mail/{mail.id}/{act}")
    assert state_of(mail.id) is after


def test_release_of_all_held_mail(desk: FlaskClient, now: datetime) -> None:
    mails = [make_mail(f"mail:{number}", now=now, hold=True).id for number in range(2)]
    desk.post("/admin/mail/release")
    assert [state_of(mail_id) for mail_id in mails] == [MailState.QUEUED] * 2


def test_mail_that_is_not_there_is_not_found(desk: FlaskClient) -> None:
    assert desk.get("/admin/mail/99999").status_code == 404


def test_a_link_that_is_the_readers_own_is_shown_to_nobody_else_and_stays_in_the_mail(
    desk: FlaskClient, now: datetime
) -> None:
    mail = make_mail("one", now=now, hold=True)
    secret = "eyJhIjoxfQ.s1gn_ed-9"
    own = site_url("accounts.set_password_page", token=secret)
    hidden = own.replace(secret, "(the-own-link)")
    others = f"{site_url('accounts.sign_in')}?next=/home and https://other.example/reset/{secret}"
    mail.body_text = f"Set it here: {own}\n\nor sign in: {others}"
    mail.body_html = f'<p><a href="{own}">Set it</a> {own}.</p>'
    db.session.commit()
    preview, page, form = (desk.get(f"/admin/mail/{mail.id}{part}").text for part in ("/preview", "", "/edit"))
    assert preview == f'<p><a href="{hidden}">Set it</a> {hidden}.</p>'
    assert (own in page + form, page.count(hidden), form.count(hidden)) == (False, 1, 1)
    assert (others in page, others in form) == (True, True)

    changed = f"New words: {hidden}\n\nor {site_url('accounts.sign_in')}"
    typed = {"subject": "New", "body_text": changed, "seen": ""}
    assert desk.post(f"/admin/mail/{mail.id}/edit", data=typed).status_code == 302
    db.session.refresh(mail)
    assert mail.body_text == f"New words: {own}\n\nor {site_url('accounts.sign_in')}"
    assert (f'href="{own}"' in mail.body_html, hidden in mail.body_html) == (True, False)
    assert own not in desk.get(f"/admin/mail/{mail.id}/preview").text
