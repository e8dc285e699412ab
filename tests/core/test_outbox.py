"""A mail leaves once, after its transaction, and never twice by itself."""

import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from email import message_from_string
from typing import Any

import pytest
from flask import Flask
from flask_mail import Message
from sqlalchemy import func, select

from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.outbox import (
    Attachment,
    AttachmentRef,
    MailNotEditable,
    MailState,
    OutboxMail,
    Recipient,
    deliver_due_mail,
    discard_mail,
    edit_mail,
    enqueue_mail,
    mailbox,
    register_attachment,
    release_all_mail,
    send_again,
    settle_ended_leases,
)
from gtn_events.core.outbox import delivery as delivery_module
from gtn_events.core.outbox.transport import NotHandedOver, PerhapsHandedOver
from gtn_events.core.outbox.transports import LocalTransport
from gtn_events.core.permissions import Scope
from tests.core.samples import ROSA, make_mail, sample_templates

MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _outbox(app: Flask, database: None) -> Iterator[None]:
    mailbox().clear()
    with sample_templates(app):
        yield


class _Broken(LocalTransport):
    def __init__(self, error: Exception) -> None:
        self.error = error

    def send(self, message: Message) -> None:  # noqa: ARG002  # the signature of a transport
        raise self.error


def _use(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    monkeypatch.setattr(delivery_module, "new_transport", lambda: _Broken(error))


def test_mail_has_subject_text_html_and_recipient(now: datetime) -> None:
    make_mail(now=now)
    assert deliver_due_mail(now) == 1
    (message,) = mailbox()
    assert message.subject == "Welcome to Bali"
    assert message.recipients == [("Rosa HUAMÁN", "rosa@firm.example")]
    assert message.body is not None
    assert message.body.startswith("Dear Rosa HUAMÁN,\n\nSee you in Bali.\n")
    assert "<p>See you in Bali.</p>" in (message.html or "")


def test_second_mail_with_the_same_key_is_not_written(now: datetime) -> None:
    make_mail("hello:1", now=now)
    assert enqueue_mail("hello:1", "sample/hello", to=ROSA, context={"forum": "Lima"}, now=now) is None
    assert db.session.scalar(select(func.count()).select_from(OutboxMail)) == 1


def test_key_that_another_transaction_wrote_leaves_the_callers_transaction_intact(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_mail("hello:1", now=now)
    make_mail("other", now=now).subject = "changed by the caller"
    monkeypatch.setattr(db.session, "scalar", _blind_once(db.session.scalar))
    assert enqueue_mail("hello:1", "sample/hello", to=ROSA, context={"forum": "Lima"}, now=now) is None
    db.session.commit()
    assert db.session.scalar(select(OutboxMail.subject).where(OutboxMail.key == "other")) == "changed by the caller"


def _blind_once(scalar: Any) -> Any:
    """Answer None to the first question, as if the other transaction were not committed yet."""
    blind = [True]

    def answer(statement: Any) -> Any:
        return None if blind and blind.pop() else scalar(statement)

    return answer


def test_mail_of_a_rolled_back_change_is_never_sent(now: datetime) -> None:
    enqueue_mail("hello:1", "sample/hello", to=ROSA, context={"forum": "Bali"}, now=now)
    db.session.rollback()
    assert deliver_due_mail(now) == 0
    assert mailbox() == []


def test_line_ends_in_subject_and_name_do_not_become_headers(now: datetime) -> None:
    attacker = Recipient("rosa@firm.example", "Rosa\r\nBcc: all@gtn.example")
    make_mail(now=now, to=attacker, context={"forum": "Bali\r\nBcc: all@gtn.example"})
    deliver_due_mail(now)
    assert message_from_string(mailbox()[0].as_string())["Bcc"] is None
    assert mailbox()[0].subject == "Welcome to Bali Bcc: all@gtn.example"


def test_message_id_is_the_same_at_every_try(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    mail = make_mail(now=now)
    deliver_due_mail(now)
    mail.state = MailState.DEAD
    db.session.commit()
    send_again(mail, now=now)
    db.session.commit()
    deliver_due_mail(now)
    first, second = mailbox()
    assert first.msgId == second.msgId


def test_failed_mail_waits_longer_each_time_and_is_dead_after_six_tries(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    _use(monkeypatch, NotHandedOver("The mail server refused"))
    mail = make_mail(now=now)
    waits = []
    moment = now
    while mail.state is MailState.QUEUED:
        deliver_due_mail(moment)
        db.session.refresh(mail)
        waits.append((mail.next_attempt_at - moment) / MINUTE)
        moment = mail.next_attempt_at
    assert waits[:5] == [1, 5, 15, 60, 240]
    assert (mail.attempts, mail.state, mail.last_error) == (6, MailState.DEAD, "The mail server refused")


def test_failed_mail_is_not_tried_before_its_time(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    _use(monkeypatch, NotHandedOver("away"))
    mail = make_mail(now=now)
    deliver_due_mail(now)
    deliver_due_mail(now + timedelta(seconds=59))
    db.session.refresh(mail)
    assert mail.attempts == 1


def test_connection_that_breaks_while_sending_makes_the_mail_uncertain(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    _use(monkeypatch, PerhapsHandedOver("The connection broke"))
    mail = make_mail(now=now)
    deliver_due_mail(now)
    deliver_due_mail(now + timedelta(days=1))
    db.session.refresh(mail)
    assert (mail.state, mail.attempts) == (MailState.UNCERTAIN, 1)


@pytest.mark.parametrize(
    ("left_in", "found_as"), [(MailState.CLAIMED, MailState.QUEUED), (MailState.SENDING, MailState.UNCERTAIN)]
)
def test_mail_of_a_dead_worker(now: datetime, left_in: MailState, found_as: MailState) -> None:
    mail = make_mail(now=now)
    mail.state, mail.lease_until = left_in, now
    db.session.commit()
    assert settle_ended_leases(now) == 0
    assert settle_ended_leases(now + MINUTE) == 1
    db.session.refresh(mail)
    assert mail.state is found_as


def test_mail_taken_by_another_worker_is_left_alone(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    mail = make_mail(now=now)
    pages = iter([[mail.id], []])
    monkeypatch.setattr(delivery_module, "due_mail_ids", lambda _now, **_limit: next(pages))
    mail.state = MailState.CLAIMED
    db.session.commit()
    assert deliver_due_mail(now) == 0
    assert mailbox() == []


def test_attachment_is_made_when_the_mail_leaves(now: datetime) -> None:
    register_attachment("sample", lambda params: Attachment("билет.txt", "text/plain", params["text"].encode()))
    make_mail(now=now, attachments=[AttachmentRef("sample", {"text": "ticket"})])
    deliver_due_mail(now)
    (attachment,) = mailbox()[0].attachments
    assert (attachment.filename, attachment.data) == ("билет.txt", b"ticket")


def test_attachment_that_cannot_be_made_does_not_stop_other_mail(now: datetime) -> None:
    def explode(_params: dict[str, Any]) -> Attachment:
        raise RuntimeError("no glyph")

    register_attachment("exploding", explode)
    broken = make_mail("broken", now=now, attachments=[AttachmentRef("exploding")])
    make_mail("whole", now=now)
    assert deliver_due_mail(now) == 1
    db.session.refresh(broken)
    assert (broken.state, broken.last_error) == (MailState.QUEUED, "RuntimeError: no glyph")


def test_worker_that_stops_begins_no_other_mail(now: datetime) -> None:
    stopping = threading.Event()

    def stop(_params: dict[str, Any]) -> Attachment:
        stopping.set()
        return Attachment("a.txt", "text/plain", b"")

    register_attachment("stopping", stop)
    make_mail("first", now=now, attachments=[AttachmentRef("stopping")])
    second = make_mail("second", now=now)
    assert deliver_due_mail(now, stopping=stopping) == 1
    db.session.refresh(second)
    assert second.state is MailState.QUEUED


def test_held_mail_leaves_after_its_release_only(now: datetime) -> None:
    scope = Scope("forum", 7)
    make_mail("mine", now=now, scope=scope, hold=True)
    other = make_mail("other", now=now, scope=Scope("forum", 8), hold=True)
    assert deliver_due_mail(now) == 0
    assert release_all_mail(scope, now=now) == 1
    db.session.commit()
    assert deliver_due_mail(now) == 1
    db.session.refresh(other)
    assert other.state is MailState.HELD


def test_edit_changes_what_is_sent(now: datetime) -> None:
    mail = make_mail(now=now, hold=True)
    edit_mail(mail, subject="New", body_text="Text", body_html="<p>Text</p>", seen_edited_at=None, now=now)
    assert (mail.subject, mail.body_text, mail.edited_at) == ("New", "Text", now)


def test_edit_of_a_mail_sent_meanwhile_is_refused(now: datetime) -> None:
    mail = make_mail(now=now)
    deliver_due_mail(now)
    with pytest.raises(MailNotEditable):
        edit_mail(mail, subject="New", body_text="Text", body_html="", seen_edited_at=None, now=now)
    db.session.refresh(mail)
    assert mail.subject == "Welcome to Bali"


def test_edit_over_anothers_edit_is_refused(now: datetime) -> None:
    mail = make_mail(now=now, hold=True)
    edit_mail(mail, subject="First", body_text="Text", body_html="", seen_edited_at=None, now=now)
    with pytest.raises(MailNotEditable):
        edit_mail(mail, subject="Second", body_text="Text", body_html="", seen_edited_at=None, now=now + MINUTE)
    assert mail.subject == "First"


def test_edit_to_an_empty_subject_names_the_field(now: datetime) -> None:
    mail = make_mail(now=now, hold=True)
    with pytest.raises(DomainError) as refusal:
        edit_mail(mail, subject=" \n ", body_text="Text", body_html="", seen_edited_at=None, now=now)
    assert (refusal.value.field, refusal.value.message) == ("subject", "Write a subject. It is empty.")


def test_discarded_mail_never_leaves_and_its_key_stays_taken(now: datetime) -> None:
    discard_mail(make_mail("hello:1", now=now))
    db.session.commit()
    assert deliver_due_mail(now) == 0
    assert enqueue_mail("hello:1", "sample/hello", to=ROSA, context={"forum": "Bali"}, now=now) is None


def test_sent_mail_cannot_be_discarded(now: datetime) -> None:
    mail = make_mail(now=now)
    deliver_due_mail(now)
    with pytest.raises(MailNotEditable):
        discard_mail(mail)
