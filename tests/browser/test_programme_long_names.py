"""Words of fifty letters without a space fit on the pages of the programme, on a phone and in a foyer."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.forum.domain.programme import add_room
from gtn_events.forum.domain.programme_releases import release_programme
from gtn_events.forum.domain.programme_sessions import SessionDetails, add_session
from gtn_events.forum.domain.session_places import set_places
from gtn_events.forum.domain.sponsors import SponsorDetails, add_sponsor
from gtn_events.forum.enums import SessionLevel, SponsorLevel
from gtn_events.forum.models import Forum, ForumSession, Room, Speaker, Track
from tests.browser.conftest import DESK, PHONE, Site
from tests.factories import MADE_AT, grant_role, make_account, make_forum
from tests.forum.programme.sample import FIRST, make_programme

WORD = "Wolfeschlegelsteinhausenbergerdorffwelchevoraltern"
THAI = "กรุงเทพมหานครอมรรัตนโกสินทร์มหินทรายุธยามหาดิลกภพนพรัตนราชธานีบูรีรมย์อุดมราชนิเวศน์มหาสถาน"
BASE = "/forums/gtn-forum-2013/programme"


@pytest.fixture
def code(site: Site) -> str:
    """The code of a session in a programme in which everything has a name of one long word."""
    make_programme()
    for model in (Room, Track):
        for number, each in enumerate(db.session.scalars(select(model))):
            each.name = f"{WORD}{number}"
    for session in db.session.scalars(select(ForumSession)):
        session.title = f"{WORD}{WORD}"
    for speaker in db.session.scalars(select(Speaker)):
        speaker.name, speaker.family_name, speaker.organisation = f"{WORD} {WORD}", WORD, WORD
        speaker.own_script_name, speaker.own_script_language = THAI, "th"
    found = db.session.scalars(select(ForumSession.code).where(ForumSession.track_id.is_not(None))).first()
    db.session.commit()
    db.session.remove()
    assert found
    return found


def test_every_page_fits_a_phone(site: Site, page: Page, code: str) -> None:
    page.set_viewport_size(PHONE)
    opened = f"?session={code}"
    speaker = "/speakers/hana-mori"
    paths = ("", "/list", opened, f"/sessions/{code}", "/speakers", speaker, "/now?at=2013-06-05T11:10", "/search?q=w")
    wide = {}
    for path in paths:
        page.goto(f"{site.address}{BASE}{path}")
        page.wait_for_load_state()
        assert "Wolfe" in page.locator("main").inner_text()
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > PHONE["width"]:
            wide[path] = width
    assert wide == {}


def test_every_page_of_the_organiser_fits_a_phone(
    page: Page, code: str, sign_in_browser: Callable[[Account], None]
) -> None:
    forum = db.session.scalars(select(Forum)).one()
    organiser = make_account()
    grant_role(organiser, Role.ORGANISER, forum.scope)
    for number in range(2):
        name = f"{WORD}{number}"
        details = SponsorDetails(name=name, level=SponsorLevel.SPONSOR, link=f"https://{name}.example")
        add_sponsor(forum, details, actor=organiser, now=MADE_AT)
    sign_in_browser(organiser)
    db.session.remove()
    page.set_viewport_size(PHONE)
    manage = "/forums/gtn-forum-2013/manage/programme"
    session = f"/sessions/{code}"
    parts = ("", "/day", f"/day?session={code}", session, f"{session}/materials", f"{session}/places", "/sponsors")
    wide = {}
    for path in (*parts, "/conflicts", "/rules", "/speakers/hana-mori", "/versions", "/versions/new", "/timetable"):
        page.goto(f"{manage}{path}")
        page.wait_for_load_state()
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > PHONE["width"]:
            wide[path] = width
    assert wide == {}


def test_a_clipped_name_in_the_foyer_ends_with_a_whole_line(site: Site, page: Page, code: str) -> None:
    page.set_viewport_size(DESK)
    page.goto(f"{site.address}{BASE}/screen?at=2013-06-05T11:10")
    # In one go: the screen puts fresh rooms in the place of those that came with the page.
    heights = page.evaluate(
        "[...document.querySelectorAll('.foyer-room h2')]"
        ".map(each => each.clientHeight / parseFloat(getComputedStyle(each).lineHeight))"
    )
    assert [round(each, 1) for each in heights] == [2.0, 2.0]


def test_six_rooms_with_titles_of_two_lines_fit_the_foyer(site: Site, page: Page) -> None:
    forum = make_forum()
    for number in range(6):
        room = add_room(forum, name=f"Room {number} of the old wing", seats=60, notes="", actor=None, now=MADE_AT)
        for after in (0, 60):
            title = f"What small firms of {number} economies learned in {after} months of mending their own machines"
            starts_at = FIRST + timedelta(minutes=after)
            details = SessionDetails(title=title, room_id=room.id, starts_at=starts_at, minutes=45)
            add_session(forum, details, actor=None, now=MADE_AT)
    db.session.commit()
    db.session.remove()
    page.set_viewport_size(DESK)
    page.goto(f"{site.address}{BASE}/screen?at=2013-06-05T09:10")
    heights = page.locator(".foyer-stage").evaluate("each => [each.scrollHeight, each.clientHeight]")
    assert heights[0] <= heights[1]


RUSSIAN = "Энергоэффективность и водоподготовка сельскохозяйственных предприятий: достопримечательности водоснабжения"


@pytest.fixture
def limited(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A programme whose sessions have places and levels, and titles in Thai and Russian that fill several lines."""
    monkeypatch.setattr(clock, "now", lambda: MADE_AT)
    forum, account = make_programme(), make_account()
    for number, each in enumerate(db.session.scalars(select(Track).order_by(Track.id))):
        each.name = (f"{THAI[:60]}", RUSSIAN[:70])[number]
    titles = {"Cold chains off the grid": RUSSIAN, "Buying green": THAI * 2}
    for session in db.session.scalars(select(ForumSession).where(ForumSession.title.in_(titles))):
        session.title, session.level, session.interpretation = (
            titles[session.title],
            SessionLevel.ADVANCED,
            ["th", "ru"],
        )
        assert session.slot
        session.slot.minutes = 45
        set_places(forum, session, 12, actor=account, now=MADE_AT)
    db.session.commit()
    db.session.remove()


def test_free_places_leave_the_title_its_line_on_a_phone(site: Site, page: Page, limited: None) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{site.address}{BASE}?day=2013-06-05")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    slots = page.locator(".slot:has(.slot-free)")
    assert slots.count() == 2
    for title, free in zip(slots.locator("strong").all(), slots.locator(".slot-free").all(), strict=True):
        above, below, around = title.bounding_box(), free.bounding_box(), slots.first.bounding_box()
        assert above
        assert below
        assert around
        assert above["width"] > 0.8 * around["width"]
        assert below["y"] >= above["y"] + above["height"]
    chips = page.locator(".track-chips a").evaluate_all(
        "found => found.map(each => each.getBoundingClientRect().width)"
    )
    assert max(chips) <= 0.8 * PHONE["width"]


def test_a_long_title_ends_with_a_whole_line_above_the_free_places(site: Site, page: Page, limited: None) -> None:
    page.set_viewport_size(DESK)
    page.goto(f"{site.address}{BASE}?day=2013-06-05")
    slots = page.locator(".slot:has(.slot-free)")
    for title, free in zip(slots.locator("strong").all(), slots.locator(".slot-free").all(), strict=True):
        lines = title.evaluate("each => each.clientHeight / parseFloat(getComputedStyle(each).lineHeight)")
        assert lines >= 1
        assert lines == pytest.approx(round(lines), abs=0.05)
        above, below = title.bounding_box(), free.bounding_box()
        assert above
        assert below
        assert above["y"] + above["height"] <= below["y"] + 1
    slots.first.locator("a").focus()
    assert slots.first.locator("strong").evaluate("each => each.scrollHeight - each.clientHeight") <= 0


def test_the_day_on_which_a_version_is_public_stays_in_its_card_on_a_phone(
    page: Page, code: str, sign_in_browser: Callable[[Account], None]
) -> None:
    forum = db.session.scalars(select(Forum)).one()
    organiser = make_account()
    grant_role(organiser, Role.ORGANISER, forum.scope)
    now = clock.now()
    later = (now + timedelta(days=200)).replace(day=28, hour=3, minute=0)
    release_programme(forum, notes="", public_from=later, seen=0, actor=organiser, now=now)
    db.session.commit()
    sign_in_browser(organiser)
    db.session.remove()
    page.set_viewport_size(PHONE)
    page.goto("/forums/gtn-forum-2013/manage/programme/versions")
    told = page.locator(".tag", has_text="From ")
    place, card = told.bounding_box(), page.locator(".panel", has=told).bounding_box()
    assert place is not None
    assert card is not None
    assert place["x"] + place["width"] <= card["x"] + card["width"]
