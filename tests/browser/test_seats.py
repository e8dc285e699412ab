"""Seats of an assignment in a real browser: dragged between entries and bench, refused by name, without scripts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.competition.domain.panel_facts import panel_facts
from gtn_events.competition.models import Round
from gtn_events.core.db import db
from tests.browser.conftest import Site
from tests.competition.factories import make_competition
from tests.competition.juries import make_jury_round, run_assignment
from tests.factories import grant_role, make_account

PAGE = "/competitions/sme-competition-2013/manage/assignment"


@pytest.fixture
def round_(site: Site, sign_in_browser: Callable[[Account], None]) -> Round:
    """Four entries without a judge, six judges on the bench; the organiser is signed in."""
    competition, organiser = make_competition(), make_account("organiser@gtn.example")
    grant_role(organiser, Role.ORGANISER, competition.scope)
    made = make_jury_round(competition, entries=4, judges=6, most=3)
    sign_in_browser(organiser)
    return made


def row(page: Page, title: str) -> Locator:
    return page.locator("tr", has=page.locator("[data-panel]")).filter(has_text=title)


def drag(page: Page, judge: Locator, onto: Locator) -> None:
    judge.hover()
    judge.drag_to(onto)


def opened(page: Page) -> None:
    # High enough for all rows: a page that scrolls under a pressed button begins no drag.
    page.set_viewport_size({"width": 1280, "height": 2000})
    page.goto(PAGE)
    page.wait_for_load_state()


def test_a_judge_is_dragged_from_the_bench_between_entries_and_back(page: Page, round_: Round) -> None:
    opened(page)
    bench, said = page.locator("[data-bench]"), page.locator("[data-seats-said]")
    drag(page, bench.locator(".seat", has_text="Judge 02"), row(page, "Entry 00"))
    expect(row(page, "Entry 00")).to_contain_text("Judge 02")
    expect(said).to_have_text("The panel of Entry 00 is changed.")
    expect(bench).to_contain_text("Judge 02 1 of 3")
    drag(page, row(page, "Entry 00").locator(".seat"), row(page, "Entry 01"))
    expect(row(page, "Entry 01")).to_contain_text("Judge 02")
    expect(row(page, "Entry 00")).not_to_contain_text("Judge 02")
    drag(page, bench.locator(".seat", has_text="Judge 03"), row(page, "Entry 01").locator(".seat"))
    expect(row(page, "Entry 01")).to_contain_text("Judge 03")
    drag(page, row(page, "Entry 01").locator(".seat"), bench)
    expect(row(page, "Entry 01")).to_contain_text("–")


def test_a_refused_drop_says_why_and_leaves_the_seat(page: Page, round_: Round) -> None:
    opened(page)
    drag(page, page.locator("[data-bench] .seat", has_text="Judge 00"), row(page, "Entry 00"))
    said = page.locator("[data-seats-said]")
    expect(said).to_have_text("Judge 00 has a conflict of interest with Entry 00.")
    expect(row(page, "Entry 00")).to_contain_text("–")
    for number in (1, 2, 3):
        drag(page, page.locator("[data-bench] .seat", has_text="Judge 04"), row(page, f"Entry 0{number}"))
        expect(row(page, f"Entry 0{number}")).to_contain_text("Judge 04")
    drag(page, page.locator("tr[data-judge]", has=page.get_by_role("link", name="Judge 04")), row(page, "Entry 00"))
    expect(said).to_have_text("Judge 04 reads at most 3 entries.")


def test_two_judges_change_places_by_a_drop_on_one_another(page: Page, round_: Round) -> None:
    opened(page)
    for judge, entry in ((2, 0), (3, 1)):
        drag(page, page.locator("[data-bench] .seat", has_text=f"Judge 0{judge}"), row(page, f"Entry 0{entry}"))
        expect(row(page, f"Entry 0{entry}")).to_contain_text(f"Judge 0{judge}")
    drag(page, row(page, "Entry 00").locator(".seat"), row(page, "Entry 01").locator(".seat"))
    expect(row(page, "Entry 00")).to_contain_text("Judge 03")
    expect(row(page, "Entry 01")).to_contain_text("Judge 02")


def test_a_seat_is_moved_without_scripts(site: Site, browser: Browser, page: Page, round_: Round) -> None:
    run_assignment(round_)
    facts = panel_facts(round_)
    seat = facts.seats[0]
    title, name = facts.entries[seat.entry_id].title, facts.judges[seat.judge_id].name
    db.session.commit()
    context = browser.new_context(base_url=site.address, java_script_enabled=False)
    context.add_cookies(page.context.cookies())  # type: ignore[arg-type]  # what one context gives, another takes
    plain = context.new_page()
    plain.goto(PAGE)
    plain.get_by_role("link", name=title).click()
    plain.get_by_role("link", name=f"Replace or swap {name}").click()
    plain.get_by_role("button", name="Move the seat").click()
    expect(plain.get_by_text(f"The panel of {title} is changed.")).to_be_visible()
    expect(plain.locator("tbody").first).not_to_contain_text(name)
    context.close()
