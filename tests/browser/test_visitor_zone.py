"""A visitor without an account reads the programme in the time of their browser beside the venue's."""

import pytest
from playwright.sync_api import Browser, Page, expect

from gtn_events.core.db import db
from tests.browser.conftest import Site
from tests.forum.programme.sample import make_programme

BASE = "/forums/gtn-forum-2013/programme"


@pytest.fixture
def programme(site: Site) -> str:
    """The address of a programme in Jakarta; its sessions begin at nine, two hours after UTC midnight."""
    make_programme()
    db.session.commit()
    db.session.remove()
    return site.address + BASE


def _visit(browser: Browser, zone: str) -> Page:
    return browser.new_context(timezone_id=zone, viewport={"width": 1440, "height": 900}).new_page()


def test_another_clock_stands_beside_the_venues_in_grid_list_drawer_and_page(browser: Browser, programme: str) -> None:
    page = _visit(browser, "Europe/Berlin")
    page.goto(programme)
    expect(page.locator(".grid-corner.reader-column")).to_have_text("Berlin")
    assert page.locator(".hour.venue-column").all_inner_texts()[:2] == ["09:00", "10:00"]
    assert page.locator(".hour.reader-column").all_inner_texts()[:2] == ["04:00", "05:00"]
    page.locator("a[data-session]", has_text="Cold chains").click()
    expect(page.locator("[data-drawer] dl")).to_contain_text("In Berlin")
    page.get_by_role("link", name="Page of the session").click()
    page.wait_for_load_state()
    expect(page.locator("dl").first).to_contain_text("Wed 5 June, 06:00–07:15")
    page.goto(f"{programme}/list")
    expect(page.locator(".time-head").first).to_contain_text("04:00 in Berlin")
    page.context.close()


def test_the_same_clock_is_not_told_twice(browser: Browser, programme: str) -> None:
    page = _visit(browser, "Asia/Bangkok")
    page.goto(programme)
    page.locator("a[data-session]", has_text="Cold chains").click()
    expect(page.locator("[data-drawer] dl")).to_contain_text("In Jakarta")
    expect(page.get_by_text("Bangkok")).to_have_count(0)
    expect(page.locator(".reader-column")).to_have_count(0)
    page.context.close()
