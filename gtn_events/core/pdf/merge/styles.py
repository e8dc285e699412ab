"""The style of a field as its text is set: what merge printing understands of CSS, and a refusal for the rest."""

import unicodedata
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ..coverage import MissingGlyphs, has_letter
from ..families import ALL_FAMILIES, Family
from .errors import CannotMerge
from .faces import Face, face_of
from .scripts import refuse_scripts

_BOLD = 600
# The one value at which each of these changes nothing: whatever else it is, the page is laid out as a whole.
_PLAIN: dict[str, tuple[Any, ...]] = {  # Any: WeasyPrint's computed values
    "direction": ("ltr",),
    "font_style": ("normal",),
    "font_stretch": ("normal",),
    "font_variant_alternates": ("normal",),
    "font_variant_caps": ("normal",),
    "font_variant_east_asian": ("normal",),
    "font_variant_ligatures": ("normal",),
    "font_variant_numeric": ("normal",),
    "font_variant_position": ("normal",),
    "font_feature_settings": ("normal",),
    "font_variation_settings": ("normal",),
    "font_kerning": ("auto", "normal"),
    "hyphens": ("manual", "none"),
    "letter_spacing": ("normal", 0),
    "word_spacing": (0,),
    "text_decoration_line": ("none",),
    "text_transform": ("none",),
    "vertical_align": ("baseline",),
    "visibility": ("visible",),
    "white_space": ("normal", "nowrap"),
    "word_break": ("normal",),
}


@dataclass(frozen=True)
class Style:
    """How letters of one style are set; ``size`` in CSS pixels, ``colour`` red, green and blue from 0 to 1."""

    families: tuple[Family, ...]
    bold: bool
    size: float
    colour: tuple[float, float, float]
    lang: str
    wraps: bool
    leading: str
    _families_of_letters: dict[str, Family] = field(default_factory=dict, compare=False, repr=False)

    def faces(self, text: str) -> list[tuple[Face, str]]:
        """Return a text in runs of one face each: the first of the families that has a letter; spaces stay.

        Raises:
            MissingGlyphs: no family has some of the letters.
            CannotMerge: it is written in a script that merge printing does not set.
        """
        if text.isascii() and self._has_ascii:
            return [(face_of(self.families[0], bold=self.bold), text)]
        refuse_scripts(text)
        runs: list[tuple[Family, str]] = []
        for letter in text:
            family = self._family(letter, text)
            if runs and (family is runs[-1][0] or _stays(letter, runs[-1][0])):
                runs[-1] = (runs[-1][0], runs[-1][1] + letter)
            else:
                runs.append((family, letter))
        return [(face_of(family, bold=self.bold), part) for family, part in runs]

    @cached_property
    def _has_ascii(self) -> bool:
        return all(has_letter(self.families[0], chr(code)) for code in range(0x20, 0x7F))

    def _family(self, letter: str, text: str) -> Family:
        known = self._families_of_letters.get(letter)
        if known is not None:
            return known
        for family in self.families:
            if has_letter(family, letter):
                self._families_of_letters[letter] = family
                return family
        raise MissingGlyphs(each for each in text if not any(has_letter(family, each) for family in self.families))


def read_style(style: Any, lang: str) -> Style:  # Any: WeasyPrint's computed style
    """Return the style of a text box.

    Raises:
        CannotMerge: it has a property that merge printing does not know how to draw.
    """
    for name, values in _PLAIN.items():
        value = style[name]
        if not any(_equal(value, each) for each in values):
            raise CannotMerge(f"a field has {name.replace('_', '-')}: {value}")
    unknown = [name for name in style["font_family"] if name not in ALL_FAMILIES]
    if unknown:
        raise CannotMerge(f"a field names the font {unknown[0]}, which is none of the system's")
    colour = style["color"]
    if colour.space != "srgb" or colour.alpha != 1:
        raise CannotMerge("a field has a colour that is not plain red, green and blue")
    return Style(
        families=tuple(ALL_FAMILIES[name] for name in style["font_family"]),
        bold=style["font_weight"] >= _BOLD,
        size=style["font_size"],
        colour=tuple(colour.coordinates),
        lang=style["lang"] or lang,
        wraps=style["white_space"] == "normal",
        leading=str(style["line_height"]),
    )


def _stays(letter: str, family: Family) -> bool:
    """Say whether a space, or a mark that the font has, stays with the letter before it."""
    return letter in " \u00a0" or (unicodedata.category(letter)[0] == "M" and has_letter(family, letter))


def _equal(value: Any, plain: Any) -> bool:  # Any: as above
    if isinstance(value, (set, frozenset, list, tuple)) and len(value) == 1 and isinstance(plain, str):
        return next(iter(value)) == plain
    return bool(value == plain)
