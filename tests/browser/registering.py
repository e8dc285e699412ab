"""An open forum, and the steps of a registration as a person fills them in a browser."""

import io
from datetime import timedelta

from PIL import Image
from playwright.sync_api import Page
from sqlalchemy import select

from gtn_events.accounts.domain.passwords import hash_password
from gtn_events.accounts.domain.sessions import start_session
from gtn_events.accounts.models import Account
from gtn_events.accounts.signed_in import COOKIE
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.forum.models import Forum
from tests.factories import make_category, make_forum, make_side_event

FORUM = "/forums/gtn-forum-2027"
PASSWORD = "seven green kites over Lima"


def open_forum() -> Forum:
    """Add a forum that is open for registration now, with one category, one side event and two questions.

    The test's own session must not read rows while the browser writes (on SQLite a read outside a request
    keeps the others from writing), so tests name the forum by its address.
    """
    now = clock.now()
    starts_on = (now + timedelta(days=40)).date()
    starts_at = now + timedelta(days=40)
    forum = make_forum(
        "gtn-forum-2027",
        title="GTN Forum 2027",
        reference_prefix="GTN27",
        registration_opens_at=now - timedelta(days=3),
        registration_closes_at=now + timedelta(days=30),
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=1),
        contact_name="Dewi Prasetya",
    )
    make_category(forum)
    make_side_event(forum, starts_at=starts_at, ends_at=starts_at + timedelta(hours=2))
    return forum


def cookie_of(email: str, *, url: str) -> dict[str, str]:
    """Sign an account in, and return the cookie of its browser."""
    account = db.session.scalars(select(Account).where(Account.email_key == email)).one()
    _, token = start_session(account, lifetime=timedelta(days=1), now=clock.now())
    db.session.commit()
    return {"name": COOKIE, "value": token, "url": url}


def give_password(account: Account) -> Account:
    """Let an account sign in by the form, with PASSWORD."""
    account.password_hash = hash_password(PASSWORD)
    db.session.commit()
    return account


def sign_in_by_form(page: Page, email: str) -> None:
    """Fill the sign-in form that is shown, send it, and wait for the page after it."""
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("heading", level=1, name="Sign in").wait_for(state="detached")


def photograph() -> dict[str, object]:
    """Return a portrait as the file dialog hands it over."""
    file = io.BytesIO()
    Image.new("RGB", (360, 480), (90, 140, 120)).save(file, "JPEG")
    return {"name": "portrait.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}


def save_step(page: Page, heading_of_next: str) -> None:
    """Send the step and wait for the next one."""
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_role("heading", level=1, name=heading_of_next).wait_for()


def fill_organisation(page: Page, name: str) -> None:
    """Fill what the step of the organisation asks for, without sending it."""
    page.get_by_label("Organisation", exact=True).fill(name)
    page.get_by_label("Kind of organisation").select_option("SME")


def fill_to_the_check(page: Page) -> None:
    """Fill every step as briefly as the form allows, up to the page that sends it."""
    page.goto(f"{FORUM}/register")
    page.get_by_label("Delegate").check()
    save_step(page, "Your name and economy")
    page.get_by_label("Woman").check()
    save_step(page, "Your organisation")
    fill_organisation(page, "Andes Cold Chain")
    save_step(page, "Side events")
    save_step(page, "Questions")
    save_step(page, "Check and send")
    page.get_by_label("I have read the privacy notice").check()
