"""How certificates of the first forum look: own words, a logo, and a drawn signature; pictures for letters, too."""

import io
import math

from PIL import Image, ImageDraw, ImageFont
from werkzeug.datastructures import FileStorage

from gtn_events.accounts.models import Account
from gtn_events.certificates.documents import FAMILY
from gtn_events.certificates.enums import CertificateKind
from gtn_events.designs.keeping import keep_design
from gtn_events.designs.pictures import add_design_picture
from gtn_events.designs.standard import standard_design
from gtn_events.designs.templates import templates
from gtn_events.designs.values import Design, DesignPicture, DesignSignatory
from gtn_events.forum.models import Forum

from .forums import OPENED

KIND = CertificateKind.PARTICIPATION.value
HEADING = "With thanks for taking part"
LOGO_OF = "Archipelago Green"
INK, LEAF = "#1B2A4A", "#0B5A43"


def design_certificates(forum: Forum, organiser: Account) -> None:
    """Give the certificates of participation other words, then a logo and a signature: two versions. Flushes."""
    standard = standard_design(KIND)
    words = Design(template=standard.template, orientation=standard.orientation, texts={"heading": HEADING})
    keep_design(forum.scope, KIND, words, seen=None, actor=organiser, now=OPENED)
    keep_design(forum.scope, KIND, _signed(words, forum), seen=None, actor=organiser, now=OPENED)


def _signed(design: Design, forum: Forum) -> Design:
    room = templates(FAMILY)[design.template]
    logo = DesignPicture(upload_id=kept_logo(forum), description=LOGO_OF)
    signatory = DesignSignatory(
        name="Melati Wiranata", role="Chair of the host committee", upload_id=kept_signature(forum)
    )
    return Design(
        template=design.template,
        orientation=design.orientation,
        texts=design.texts,
        logos=(logo,)[: room.logos],
        signatories=(signatory,)[: room.signatures],
    )


def kept_logo(forum: Forum) -> int:
    """Keep a drawn logo for the designs of a forum, and return its number. Flushes."""
    return _kept(_logo(), "Archipelago.png", forum)


def kept_signature(forum: Forum) -> int:
    """Keep a drawn signature for the designs of a forum, and return its number. Flushes."""
    return _kept(_signature(), "signature.png", forum)


def _kept(picture: Image.Image, name: str, forum: Forum) -> int:
    file = io.BytesIO()
    picture.save(file, "PNG")
    file.seek(0)
    sent = FileStorage(file, filename=name)
    return add_design_picture(forum.scope, sent, now=OPENED).id


def _logo() -> Image.Image:
    """Draw three islands and a name beside them, on nothing."""
    font = ImageFont.load_default(size=64)
    name = LOGO_OF
    picture = Image.new("RGBA", (190 + round(font.getlength(name)), 160))
    draw = ImageDraw.Draw(picture)
    for left, top, size in ((10, 60, 70), (60, 20, 90), (105, 75, 55)):
        draw.pieslice((left, top, left + size, top + size), 180, 360, fill=LEAF)
    draw.line((10, 118, 160, 118), fill=LEAF, width=8)
    draw.text((190, 42), name, font=font, fill=LEAF)
    return picture


def _signature() -> Image.Image:
    """Draw one long stroke as a pen makes it, on nothing."""
    picture = Image.new("RGBA", (620, 200))
    draw = ImageDraw.Draw(picture)
    turns = [each / 40 for each in range(480)]
    stroke = [
        (40 + 42 * turn + 26 * math.cos(2.6 * turn), 100 + (58 - 3.4 * turn) * math.sin(2.6 * turn) - 2 * turn)
        for turn in turns
    ]
    draw.line(stroke, fill=INK, width=6, joint="curve")
    draw.line(((70, 168), (560, 138)), fill=INK, width=4)
    return picture
