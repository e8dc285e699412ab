"""Guesses sent at the same moment count one by one: a limit is a limit, however many hands guess."""

from collections import Counter
from datetime import datetime
from functools import partial

import pytest
from flask import Flask

from gtn_events.accounts.domain import throttle
from gtn_events.accounts.domain.proof import settle_sign_in
from gtn_events.accounts.errors import TooManyAttempts
from gtn_events.core import clock
from gtn_events.core.db import db
from tests.load.browsers import all_at_once

AT_ONCE = 40

pytestmark = pytest.mark.slow


def test_guesses_of_one_address_at_one_moment_get_no_more_tries(site: Flask) -> None:
    now, most = clock.now(), throttle.SIGN_IN_ADDRESS.count
    guesses = [throttle.Attempt("rosa@firm.example", f"10.0.0.{number}") for number in range(AT_ONCE)]
    answers = all_at_once([partial(_guess, site, each, now) for each in guesses])
    assert Counter(answers) == {"wrong": most, "too many": AT_ONCE - most}


def test_guesses_of_one_client_at_one_moment_get_no_more_tries(site: Flask) -> None:
    now, left = clock.now(), 10
    used = (throttle.SIGN_IN_CLIENT, "10.1.0.1")
    for _ in range(throttle.SIGN_IN_CLIENT.count - left):
        throttle.count_attempt([used], now=now)
    db.session.commit()
    guesses = [throttle.Attempt(f"anyone-{number}@firm.example", "10.1.0.1") for number in range(AT_ONCE)]
    answers = all_at_once([partial(_guess, site, each, now) for each in guesses])
    assert Counter(answers) == {"wrong": left, "too many": AT_ONCE - left}


def test_mails_asked_for_at_one_moment_are_no_more_than_allowed(site: Flask) -> None:
    now, attempt = clock.now(), throttle.Attempt("rosa@firm.example", "10.2.0.1")
    answers = all_at_once([partial(_ask_for_mail, site, attempt, now) for _ in range(AT_ONCE)])
    most = throttle.MAIL_ADDRESS.count
    assert Counter(answers) == {"sent": most, "too many": AT_ONCE - most}


def _guess(site: Flask, attempt: throttle.Attempt, now: datetime) -> str:
    with site.app_context():
        try:
            settle_sign_in(attempt, "a guess", matches=False, now=now)
        except TooManyAttempts:
            return "too many"
        db.session.commit()
        return "wrong"


def _ask_for_mail(site: Flask, attempt: throttle.Attempt, now: datetime) -> str:
    with site.app_context():
        try:
            throttle.count_if_allowed(attempt.mail, now=now)
        except TooManyAttempts:
            return "too many"
        db.session.commit()
        return "sent"
