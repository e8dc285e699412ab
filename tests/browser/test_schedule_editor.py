"""The editor of the schedule: the same act by dragging and by keyboard, undone and done again, and told aloud."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, Route, expect
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.forum.domain.programme_rules import add_time_away
from gtn_events.forum.models import Room
from tests.factories import MADE_AT, grant_role, make_account
from tests.forum.programme.sample import FIRST, make_programme

DAY = "/forums/gtn-forum-2013/manage/programme/day?day=2013-06-05"
# Keys in one go: with more than 600 ms between them they are two acts.
BURST = """(link, keys) => { for (const [key, shiftKey] of keys)
  link.dispatchEvent(new KeyboardEvent("keydown", { key, shiftKey, bubbles: true, cancelable: true })); }"""


@pytest.fixture
def editor(page: Page, sign_in_browser: Callable[[Account], None]) -> Page:
    """The schedule of the first day, open in the browser of its organiser."""
    forum = make_programme()
    account = make_account()
    grant_role(account, Role.ORGANISER, forum.scope)
    sign_in_browser(account)
    db.session.remove()
    page.set_viewport_size({"width": 1440, "height": 1300})  # near its edge a drag scrolls the page
    page.route("**/programme/day/marks", lambda route: route.abort())  # a test may take longer than it pauses
    page.goto(DAY)
    page.wait_for_load_state()
    page.wait_for_selector("[data-editor][data-live]")
    return page


def slot(page: Page, title: str) -> Locator:
    return page.locator("[data-grid] a[data-session]", has_text=title)


def drag(page: Page, what: Locator, right: float, down: float, *, at_edge: bool = False) -> None:
    what.scroll_into_view_if_needed()
    box = what.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + (box["height"] - 3 if at_edge else 12)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + right / 2, y + down / 2)
    page.mouse.move(x + right, y + down, steps=4)
    page.mouse.up()


def hour(page: Page) -> float:
    """How high an hour is on the grid."""
    lines = page.locator("[data-hour]")
    return (lines.nth(1).bounding_box() or {})["y"] - (lines.nth(0).bounding_box() or {})["y"]


def said(page: Page, text: str) -> None:
    expect(page.locator("[data-announce]")).to_have_text(text)


def test_session_is_dragged_stretched_taken_off_and_placed_again(editor: Page) -> None:
    down = hour(editor)
    cold = slot(editor, "Cold chains off the grid")
    drag(editor, cold, 0, 2 * down)
    said(editor, "Cold chains off the grid is now in Room 201 on Wed 5 Jun, 13:00 to 14:15.")
    drag(editor, cold, 0, down / 2, at_edge=True)
    said(editor, "Cold chains off the grid lasts 105 minutes: in Room 201 on Wed 5 Jun, 13:00 to 14:45.")
    buying = slot(editor, "Buying green")
    there, here = cold.bounding_box(), buying.bounding_box()
    assert there is not None
    assert here is not None
    drag(editor, buying, there["x"] - here["x"], 2 * down)
    said(editor, "Buying green is now in Room 201 on Wed 5 Jun, 13:00 to 14:15.")
    expect(buying).to_contain_text("Room is taken twice")
    expect(cold).to_contain_text("Room is taken twice")
    expect(editor.get_by_role("link", name="1 conflict blocks the release")).to_be_visible()
    waiting = editor.locator("[data-waiting]").bounding_box()
    here = buying.bounding_box()
    assert waiting is not None
    assert here is not None
    drag(editor, buying, waiting["x"] + 20 - here["x"] - here["width"] / 2, waiting["y"] + 60 - here["y"])
    said(editor, "Buying green is off the schedule.")
    expect(editor.locator("[data-waiting] a")).to_contain_text("Buying green")
    editor.locator("[data-waiting] a").click()
    expect(editor.locator("[data-panel]")).to_contain_text("Buying green has no time yet.")
    expect(editor.locator("[data-panel]")).to_be_focused()
    editor.locator("[data-panel] .editor-fits button").first.click()
    expect(slot(editor, "Buying green")).to_be_focused()
    editor.reload()
    editor.wait_for_selector("[data-editor][data-live]")
    editor.get_by_role("button", name="Undo").click()
    expect(editor.locator("[data-waiting] a")).to_contain_text("Buying green")


def test_session_is_moved_with_the_keyboard_alone(
    editor: Page, accessibility_faults: Callable[[Page], list[str]]
) -> None:
    cold = slot(editor, "Cold chains off the grid")
    cold.focus()
    shifted = ("ArrowUp", True)
    cold.evaluate(BURST, [("PageDown", False), ("ArrowDown", False), ("ArrowLeft", False), shifted, shifted])
    said(editor, "Cold chains off the grid is now in Hall A on Wed 5 Jun, 11:35 to 12:40.")
    expect(cold).to_be_focused()
    expect(cold).to_contain_text("Room is taken twice")
    assert accessibility_faults(editor) == []
    cold.evaluate(BURST, [("ArrowDown", False), ("Escape", False)])
    said(editor, "Nothing was moved.")
    editor.keyboard.press("Control+z")
    said(editor, "Cold chains off the grid is in Room 201 on Wed 5 Jun, 11:00 to 12:15 again: undone.")
    editor.keyboard.press("Control+z")
    said(editor, "Nothing to undo.")
    editor.keyboard.press("Control+Shift+z")
    said(editor, "Cold chains off the grid is now in Hall A on Wed 5 Jun, 11:35 to 12:40.")
    editor.keyboard.press("Enter")
    expect(editor.locator("[data-panel]")).to_be_focused()
    slot(editor, "Cold chains off the grid").focus()
    editor.keyboard.press("Delete")
    said(editor, "Cold chains off the grid is off the schedule.")
    expect(editor.locator("[data-waiting] a")).to_be_focused()


def test_keys_pressed_while_an_act_is_under_way_build_on_it(editor: Page) -> None:
    def slowly(route: Route) -> None:
        editor.wait_for_timeout(900)
        route.continue_()

    editor.route("**/put", slowly)
    slot(editor, "Cold chains off the grid").focus()
    with editor.expect_request("**/put"):
        editor.keyboard.press("PageDown")
    editor.keyboard.press("ArrowDown")
    said(editor, "Cold chains off the grid is now in Room 201 on Wed 5 Jun, 11:35 to 12:50.")


def test_what_somebody_moved_meanwhile_is_told_and_shown(editor: Page) -> None:
    other = editor.context.new_page()
    other.goto(DAY)
    other.wait_for_selector("[data-editor][data-live]")
    slot(other, "Cold chains off the grid").focus()
    other.keyboard.press("PageDown")
    said(other, "Cold chains off the grid is now in Room 201 on Wed 5 Jun, 11:30 to 12:45.")
    slot(editor, "Cold chains off the grid").focus()
    editor.keyboard.press("PageUp")
    expect(editor.get_by_role("alert").filter(has_text="Rosa HUAMÁN changed the place")).to_be_visible()
    expect(slot(editor, "Cold chains off the grid")).to_contain_text("11:30–12:45")


@pytest.mark.parametrize("minutes", [5, 15, 60, 180])
def test_what_is_told_of_a_closed_room_stays_in_its_block(editor: Page, minutes: int) -> None:
    room = db.session.scalars(select(Room).where(Room.name == "Room 201")).one()
    ends_at = FIRST + timedelta(minutes=minutes)
    reason = "Painters, then electricians: the old wing gets its new lamps, sockets and a floor of larch before summer"
    add_time_away(room, FIRST, ends_at, reason=reason, actor=None, now=MADE_AT)
    db.session.commit()
    db.session.remove()
    editor.reload()
    block = editor.locator(".closed-block")
    expect(block).to_contain_text(reason)
    assert block.evaluate("each => [each.scrollWidth - each.clientWidth, each.scrollHeight - each.clientHeight]") == [
        0,
        0,
    ]
    lines = block.locator(".closed-told").evaluate(
        "each => each.clientHeight / parseFloat(getComputedStyle(each).lineHeight)"
    )
    assert lines == pytest.approx(round(lines), abs=0.05)
    assert lines >= (1 if minutes > 5 else 0)
