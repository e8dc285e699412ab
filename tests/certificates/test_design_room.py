"""Nothing on a designed certificate overlaps, however long its texts are."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from gtn_events.certificates.documents import FAMILY, certificate_page
from gtn_events.certificates.enums import CertificateKind
from gtn_events.core.pdf import DocumentPage
from gtn_events.core.pdf.engine import lay_out, one_at_a_time
from gtn_events.designs.checking import LONGEST_NAME, LONGEST_ROLE, check_design
from gtn_events.designs.enums import Orientation
from gtn_events.designs.templates import templates
from gtn_events.designs.values import Design, DesignPicture, DesignSignatory
from tests.names import NAMES, Name

from .designs import designed, kept_pictures
from .examples import FORUM, URL

ALL = [
    (name, side, CertificateKind(kind))
    for name, each in templates(FAMILY).items()
    for side in each.orientations
    for kind in each.kinds
]
WORDS = "took part in all that was said of green technology for small firms and gave more than was asked of anybody "
ZH = "在论坛上就中小企业绿色技术的采购、共同孵化与市场准入作出了贡献，并与各经济体的同行进行了深入的交流。"
Sheet = tuple[str, Orientation, CertificateKind]
Rect = tuple[float, float, float, float]


@pytest.mark.parametrize("sheet", ALL, ids="-".join)
@pytest.mark.parametrize(("language", "words"), [("en", WORDS), ("zh-Hans", ZH)], ids=["en", "zh-Hans"])
def test_longest_texts_fit_the_sheet_with_the_longest_name_and_nothing_overlaps(
    database: None, now: datetime, sheet: Sheet, language: str, words: str
) -> None:
    template, side, kind = sheet
    design = _longest(template, side, kept_pictures(now)[0].id, language, words)
    check_design(design, FORUM, kind)

    page = certificate_page(designed(kind, NAMES[-1], design), verify_url=URL)

    assert page.remark == ""
    assert _overlaps(page) == []


@pytest.mark.parametrize("sheet", ALL, ids="-".join)
@pytest.mark.parametrize("name", [NAMES[0], Name("Hubert", "B" * 50, "พัทธรนิษฐนันท์" * 4, "th")], ids=["short", "long"])
def test_own_words_of_templates_overlap_nothing_with_any_name(
    database: None, now: datetime, sheet: Sheet, name: Name
) -> None:
    template, side, kind = sheet
    design = Design(template=template, orientation=side, logos=_logos(kept_pictures(now)[0].id))

    assert _overlaps(certificate_page(designed(kind, name, design), verify_url=URL)) == []


def test_texts_that_fields_make_too_long_are_reported(database: None, now: datetime) -> None:
    design = Design(template="participation", texts={"sentence": "{forum} " * 40})
    certificate = designed(CertificateKind.PARTICIPATION, NAMES[0], design)
    certificate.facts |= {"forum_title": "APEC SMEs Green Technology Network Forum on Green Procurement 2013"}

    assert "too long for the page" in certificate_page(certificate, verify_url=URL).remark


def _longest(template: str, side: Orientation, picture: int, language: str, words: str) -> Design:
    room = 1 if words.isascii() else 2  # of a letter, as it is counted
    texts = {each.key: (words * 9)[: each.longest // room].strip() for each in templates(FAMILY)[template].texts}
    name = ("María Guadalupe Esperanza " * 4)[:LONGEST_NAME].strip()
    role = ("Director-General of the Department for Small Firms " * 4)[:LONGEST_ROLE].strip()
    signatories = (DesignSignatory(name=name, role=role, upload_id=picture),) * 2
    return Design(
        template=template,
        orientation=side,
        language=language,
        texts=texts,
        logos=_logos(picture),
        signatories=signatories,
    )


def _logos(picture: int) -> tuple[DesignPicture, ...]:
    return tuple(DesignPicture(upload_id=picture, description=f"Logo {number}") for number in (1, 2, 3))


def _overlaps(page: DocumentPage) -> list[tuple[str, str]]:
    """Which of the blocks that stand freely on a sheet lie over another one, or beyond its edge."""
    with one_at_a_time:
        (drawn,) = lay_out(page.html, *page.shared[:3]).pages
    blocks = [each for each in _blocks(drawn._page_box) if each[0].split()[0] not in _behind(page)]
    names = [name for name, _rect in blocks]
    assert len(names) == len(set(names)) >= 7
    found = [
        (one, other)
        for number, (one, first) in enumerate(blocks)
        for other, second in blocks[number + 1 :]
        if _meet(first, second)
    ]
    width, height = drawn._page_box.width, drawn._page_box.height
    beyond = [(name, "edge") for name, (x1, y1, x2, y2) in blocks if x1 < 0 or y1 < 0 or x2 > width or y2 > height]
    return found + beyond


def _behind(page: DocumentPage) -> set[str]:
    """What the others stand on: the ring of an award is its ground."""
    return {"field", "border", "line", "corner", *(["seal"] if page.template.endswith("award") else [])}


def _blocks(box: Any) -> Iterator[tuple[str, Rect]]:  # Any: a box of WeasyPrint
    for child in getattr(box, "children", ()):
        inner = getattr(child, "_box", child)
        classes = "" if inner.element is None else inner.element.get("class", "")
        if inner.style["position"] == "absolute":
            yield " ".join(classes.split()[:2]), _ink_of(inner)
        yield from _blocks(inner)


def _ink_of(box: Any) -> Rect:  # Any: as above
    """The smallest rectangle around the lines and pictures of a block: an empty end of a line covers nothing."""
    leaves = list(_leaves(box))
    return (
        min(each.position_x for each in leaves),
        min(each.position_y for each in leaves),
        max(each.position_x + each.width for each in leaves),
        max(each.position_y + each.height for each in leaves),
    )


def _leaves(box: Any) -> Iterator[Any]:  # Any: as above
    children = [getattr(child, "_box", child) for child in getattr(box, "children", ())]
    if not children:
        yield box
    for child in children:
        yield from _leaves(child)


def _meet(one: Rect, other: Rect) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
