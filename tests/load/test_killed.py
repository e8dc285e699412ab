"""Web processes and workers are killed in the middle of a flood: nothing acknowledged is lost, nothing is doubled."""

import http.client
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from email import message_from_bytes
from functools import partial
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from gtn_events.core import clock
from gtn_events.core.db import db, reading
from gtn_events.core.outbox import MailState, OutboxMail
from gtn_events.core.outbox.message import message_id
from gtn_events.forum.enums import RegistrationState
from gtn_events.forum.models import Registration
from gtn_events.forum.notifications import MAIL_OF_STATE
from tests.load.browsers import Browser
from tests.load.people import fill_drafts, open_forum, people
from tests.load.processes import Processes, children_of, wait_for_server, wait_until

PEOPLE = 70
SEATS = 15
KILL_WEB_AT = (15, 35)
KILL_WORKER_AT = (8, 30)
ATTEMPTS = 50
FORM = "/forums/killed/register/check"
MINE = "/forums/killed/my"

pytestmark = pytest.mark.slow


def test_killed_processes_lose_nothing_and_double_nothing(site: Flask, started: Processes) -> None:
    now = clock.now()
    forum = open_forum("killed", seats=SEATS, now=now)
    crowd = people(PEOPLE, name="killed", now=now)
    fill_drafts(forum, [account for account, _ in crowd], now=now)
    db.session.rollback()
    arbiter, port = started.gunicorn(workers=3)
    wait_for_server(port)
    worker = started.start(["-m", "tests.load.worker"])
    acknowledged: list[int] = []
    with ThreadPoolExecutor(16) as pool:
        done = [pool.submit(partial(_register, browser, port, acknowledged)) for _, browser in crowd]
        for count in KILL_WEB_AT:
            wait_until(lambda count=count: len(acknowledged) >= count)  # type: ignore[misc]  # bound at once
            wait_until(lambda: bool(children_of(arbiter)))
            children_of(arbiter)[0].kill()
        for count in KILL_WORKER_AT:
            wait_until(lambda count=count: len(_files(started)) >= count)  # type: ignore[misc]  # bound at once
            worker.kill()
            worker.wait()
            worker = started.start(["-m", "tests.load.worker"])
        for future in done:
            future.result()
    wait_until(_all_mail_settled)
    registrations = {each.id: each for each in db.session.scalars(select(Registration))}
    mails = list(db.session.scalars(select(OutboxMail)))
    assert {each.account_id for each in registrations.values()} == {browser.account_id for _, browser in crowd}
    assert set(acknowledged) == {browser.account_id for _, browser in crowd}
    assert Counter(each.state for each in registrations.values()) == {
        RegistrationState.CONFIRMED: SEATS,
        RegistrationState.WAITLISTED: PEOPLE - SEATS,
    }
    told = Counter((int(mail.key.split(":")[1]), mail.template) for mail in mails)
    assert told == Counter((each.id, MAIL_OF_STATE[each.state]) for each in registrations.values())
    handed_over = Counter(message_from_bytes(path.read_bytes())["Message-ID"] for path in _files(started))
    states = {message_id(mail.key, site.config["SETTINGS"].base_url): mail.state for mail in mails}
    sent = {each for each, state in states.items() if state is MailState.SENT}
    assert set(handed_over.values()) == {1}
    assert sent <= set(handed_over) <= set(states)
    assert Counter(states.values())[MailState.UNCERTAIN] <= len(KILL_WORKER_AT)
    assert set(states.values()) <= {MailState.SENT, MailState.UNCERTAIN}
    db.session.rollback()
    assert started.check() == "Everything agrees."


def _register(browser: Browser, port: int, acknowledged: list[int]) -> None:
    """Send the form as a person would who tries again when the connection broke or the site is busy."""
    for _ in range(ATTEMPTS):
        try:
            form = browser.get(port, FORM)
            if form.status == 200:
                browser.read_token(form)
                form = browser.post(port, FORM, consent="y")
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)
            continue
        if form.status == 503:
            continue
        assert (form.status, form.location) == (302, MINE), form.text
        acknowledged.append(browser.account_id)
        return
    raise AssertionError("the site did not come back")


def _files(started: Processes) -> list[Path]:
    return list(Path(started.environment["GTN_INSTANCE_DIR"], "mail").glob("*.eml"))


def _all_mail_settled() -> bool:
    open_states = (MailState.QUEUED, MailState.CLAIMED, MailState.SENDING)
    with reading():
        count = db.session.scalar(select(func.count()).where(OutboxMail.state.in_(open_states)))
        db.session.rollback()
    return count == 0
