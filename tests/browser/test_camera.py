"""The door's camera: Chromium takes a film of a ticket for what its camera sees."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import segno
from PIL import Image
from playwright.sync_api import BrowserType, Page, expect
from sqlalchemy import func, select

from gtn_events.accounts.enums import Role
from gtn_events.core.db import db
from gtn_events.forum.documents_ticket import ticket_pdf
from gtn_events.forum.enums import RegistrationState
from gtn_events.forum.models import CheckIn
from tests.browser.conftest import Site
from tests.browser.registering import FORUM, cookie_of
from tests.factories import grant_role, make_account, make_category, make_forum, make_registration
from tests.forum.tickets import FACTS

SIZE = (640, 480)
FRAMES = 10
# Longer than the pause after which a code that was away counts as shown anew.
LOOKS_ON = 4.0

Watching = Callable[[Image.Image], Page]


@pytest.fixture
def reference(site: Site) -> str:
    """The number of Rosa's ticket, for a forum with a person at the door."""
    forum = make_forum("gtn-forum-2027", title="GTN Forum 2027")
    door = make_account("door@gtn.example", given_name="Linh", family_name="Nguyễn", economy_code="VN")
    grant_role(door, Role.CHECK_IN_STAFF, forum.scope)
    registration = make_registration(make_category(forum), make_account(), RegistrationState.CONFIRMED)
    number = registration.reference
    db.session.commit()
    return number


@pytest.fixture
def watching(
    site: Site,
    browser_type: BrowserType,
    browser_type_launch_args: dict[str, Any],
    browser_context_args: dict[str, Any],
    tmp_path: Path,
) -> Iterator[Watching]:
    """A function that opens the door's page in a browser whose camera sees a picture."""
    browsers = []

    def start(picture: Image.Image) -> Page:
        film = write_film(tmp_path / "camera.y4m", picture)
        arguments = [*browser_type_launch_args["args"], f"--use-file-for-fake-video-capture={film}"]
        browsers.append(browser_type.launch(**{**browser_type_launch_args, "args": arguments}))
        context = browsers[-1].new_context(**browser_context_args)
        context.add_cookies([cookie_of("door@gtn.example", url=site.address)])
        page = context.new_page()
        page.goto(f"{FORUM}/check-in/")
        return page

    yield start
    for browser in browsers:
        browser.close()


@pytest.mark.parametrize("medium", ["screen", "paper"])
def test_a_ticket_held_before_the_camera_is_checked_in_once(watching: Watching, reference: str, medium: str) -> None:
    page = watching(code_on_screen(reference) if medium == "screen" else ticket_on_paper(reference))
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)

    page.get_by_role("button", name="Scan").click()

    expect(page.get_by_role("heading", name="Checked in")).to_be_visible()
    expect(page.locator(".scan-name")).to_have_text("Rosa Huamán")
    page.wait_for_function(
        "([video, until]) => video.currentTime > until",
        arg=[
            page.locator("video").element_handle(),
            page.locator("video").evaluate("video => video.currentTime") + LOOKS_ON,
        ],
    )
    expect(page.get_by_role("heading", name="Checked in")).to_be_visible()
    assert len(sent) == 1
    assert db.session.scalar(select(func.count()).select_from(CheckIn)) == 1


def test_a_code_that_could_not_be_sent_is_sent_again_while_it_is_seen(watching: Watching, reference: str) -> None:
    page = watching(code_on_screen(reference))
    page.route("**/check-in/", lambda route: route.abort())

    page.get_by_role("button", name="Scan").click()

    expect(page.get_by_text("The connection failed.")).to_be_visible()
    page.unroute("**/check-in/")
    expect(page.get_by_role("heading", name="Checked in")).to_be_visible()


def code_on_screen(reference: str) -> Image.Image:
    """Return a telephone's screen with the code, held somewhat aslant."""
    file = BytesIO()
    segno.make(reference, error="m", micro=False).save(file, kind="png", scale=8, border=4)
    code = Image.open(file).convert("L").rotate(7, expand=True, fillcolor=255)
    return on_grey(code)


def ticket_on_paper(reference: str) -> Image.Image:
    """Return the part of the printed ticket that holds the code."""
    printer = shutil.which("pdftoppm")
    if printer is None:
        pytest.skip("no pdftoppm (poppler-utils) on this machine")
    data = ticket_pdf(replace(FACTS, reference=reference))
    page = subprocess.run([printer, "-r", "110", "-png"], input=data, capture_output=True, check=True).stdout
    return on_grey(Image.open(BytesIO(page)).convert("L").crop((0, 400, 640, 880)))


def on_grey(picture: Image.Image) -> Image.Image:
    """Return the picture in the middle of what the camera sees."""
    seen = Image.new("L", SIZE, 120)
    seen.paste(picture, ((SIZE[0] - picture.width) // 2, (SIZE[1] - picture.height) // 2))
    return seen


def write_film(path: Path, picture: Image.Image) -> Path:
    """Write a YUV4MPEG2 film that shows a grey picture; Chromium plays it for ever again."""
    luma = picture.point(lambda value: 16 + value * 219 // 255).tobytes()
    chroma = bytes([128]) * (SIZE[0] * SIZE[1] // 2)
    header = f"YUV4MPEG2 W{SIZE[0]} H{SIZE[1]} F10:1 Ip A1:1 C420jpeg\n".encode()
    path.write_bytes(header + (b"FRAME\n" + luma + chroma) * FRAMES)
    return path
