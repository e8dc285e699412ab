"""Registering with the keyboard alone: Tab, Space, Enter and the arrows reach everything in order."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from gtn_events.accounts.models import Account
from tests.browser.registering import FORUM, open_forum
from tests.factories import make_account

MOST_STOPS = 60


def tab_to(page: Page, role: str, name: str) -> None:
    """Press Tab until a control has the focus, and see that the focus shows."""
    page.wait_for_load_state()  # before its style is there, a page shows the browser's own outline
    wanted = page.get_by_role(role, name=name, exact=True).first  # type: ignore[arg-type]  # a role of ARIA
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if wanted.evaluate("control => control === document.activeElement"):
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert (name, outline) == (name, "solid")
            return
    raise AssertionError(f"{role} {name!r} cannot be reached with the Tab key")


def send(page: Page, button: str, heading: str) -> None:
    tab_to(page, "button", button)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible()
    page.wait_for_load_state()


def test_person_registers_with_the_keyboard_alone(page: Page, sign_in_browser: Callable[[Account], None]) -> None:
    open_forum()
    sign_in_browser(make_account())
    page.goto(FORUM)
    tab_to(page, "link", "Register")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="What do you come as?")).to_be_visible()
    page.wait_for_load_state()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**#main")  # the jump moves the focus; keys before it would be lost
    page.get_by_label("Delegate").first.wait_for()
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement.type") != "radio":
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    send(page, "Save and go on", "Your name and economy")
    while page.evaluate("document.activeElement.name") != "gender":
        page.keyboard.press("Tab")
    page.keyboard.press("ArrowUp")
    send(page, "Save and go on", "Your organisation")
    tab_to(page, "textbox", "Organisation")
    page.keyboard.type("Andes Cold Chain")
    tab_to(page, "combobox", "Kind of organisation")
    page.keyboard.press("ArrowDown")
    send(page, "Save and go on", "Side events")
    while page.evaluate("document.activeElement.type") != "checkbox":
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    send(page, "Save and go on", "Questions")
    send(page, "Save and go on", "Check and send")
    tab_to(page, "checkbox", "I have read the privacy notice and agree to it.")
    page.keyboard.press("Space")
    send(page, "Send registration", "The organiser has your registration")
