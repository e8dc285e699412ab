"""The fonts of documents: every script is covered, and what is not is named."""

import os
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from gtn_events.core.pdf import MissingGlyphs, needed_families, printable, text_width
from gtn_events.core.pdf.coverage import _letters_of
from gtn_events.core.pdf.families import JAPANESE, KOREAN, SANS, SERIF, SIMPLIFIED, THAI, TRADITIONAL, families_of
from gtn_events.core.pdf.fonts import FontSet, prepare_family
from gtn_events.core.pdf.instancing import write_static


@pytest.mark.parametrize(
    ("text", "lang", "families"),
    [
        ("Siriporn WATTANAKUL", "en", ()),
        ("Trần Thị Hà, Nguyễn Phương Ngọc", "vi", (SANS,)),
        ("Анна Щербакова", "ru", (SANS,)),
        ("สิริพร วัฒนากุล", "th", (THAI,)),
        ("山田 直樹", "ja", (JAPANESE,)),
        ("김민준", "ko", (KOREAN,)),
        ("李明轩", "zh-Hans", (SIMPLIFIED,)),
        ("陳怡君", "zh-Hant", (TRADITIONAL,)),
        ("陳怡君", "zh-TW", (TRADITIONAL,)),
        ("สิริพร", "en", (THAI,)),
    ],
)
def test_each_name_needs_the_family_of_its_language_only(text: str, lang: str, families: tuple[object, ...]) -> None:
    assert needed_families([text], lang) == families


def test_a_missing_glyph_is_named_with_its_character_and_its_name() -> None:
    with pytest.raises(MissingGlyphs) as caught:
        needed_families(["Kofi \U0001f980 Mensah"], "en")

    assert caught.value.characters == ["\U0001f980"]
    assert caught.value.message == (
        "The document cannot be printed: no font has “\U0001f980” (crab, U+1F980). Replace these and try again."
    )


def test_printable_leaves_out_only_what_no_font_has() -> None:
    assert printable("Rust \U0001f980 สิริพร 李明轩") == "Rust  สิริพร 李明轩"


def test_a_code_point_beyond_the_fonts_is_missing_not_an_error() -> None:
    with pytest.raises(MissingGlyphs) as caught:
        needed_families(["\U00031350", "\U0010fffd"], "en")

    assert caught.value.characters == ["\U00031350", "\U0010fffd"]


def test_the_letters_of_a_family_are_kept_beside_its_fonts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GTN_FONT_DIR", str(tmp_path))
    _letters_of.cache_clear()

    first = _letters_of(THAI)
    (kept,) = tmp_path.glob("*.letters")
    _letters_of.cache_clear()

    assert kept.name == f"{THAI.slug}.letters"
    assert kept.stat().st_mode & 0o777 == 0o644
    assert _letters_of(THAI) == first == kept.read_bytes()
    with TTFont(THAI.source, lazy=True) as font:
        assert sum(byte.bit_count() for byte in first) == len(font.getBestCmap())


def test_han_letters_are_one_em_wide_in_any_family() -> None:
    assert text_width("李明轩김", SANS) == 4


def test_a_language_tag_with_a_region_takes_the_families_of_its_language() -> None:
    assert families_of("ja-JP") == families_of("ja")
    assert families_of("es-MX") == families_of("en")


def test_a_family_is_prepared_once_and_is_static_in_both_weights(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GTN_FONT_DIR", str(tmp_path))

    folder = prepare_family(THAI)
    made = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    again = prepare_family(THAI)

    assert again == folder
    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == made
    assert sorted(made) == ["bold.ttf", "regular.ttf"]
    for name, weight in (("regular", 400), ("bold", 700)):
        with TTFont(folder / f"{name}.ttf") as font:
            assert "fvar" not in font
            assert font["OS/2"].usWeightClass == weight
    assert [path.name for path in tmp_path.iterdir()] == [folder.name]


def test_the_slow_way_draws_the_same_letters_as_harfbuzz(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_static(THAI.source, tmp_path / "fast.ttf", weight=700)
    monkeypatch.setattr("gtn_events.core.pdf.instancing._LIBRARIES", ())
    write_static(THAI.source, tmp_path / "slow.ttf", weight=700, without=("ccmp",))

    with TTFont(tmp_path / "fast.ttf") as fast, TTFont(tmp_path / "slow.ttf") as slow:
        assert fast.getBestCmap().keys() == slow.getBestCmap().keys()
        for code in "สริพรวัฒนากุล":
            one, other = (
                font["glyf"][font.getBestCmap()[ord(code)]].getCoordinates(font["glyf"])[0] for font in (fast, slow)
            )
            assert one == other


def test_the_environment_is_left_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GTN_FONT_DIR", str(tmp_path))
    monkeypatch.delenv("FONTCONFIG_FILE", raising=False)

    FontSet().configuration_for([])

    assert "FONTCONFIG_FILE" not in os.environ


def test_text_width_is_the_sum_of_the_advances() -> None:
    with TTFont(SERIF.source, lazy=True) as font:
        units, cmap, widths = font["head"].unitsPerEm, font.getBestCmap(), font["hmtx"]
        expected = (widths[cmap[ord("A")]][0] + widths[cmap[ord("i")]][0]) / units

    assert text_width("Ai", SERIF) == pytest.approx(expected)
