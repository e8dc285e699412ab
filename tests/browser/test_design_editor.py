"""The editor of how certificates look in a real browser: live preview, keyboard, phone, without scripts."""

import io
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pypdfium2
import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, Route, expect
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.designs.models import DocumentDesign
from gtn_events.forum.models import Forum
from tests.browser.conftest import PHONE, Site
from tests.browser.walking import press
from tests.certificates.designing import give_room
from tests.factories import grant_role, make_account, make_category, make_forum
from tests.forum.manage.test_certificates import attended


@pytest.fixture
def forum(
    site: Site, sign_in_browser: Callable[[Account], None], monkeypatch: pytest.MonkeyPatch, now: datetime
) -> Forum:
    """A forum whose organiser is signed in; one delegate attended, and templates have room for pictures."""
    give_room(monkeypatch)
    made, organiser = make_forum(), make_account("organiser@gtn.example", family_name="Organiser")
    grant_role(organiser, Role.ORGANISER, made.scope)
    make_category(made)
    attended(made, organiser, now)
    sign_in_browser(organiser)
    return made


def address(forum: Forum) -> str:
    return f"/designs/forum-{forum.id}/participation"


def opened(page: Page, forum: Forum) -> Locator:
    """Open the editor, and return the picture of its preview."""
    page.goto(address(forum))
    db.session.rollback()
    page.wait_for_load_state()
    return page.locator("[data-picture]")


def words_kept() -> list[dict[str, Any]]:
    db.session.rollback()
    kept = db.session.scalars(select(DocumentDesign).order_by(DocumentDesign.number)).all()
    found = [each.values["texts"] for each in kept]
    db.session.rollback()
    return found


def picture() -> dict[str, Any]:
    file = io.BytesIO()
    Image.new("RGB", (60, 30), "#0b5a43").save(file, "PNG")
    return {"name": "logo.png", "mimeType": "image/png", "buffer": file.getvalue()}


def drawn(page: Page) -> Any:
    """Wait for the answer to a preview."""
    return page.expect_response(lambda answer: answer.url.endswith("/preview"))


def test_the_preview_follows_what_is_typed_and_nothing_is_kept_until_it_is_saved(page: Page, forum: Forum) -> None:
    shown = opened(page, forum)
    with drawn(page):
        page.get_by_label("Heading").fill("With thanks")
    expect(shown).to_have_attribute("src", re.compile("^blob:"))
    first = shown.get_attribute("src")
    with drawn(page):
        page.get_by_label("Heading").fill("x" * 80)
    said = page.locator("[data-said]")
    expect(said).to_contain_text("Heading: This text has 80 letters; at most 60 fit the page.")
    assert shown.get_attribute("src") == first  # the last good one
    with drawn(page):
        page.get_by_label("Heading").fill("With many thanks")
    expect(said).to_have_text("The preview shows what you typed.")
    assert words_kept() == []
    with page.expect_event("load"):
        page.get_by_role("button", name="Save the design").click()
    expect(page.get_by_text("The design is saved.")).to_be_visible()
    assert words_kept() == [{"heading": "With many thanks"}]


def test_what_was_shown_stands_on_the_certificate_that_is_issued_then(page: Page, forum: Forum) -> None:
    opened(page, forum)
    with drawn(page):
        page.get_by_label("Heading").fill("With many thanks")
    press(page, "Save the design")
    page.goto("/forums/gtn-forum-2013/manage/certificates")
    press(page, "Issue Rosa HUAMÁN")
    serial = page.get_by_role("link", name=re.compile("^P13-"))
    answer = page.request.get(serial.get_attribute("href") or "")
    document = pypdfium2.PdfDocument(answer.body())
    assert "With many thanks" in document[0].get_textpage().get_text_range()
    document.close()


def test_the_templates_words_come_back(page: Page, forum: Forum) -> None:
    opened(page, forum)
    with drawn(page):
        page.get_by_role("button", name="Begin with these words (Heading)").click()
    expect(page.get_by_label("Heading")).to_have_value("Certificate of participation")
    back = page.get_by_role("button", name="Use the template's words (Heading)")
    page.get_by_label("Heading").fill("With thanks")
    with drawn(page):
        back.click()
    expect(page.get_by_label("Heading")).to_have_value("")
    expect(page.get_by_label("Heading")).to_be_focused()
    expect(back).to_be_hidden()


def test_people_are_stepped_through_by_keyboard(page: Page, forum: Forum) -> None:
    opened(page, forum)
    person = page.get_by_label("For whom")
    names = person.locator("option").all_inner_texts()
    step = page.get_by_role("button", name="Next person")
    for name in names[1:3]:
        with drawn(page):
            step.press("Enter")
        expect(person.locator("option:checked")).to_have_text(name)
        expect(step).to_be_focused()
    with drawn(page):
        page.get_by_role("button", name="Previous person").press("Enter")
    expect(person.locator("option:checked")).to_have_text(names[1])


def test_pictures_are_added_moved_and_taken_away_by_keyboard(page: Page, forum: Forum) -> None:
    opened(page, forum)
    for number, said in ((1, "A leaf"), (2, "A wave")):
        with drawn(page):
            page.get_by_label(f"Logo {number}", exact=True).set_input_files(picture())
        page.get_by_label(f"What logo {number} shows").fill(said)
    with drawn(page):
        page.get_by_role("button", name="Up (logo 2)").press("Enter")
    expect(page.get_by_label("What logo 1 shows")).to_have_value("A wave")
    expect(page.get_by_role("button", name="Down (logo 1)")).to_be_focused()
    page.get_by_label("Name of signatory 1").fill("Ana Lima")
    with page.expect_event("load"):
        page.get_by_role("button", name="Save the design").press("Enter")
    expect(page.get_by_text("The design is saved.")).to_be_visible()
    with drawn(page):
        page.get_by_role("button", name="Take away (logo 1)").press("Enter")
    expect(page.get_by_label("What logo 1 shows")).to_have_value("A leaf")


def test_another_language_shows_its_own_words_and_keeps_what_was_typed(page: Page, forum: Forum) -> None:
    opened(page, forum)
    page.get_by_label("Heading").fill("Con gracias")
    language = page.get_by_label("Language of the document")
    language.focus()
    with drawn(page):
        language.select_option("es")
    expect(page.get_by_label("Heading")).to_have_value("Con gracias")
    expect(language).to_be_focused()


def test_what_was_refused_is_still_drawn_when_somebody_else_saved(page: Page, forum: Forum) -> None:
    opened(page, forum)
    page.get_by_label("Heading").fill("Mine")
    page.locator("[name='seen']").evaluate("(field) => { field.value = '7'; }")
    with drawn(page):
        press(page, "Save the design")
    expect(page.locator("[data-picture]")).to_have_attribute("src", re.compile("^blob:"))
    expect(page.get_by_text("Somebody else changed this design")).to_be_visible()
    press(page, "Save the design")
    assert words_kept() == [{"heading": "Mine"}]


def test_a_name_in_braces_is_put_where_the_writer_is(page: Page, forum: Forum) -> None:
    opened(page, forum)
    page.get_by_label("Heading").fill("For ")
    page.get_by_text("What can stand in braces").click()
    with drawn(page):
        page.locator("button[data-insert]").first.click()
    name = page.locator("button[data-insert]").first.inner_text()
    expect(page.get_by_label("Heading")).to_have_value(f"For {name}")


def test_the_pdf_opens_in_a_tab_of_its_own_and_the_form_can_be_sent_afterwards(page: Page, forum: Forum) -> None:
    opened(page, forum)
    page.get_by_label("Heading").fill("With thanks")
    with page.context.expect_page():
        page.get_by_role("button", name="Open as PDF").click()
    with page.expect_event("load"):
        page.get_by_role("button", name="Save the design").click()
    expect(page.get_by_text("The design is saved.")).to_be_visible()


def test_a_phone_shows_one_column_and_a_way_to_the_preview(page: Page, forum: Forum) -> None:
    page.set_viewport_size(PHONE)
    shown = opened(page, forum)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_role("link", name="To the preview").click()
    expect(shown).to_be_in_viewport()


def test_a_first_picture_that_had_to_wait_is_drawn_all_the_same(page: Page, forum: Forum) -> None:
    page.route("**/versions/*.png*", lambda route: route.fulfill(status=429, headers={"Retry-After": "1"}))
    shown = opened(page, forum)
    expect(shown).to_have_attribute("src", re.compile("^blob:"))


def test_what_is_typed_while_a_picture_is_on_its_way_stays(page: Page, forum: Forum) -> None:
    where, slow = f"**{address(forum)}", list[Route]()
    opened(page, forum)
    page.route(where, lambda route: slow.append(route) if route.request.method == "POST" else route.continue_())
    page.get_by_label("Signature 1", exact=True).set_input_files(picture())
    page.get_by_label("Name of signatory 1").fill("Ana Lima")
    page.get_by_label("Logo 1", exact=True).set_input_files(picture())
    page.get_by_label("What logo 1 shows").press_sequentially("A leaf")
    while len(slow) < 2:
        page.wait_for_timeout(50)
    with drawn(page):
        for route in reversed(slow):
            route.continue_()
    expect(page.get_by_label("Name of signatory 1")).to_have_value("Ana Lima")
    expect(page.get_by_label("What logo 1 shows")).to_have_value("A leaf")
    expect(page.get_by_label("What logo 1 shows")).to_be_focused()
    page.unroute_all()
    page.get_by_role("button", name="Save the design").click()
    expect(page.get_by_text("The design is saved.")).to_be_visible()
    kept = db.session.scalars(select(DocumentDesign)).one().design
    assert [(each.description, each.upload_id is not None) for each in kept.logos] == [("A leaf", True)]
    assert [(each.name, each.upload_id is not None) for each in kept.signatories] == [("Ana Lima", True)]


def test_without_scripts_a_button_draws_the_page_anew(page: Page, browser: Browser, site: Site, forum: Forum) -> None:
    where = address(forum)
    db.session.rollback()
    context = browser.new_context(base_url=site.address, java_script_enabled=False)
    context.add_cookies(page.context.cookies())  # type: ignore[arg-type]  # what one context gives, another takes
    plain = context.new_page()
    plain.goto(where)
    plain.get_by_label("Heading").fill("With thanks")
    plain.get_by_label("Logo 1", exact=True).set_input_files(picture())
    plain.get_by_label("What logo 1 shows").fill("A leaf")
    plain.get_by_role("button", name="Preview").click()
    expect(plain.locator("[data-picture]")).to_have_attribute("src", re.compile("^data:image/png"))
    expect(plain.get_by_label("Heading")).to_have_value("With thanks")
    plain.get_by_role("button", name="Save the design").click()
    expect(plain.get_by_text("The design is saved.")).to_be_visible()
    context.close()
    assert words_kept() == [{"heading": "With thanks"}]


def test_a_picture_that_had_to_wait_for_its_turn_is_asked_for_again(page: Page, forum: Forum) -> None:
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        if asked.count(route.request.url) == 1:
            route.fulfill(status=429, headers={"Retry-After": "1"})
        else:
            route.continue_()

    page.route("**/versions/*.png", answer)
    page.goto(f"/designs/forum-{forum.id}")
    db.session.rollback()
    picture = page.locator("img[data-again]").first
    picture.scroll_into_view_if_needed()
    page.wait_for_function("picture => picture.naturalWidth > 0", arg=picture.element_handle())
    assert asked.count(picture.evaluate("picture => picture.src")) >= 2
