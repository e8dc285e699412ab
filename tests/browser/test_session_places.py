"""Signing up for a session with limited places: whoever presses the button reads what became of it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, ViewportSize, expect
from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.forum.domain.session_places import set_places
from gtn_events.forum.enums import RegistrationState
from gtn_events.forum.models import ForumSession
from tests.browser.conftest import DESK, PHONE
from tests.factories import MADE_AT, make_account, make_category, make_registration
from tests.forum.programme.sample import make_programme


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_what_became_of_signing_up_is_read_without_scrolling(
    page: Page, sign_in_browser: Callable[[Account], None], size: ViewportSize, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: MADE_AT)
    forum = make_programme()
    account = make_account()
    make_registration(make_category(forum), account, RegistrationState.CONFIRMED)
    session = db.session.scalars(select(ForumSession).where(ForumSession.title == "Cold chains off the grid")).one()
    session.abstract = "What keeps fish fresh without a grid.\n\n" * 30
    set_places(forum, session, 12, actor=account, now=MADE_AT)
    code = session.code
    db.session.commit()
    sign_in_browser(account)
    db.session.remove()
    page.set_viewport_size(size)
    page.goto(f"/forums/gtn-forum-2013/programme/sessions/{code}")
    page.get_by_role("button", name="Sign up").click()
    told = page.get_by_role("status").filter(has_text="You have a place at Cold chains off the grid.")
    expect(told).to_be_in_viewport(ratio=1)
