"""Invented sponsors of the two forums, most with a logo of simple shapes."""

import io
from datetime import datetime

from PIL import Image, ImageDraw, ImageFont
from werkzeug.datastructures import FileStorage

from gtn_events.accounts.models import Account
from gtn_events.forum.domain.sponsors import SponsorDetails, add_sponsor, set_sponsor_logo
from gtn_events.forum.enums import SponsorLevel
from gtn_events.forum.models import Forum

SPONSORS = (
    ("Selat Biru Bank", SponsorLevel.PRINCIPAL, "https://selat-biru.example", "#0F5170"),
    ("Kitakaze Filters", SponsorLevel.SPONSOR, "https://kitakaze.example", "#0B5A43"),
    ("Andina Cold Store", SponsorLevel.SPONSOR, "", "#7A4B00"),
    ("Hanok Thermal", SponsorLevel.PARTNER, "https://hanok-thermal.example", "#5B3A86"),
    ("Port City Couriers", SponsorLevel.SUPPORTER, "", ""),
)


def add_sponsors(forum: Forum, organiser: Account, *, now: datetime) -> None:
    """Give a forum its sponsors. Flushes."""
    for name, level, link, colour in SPONSORS:
        details = SponsorDetails(name=name, level=level, link=link)
        sponsor = add_sponsor(forum, details, actor=organiser, now=now)
        if colour:
            set_sponsor_logo(sponsor, _logo(name, colour), actor=organiser, now=now)


def _logo(name: str, colour: str) -> FileStorage:
    """Draw two shapes and the name beside them, on nothing."""
    font = ImageFont.load_default(size=64)
    picture = Image.new("RGBA", (170 + round(font.getlength(name)), 160))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((10, 20, 130, 140), fill=colour)
    draw.pieslice((34, 44, 130, 140), 180, 360, fill="#FFFFFF")
    draw.text((150, 42), name, font=font, fill=colour)
    file = io.BytesIO()
    picture.save(file, "PNG")
    file.seek(0)
    return FileStorage(file, filename=f"{name}.png")
