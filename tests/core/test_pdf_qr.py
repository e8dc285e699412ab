"""QR codes: the modules are those of the text, with the quiet zone around them."""

import base64
from io import BytesIO
from xml.etree import ElementTree

import segno
from PIL import Image

from gtn_events.core.pdf import qr_data_uri, qr_svg
from gtn_events.core.pdf.qr import MASK, PIXELS, QUIET_ZONE

ADDRESS = "https://gtn.example/verify/P13-000412-7KXQM2"


def test_the_picture_holds_the_modules_and_the_quiet_zone() -> None:
    data = base64.b64decode(qr_data_uri(ADDRESS).removeprefix("data:image/png;base64,"))
    picture = Image.open(BytesIO(data)).convert("L")

    expected = segno.make(ADDRESS, error="m", micro=False, boost_error=False, mask=MASK).matrix_iter(border=QUIET_ZONE)
    middle = PIXELS // 2
    for y, row in enumerate(expected):
        for x, module in enumerate(row):
            assert (picture.getpixel((x * PIXELS + middle, y * PIXELS + middle)) < 128) == bool(module)


def test_the_code_of_a_page_has_its_label_escaped() -> None:
    svg = ElementTree.fromstring(qr_svg(ADDRESS, label='Ticket "A" & B'))

    assert svg.attrib["aria-label"] == 'Ticket "A" & B'
    assert svg.attrib["role"] == "img"
