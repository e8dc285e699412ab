"""The ways out: what reaches the server, and which failures are certain."""

import smtplib
from collections.abc import Callable, Iterator
from datetime import datetime
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from flask import Flask

from gtn_events.app import create_app
from gtn_events.config import ConfigError
from gtn_events.core.db import Base, db
from gtn_events.core.outbox import MailState, OutboxMail, deliver_due_mail
from gtn_events.core.outbox.transports import FolderTransport, new_transport
from tests import databases
from tests.core.samples import make_mail, sample_templates
from tests.core.smtp_sink import smtp_sink

MakeApp = Callable[[str], Flask]


@pytest.fixture
def app_with(new_database: Callable[[], str], tmp_path: Path) -> Iterator[MakeApp]:
    """A function that makes an application with a mail address of its own; its context is open until the end."""
    contexts = []

    def make(mail_url: str) -> Flask:
        app = create_app(databases.settings_on(new_database(), instance=tmp_path, GTN_MAIL_URL=mail_url))
        contexts.append(app.app_context())
        contexts[-1].push()
        Base.metadata.create_all(db.engine)
        return app

    yield make
    for context in reversed(contexts):
        db.session.remove()
        db.engine.dispose()
        context.pop()


def state_of(mail: OutboxMail) -> MailState:
    db.session.refresh(mail)
    return mail.state


def test_mail_goes_to_the_server_over_one_connection(app_with: MakeApp, now: datetime) -> None:
    with smtp_sink() as sink:
        app = app_with(f"smtp://127.0.0.1:{sink.port}")
        with sample_templates(app):
            for number in range(3):
                make_mail(f"mail:{number}", now=now)
        assert deliver_due_mail(now) == 3
    assert (len(sink.taken), sink.connections) == (3, 1)


def test_server_that_hangs_up_between_two_mails_makes_none_uncertain(app_with: MakeApp, now: datetime) -> None:
    with smtp_sink(mails_a_connection=1) as sink:
        app = app_with(f"smtp://127.0.0.1:{sink.port}")
        with sample_templates(app):
            mails = [make_mail(f"mail:{number}", now=now) for number in range(3)]
        assert deliver_due_mail(now) == 3
    assert [state_of(mail) for mail in mails] == [MailState.SENT] * 3


def test_server_that_dies_in_the_middle_of_a_mail_leaves_it_uncertain(app_with: MakeApp, now: datetime) -> None:
    with smtp_sink(answers=False) as sink:
        app = app_with(f"smtp://127.0.0.1:{sink.port}")
        with sample_templates(app):
            mail = make_mail(now=now)
        assert deliver_due_mail(now) == 0
    assert state_of(mail) is MailState.UNCERTAIN


def test_server_that_refuses_is_asked_again_later(app_with: MakeApp, now: datetime) -> None:
    with smtp_sink(refuses=True) as sink:
        app = app_with(f"smtp://127.0.0.1:{sink.port}")
        with sample_templates(app):
            mail = make_mail(now=now)
        assert deliver_due_mail(now) == 0
    assert state_of(mail) is MailState.QUEUED
    assert mail.last_error == "The mail server refused: 550 no such person"


def test_server_that_cannot_be_reached_is_asked_again_later(app_with: MakeApp, now: datetime) -> None:
    with smtp_sink() as sink:
        port = sink.port
    app = app_with(f"smtp://127.0.0.1:{port}")
    with sample_templates(app):
        mail = make_mail(now=now)
    assert deliver_due_mail(now) == 0
    assert state_of(mail) is MailState.QUEUED


def test_encrypted_connection_is_not_given_up_for_a_plain_one(app_with: MakeApp, now: datetime) -> None:
    with smtp_sink() as sink:
        app = app_with(f"smtp://127.0.0.1:{sink.port}?tls=starttls")
        with sample_templates(app):
            mail = make_mail(now=now)
        assert deliver_due_mail(now) == 0
    assert (state_of(mail), sink.taken) == (MailState.QUEUED, [])


def test_folder_holds_a_message_that_any_mail_program_opens(app_with: MakeApp, now: datetime, tmp_path: Path) -> None:
    app = app_with("file:")
    with sample_templates(app):
        make_mail(now=now, context={"forum": "バリ"})
    assert deliver_due_mail(now) == 1
    (path,) = (tmp_path / "mail").glob("*.eml")
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert message["Subject"] == "Welcome to バリ"
    assert message["To"] == "Rosa HUAMÁN <rosa@firm.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    body = message.get_body(("plain",))
    assert body is not None
    assert body.get_content().splitlines()[:3] == ["Dear Rosa HUAMÁN,", "", "See you in バリ."]


def test_folder_can_be_named(app_with: MakeApp, tmp_path: Path) -> None:
    app_with(f"file:{tmp_path / 'elsewhere'}")
    transport = new_transport()
    assert isinstance(transport, FolderTransport)
    assert transport.folder == tmp_path / "elsewhere"


def test_address_of_the_server_carries_name_password_and_encryption(app_with: MakeApp) -> None:
    app = app_with("smtp://gtn%40mail:p%2Fw@mail.gtn.example?tls=ssl")
    names = ("MAIL_SERVER", "MAIL_PORT", "MAIL_USE_SSL", "MAIL_USE_TLS", "MAIL_USERNAME", "MAIL_PASSWORD")
    assert [app.config[name] for name in names] == ["mail.gtn.example", 465, True, False, "gtn@mail", "p/w"]


@pytest.mark.parametrize("url", ["pigeon://roof", "smtp://host?tls=perhaps"])
def test_wrong_mail_address_is_refused_at_the_start(app_with: MakeApp, url: str) -> None:
    with pytest.raises(ConfigError):
        app_with(url)


def test_time_limit_is_set_for_every_connection(monkeypatch: pytest.MonkeyPatch, app_with: MakeApp) -> None:
    seen = {}

    class Noting(smtplib.SMTP):
        def __init__(self, *_place: object, timeout: float, **_more: object) -> None:
            seen["timeout"] = timeout
            raise ConnectionRefusedError

    monkeypatch.setattr(smtplib, "SMTP", Noting)
    app_with("smtp://mail.gtn.example")
    with pytest.raises(Exception, match="cannot be reached"):
        new_transport().open()
    assert seen == {"timeout": 30}
