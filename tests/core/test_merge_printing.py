"""Merge printing: what is set into a page laid out once is what laying it out as a whole gives."""

from io import BytesIO
from typing import Any
from unicodedata import normalize

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from gtn_events.core.pdf import MissingGlyphs
from gtn_events.core.pdf.engine import draw_pdf
from gtn_events.core.pdf.merge import CannotMerge, Merger
from gtn_events.core.pdf.merge.codes import CodeTable
from gtn_events.core.pdf.qr import qr_code
from tests.names import NAMES, Name, letters
from tests.pdf_pictures import share_that_differs
from tests.pdf_structure import faults_of_structure

from .merge_pages import TEMPLATE, TEXT_OF_ALL, page

pytestmark = pytest.mark.usefixtures("write_style")
LONG = (
    "took part in the <strong>APEC SMEs Green Technology Network Forum on Green Procurement 2013</strong> in "
    "Jakarta, Indonesia, on 5 and 6 June 2013, as head of the delegation of <strong>Papua&nbsp;New"
    "&nbsp;Guinea</strong>."
)


@pytest.fixture
def merger(write_style: object) -> Merger:
    return Merger(TEMPLATE, "en")


def _reader(data: bytes) -> PdfReader:
    return PdfReader(BytesIO(data))


def _text(data: bytes) -> str:
    return _reader(data).pages[0].extract_text()


def _page_of(name: Name) -> str:
    holder = f"{name.given} {name.family.upper()}".strip()
    return page(holder[:40], name.own_script[:30] or "-", name.language or "en", LONG)


@pytest.mark.parametrize("name", NAMES, ids=lambda name: name.family)
def test_both_ways_give_the_same_picture(merger: Merger, name: Name) -> None:
    html = _page_of(name)

    assert share_that_differs(merger.draw(html), draw_pdf(html, TEMPLATE, "en")) < 0.01


@pytest.mark.parametrize("name", NAMES, ids=lambda name: name.family)
def test_names_are_read_back_letter_by_letter_in_a_tagged_document(merger: Merger, name: Name) -> None:
    data = merger.draw(_page_of(name))

    holder = f"{name.given} {name.family.upper()}".strip()[:40]
    assert letters(f"{holder}{name.own_script[:30] or '-'}took part in the APEC") in letters(_text(data))
    assert letters(TEXT_OF_ALL) in letters(_text(data))
    assert faults_of_structure(data, title="A certificate")[:1] in ([], ["the first heading is []"])


def test_languages_differ_in_the_structure_and_marks_are_told_apart(merger: Merger) -> None:
    data = merger.draw(page(own="น้ำทิพย์"))

    assert b"/Lang (th)" in b"".join(_elements(data))
    assert "<FEFF0E190E490E330E170E340E1E0E220E4C>" in _contents(data)


def test_title_and_words_beside_pictures_are_each_documents_own(merger: Merger) -> None:
    merger.draw(page("Rosa", title="One"))
    reader = _reader(merger.draw(page("Ana & José", title="Title <2> ünï")))

    assert reader.metadata is not None
    assert reader.metadata.title == "Title <2> ünï"
    assert "Title &lt;2&gt; ünï" in reader.root_object["/Metadata"].get_data().decode()
    assert "Code of Ana & José" in {str(each.get("/Alt")) for each in _dictionaries(reader)}


def test_the_same_page_gives_the_same_bytes_whoever_came_before(write_style: object) -> None:
    one, other = Merger(TEMPLATE, "en"), Merger(TEMPLATE, "en")
    other.draw(page("Нина", "李明轩", "zh-Hans"))

    assert one.draw(page()) == other.draw(page())


@pytest.mark.parametrize("holder", ["Siriporn WATTANAKUL", "Anna Vladimirovna Shcherbakova-Rimskaya"])
def test_long_text_wraps_where_it_does_when_laid_out_and_moves_what_stands_below(merger: Merger, holder: str) -> None:
    html = page(holder, sentence=LONG)
    merged, whole = merger.draw(html), draw_pdf(html, TEMPLATE, "en")

    assert _text(merged).splitlines() == _text(whole).splitlines()
    assert share_that_differs(merged, whole) < 0.01


WORDS = (
    *("took", "part", "in", "Jakarta,", "as", "head-of-delegation", "(2013)", "of", "Peru’s", "SMEs", "&amp;"),
    *("“green”", "firms;", "on", "5/6", "June", "–", "well-known"),
)


@pytest.mark.parametrize("count", [9, 14, 19, 26, 33, 41])
def test_sentences_with_bold_words_break_where_they_do_when_laid_out(merger: Merger, count: int) -> None:
    words = [WORDS[(number * 7 + count) % len(WORDS)] for number in range(count)]
    texts = [f"<strong>{word}</strong>" if number % 3 == 1 else word for number, word in enumerate(words)]
    html = page(sentence=" ".join(texts).replace(" on ", " on&nbsp;"))

    lines, whole = (_text(data).splitlines() for data in (merger.draw(html), draw_pdf(html, TEMPLATE, "en")))
    assert list(map(_shown, lines)) == list(map(_shown, whole))


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("th", "ขอขอบคุณผู้เข้าร่วมประชุมเครือข่ายเทคโนโลยีสีเขียวของวิสาหกิจขนาดกลางและขนาดย่อมทุกท่าน"),
        (
            "ja",
            "中小企業のグリーン技術ネットワーク（アジア太平洋経済協力）のフォーラムに参加した。「ジャカルタ」にて。",
        ),
        ("zh-Hans", "亚太经合组织中小企业绿色技术网络论坛，雅加达，二〇一三年六月五日至六日，全体代表参加了会议。"),
        ("ko", "아시아태평양경제협력체 중소기업 녹색기술 네트워크 포럼에 대표단장으로 참가하였음을 증명합니다."),
        ("ru", "Принимала участие в форуме сети зелёных технологий малых и средних предприятий в Джакарте."),
        ("vi", "Đã tham dự Diễn đàn Mạng lưới Công nghệ xanh của các doanh nghiệp vừa và nhỏ tại Jakarta."),
    ],
)
def test_paragraphs_of_every_script_break_where_they_do_when_laid_out(merger: Merger, lang: str, text: str) -> None:
    html = page(own=text, own_lang=lang)
    data = merger.draw(html)

    assert share_that_differs(data, draw_pdf(html, TEMPLATE, "en")) < 0.005
    assert letters(text) in letters(_text(data))


def test_pictures_that_all_share_are_still_there(merger: Merger) -> None:
    """A stream that is compressed twice shows nothing, and no checker sees it."""
    png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC"
    signature = f'<p><img src="data:image/png;base64,{png}" alt="Signature" style="width:200px;height:200px"></p>'
    html = page().replace('<p class="end">', f'{signature}<p class="end">')

    assert share_that_differs(merger.draw(html), draw_pdf(html, TEMPLATE, "en")) < 0.01


def test_letter_that_no_font_has_is_named(merger: Merger) -> None:
    with pytest.raises(MissingGlyphs, match="no font has “ϣ”") as caught:
        merger.draw(page("Rosa ϣ"))

    assert caught.value.characters == ["ϣ"]


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        (page("محمد"), "U+0645, a character of a script that is not merged"),
        (page("W" * 40), "a word of the field “name” is wider than its line"),
        (page("Crab \U0001f980"), "U+1F980, a character of a script that is not merged"),
        (page("Zero\u200bwidth"), "U+200B, a character of a script that is not merged"),
        (
            "<html lang='en'><head><title>x</title></head><body><p>x</p></body></html>",
            "no element is marked as a field",
        ),
    ],
    ids=["right to left", "word too wide", "pictograph", "unseen", "no field"],
)
def test_person_who_cannot_be_merged_is_told_with_the_reason(merger: Merger, html: str, reason: str) -> None:
    with pytest.raises(CannotMerge) as caught:
        merger.draw(html)

    assert caught.value.reason.endswith(reason)


def test_no_trace_of_placeholders_or_others_stays_in_a_document(merger: Merger) -> None:
    merger.draw(page("Zzyzx", "山田 直樹", "ja"))
    data = merger.draw(page("Rosa", "-", "en", "x"))

    assert letters(_text(data)) == letters(f"Rosa-x{TEXT_OF_ALL}")
    fonts = {str(each["/BaseFont"]).split("+")[-1] for each in _dictionaries(_reader(data)) if "/BaseFont" in each}
    assert fonts == {"Noto-Sans", "NotoSans-Regular", "NotoSerif-Regular"}


@settings(max_examples=30, deadline=None)
@given(st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=30, max_size=30))
def test_added_up_codes_are_the_codes_of_their_texts(text: str) -> None:
    table = CodeTable("x" * 42)
    whole = f"https://a.b/{text}"

    expected = qr_code(whole)
    digits = "".join(str(module & 1) for row in expected.matrix for module in row)
    assert (table.size, table.modules(whole)) == (len(expected.matrix), int(digits, 2))


NAMES_OF_ALL = st.text(
    st.one_of(
        st.sampled_from("ABCabcxyzéñüçßøŁảẫịựđ 'ÀÎõžšЖщюяЁ-., "),
        st.sampled_from("สิริพรวัฒนากุลปั้นแต่งน้ำ"),
        st.sampled_from("山田直樹陳怡君李明轩김민준こカー"),
    ),
    min_size=1,
    max_size=24,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=NAMES_OF_ALL)
def test_any_text_of_covered_letters_is_read_back_the_same(merger: Merger, name: str) -> None:
    try:
        data = merger.draw(page("Rosa", name, "en", "x"))
    except CannotMerge as refused:
        assert "wider than its line" in refused.reason or "broken up" in refused.reason  # noqa: PT017
        return
    assert letters(_text(data)) == letters(f"Rosa{normalize('NFC', name)}x{TEXT_OF_ALL}")


def _shown(text: str) -> str:
    return "".join(text.split())


def _contents(data: bytes) -> str:
    return _reader(data).pages[0].get_contents().get_data().decode("latin-1")  # type: ignore[union-attr]


def _dictionaries(reader: PdfReader) -> list[Any]:
    found = (reader.get_object(number) for number in range(1, int(reader.trailer["/Size"])))
    return [each for each in found if hasattr(each, "get")]


def _elements(data: bytes) -> list[bytes]:
    return [f"/Lang ({each['/Lang']})".encode() for each in _dictionaries(_reader(data)) if "/Lang" in each]
