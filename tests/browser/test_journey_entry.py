"""From the public page to a receipt: the way of one small firm, in a real browser."""

import re
from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page, expect

from gtn_events.accounts.models import Account
from gtn_events.competition.models import CompetitionCategory
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.outbox import deliver_due_mail, mailbox
from gtn_events.eligibility.domain.rules import Rule
from gtn_events.eligibility.enums import RuleKind
from tests.browser.registering import save_step
from tests.competition.factories import make_competition, make_round
from tests.factories import make_account, make_organisation

PAGE = "/competitions/isc-2027/"


def open_call() -> None:
    """Add a competition that takes entries now, with two categories, two rules and a blind first round."""
    now = clock.now()
    rules = [Rule(kind=RuleKind.SIZE, values=("1-9", "10-49")), Rule(kind=RuleKind.TEAM, number=2)]
    competition = make_competition(
        "isc-2027",
        title="Innovative SMEs Competition 2027",
        edition="Third edition",
        tagline="Green technology that already works, shown by the firms that made it.",
        description="Small firms of the 21 member economies enter **one solution** that saves energy or water.",
        prizes="- 20 000 for the first\n- a stay at an incubator for every finalist",
        rules="Entries are in any language of the network.",
        reference_prefix="ISC27",
        eligibility=[rule.to_json() for rule in rules],
        entries_open_at=now - timedelta(days=3),
        entries_close_at=now + timedelta(days=20),
        grace_minutes=15,
        late_policy="grace",
        economy_limit=5,
        contact_name="Dewi Prasetya",
    )
    competition.categories.append(CompetitionCategory(key="circular", label="Circular production", position=2))
    db.session.commit()
    opens = now + timedelta(days=30)
    make_round(competition, opens_at=opens, closes_at=opens + timedelta(days=20), blind=["organisation", "team"])


def entrant() -> Account:
    firm = make_organisation("Andes Cold Chain", size="10-49", website="https://andes.example")
    return make_account(organisation_id=firm.id)


def test_a_firm_enters_changes_its_entry_and_checks_its_receipt(
    page: Page, sign_in_browser: Callable[[Account], None], accessibility_faults: Callable[[Page], list[str]]
) -> None:
    open_call()
    sign_in_browser(entrant())
    mailbox().clear()
    faults: list[str] = []

    def look(name: str) -> None:
        faults.extend(f"{name}: {fault}" for fault in accessibility_faults(page))

    page.goto(PAGE)
    look("public page")
    page.get_by_role("link", name="Enter", exact=True).click()
    look("start")
    page.get_by_role("button", name="Begin your entry").click()

    # What the rules say stands beside the form at once.
    page.get_by_label("Clean energy").check()
    page.get_by_label("Founded in").fill("2009")
    save_step(page, "Your firm")
    expect(page.get_by_label("Name of the firm")).to_have_value("Andes Cold Chain")
    expect(page.get_by_role("region", name="Who may enter")).to_contain_text("Size: 1 to 9 employees")
    save_step(page, "The entry")

    # The draft saves itself; an error stands at its field and nothing typed is lost.
    page.wait_for_load_state()
    page.get_by_label("Title of the entry").fill("Cold from the sun")
    expect(page.get_by_text("Draft saved at")).to_be_visible()
    page.get_by_label("In one line").fill("word " * 26)
    page.get_by_label("Spanish").check()
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_role("alert").get_by_role("link", name="In one line").click()
    page.get_by_label("In one line").fill("A cold store that needs no grid.")
    look("a step with an error")
    save_step(page, "Questions")
    page.get_by_label("What it does").fill("It keeps fish cold for three days.")
    save_step(page, "Team and partners")
    page.get_by_role("button", name="Add a person").click()
    person = page.get_by_role("group", name="Person 2")
    person.get_by_label("Name", exact=True).fill("陳美玲")
    person.get_by_label("Economy").select_option("Chinese Taipei")
    look("team")
    save_step(page, "Declaration")
    page.get_by_label("Your name, typed as a signature").fill("Rosa Huamán")
    page.get_by_label("I declare this for the firm.").check()
    save_step(page, "Check and send")

    # A judge of the first round does not see whose it is.
    page.get_by_text("See it as judges of the first round").click()
    expect(page.locator(".preview")).to_contain_text("Cold from the sun")
    expect(page.locator(".preview")).not_to_contain_text("Andes")
    look("check")
    page.get_by_role("button", name="Send the entry").click()
    expect(page.get_by_role("heading", level=1, name="Cold from the sun")).to_be_visible()
    look("my entry")

    # The receipt in the mail is one that anybody can check.
    db.session.rollback()
    deliver_due_mail(clock.now())
    db.session.rollback()
    receipt = re.search(r"https?://\S+/competitions/receipt\?\S+", str(mailbox()[-1].body))
    assert receipt is not None
    page.goto(receipt[0])
    expect(page.get_by_text("Yes.", exact=True)).to_be_visible()
    look("receipt")

    # A change is another version.
    page.goto(f"{PAGE}my/")
    look("my entries")
    page.get_by_role("link", name="Cold from the sun").click()
    page.get_by_role("button", name="Change it").click()
    page.get_by_role("link", name="Change The entry").click()
    page.get_by_label("Title of the entry").fill("Cold from the sun and the sea")
    save_step(page, "Questions")
    save_step(page, "Team and partners")
    save_step(page, "Declaration")
    page.get_by_label("Your name, typed as a signature").fill("Rosa Huamán")
    page.get_by_label("I declare this for the firm.").check()
    save_step(page, "Check and send")
    page.get_by_role("button", name="Send the changed entry").click()
    expect(page.get_by_role("heading", level=1, name="Cold from the sun and the sea")).to_be_visible()
    expect(page.get_by_role("heading", name="Version 2")).to_be_visible()
    assert faults == []
