"""Files of a hostile person, sent as raw requests to a running server: refused or made harmless, never a failure."""

import io
import zipfile
from dataclasses import dataclass
from datetime import datetime

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select

from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.uploads import Upload
from gtn_events.forum.models import Forum
from gtn_events.questionnaire.domain.drafts import add_question
from gtn_events.questionnaire.domain.questions import QuestionSpec
from gtn_events.questionnaire.domain.versions import draft_version_of, publish_version
from gtn_events.questionnaire.enums import QuestionKind
from tests.load.browsers import Browser, Reply
from tests.load.people import STEPS, fill_drafts, open_forum, people
from tests.load.processes import Processes, wait_for_server

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n%%EOF\n"
SAVED, UNREADABLE, REFUSED = 302, 400, 422

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Sent:
    """One file as it is sent, and what the server says to it: a status, and the stored name or words of the page."""

    content: bytes
    name: bytes
    status: int
    told: str
    field: str = "q_your_statement"


def picture(kind: str = "PNG", size: tuple[int, int] = (60, 40), **options: object) -> bytes:
    file = io.BytesIO()
    Image.new("1" if kind == "PNG" else "RGB", size).save(file, kind, **options)
    return file.getvalue()


def zip_bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", bytes(8_000_000))
    return file.getvalue()


def moving_picture() -> bytes:
    file = io.BytesIO()
    frames = [Image.new("RGB", (60, 40), colour) for colour in ("green", "red", "blue")]
    frames[0].save(file, "WEBP", save_all=True, append_images=frames[1:], duration=100)
    return file.getvalue()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
FILES = [
    Sent(PDF, "Выписка 2013.pdf".encode(), SAVED, "Выписка 2013.pdf"),
    Sent(b"", b"empty.pdf", REFUSED, "The file empty.pdf is empty"),
    Sent(zip_bomb(), b"report.pdf", REFUSED, "The file report.pdf is a ZIP archive."),
    Sent(b"<html><script>alert(1)</script>" + PDF, b"page.pdf", REFUSED, "is a web page (HTML)"),
    Sent(SVG, b"logo.png", REFUSED, "The file logo.png is an SVG drawing."),
    Sent(SVG, b"logo.png", REFUSED, "The file logo.png is an SVG drawing.", "photo"),
    Sent(PDF, b"face.png", REFUSED, "The file face.png is a PDF file.", "photo"),
    Sent(picture(size=(20_000, 20_000)), b"huge.png", REFUSED, "has far too many pixels", "photo"),
    Sent(picture(size=(6_000, 6_000)), b"wall.png", REFUSED, "which is too many", "photo"),
    Sent(picture("JPEG")[:200], b"half.jpg", REFUSED, "is broken and cannot be opened", "photo"),
    Sent(picture() + b"<?php evil(); ?>", b"face.php", SAVED, "face.php.png", "photo"),
    Sent(moving_picture(), b"film.webp", SAVED, "film.webp"),
    Sent(b"GIF89a" + b"<script>" * 9, b"x.gif", REFUSED, "The file x.gif is a text file."),
    Sent(PDF, b"../../../../etc/cron.d/evil.pdf", SAVED, "evil.pdf"),
    Sent(PDF, rb"..\\..\\windows\\evil.pdf", SAVED, "evil.pdf"),
    Sent(PDF, "invoice\u202efdp.exe".encode(), SAVED, "invoicefdp.exe.pdf"),
    Sent(PDF, "a\u2066b\u2069.pdf".encode(), SAVED, "ab.pdf"),
    Sent(PDF, b"nul\x00.exe.pdf", SAVED, "nul.exe.pdf"),
    Sent(PDF, b"a" * 300 + b".pdf", SAVED, "a" * 116 + ".pdf"),
    Sent(PDF, "名".encode() * 300 + b".pdf", SAVED, "名" * 116 + ".pdf"),
    Sent(PDF, b"\xff\xfe\xfa.pdf", UNREADABLE, "Nothing was sent."),
    Sent(PDF, b"<img src=x onerror=alert(1)>.pdf", SAVED, "img src=x onerror=alert(1).pdf"),
    Sent(
        SVG, b"<img src=x onerror=alert(1)>.svg", REFUSED, "The file &lt;img src=x onerror=alert(1)&gt;.svg is an SVG"
    ),
    Sent(PDF, b"CON", SAVED, "CON.pdf"),
    Sent(PDF, b"...", SAVED, "file.pdf"),
]


@pytest.fixture(scope="module")
def now() -> datetime:
    """The real time: the server is a process of its own."""
    return clock.now()


def test_hostile_files_are_refused_or_made_harmless(site: Flask, started: Processes, now: datetime) -> None:
    forum = open_forum("files", seats=5, now=now)
    ask_for_a_file(forum, now=now)
    [(account, browser)] = people(1, name="files", now=now)
    fill_drafts(forum, [account], now=now)
    db.session.rollback()
    port = started.serve()
    wait_for_server(port)

    wrong = []
    for sent in FILES:
        reply = send(browser, port, sent)
        newest = db.session.scalars(select(Upload.name).order_by(Upload.id.desc()).limit(1)).first()
        db.session.rollback()
        told = newest if reply.status == SAVED else sent.told if sent.told in reply.text else ""
        if (reply.status, told) != (sent.status, sent.told):
            wrong.append((sent.name[:60], reply.status, told))

    assert wrong == []
    assert "Traceback" not in started.logs()


def ask_for_a_file(forum: Forum, *, now: datetime) -> None:
    draft = draft_version_of(forum.questionnaire, actor=None, now=now)
    add_question(draft, QuestionSpec(QuestionKind.FILE, "Your statement"), actor=None, now=now)
    publish_version(draft, actor=None, now=now)
    db.session.commit()


def send(browser: Browser, port: int, sent: Sent) -> Reply:
    """Save the step of the field with the file."""
    step = "name" if sent.field == "photo" else "questions"
    path = f"/forums/files/register/{step}"
    browser.open_form(port, path)
    fields = {name: values[0] for name, values in STEPS[step].items()}
    return browser.upload(port, path, sent.field, sent.name, sent.content, **fields)
