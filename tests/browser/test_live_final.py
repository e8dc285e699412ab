"""A small final in browsers: control, screen of the hall, jury pad, ballots on phones, freeze and reveal."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from gtn_events.accounts.domain.sessions import start_session
from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.accounts.signed_in import COOKIE
from gtn_events.competition.enums import LiveAct
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.jobs import run_due_jobs
from tests.browser.conftest import DESK, PHONE, Site
from tests.competition.live.finals import Final, hall, make_voted_final
from tests.factories import grant_role

FIRST, SECOND = "Boards from rice husk", "Boards from rice husk 1"
LONG = "Rinderkennzeichnungsfleischetikettierung and cold rooms for a hundred villages "
# How much of a page nobody in a hall would see: its screens are not scrolled.
BELOW = "document.documentElement.scrollHeight - innerHeight"


@pytest.fixture
def final(site: Site) -> Iterator[Final]:
    """Two entries, one judge, an audience with half of the total; the round is open today."""
    now = clock.now()
    with hall():
        made = make_voted_final(entries=2, weight=50)
        made.panel.round.closes_at = now + timedelta(days=1)
        grant_role(made.organiser, Role.ORGANISER, made.panel.competition.scope)
        db.session.commit()
        yield made


@pytest.fixture
def somebody(browser: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """A function that opens a browser of its own for one person."""
    contexts: list[BrowserContext] = []

    def open_page(account: Account | None = None, *, phone: bool = False, scripts: bool = True) -> Page:
        context = browser.new_context(
            base_url=site.address,
            viewport=PHONE if phone else DESK,
            reduced_motion="reduce",
            java_script_enabled=scripts,
            locale="en-GB",
        )
        contexts.append(context)
        if account is not None:
            _, token = start_session(account, lifetime=timedelta(days=1), now=clock.now())
            db.session.commit()
            context.add_cookies([{"name": COOKIE, "value": token, "url": site.address}])
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


def base_of(final: Final) -> str:
    path = f"/competitions/{final.panel.competition.slug}"
    db.session.rollback()  # or this process itself would keep SQLite's writers out
    return path


def press(page: Page, name: str) -> None:
    """Press a button that leads to a page, and wait until that page has its scripts."""
    with page.expect_event("load"):
        page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def test_small_final_from_the_first_pitch_to_the_last_place(final: Final, somebody: Callable[..., Page]) -> None:
    control, judge = somebody(final.organiser), somebody(final.panel.account())
    screen, phone, old_phone = somebody(), somebody(phone=True), somebody(phone=True, scripts=False)
    base = base_of(final)
    screen.goto(f"{base}/live/1/screen")
    expect(screen.get_by_text("We begin soon with")).to_be_visible()
    judge.goto(f"{base}/judge/rounds/1/live")
    expect(judge.get_by_text("Nobody is on stage for you")).to_be_visible()
    control.goto(f"{base}/manage/rounds/1/live")
    press(control, "Start the pitch")
    # The hall and the pad follow by themselves.
    expect(screen.get_by_role("heading", level=1)).to_have_text(FIRST)
    expect(screen.get_by_role("timer")).to_have_text(re.compile("4:[0-5][0-9]"))
    expect(judge.get_by_role("heading", level=1)).to_have_text(FIRST)
    judge.wait_for_load_state()
    judge.locator("label.level", has_text="4").first.click()
    judge.keyboard.press("j")
    judge.keyboard.press("4")
    press(judge, "Submit")
    expect(judge.get_by_text("Submitted, 80.0 of 100")).to_be_visible()
    press(control, "Questions")
    expect(screen.get_by_text("Questions of the jury")).to_be_visible()
    press(control, "Finish this entry")
    press(control, "Open the vote")
    expect(screen.get_by_role("heading", name="Vote now")).to_be_visible()
    for person, badge in ((phone, "badge 1"), (old_phone, "badge 2")):
        person.goto(f"{base}/vote/1")
        person.get_by_label("Code of your badge").fill(badge)
        press(person, "Go on")
        person.get_by_label(SECOND).check()
        press(person, "Cast my ballot")
        expect(person.get_by_text("Your ballot is in:")).to_be_visible()
    expect(screen.get_by_text("2 ballots are in")).to_be_visible()
    press(control, "Start the pitch")
    expect(judge.get_by_role("heading", level=1)).to_have_text(SECOND)
    judge.wait_for_load_state()  # keys count when the script of the pad has run
    judge.keyboard.press("3")
    judge.keyboard.press("j")
    judge.keyboard.press("3")
    press(judge, "Submit")
    expect(judge.get_by_text("Submitted, 60.0 of 100")).to_be_visible()
    press(control, "Finish this entry")
    press(control, "Close the vote")
    with control.expect_event("load"):
        control.get_by_role("link", name="Freeze scores and votes").click()
    press(control, "Freeze it")
    expect(screen.get_by_text("2 ballots are counted.")).to_be_visible()
    expect(judge.get_by_text("Scores are closed.")).to_be_visible()
    run_due_jobs(clock.now())
    db.session.rollback()
    # The control notices that the ranking is there.
    expect(control.get_by_role("button", name="Show the next place")).to_be_visible()
    press(control, "Show the next place")
    expect(screen.locator(".hall-place")).to_have_text("2")
    expect(screen.get_by_role("heading", level=1)).to_have_text(FIRST)
    press(control, "Show the next place")
    expect(screen.locator(".hall-place")).to_have_text("1")
    expect(screen.get_by_text("80.00 points")).to_be_visible()
    expect(control.get_by_text("All places are shown.")).to_be_visible()


def test_pad_offers_the_next_entry_and_takes_no_begun_scorecard_away(
    final: Final, somebody: Callable[..., Page]
) -> None:
    control, judge = somebody(final.organiser), somebody(final.panel.account())
    base = base_of(final)
    control.goto(f"{base}/manage/rounds/1/live")
    press(control, "Start the pitch")
    judge.goto(f"{base}/judge/rounds/1/live")
    judge.keyboard.press("4")
    expect(judge.locator("[data-draft-note]")).to_contain_text("Draft ")
    press(control, "Finish this entry")
    press(control, "Start the pitch")
    offer = judge.get_by_role("link", name=f"On stage now: {SECOND}")
    expect(offer).to_be_visible()
    expect(judge.get_by_role("heading", level=1)).to_have_text(FIRST)
    with judge.expect_event("load"):
        offer.click()
    expect(judge.get_by_role("heading", level=1)).to_have_text(SECOND)


def test_second_control_shows_what_the_first_did(final: Final, somebody: Callable[..., Page]) -> None:
    one, other = somebody(final.organiser), somebody(final.organiser)
    base = base_of(final)
    for page in (one, other):
        page.goto(f"{base}/manage/rounds/1/live")
    press(one, "Start the pitch")
    expect(other.get_by_role("button", name="Finish this entry")).to_be_visible()


def test_final_is_run_without_scripts_and_by_keyboard(final: Final, somebody: Callable[..., Page]) -> None:
    control = somebody(final.organiser, scripts=False)
    base = base_of(final)
    control.goto(f"{base}/manage/rounds/1/live")
    control.get_by_role("button", name=f"Move {SECOND} up").press("Enter")
    expect(control.locator(".live-who strong").first).to_have_text(SECOND)
    control.get_by_role("button", name="Start the pitch").press("Enter")
    expect(control.get_by_role("timer")).to_be_visible()
    control.get_by_role("button", name="Take the last step back").press("Enter")
    expect(control.get_by_role("button", name="Start the pitch")).to_be_visible()


def test_order_that_was_dragged_is_kept_by_a_button(final: Final, somebody: Callable[..., Page]) -> None:
    control = somebody(final.organiser)
    base = base_of(final)
    control.goto(f"{base}/manage/rounds/1/live")
    rows = control.locator(".live-slot")
    rows.nth(1).drag_to(rows.nth(0), target_position={"x": 60, "y": 4})
    press(control, "Keep this order")
    expect(control.locator(".live-who strong").first).to_have_text(SECOND)


def test_screen_goes_on_when_the_line_is_lost_for_a_while(final: Final, somebody: Callable[..., Page]) -> None:
    control, screen = somebody(final.organiser), somebody()
    base = base_of(final)
    control.goto(f"{base}/manage/rounds/1/live")
    press(control, "Start the pitch")
    screen.goto(f"{base}/live/1/screen")
    screen.context.set_offline(True)
    before = screen.get_by_role("timer").inner_text()
    expect(screen.get_by_role("timer")).not_to_have_text(before)
    screen.context.set_offline(False)
    press(control, "Questions")
    expect(screen.get_by_text("Questions of the jury")).to_be_visible()


def test_hall_sees_the_clock_however_long_the_names_are(final: Final, somebody: Callable[..., Page]) -> None:
    screen, speaker = somebody(), somebody()
    for entry in final.panel.entries:
        entry.title, entry.organisation_name = (LONG * 3)[:150], (LONG * 3)[:200]
    final.act(LiveAct.START, LiveAct.OPEN_VOTE, now=clock.now())
    base = base_of(final)
    for page, name in ((screen, "screen"), (speaker, "speaker")):
        page.goto(f"{base}/live/1/{name}")
        expect(page.get_by_role("timer")).to_be_in_viewport(ratio=1)
        assert page.evaluate(BELOW) == 0


def test_hall_sees_the_running_order_of_a_big_final_whole(site: Site, somebody: Callable[..., Page]) -> None:
    screen = somebody()
    with hall():
        final = make_voted_final(entries=24)
        final.act(LiveAct.START, LiveAct.FINISH, now=clock.now())
        screen.goto(f"{base_of(final)}/live/1/screen")
        expect(screen.locator(".hall-slot")).to_have_count(24)
        assert screen.evaluate(BELOW) == 0
        final.act(LiveAct.OPEN_VOTE, now=clock.now())
        base_of(final)
        expect(screen.get_by_role("heading", name="Vote now")).to_be_visible()
        assert screen.evaluate(BELOW) == 0
