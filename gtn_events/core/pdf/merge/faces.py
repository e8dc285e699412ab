"""Faces: the static fonts of the font folder as HarfBuzz knows them, and text shaped with them."""

import unicodedata
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import uharfbuzz as hb
from fontTools.ttLib import TTFont

from ..families import SERIF, Family
from ..fonts import prepare_family
from .errors import CannotMerge

_CLUSTERS = hb.BufferClusterLevel.MONOTONE_CHARACTERS
# Taken apart by a font for a mark that it puts elsewhere, a letter would be copied as two.
_WHOLE_LETTERS = {"ccmp": False}


class Glyph(NamedTuple):
    """One glyph: which, and for what text a reader copies; how it is moved, in thousandths of an em as PDF counts.

    ``before`` and ``after`` say how far to the left what follows them moves, ``rise`` how far up the glyph itself.
    """

    key: tuple[int, str]
    before: float
    after: float
    rise: float


class Shaped(NamedTuple):
    """Text set with one face; ``width`` in ems."""

    glyphs: tuple[Glyph, ...]
    width: float


class Face:
    """The regular or bold font of a family."""

    def __init__(self, family: Family, *, bold: bool) -> None:
        path = prepare_family(family) / ("bold.ttf" if bold else "regular.ttf")
        self.name = f"{family.name.replace(' ', '')}-{'Bold' if bold else 'Regular'}"
        self.face = hb.Face(hb.Blob.from_file_path(path))
        self.font = hb.Font(self.face)
        self.units: int = self.face.upem
        extents = self.font.get_font_extents("ltr")
        self.ascent = extents.ascender / self.units
        self.descent = -extents.descender / self.units
        self.description = _description(path, family, bold=bold)
        self._for_subsets: hb.Face | None = None
        self._widths: dict[int, int] = {}

    @property
    def for_subsets(self) -> "hb.Face":
        """The face with what the subsetter wants to know of it worked out once."""
        if self._for_subsets is None:
            self._for_subsets = hb.subset_preprocess(self.face)
        return self._for_subsets

    def width_of(self, glyph: int) -> int:
        """Return the advance of a glyph in units of the face."""
        width = self._widths.get(glyph)
        if width is None:
            width = self._widths[glyph] = int(self.font.get_glyph_h_advance(glyph))
        return width


def _description(path: Path, family: Family, *, bold: bool) -> str:
    """Return the entries of a font descriptor (ISO 32000-1, table 122), in thousandths of an em."""
    with TTFont(path, lazy=True) as font:
        head, lines = font["head"], font["hhea"]
        scale = 1000 / head.unitsPerEm
        box = " ".join(str(round(each * scale)) for each in (head.xMin, head.yMin, head.xMax, head.yMax))
        ascent, descent = round(lines.ascent * scale), round(lines.descent * scale)
        height = round(getattr(font["OS/2"], "sCapHeight", lines.ascent) * scale)
    flags = 4 | (2 if family is SERIF else 0)  # symbolic: codes are ours
    stem = 140 if bold else 80
    return (
        f"/Flags {flags}/FontBBox[{box}]/ItalicAngle 0/Ascent {ascent}/Descent {descent}/CapHeight {height}"
        f"/StemV {stem}"
    )


@cache
def face_of(family: Family, *, bold: bool) -> Face:
    """Return a face, made ready when it is first asked for."""
    return Face(family, bold=bold)


@lru_cache(maxsize=2048)
def shaped(face: Face, text: str, lang: str) -> Shaped:
    """Set text with a face that has all its characters.

    Raises:
        CannotMerge: the font breaks letters up in a way that nobody could read back.
    """
    glyphs = _shape(face, text, lang, {}) or _shape(face, text, lang, _WHOLE_LETTERS)
    if glyphs is None:
        raise CannotMerge(f"the letters of “{text}” are broken up by the font {face.name}")
    return glyphs


def _shape(face: Face, text: str, lang: str, features: dict[str, bool]) -> Shaped | None:
    buffer = hb.Buffer()
    buffer.cluster_level = _CLUSTERS
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.language = lang
    hb.shape(face.font, buffer, features)
    infos, positions = buffer.glyph_infos, buffer.glyph_positions
    texts = _texts(text, [info.cluster for info in infos])
    if texts is None:
        return None
    scale = 1000 / face.units
    glyphs = tuple(
        Glyph(
            (info.codepoint, own),
            -place.x_offset * scale,
            (face.width_of(info.codepoint) + place.x_offset - place.x_advance) * scale,
            place.y_offset * scale,
        )
        for info, place, own in zip(infos, positions, texts, strict=True)
    )
    return Shaped(glyphs, sum(place.x_advance for place in positions) / face.units)


def _texts(text: str, clusters: list[int]) -> list[str] | None:
    """Return what each glyph stands for, or None where several share one letter; clusters rise from left to right."""
    texts: list[str] = []
    starts = [place for place, each in enumerate(clusters) if not place or each != clusters[place - 1]]
    for place, following in pairwise([*starts, len(clusters)]):
        start = clusters[place]
        end = clusters[following] if following < len(clusters) else len(text)
        if following - place == 1:
            texts.append(text[start:end])
        elif following - place == end - start:
            texts += text[start:end]
        else:
            return None
    return texts


def has_marks(text: str) -> bool:
    """Say whether marks stand above or below letters: readers that go by positions then guess words wrongly."""
    return not text.isascii() and any(unicodedata.category(each)[0] == "M" for each in text)
