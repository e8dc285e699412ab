"""The order of a delegation in a real browser: dragged within a function, by the keyboard, and without scripts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.economies import Economy
from gtn_events.forum.enums import DelegationFunction, RegistrationState
from tests.browser.conftest import Site
from tests.factories import grant_role, make_account, make_category, make_forum, make_registration

DESK = "/forums/gtn-forum-2013/delegation/PE"


@pytest.fixture
def desk(site: Site, page: Page, sign_in_browser: Callable[[Account], None]) -> Page:
    """The desk with three delegates and an adviser; Peru's coordinator is signed in."""
    category = make_category(make_forum(), capacity=10)
    for name in ("Abad", "Quispe", "Torres", "Vega"):
        account = make_account(f"{name.lower()}@firm.example", family_name=name, economy_code="PE")
        function = DelegationFunction.ADVISER if name == "Vega" else DelegationFunction.DELEGATE
        make_registration(category, account, RegistrationState.CONFIRMED, delegation_function=function)
    coordinator = make_account("coordinator@gtn.example", economy_code="PE")
    grant_role(coordinator, Role.ECONOMY_COORDINATOR, db.session.get_one(Economy, "PE").scope)
    sign_in_browser(coordinator)
    db.session.commit()
    # High enough for all rows: a page that scrolls under a pressed button begins no drag.
    page.set_viewport_size({"width": 1280, "height": 1600})
    page.goto(DESK)
    page.wait_for_load_state()
    return page


def expect_order(page: Page, *names: str) -> None:
    families = page.locator("[data-ranks] .family")
    expect(families).to_have_text(list(names))


def drag(page: Page, name: str, onto: str, *, at: float) -> None:
    """Drag a row onto another, ``at`` the part of its height, once the answer to an earlier drop has come."""
    expect(page.locator("[data-ranks][aria-busy]")).to_have_count(0)
    rows = {each: page.locator("[data-person]", has_text=each) for each in (name, onto)}
    box = rows[onto].bounding_box()
    assert box is not None
    rows[name].locator("td").nth(2).hover()
    rows[name].locator("td").nth(2).drag_to(
        rows[onto], target_position={"x": box["width"] / 2, "y": box["height"] * at}
    )


def test_a_person_is_dragged_within_the_function_and_stays_there(desk: Page) -> None:
    expect_order(desk, "Abad", "Quispe", "Torres", "Vega")
    drag(desk, "Torres", "Abad", at=0.2)
    expect(desk.locator("[data-rank-said]")).to_contain_text("has a new place in the order.")
    expect_order(desk, "Torres", "Abad", "Quispe", "Vega")
    drag(desk, "Torres", "Quispe", at=0.8)
    expect_order(desk, "Abad", "Quispe", "Torres", "Vega")
    # Among advisers nobody else stands, so the drop changes nothing.
    drag(desk, "Abad", "Vega", at=0.8)
    desk.reload()
    expect(desk.locator("[data-ranks] .family").last).to_have_text("Vega")


def test_who_was_chosen_stays_chosen_over_a_drag(desk: Page) -> None:
    desk.get_by_role("checkbox", name="Quispe").check()
    drag(desk, "Torres", "Abad", at=0.2)
    expect(desk.locator("[data-rank-said]")).to_be_visible()
    expect(desk.get_by_role("checkbox", name="Quispe")).to_be_checked()
    expect(desk.locator("[data-count]")).to_have_text("1")


def test_the_keyboard_moves_a_person_by_the_menu(desk: Page) -> None:
    row = desk.locator("[data-person]", has_text="Torres")
    row.locator("summary").focus()
    desk.keyboard.press("Enter")
    row.get_by_role("button", name="Move up").focus()
    desk.keyboard.press("Enter")
    desk.wait_for_load_state()
    expect_order(desk, "Abad", "Torres", "Quispe", "Vega")


def test_a_person_is_moved_without_scripts(site: Site, browser: Browser, desk: Page) -> None:
    context = browser.new_context(base_url=site.address, java_script_enabled=False)
    context.add_cookies(desk.context.cookies())  # type: ignore[arg-type]  # what one context gives, another takes
    plain = context.new_page()
    plain.goto(DESK)
    row = plain.locator("[data-person]", has_text="Torres")
    row.locator("summary").click()
    row.get_by_role("button", name="Move up").click()
    expect_order(plain, "Abad", "Torres", "Quispe", "Vega")
    context.close()
