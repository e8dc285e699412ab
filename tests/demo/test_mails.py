"""The mails of the demonstration stand on a page, and on no other system is there such a page."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from gtn_events.app import create_app
from gtn_events.core.db import Base, db
from gtn_events.core.outbox import MailState
from gtn_events.core.permissions import is_marked
from tests.accounts.pages import words
from tests.core.samples import make_mail, sample_templates
from tests.databases import settings_on


@pytest.fixture
def demonstration(new_database: Callable[[], str], tmp_path: Path) -> Iterator[Flask]:
    """The application as ``make run`` starts it, without people."""
    app = create_app(settings_on(new_database(), instance=tmp_path, GTN_DEMO="1"))
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    with app.app_context():
        Base.metadata.create_all(db.engine)
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def visitor(demonstration: Flask) -> FlaskClient:
    return demonstration.test_client()


def test_a_visitor_follows_the_link_of_the_mail_that_was_written_for_them(visitor: FlaskClient) -> None:
    sent = visitor.post("/sign-up", data={"email": "hana@firm.example"})
    assert ("no mail leaves this machine" in sent.text, 'href="/demo/mails"' in sent.text) == (True, True)
    listed = visitor.get("/demo/mails").text
    assert "hana@firm.example" in listed
    letter = visitor.get(listed.split('<th scope="row"><a href="')[1].split('"')[0]).text
    link = letter.split('href="http://127.0.0.1:8000')[1].split('"')[0]
    assert link.startswith("/sign-up/")
    assert "Your name and economy" in visitor.get(link).text


def test_what_was_held_back_or_thrown_away_is_not_shown(
    demonstration: Flask, visitor: FlaskClient, now: datetime
) -> None:
    with sample_templates(demonstration):
        held, thrown, sent = (make_mail(key, now=now) for key in ("held", "thrown", "sent"))
    held.state, thrown.state, sent.state = MailState.HELD, MailState.DISCARDED, MailState.SENT
    db.session.commit()
    answers = [visitor.get(f"/demo/mails/{mail_id}").status_code for mail_id in (held.id, thrown.id, sent.id, 9_999)]
    assert answers == [404, 404, 200, 404]
    assert visitor.get("/demo/mails").text.count('<th scope="row">') == 1


def test_a_mail_cannot_bring_markup_along(demonstration: Flask, visitor: FlaskClient, now: datetime) -> None:
    with sample_templates(demonstration):
        mail = make_mail("one", now=now)
    mail.body_text = "<script>alert(1)</script> javascript:alert(2)"
    db.session.commit()
    letter = visitor.get(f"/demo/mails/{mail.id}").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; javascript:alert(2)" in letter


def test_every_view_of_the_demonstration_says_who_may_use_it(demonstration: Flask) -> None:
    views = demonstration.view_functions.items()
    assert [name for name, view in views if name.startswith("demo") and not is_marked(view)] == []


@pytest.mark.parametrize(
    "variables",
    [{}, {"GTN_DEMO": "0"}, {"GTN_DEMO": "1", "GTN_MAIL_URL": "smtp://mail.example.org"}],
    ids=["no demonstration", "expressly none", "a demonstration that sends mail"],
)
def test_nowhere_else_is_there_such_a_page(
    variables: dict[str, str], new_database: Callable[[], str], tmp_path: Path
) -> None:
    app = create_app(settings_on(new_database(), instance=tmp_path, **variables))
    with app.app_context():
        Base.metadata.create_all(db.engine)
        client = app.test_client()
        assert [client.get(f"/demo/mails{rest}").status_code for rest in ("", "/1")] == [404, 404]
        assert "/demo/mails" not in client.get("/").text
        db.engine.dispose()


def test_the_page_says_so_while_there_is_no_mail(visitor: FlaskClient) -> None:
    assert "No mail yet" in words(visitor.get("/demo/mails").text)
