"""The demonstration's first forum keeps materials of a session, and a speaker of it shows a photo."""

import io
from datetime import timedelta

from PIL import Image, ImageDraw
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.forum.domain.session_materials import MaterialDetails, add_material
from gtn_events.forum.domain.speakers import set_photo
from gtn_events.forum.enums import MaterialAccess, MaterialKind
from gtn_events.forum.models import Forum, ForumSession, Speaker

from .forums import OPENED

TITLE, WHO = "Cold chains off the grid", "pe1"
ADDED = OPENED + timedelta(days=41)
LINK = "https://video.example/cold-chains"


def keep_materials(forum: Forum, people: dict[str, Account]) -> None:
    """Add slides for everybody, a paper for delegates and a recording for the registered, and the photo. Flushes."""
    session = db.session.scalars(
        select(ForumSession).where(ForumSession.forum_id == forum.id, ForumSession.title == TITLE)
    ).one()
    given = (
        (MaterialKind.SLIDES, "Slides: cold stores on sun and salt", MaterialAccess.PUBLIC, ""),
        (MaterialKind.PAPER, "Costs per crate, twelve months", MaterialAccess.CONFIRMED, ""),
        (MaterialKind.RECORDING, "Recording of the session", MaterialAccess.REGISTERED, LINK),
    )
    for kind, title, access, url in given:
        details = MaterialDetails(kind=kind, title=title, access=access, url=url)
        file = None if url else drawn_page(title)
        add_material(forum, session, details, file, actor=people[WHO], now=ADDED)
    speaker = db.session.scalars(select(Speaker).where(Speaker.forum_id == forum.id, Speaker.code == WHO)).one()
    seen = "A drawing of head and shoulders in green"
    set_photo(forum, speaker, _portrait(), seen, actor=people[WHO], now=ADDED)


def drawn_page(title: str) -> FileStorage:
    """Return a PDF of one drawn page."""
    image = Image.new("RGB", (1190, 842), "#f5f8f6")
    ImageDraw.Draw(image).text((80, 80), title, fill="#0b5a43", font_size=44)
    return _file(image, "PDF", "slides.pdf")


def _portrait() -> FileStorage:
    """Return a drawn picture, since nobody real is shown here."""
    image = Image.new("RGB", (800, 800), "#e1f0e8")
    draw = ImageDraw.Draw(image)
    draw.ellipse((250, 140, 550, 460), fill="#0b5a43")
    draw.ellipse((120, 480, 680, 1100), fill="#0b5a43")
    return _file(image, "PNG", "portrait.png")


def _file(image: Image.Image, kind: str, name: str) -> FileStorage:
    stream = io.BytesIO()
    image.save(stream, kind)
    stream.seek(0)
    return FileStorage(stream, filename=name)
