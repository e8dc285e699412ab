"""From the organiser's button to the firm's answer, in a real browser."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.jobs import run_due_jobs
from gtn_events.incubation.enums import OfferState
from gtn_events.incubation.models import Call, HostRank, Offer
from tests.browser.conftest import Site
from tests.factories import grant_role, make_account
from tests.incubation.factories import make_application, make_call, make_host, make_intake

SignIn = Callable[[Account], None]


@pytest.fixture
def call(site: Site) -> Call:
    """A call whose hosts have ranked: two firms want the one place in Korat, Rosa is ranked first."""
    closed = clock.now() - timedelta(days=3)
    dates = {"opens_at": closed - timedelta(days=60), "closes_at": closed, "ranking_until": closed}
    made = make_call(**dates)
    intake = make_intake(made, make_host("Korat"))
    for tier, (name, economy) in enumerate((("Rosa", "PE"), ("Minh", "VN")), start=1):
        firm = make_account(f"{name.lower()}@firm.example", given_name=name, economy_code=economy)
        application = make_application(made, firm, [intake], f"Plan of {name}")
        db.session.add(HostRank(intake=intake, application=application, tier=tier))
    intake.ranking_sent_at = closed
    db.session.commit()
    return made


def account(email: str) -> Account:
    return db.session.scalars(select(Account).where(Account.email == email)).one()


def press(page: Page, name: str, *, role: str = "button") -> None:
    """Press what leads to another page, and wait until that has loaded."""
    target = page.get_by_role("main")
    with page.expect_event("load"):
        (target.get_by_role("button", name=name) if role == "button" else target.get_by_role("link", name=name)).click()


def test_an_organiser_matches_and_publishes_and_a_firm_accepts(call: Call, page: Page, sign_in_browser: SignIn) -> None:
    organiser = make_account("organiser@gtn.example")
    grant_role(organiser, Role.ORGANISER, call.scope)
    sign_in_browser(organiser)
    db.session.commit()  # an open transaction of the test would keep the site from writing
    page.goto("/co-incubation/co-incubation-2027/manage/match")
    press(page, "Make a run")
    run_due_jobs(clock.now())
    db.session.rollback()
    page.reload()
    press(page, "See what came of it: Match", role="link")
    press(page, "Run 1", role="link")
    expect(page.get_by_role("row", name="Plan of Minh")).to_contain_text("Korat: Filled above, 2nd there")
    press(page, "Publish…", role="link")
    expect(page.get_by_text("rosa@firm.example")).to_be_visible()
    press(page, "Publish and make the offers")
    expect(page.get_by_role("row", name="Plan of Rosa")).to_contain_text("Offered")
    sign_in_browser(account("rosa@firm.example"))
    db.session.commit()
    page.goto("/home")
    press(page, "See the offer", role="link")
    expect(page.get_by_role("heading", level=1)).to_have_text("Korat offers you a place")
    press(page, "Accept the place", role="link")
    press(page, "Accept the place")
    expect(page.get_by_role("heading", level=1)).to_have_text("You have a place at Korat")
    db.session.rollback()
    assert db.session.scalars(select(Offer.state)).all() == [OfferState.ACCEPTED]
    db.session.rollback()
    sign_in_browser(account("minh@firm.example"))
    db.session.commit()
    page.goto("/co-incubation/co-incubation-2027/my/offer")
    expect(page.get_by_text("Waiting list: nobody stands before you.")).to_be_visible()
