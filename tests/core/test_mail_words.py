"""What organisers add to the mails of their event, and which mails wait for them."""

from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.competition.models import Competition
from gtn_events.core.db import db
from gtn_events.core.errors import Stale
from gtn_events.core.journal import JournalEntry
from gtn_events.core.outbox import (
    MailState,
    OutboxMail,
    Recipient,
    Wording,
    copy_wordings,
    enqueue_mail,
    mail_kinds,
    set_wording,
    wording_of,
)
from gtn_events.core.permissions import Scope
from gtn_events.core.templating import template_folder
from tests.competition.factories import make_competition
from tests.factories import grant_role, make_account, sign_in

ROSA = Recipient("rosa@firm.example", "Rosa HUAMÁN")
TEMPLATE = "competition/results_published"
WORDS = "Bring your prototype <b>and</b> a cable.\r\n\r\nThe hall opens at eight."


def mail_to_rosa(competition: Competition, now: datetime) -> OutboxMail:
    context = {"competition": competition}
    mail = enqueue_mail(f"m:{competition}", TEMPLATE, to=ROSA, context=context, now=now, scope=competition.scope)
    assert mail is not None
    return mail


@pytest.mark.parametrize("kind", ["forum", "competition", "call"])
def test_every_kind_of_mail_is_one_that_is_written(kind: str, app: Flask) -> None:
    kinds = mail_kinds(Scope(kind, 1))
    assert kinds
    with app.test_request_context():
        for template, label in kinds.items():
            assert Path(template_folder(), "email", template, "body.txt").exists(), template
            assert str(label)


def test_own_words_stand_before_the_closing_and_are_no_markup(database: None, now: datetime) -> None:
    competition = make_competition()
    set_wording(competition.scope, TEMPLATE, Wording(WORDS), actor=make_account(), now=now)
    mail = mail_to_rosa(competition, now)
    text = mail.body_text
    assert text.index("Bring your prototype <b>and</b> a cable.") < text.index("With kind regards")
    assert "Bring your prototype &lt;b&gt;and&lt;/b&gt; a cable.</p>" in mail.body_html
    assert "The hall opens at eight.</p>" in mail.body_html
    assert mail.state is MailState.QUEUED


def test_a_held_kind_waits_for_release_and_those_of_others_do_not(database: None, now: datetime) -> None:
    competition, other = make_competition(), make_competition("another")
    set_wording(competition.scope, TEMPLATE, Wording(WORDS, hold=True), actor=make_account(), now=now)
    assert mail_to_rosa(competition, now).state is MailState.HELD
    mail = mail_to_rosa(other, now)
    assert (mail.state, "Bring" in mail.body_text) == (MailState.QUEUED, False)


def test_a_second_editor_is_told_and_nothing_is_lost(database: None, now: datetime) -> None:
    scope, actor = Scope("competition", 1), make_account()
    set_wording(scope, TEMPLATE, Wording("First"), actor=actor, now=now)
    with pytest.raises(Stale):
        set_wording(scope, TEMPLATE, Wording("Second"), actor=actor, now=now)
    seen = wording_of(scope, TEMPLATE)
    set_wording(scope, TEMPLATE, Wording("Second", version=seen.version), actor=actor, now=now)
    assert wording_of(scope, TEMPLATE).words == "Second"
    changes = db.session.scalars(select(JournalEntry.changes).order_by(JournalEntry.id.desc())).first()
    assert changes == {"mail": [None, TEMPLATE], "own words": ["First", "Second"], "wait for release": [False, False]}


def test_a_new_edition_takes_the_words_along(database: None, now: datetime) -> None:
    old, new = Scope("competition", 1), Scope("competition", 2)
    set_wording(old, TEMPLATE, Wording("As every year.", hold=True), actor=make_account(), now=now)
    copy_wordings(old, new)
    copied = wording_of(new, TEMPLATE)
    assert (copied.words, copied.hold) == ("As every year.", True)


def test_organiser_sets_words_on_the_page(client: FlaskClient) -> None:
    competition, organiser = make_competition(), make_account("organiser@gtn.example")
    grant_role(organiser, Role.ORGANISER, competition.scope)
    sign_in(client, organiser)
    scope, place = competition.scope, f"/competitions/{competition}/manage/mail"
    assert "Own words" in client.get(place).text
    answer = client.post(f"{place}/words/results_published", data={"words": WORDS, "hold": "y", "version": "0"})
    assert answer.location == f"{place}/words"
    assert "Bring your prototype &lt;b&gt;" in client.get(answer.location).text
    assert wording_of(scope, TEMPLATE).hold
    late = client.post(f"{place}/words/results_published", data={"words": "Mine", "version": "0"})
    assert late.status_code == 409
    assert "Mine</textarea>" in late.text
    long = client.post(f"{place}/words/results_published", data={"words": "x" * 3001, "version": "1"})
    assert (long.status_code, "at most 3000 characters" in long.text) == (422, True)
    for garbage in ("²", "-1", "9" * 30, ""):
        assert (
            client.post(f"{place}/words/results_published", data={"words": "", "version": garbage}).status_code == 409
        )
    assert client.get(f"{place}/words/no_such_mail").status_code == 404


def test_the_whole_site_has_no_kinds(client: FlaskClient) -> None:
    administrator = make_account("admin@gtn.example")
    grant_role(administrator, Role.ADMINISTRATOR)
    sign_in(client, administrator)
    assert "Own words" not in client.get("/admin/mail").text
    assert client.get("/admin/mail/words").status_code == 404
