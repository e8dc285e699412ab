"""Registering when something is in the way: no scripts, two tabs, an ended session, an impatient finger."""

from collections.abc import Callable

from playwright.sync_api import APIResponse, Browser, BrowserContext, Page, Route, expect
from sqlalchemy import func, select

from gtn_events.accounts.models import Account
from gtn_events.accounts.signed_in import COOKIE
from gtn_events.core.db import db
from gtn_events.forum.models import Registration
from tests.browser.conftest import Site
from tests.browser.registering import (
    FORUM,
    cookie_of,
    fill_organisation,
    fill_to_the_check,
    give_password,
    open_forum,
    save_step,
    sign_in_by_form,
)
from tests.factories import make_account

SENT = "The organiser has your registration"


def test_registering_works_without_scripts(site: Site, browser: Browser) -> None:
    open_forum()
    make_account()
    context = browser.new_context(base_url=site.address, java_script_enabled=False)
    context.add_cookies([cookie_of("rosa@firm.example", url=site.address)])
    page = context.new_page()
    fill_to_the_check(page)
    page.get_by_role("button", name="Send registration").click()
    expect(page.get_by_role("heading", name=SENT)).to_be_visible()
    context.close()


def test_second_tab_is_told_and_keeps_what_was_typed(
    page: Page, context: BrowserContext, sign_in_browser: Callable[[Account], None]
) -> None:
    open_forum()
    sign_in_browser(make_account())
    organisation = f"{FORUM}/register/organisation"
    other = context.new_page()
    for tab in (page, other):
        tab.goto(organisation)
    fill_organisation(page, "Andes Cold Chain")
    save_step(page, "Side events")
    fill_organisation(other, "Sierra Solar")
    other.get_by_role("button", name="Save and go on").click()
    expect(other.get_by_text("This step was changed in another tab")).to_be_visible()
    expect(other.get_by_label("Organisation", exact=True)).to_have_value("Sierra Solar")


def test_typed_text_is_back_after_the_session_ended(
    page: Page, context: BrowserContext, sign_in_browser: Callable[[Account], None]
) -> None:
    open_forum()
    sign_in_browser(give_password(make_account()))
    page.goto(f"{FORUM}/register/organisation")
    page.get_by_label("Organisation", exact=True).fill("Andes Cold Chain")
    context.clear_cookies(name=COOKIE)
    page.get_by_role("button", name="Save and go on").click()
    sign_in_by_form(page, "rosa@firm.example")
    expect(page.get_by_role("heading", level=1, name="Your organisation")).to_be_visible()
    expect(page.get_by_label("Organisation", exact=True)).to_have_value("Andes Cold Chain")


def test_step_stays_while_there_is_no_connection(
    page: Page, context: BrowserContext, sign_in_browser: Callable[[Account], None]
) -> None:
    open_forum()
    sign_in_browser(make_account())
    page.goto(f"{FORUM}/register/organisation")
    fill_organisation(page, "Andes Cold Chain")
    context.set_offline(True)
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_text("There is no connection, so nothing was sent.")).to_be_visible()
    context.set_offline(False)
    expect(page.get_by_text("There is no connection, so nothing was sent.")).to_be_hidden()
    save_step(page, "Side events")


def test_draft_goes_out_when_the_connection_is_back(
    page: Page, context: BrowserContext, sign_in_browser: Callable[[Account], None]
) -> None:
    open_forum()
    sign_in_browser(make_account())
    page.goto(f"{FORUM}/register/organisation")
    context.set_offline(True)
    page.get_by_label("Organisation", exact=True).fill("Andes Cold Chain")
    expect(page.get_by_text("Not saved yet: no connection.")).to_be_visible()
    context.set_offline(False)
    expect(page.get_by_text("Draft saved at")).to_be_visible(timeout=40_000)
    page.goto(f"{FORUM}/register/organisation")
    expect(page.get_by_label("Organisation", exact=True)).to_have_value("Andes Cold Chain")


def test_step_waits_for_its_own_draft_on_a_slow_line(page: Page, sign_in_browser: Callable[[Account], None]) -> None:
    open_forum()
    sign_in_browser(make_account())
    held: list[tuple[Route, APIResponse]] = []
    page.route("**/register/organisation/draft", lambda route: held.append((route, route.fetch())))
    page.goto(f"{FORUM}/register/organisation")
    page.get_by_label("Organisation", exact=True).fill("Andes")
    while not held:
        page.wait_for_timeout(100)
    fill_organisation(page, "Andes Cold Chain")
    page.get_by_role("button", name="Save and go on").click()
    route, answer = held[0]
    route.fulfill(response=answer)
    expect(page.get_by_role("heading", level=1, name="Side events")).to_be_visible()


def test_double_click_sends_one_registration(page: Page, sign_in_browser: Callable[[Account], None]) -> None:
    open_forum()
    sign_in_browser(make_account())
    fill_to_the_check(page)
    page.get_by_role("button", name="Send registration").dblclick()
    expect(page.get_by_role("heading", name=SENT)).to_be_visible()
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Registration)) == 1
    expect(page.get_by_text("nothing was sent twice")).to_have_count(0)
