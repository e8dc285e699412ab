"""Judging in a browser: by keyboard, on a poor line, in two windows, without scripts; accessible in every look."""

from collections.abc import Callable
from itertools import product

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.competition.models import Assignment, Scorecard, ScorecardDraft
from gtn_events.core.db import db, reading
from tests.browser.conftest import DESK, PHONE
from tests.browser.judging import open_panel, queue_in_every_state
from tests.competition.panels import Panel
from tests.factories import grant_role, make_account

SAVED = "Draft "
KEPT = "Object.keys(localStorage).filter(key => key.startsWith('gtn-draft:')).length"


def base_of(panel: Panel) -> str:
    path = f"/competitions/{panel.competition.slug}/judge"
    db.session.rollback()  # or this process itself would keep SQLite's writers out
    return path


def card_of(panel: Panel, entry: int = 0) -> str:
    reference = panel.entries[entry].reference
    return f"{base_of(panel)}/rounds/1/entries/{reference}"


def drafts() -> list[dict[str, int]]:
    with reading():
        found = list(db.session.scalars(select(ScorecardDraft.scores).order_by(ScorecardDraft.assignment_id)))
        db.session.rollback()
    return found


def submitted() -> list[dict[str, int]]:
    with reading():
        found = list(db.session.scalars(select(Scorecard.scores).order_by(Scorecard.position)))
        db.session.rollback()
    return found


def test_judge_scores_by_keyboard_alone(page: Page, sign_in_browser: Callable[[Account], None]) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    panel = open_panel(entries=2)
    sign_in_browser(panel.account())
    page.goto(f"{base_of(panel)}/")
    page.get_by_role("link", name="Next entry").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Boards from rice husk")
    submit = page.locator("[data-submit]")
    expect(submit).to_have_text("4 criteria to go")
    page.keyboard.press("4")
    expect(page.locator("[data-total]")).to_have_text("24.0")
    page.keyboard.press("Enter")
    page.keyboard.press("3")
    expect(page.locator(".scorecard-total")).to_have_text("36.0 of 50 scored so far")
    page.keyboard.press("j")
    page.keyboard.press("5")
    page.keyboard.press("k")
    page.keyboard.press("k")
    page.keyboard.press("2")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("1")
    expect(submit).to_have_text("A comment to go")
    submit.press("Enter")
    expect(page.get_by_label("Comment Ready to cross borders")).to_be_focused()
    page.keyboard.type("Only local, 5 of 5 buyers")
    expect(submit).to_have_text("Submit")
    submit.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Boards from rice husk 1")
    page.wait_for_function(f"() => {KEPT} === 0")
    assert submitted() == [{"effect": 2, "new": 3, "business": 5, "borders": 1}]
    assert (page.evaluate(KEPT), complaints) == (0, []), "what was kept is known without a refusal"


def test_two_digits_are_one_number_within_one_criterion(page: Page, sign_in_browser: Callable[[Account], None]) -> None:
    panel = open_panel(entries=1)
    for criterion in panel.round.rubrics[-1].criteria:
        criterion.highest = 25
    db.session.commit()
    sign_in_browser(panel.account())
    page.clock.install(time=0)
    page.clock.pause_at(60)  # the keys come at once, however slow the machine is
    page.goto(card_of(panel))
    for key in ("2", "5", "j", "1", "j", "2"):
        page.keyboard.press(key)
    chosen = page.eval_on_selector_all("input[type=radio]:checked", "radios => radios.map(radio => radio.value)")
    assert chosen == ["25", "1", "2"]


def test_submit_explains_what_is_missing(page: Page, sign_in_browser: Callable[[Account], None]) -> None:
    panel = open_panel(entries=1)
    sign_in_browser(panel.account())
    page.goto(card_of(panel))
    submit = page.locator("[data-submit]")
    expect(submit).to_have_attribute("aria-disabled", "true")
    submit.focus()
    page.keyboard.press("Enter")
    expect(page.locator("input[name='score_effect']").first).to_be_focused()
    assert submitted() == []


def test_keys_can_be_turned_off(page: Page, sign_in_browser: Callable[[Account], None]) -> None:
    panel = open_panel(entries=1)
    sign_in_browser(panel.account())
    page.goto(card_of(panel))
    page.get_by_role("button", name="Turn keys off").click()
    page.locator("h1").click()
    page.keyboard.press("4")
    expect(page.locator("[data-total]")).to_have_text("0.0")
    page.reload()
    expect(page.get_by_role("button", name="Turn keys on")).to_be_visible()


def test_draft_waits_in_the_browser_for_the_line(
    page: Page, context: BrowserContext, sign_in_browser: Callable[[Account], None]
) -> None:
    panel = open_panel(entries=2)
    sign_in_browser(panel.account())
    page.goto(card_of(panel))
    context.set_offline(True)
    page.keyboard.press("4")
    expect(page.locator("[data-draft-note]")).to_contain_text("No connection. Your draft is kept in this browser")
    assert (drafts(), page.evaluate(KEPT)) == ([], 1)
    context.set_offline(False)
    expect(page.locator("[data-draft-note]")).to_contain_text(SAVED, timeout=40_000)
    assert (drafts(), page.evaluate(KEPT)) == ([{"effect": 4}], 0)


def test_draft_of_a_closed_page_is_sent_from_the_desk(page: Page, sign_in_browser: Callable[[Account], None]) -> None:
    panel = open_panel(entries=2)
    sign_in_browser(panel.account())
    lost: list[str] = []

    def lose(route: Route) -> None:
        lost.append(route.request.url)
        route.abort()

    page.goto(card_of(panel))
    page.route("**/draft", lose)
    page.keyboard.press("4")
    expect(page.locator("[data-draft-note]")).to_contain_text("No connection")
    page.goto(f"{base_of(panel)}/")
    expect(page.locator("[data-draft-queue]")).to_contain_text("The draft of another entry waits in this browser")
    page.unroute("**/draft")
    page.reload()
    page.wait_for_function(f"() => {KEPT} === 0")
    expect(page.locator("[data-draft-queue]")).to_be_hidden()
    assert (drafts(), page.evaluate(KEPT)) == ([{"effect": 4}], 0)


def test_two_windows_are_asked_which_shall_stand(
    page: Page, context: BrowserContext, sign_in_browser: Callable[[Account], None]
) -> None:
    panel = open_panel(entries=1)
    sign_in_browser(panel.account())
    other = context.new_page()
    for each in (page, other):
        each.goto(card_of(panel))
    page.keyboard.press("4")
    expect(page.locator("[data-draft-note]")).to_contain_text(SAVED)
    other.keyboard.press("2")
    expect(other.get_by_text("Which one shall stand?")).to_be_visible()
    assert drafts() == [{"effect": 4}]
    other.get_by_role("button", name="What stands here").click()
    expect(other.locator("[data-draft-note]")).to_contain_text(SAVED)
    assert drafts() == [{"effect": 2}]


def test_signing_out_leaves_no_draft_in_the_browser(
    page: Page, context: BrowserContext, sign_in_browser: Callable[[Account], None]
) -> None:
    panel = open_panel(entries=1)
    sign_in_browser(panel.account())
    page.goto(card_of(panel))
    page.route("**/draft", lambda route: route.abort())
    page.keyboard.press("4")
    expect(page.locator("[data-draft-note]")).to_contain_text("No connection")
    assert page.evaluate(KEPT) == 1
    page.locator("details.menu summary").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/")
    assert page.evaluate(KEPT) == 0


def test_judge_works_without_scripts(
    browser: Browser,
    browser_context_args: dict[str, object],
    context: BrowserContext,
    sign_in_browser: Callable[[Account], None],
) -> None:
    panel = open_panel(entries=2)
    sign_in_browser(panel.account())
    plain = browser.new_context(**browser_context_args, java_script_enabled=False)  # type: ignore[arg-type]
    plain.add_cookies(context.cookies())  # type: ignore[arg-type]
    page = plain.new_page()
    page.goto(card_of(panel))
    expect(page.get_by_text("Profitable and growing")).to_be_visible()
    page.locator("input[name='score_effect'][value='4']").check()
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("The draft is saved.")).to_be_visible()
    assert drafts() == [{"effect": 4}]
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_role("alert")).to_contain_text("Business is not scored yet.")
    for key in ("new", "business", "borders"):
        page.locator(f"input[name='score_{key}'][value='3']").check()
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Boards from rice husk 1")
    assert submitted() == [{"effect": 4, "new": 3, "business": 3, "borders": 3}]
    plain.close()


@pytest.mark.parametrize("who", ["judge", "organiser"])
def test_pages_are_accessible_in_every_look(
    page: Page,
    sign_in_browser: Callable[[Account], None],
    accessibility_faults: Callable[[Page], list[str]],
    who: str,
) -> None:
    panel = open_panel(entries=9)
    queue_in_every_state(panel)
    manage = f"/competitions/{panel.competition.slug}/manage/progress"
    paths = [f"{base_of(panel)}/", card_of(panel), card_of(panel, 3), f"{card_of(panel)}/recuse"]
    paths.append(f"{base_of(panel)}/rounds/1/declaration")
    if who == "organiser":
        organiser = make_account("organiser@gtn.example", time_zone="Asia/Jakarta")
        grant_role(organiser, Role.ORGANISER, panel.competition.scope)
        paths = [manage, *(f"{manage}/1/{step}" for step in ("close", "extend", "remind"))]
        sign_in_browser(organiser)
    else:
        sign_in_browser(panel.account())
    faults = []
    for path, scheme, size in product(paths, ("light", "dark"), (DESK, PHONE)):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.goto(path)
        faults += [f"{path} {scheme} {size['width']}: {fault}" for fault in accessibility_faults(page)]
        if (width := page.evaluate("document.documentElement.scrollWidth")) > size["width"]:
            faults.append(f"{path} {size['width']}: the page is {width} px wide")
    assert faults == []


def test_declaration_is_accessible_while_it_is_open(
    page: Page, sign_in_browser: Callable[[Account], None], accessibility_faults: Callable[[Page], list[str]]
) -> None:
    panel = open_panel(entries=3, signed=False)
    sign_in_browser(panel.account())
    page.goto(f"{base_of(panel)}/")
    page.get_by_role("link", name="Read and sign").click()
    assert accessibility_faults(page) == []
    page.get_by_label("Boards from rice husk 1", exact=True).select_option("family")
    page.get_by_label("Your name").fill("Catalina Vergara")
    page.get_by_role("button", name="Sign and go on").click()
    expect(page.get_by_text("You gave up 1 seat.")).to_be_visible()
    db.session.rollback()
    assert db.session.scalars(select(Assignment.state).order_by(Assignment.id)).all() == [
        "released",
        "recused",
        "released",
    ]
