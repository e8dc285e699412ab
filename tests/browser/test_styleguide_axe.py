"""Every component in a real browser: accessible in both themes, and it fits a desk and a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_components_are_accessible_and_fit(
    page: Page, accessibility_faults: Callable[[Page], list[str]], viewport: dict[str, int], scheme: str
) -> None:
    page.set_viewport_size(viewport)
    page.emulate_media(color_scheme=scheme)
    page.goto("/styleguide")
    for table in page.locator("details.as-table summary").all():
        table.click()
    assert accessibility_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == viewport["width"]


@pytest.mark.parametrize("path", ["/accessibility", "/privacy", "/contact", "/no-such-page"])
def test_plain_pages_are_accessible(page: Page, accessibility_faults: Callable[[Page], list[str]], path: str) -> None:
    page.goto(path)
    assert accessibility_faults(page) == []


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_buttons_and_menus_can_be_hit_with_a_thumb(page: Page, viewport: dict[str, int]) -> None:
    page.set_viewport_size(viewport)
    page.goto("/styleguide")
    heights = (
        "elements => elements.map(each => each.getBoundingClientRect().height).filter(height => height && height < 44)"
    )
    assert page.locator(".btn, .input, .choice, .top a, .tabs a, .tabs-fold summary").evaluate_all(heights) == []


def test_keyboard_reaches_the_content_by_the_skip_link(page: Page) -> None:
    page.goto("/privacy")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_tab_row_folds_into_one_line_on_a_phone(page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.goto("/styleguide")
    fold = page.locator(".tabs-fold")
    expect(page.get_by_role("link", name="Accessibility")).to_have_count(1)
    fold.locator("summary").click()
    expect(fold.get_by_role("link", name="Accessibility")).to_be_visible()


def test_choosing_all_counts_them_and_clearing_hides_the_bar(page: Page) -> None:
    page.goto("/styleguide")
    form = page.locator("form:has([data-bulk])").first
    form.get_by_label("Choose all").check()
    expect(form.locator("[data-count]")).to_have_text("3")
    form.get_by_role("button", name="Clear").click()
    expect(form.locator("[data-bulk]")).to_be_hidden()


def test_visitor_sees_their_own_time_beside_the_venue_s(page: Page) -> None:
    page.goto("/styleguide")
    expect(page.locator(".two-times").first).to_have_text(
        "Thu 6 May 2027, 08:30 in Da Nang Wed 5 May, 20:30 where you are (Lima)"
    )


def test_errors_take_the_focus(page: Page) -> None:
    page.goto("/styleguide")
    expect(page.locator("[data-focus]").first).to_be_focused()
