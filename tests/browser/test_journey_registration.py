"""From an address to a certificate: the whole way of one delegate, in a real browser."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from gtn_events.accounts.enums import Role
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.outbox import deliver_due_mail, mailbox
from tests.browser.conftest import Site
from tests.browser.registering import (
    FORUM,
    PASSWORD,
    cookie_of,
    fill_organisation,
    give_password,
    open_forum,
    photograph,
    save_step,
    sign_in_by_form,
)
from tests.factories import grant_role, make_account


@pytest.fixture
def browser_of(site: Site, browser: Browser) -> Iterator[Callable[[str], Page]]:
    """A function that opens another person's browser, signed in by the address of their account."""
    contexts: list[BrowserContext] = []

    def open_browser(email: str) -> Page:
        context = browser.new_context(base_url=site.address, locale="en-GB", reduced_motion="reduce")
        contexts.append(context)
        if email:
            context.add_cookies([cookie_of(email, url=site.address)])
        return context.new_page()

    yield open_browser
    for context in contexts:
        context.close()


def latest_mail() -> str:
    """Deliver what is due, as the worker does, and return the text of the last mail."""
    db.session.rollback()
    deliver_due_mail(clock.now())
    db.session.rollback()
    return str(mailbox()[-1].body)


def test_delegate_registers_is_let_in_and_shows_a_certificate(page: Page, browser_of: Callable[[str], Page]) -> None:
    forum = open_forum()
    mailbox().clear()
    for email, role in (("organiser@gtn.example", Role.ORGANISER), ("door@gtn.example", Role.CHECK_IN_STAFF)):
        account = give_password(make_account(email, given_name="Dimas", family_name="Adiputra"))
        grant_role(account, role, scope=forum.scope)

    # Rosa makes an account: her address first, the rest by the link in the mail.
    page.goto("/sign-up")
    page.get_by_label("E-mail address").fill("rosa@firm.example")
    page.get_by_role("button", name="Send me the link").click()
    expect(page.get_by_role("main")).to_contain_text("rosa@firm.example")
    page.goto(re.search(r"https?://\S+/sign-up/\S+", latest_mail())[0])
    page.get_by_label("Given names").fill("Mei-ling")
    page.get_by_label("Family name").fill("Chen")
    page.get_by_label("Economy").select_option("Chinese Taipei")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Make my account").click()
    expect(page.get_by_text("Your account is ready. Welcome, Mei-ling CHEN.")).to_be_visible()

    # She registers, empties her family name by mistake, and nothing else is lost.
    page.goto(FORUM)
    page.get_by_role("link", name="Register", exact=True).first.click()
    page.get_by_label("Delegate").check()
    save_step(page, "Your name and economy")
    page.get_by_label("Name in your own script").fill("陳美玲")
    page.get_by_label("Family name").fill("")
    page.get_by_label("Photograph").set_input_files(photograph())
    page.get_by_role("button", name="Save and go on").click()
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name="Family name").click()
    expect(page.get_by_label("Family name")).to_be_focused()
    expect(page.get_by_label("Name in your own script")).to_have_value("陳美玲")
    expect(page.get_by_text("A photograph is stored.")).to_be_visible()
    page.get_by_label("Family name").fill("Chen")
    save_step(page, "Your organisation")
    fill_organisation(page, "Clearwash")
    save_step(page, "Side events")
    page.get_by_label("Green procurement clinic").check()
    save_step(page, "Questions")
    page.get_by_label("Technology you bring").fill("Filters of rice straw")
    save_step(page, "Check and send")
    page.get_by_label("I have read the privacy notice").check()
    page.get_by_role("button", name="Send registration").click()
    expect(page.get_by_role("heading", name="The organiser has your registration")).to_be_visible()
    assert "GTN Forum 2027" in latest_mail()

    # The organiser finds and confirms her; her ticket comes by mail.
    organiser = browser_of("")
    organiser.goto(f"{FORUM}/manage/registrations")
    sign_in_by_form(organiser, "organiser@gtn.example")
    organiser.get_by_label("Name, organisation or number").fill("chen")
    organiser.get_by_role("button", name="Show", exact=True).click()
    organiser.get_by_role("link", name="Mei-ling CHEN").click()
    organiser.get_by_role("button", name="Confirm", exact=True).click()
    expect(organiser.get_by_role("main")).to_contain_text("Confirmed")
    latest_mail()
    attached = [part.filename for part in mailbox()[-1].attachments]
    page.reload()
    expect(page.get_by_role("heading", name="You are registered")).to_be_visible()
    page.get_by_role("link", name="Show at the door").click()
    number = page.locator(".door-number").inner_text()
    assert attached == [f"ticket-{number}.pdf", "gtn-forum-2027.ics"]

    # At the door the number lets her in once.
    door = browser_of("door@gtn.example")
    door.goto(f"{FORUM}/check-in/")
    for answer in ("Checked in", "Already in"):
        door.wait_for_load_state()
        door.get_by_label("Scan, or type").fill(number)
        door.get_by_role("button", name="Find").click()
        expect(door.get_by_role("heading", name=answer)).to_be_visible()
        expect(door.get_by_label("Scan, or type")).to_be_focused()  # this scan is over: the next has its own nonce

    # The certificate that she gets is one that a stranger can verify.
    organiser.get_by_role("link", name="Documents").first.click()
    organiser.get_by_role("button", name="Issue Mei-ling CHEN").click()
    serial = organiser.get_by_role("row", name="Mei-ling CHEN").get_by_role("link", name="P").nth(0).inner_text()
    stranger = browser_of("")
    stranger.goto("/verify")
    stranger.get_by_label("Serial").fill(serial)
    stranger.get_by_role("button", name="Verify").click()
    expect(stranger.get_by_text("The network issued this certificate, and it stands.")).to_be_visible()
    expect(stranger.get_by_role("heading", name="Mei-ling Chen")).to_be_visible()
