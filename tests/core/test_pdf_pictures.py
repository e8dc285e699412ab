"""Uploaded pictures on documents: only those that a document brings along, whichever way it is printed."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from gtn_events.core.pdf import DocumentPage, Pictures, print_all
from gtn_events.core.pdf.asset_names import PICTURE_ROOT
from gtn_events.core.pdf.engine import draw_pdf
from gtn_events.core.pdf.fetcher import AssetFetcher, AssetMissing
from gtn_events.core.pdf.ink import light_ink
from gtn_events.core.pdf.printer import Printer
from tests.pdf_pictures import picture, share_that_differs

from .merge_pages import TEMPLATE, page

LOGO = f'<p class="logo"><img src="{PICTURE_ROOT}ab/cd/logo" alt="Logo of a firm"></p></body>'


@pytest.fixture
def brought(tmp_path: Path, write_style: Callable[[str], None]) -> Pictures:
    """A red logo with clear corners, as a file that has no ending."""
    write_style(".logo { position: absolute; left: 800px; top: 50px } .logo img { width: 120px; height: 80px }")
    drawn = Image.new("RGBA", (300, 200))
    ImageDraw.Draw(drawn).ellipse((0, 0, 299, 199), fill="#C00000")
    path = tmp_path / "stored"
    drawn.save(path, "PNG")
    return (("ab/cd/logo", str(path)),)


def test_picture_that_is_brought_is_drawn_in_both_ways_alike(brought: Pictures) -> None:
    html = page().replace("</body>", LOGO)

    (printed,) = print_all([DocumentPage(TEMPLATE, "en", html, brought, "1")])

    assert (printed.as_whole, printed.problem) == ("", "")
    assert picture(printed.data, dpi=96).getpixel((860, 90)) == (192, 0, 0)
    assert share_that_differs(printed.data, draw_pdf(html, TEMPLATE, "en", brought)) < 0.01


def test_variants_of_a_template_are_merged_apart(brought: Pictures) -> None:
    printer = Printer()
    plain = DocumentPage(TEMPLATE, "en", page())
    with_logo = DocumentPage(TEMPLATE, "en", page().replace("</body>", LOGO), brought, "1")

    printed = [printer.print(each).data for each in (plain, with_logo, plain)]

    assert printed[0] == printed[2] == Printer().print(plain).data
    assert printed[1] == Printer().print(with_logo).data


@pytest.mark.parametrize("name", ["other", "ab/cd/logo/../../../stored", "../stored", ""])
def test_picture_that_a_document_does_not_bring_is_not_served(brought: Pictures, tmp_path: Path, name: str) -> None:
    fetcher = AssetFetcher(tmp_path).bringing(brought)

    with pytest.raises(AssetMissing):
        fetcher.fetch(f"{PICTURE_ROOT}{name}")


def test_signature_on_a_dark_ground_is_white_where_it_was_dark() -> None:
    paper = Image.new("RGB", (3, 1), "white")
    paper.putpixel((1, 0), (0, 0, 0))
    data = BytesIO()
    paper.save(data, "PNG")

    light = Image.open(BytesIO(light_ink(data.getvalue())))

    assert [light.getpixel((x, 0)) for x in range(3)] == [(255, 255, 255, 0), (255, 255, 255, 255), (255, 255, 255, 0)]
