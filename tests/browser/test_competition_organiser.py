"""The organiser's pages of a competition in a browser: accessible, no wider than a phone, usable without scripts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.competition.defaults import CATEGORIES
from gtn_events.competition.enums import EntryState
from gtn_events.competition.models import Competition, CompetitionCategory, EntryMember
from gtn_events.core.db import db
from gtn_events.eligibility.domain.rules import Rule
from gtn_events.eligibility.enums import RuleKind
from tests.browser.conftest import DESK, PHONE, Site
from tests.competition.factories import make_competition, make_entry
from tests.factories import grant_role, make_account

PAGES = (
    "manage/",
    "manage/settings",
    "manage/categories",
    "manage/categories/new",
    "manage/eligibility",
    "manage/declarations",
    "manage/staff",
    "manage/close",
    "manage/questionnaire",
    "manage/entries",
    "manage/entries?q=nothing",
    "manage/entries/export",
    "manage/entries/ISC13-0000-0001",
    "manage/entries/ISC13-0000-0001/extend",
    "clone",
)
SignIn = Callable[[Account], None]


@pytest.fixture
def competition(site: Site) -> Competition:
    """A competition with two entries that look alike, one of which breaks a rule."""
    rules = [Rule(kind=RuleKind.YEARS_AT_MOST, number=3), Rule(kind=RuleKind.TEAM, number=1)]
    made = make_competition(eligibility=[rule.to_json() for rule in rules], economy_limit=4)
    key, label, description = CATEGORIES[1]
    made.categories.append(CompetitionCategory(key=key, label=label, description=description, position=2))
    for email, founded in (("rosa@firm.example", 2009), ("minh@firm.example", 2012)):
        entry = make_entry(made, make_account(email), state=EntryState.SUBMITTED, founded_in=founded)
        entry.members = [EntryMember(position=1, name="Rosa Huamán", role="Founder", economy_code="PE")]
    db.session.commit()
    return made


@pytest.fixture
def desk(competition: Competition, sign_in_browser: SignIn) -> str:
    """The address of the competition in the browser of its organiser."""
    account = make_account("organiser@gtn.example", given_name="Dewi", family_name="Lestari")
    grant_role(account, Role.ORGANISER, competition.scope)
    sign_in_browser(account)
    address = f"/competitions/{competition}"
    db.session.commit()  # an open transaction of the test would keep the site from writing
    return address


def test_organisers_pages_are_accessible_and_fit_a_phone(
    page: Page, desk: str, accessibility_faults: Callable[[Page], list[str]]
) -> None:
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        for path in PAGES:
            page.goto(f"{desk}/{path}")
            assert accessibility_faults(page) == [], path
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def test_administrators_form_for_a_new_competition_is_accessible(
    page: Page, site: Site, sign_in_browser: SignIn, accessibility_faults: Callable[[Page], list[str]]
) -> None:
    administrator = make_account()
    grant_role(administrator, Role.ADMINISTRATOR)
    sign_in_browser(administrator)
    page.goto("/competitions/new")
    page.get_by_role("button", name="Save as a draft").click()
    page.get_by_role("alert").wait_for()
    assert accessibility_faults(page) == []


def test_entry_is_screened_without_scripts(browser: Browser, site: Site, page: Page, desk: str) -> None:
    state = page.context.storage_state()
    context = browser.new_context(base_url=site.address, java_script_enabled=False, storage_state=state)
    plain = context.new_page()
    plain.goto(f"{desk}/manage/entries?state=submitted")
    for box in plain.get_by_role("checkbox", name="Choose Boards from rice husk").all():
        box.check()
    plain.get_by_role("button", name="See effect and admit").click()
    expect(plain.get_by_role("heading", name="Admit 1 entry?")).to_be_visible()
    plain.get_by_role("button", name="Admit 1").click()
    plain.get_by_role("link", name="Back to the list").click()
    plain.get_by_role("row").filter(has_text="1 not kept").get_by_role("link").click()
    plain.get_by_label("Reason to let it pass").fill("Founded anew in 2011.")
    plain.get_by_role("button", name="Let it pass").click()
    plain.get_by_role("button", name="Admit", exact=True).click()
    expect(plain.get_by_text("is now admitted")).to_be_visible()
    expect(plain.get_by_text("Founded anew in 2011.").first).to_be_visible()
    context.close()
