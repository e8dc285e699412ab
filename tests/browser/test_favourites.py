"""The star: kept by the browser without an account, and added to the account at sign-in."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from gtn_events.accounts.domain.sessions import start_session
from gtn_events.accounts.signed_in import COOKIE
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.forum.domain.session_places import set_places, sign_up
from gtn_events.forum.enums import RegistrationState
from gtn_events.forum.models import ForumSession, LimitedSession
from tests.browser.conftest import Site
from tests.factories import MADE_AT, make_account, make_category, make_registration
from tests.forum.programme.sample import make_programme

BASE = "/forums/gtn-forum-2013/programme"


def test_stars_of_a_visitor_move_into_the_account(site: Site, page: Page) -> None:
    make_programme()
    _, token = start_session(make_account(), lifetime=timedelta(days=1), now=clock.now())
    db.session.commit()
    db.session.remove()
    page.goto(site.address + BASE)
    for title in ("Buying green", "Cold chains off the grid"):
        star = page.get_by_role("button", name=f"My programme: {title}")
        star.click()
        expect(star).to_have_attribute("aria-pressed", "true")
    page.goto(f"{site.address}{BASE}/mine")
    expect(page.get_by_text("At the same time as: Buying green")).to_be_visible()

    page.context.add_cookies([{"name": COOKIE, "value": token, "url": site.address}])
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.goto(site.address + BASE)
    expect(page.get_by_role("button", name="My programme: Buying green")).to_have_attribute("aria-pressed", "true")
    page.wait_for_function("Object.keys(localStorage).filter((each) => each.startsWith('gtn-favourites')).length === 0")
    page.goto(f"{site.address}{BASE}/mine")
    page.get_by_role("button", name="Take out of my programme Buying green").click()
    page.wait_for_load_state()
    expect(page.get_by_role("link", name="Cold chains off the grid")).to_be_visible()
    expect(page.get_by_text("Buying green")).to_have_count(0)


def test_a_star_that_cannot_be_kept_says_so_and_stays_as_it_was(site: Site, page: Page) -> None:
    make_programme()
    _, token = start_session(make_account(), lifetime=timedelta(days=1), now=clock.now())
    db.session.commit()
    db.session.remove()
    page.context.add_cookies([{"name": COOKIE, "value": token, "url": site.address}])
    page.goto(site.address + BASE)
    star = page.get_by_role("button", name="My programme: Buying green")
    expect(star).to_have_attribute("aria-pressed", "false")
    page.context.set_offline(True)
    star.click()
    lost = page.get_by_role("alert").filter(has_text="My programme was not changed")
    expect(lost).to_be_visible()
    expect(star).to_have_attribute("aria-pressed", "false")
    page.context.set_offline(False)
    star.click()
    expect(star).to_have_attribute("aria-pressed", "true")
    expect(lost).to_be_hidden()


def test_stars_of_a_visitor_are_shown_where_they_move_into_the_account(
    site: Site, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: MADE_AT)
    forum, account = make_programme(), make_account()
    registration = make_registration(make_category(forum), account, RegistrationState.CONFIRMED)
    sessions = {each.title: each for each in db.session.scalars(select(ForumSession))}
    set_places(forum, sessions["Second day"], 12, actor=account, now=MADE_AT)
    limited = db.session.get_one(LimitedSession, sessions["Second day"].id)
    sign_up(registration, limited, actor=account, now=MADE_AT)
    code = sessions["Cold chains off the grid"].code
    _, token = start_session(account, lifetime=timedelta(days=1), now=MADE_AT)
    db.session.commit()
    db.session.remove()

    page.goto(site.address + BASE)
    page.get_by_role("button", name="My programme: Buying green").click()
    key = page.evaluate("Object.keys(localStorage).find(each => each.startsWith('gtn-favourites'))")
    page.context.add_cookies([{"name": COOKIE, "value": token, "url": site.address}])
    page.goto(f"{site.address}{BASE}/mine")
    expect(page.get_by_role("button", name="Take out of my programme Buying green")).to_be_visible()
    expect(page.locator("[data-mine]").get_by_role("link", name="Second day")).to_be_visible()

    page.evaluate("([key, code]) => localStorage.setItem(key, JSON.stringify([code]))", [key, code])
    page.goto(f"{site.address}{BASE}/sessions/{code}")
    expect(page.get_by_role("button", name="Take out of my programme Cold chains off the grid")).to_be_visible()
