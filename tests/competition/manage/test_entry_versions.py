"""Any two versions of an entry side by side: words that changed, files that are the same or not."""

import pytest
from flask.testing import FlaskClient

from gtn_events.competition.domain.entry_comparison import file_sides
from gtn_events.competition.models import Competition, Entry, EntryVersion
from gtn_events.core.db import db
from gtn_events.core.word_differences import MOST_PIECES, Piece, marked_words
from gtn_events.questionnaire.domain.questions import QuestionSpec
from gtn_events.questionnaire.enums import QuestionKind
from tests.competition.factories import MADE_AT, make_entry
from tests.factories import make_account

SLIDES = QuestionSpec(QuestionKind.FILE, "Slides", key="slides")


def version(number: int, **content: object) -> EntryVersion:
    base = {"title": "Boards", "questionnaire_version": 1, "answers": {"solution": "It presses husk."}}
    return EntryVersion(number=number, sent_at=MADE_AT, sent_by_id=1, content=base | content, sha256=f"{number:064d}")


@pytest.fixture
def entry(competition: Competition) -> Entry:
    """An entry with three versions."""
    entry = make_entry(competition, make_account())
    entry.versions = [
        version(1),
        version(2, answers={"solution": "It presses rice husk <b>without</b> resin."}),
        version(3, title="Boards of husk", answers={"solution": "It presses rice husk <b>without</b> resin."}),
    ]
    db.session.commit()
    return entry


def marked(pieces: list[Piece]) -> list[str]:
    return [piece.text for piece in pieces if piece.marked]


@pytest.mark.parametrize(
    ("before", "after", "gone", "new"),
    [
        ("The same.", "The same.", [], []),
        ("It presses husk.", "It presses rice husk.", [], ["rice "]),
        ("Nine users, measured.", "Twelve users, measured.", ["Nine"], ["Twelve"]),
        ("", "New.", [], ["New."]),
        ("Old.", "", ["Old."], []),
        ("節電する箱", "節水する箱", ["電"], ["水"]),
        ("กล่องเย็น", "กล่องร้อน", ["เย็"], ["ร้อ"]),
    ],
)
def test_words_that_only_one_version_has_are_marked(before: str, after: str, gone: list[str], new: list[str]) -> None:
    left, right = marked_words(before, after)
    assert ("".join(marked(left)), "".join(marked(right))) == ("".join(gone), "".join(new))
    assert ("".join(each.text for each in left), "".join(each.text for each in right)) == (before, after)


def test_very_long_texts_are_marked_whole() -> None:
    before, after = "a " * MOST_PIECES, "b " * MOST_PIECES
    assert marked_words(before, after) == ([Piece(before, marked=True)], [Piece(after, marked=True)])


def test_same_bytes_are_the_same_file_under_any_name() -> None:
    first = {"file": "a.pdf", "size": 9, "sha256": "ab" * 32}
    renamed, other = first | {"file": "b.pdf"}, first | {"sha256": "cd" * 32}
    for after, same in ((renamed, True), (other, False)):
        (sides,) = file_sides(
            version(1, answers={"slides": first}), version(2, answers={"slides": after}), specs=[SLIDES]
        )
        assert sides.same_content is same
    (taken_out,) = file_sides(version(1, answers={"slides": first}), version(2), specs=[SLIDES])
    assert (taken_out.after, taken_out.same_content) == (None, False)


def test_newest_is_shown_beside_the_one_before_and_any_two_on_request(entry: Entry, desk: FlaskClient) -> None:
    page = f"/competitions/{entry.competition}/manage/entries/{entry.reference}/versions"
    newest = desk.get(page).text
    assert ("<ins> of husk</ins>" in newest, "What it does" in newest) == (True, False)
    other = desk.get(f"{page}?older=1&newer=2").text
    assert "<ins>rice </ins>" in other
    assert ("&lt;" in other, "<b>" in other) == (True, False)
    assert "What it does" in desk.get(f"{page}?show=all").text
    assert "No text differs" in desk.get(f"{page}?older=2&newer=2").text
    assert desk.get(f"{page}?older=9").status_code == 404
    assert f'href="{page}"' in desk.get(page.removesuffix("/versions")).text


def test_one_version_has_nothing_to_be_compared_with(competition: Competition, desk: FlaskClient) -> None:
    entry = make_entry(competition, make_account())
    entry.versions = [version(1)]
    db.session.commit()
    assert desk.get(f"/competitions/{competition}/manage/entries/{entry.reference}/versions").status_code == 404


def test_sensitive_answers_of_a_form_are_not_compared(entry: Entry, desk: FlaskClient) -> None:
    form = entry.competition.questionnaire.versions[-1]
    form.questions[0].sensitive = True
    db.session.commit()
    page = f"/competitions/{entry.competition}/manage/entries/{entry.reference}/versions?older=1&newer=2"
    assert "without" not in desk.get(page).text
