"""Fonts within a document: of each face the glyphs it uses, and what text they stand for."""

from hashlib import md5
from typing import NamedTuple

import uharfbuzz as hb

from .faces import Face
from .ground import plain, quickly_packed

_DROPPED = (
    "BASE", "DSIG", "GDEF", "GPOS", "GSUB", "JSTF", "MATH", "OS/2", "STAT", "VORG", "cmap", "gasp", "kern", "meta",
    "name", "post", "vhea", "vmtx",
)  # fmt: skip
_PER_BLOCK = 100  # Adobe Technical Note 5411, section 1.4.1
_CMAP = (
    "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
    "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
    "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n{}"
    "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
)


class Embedded(NamedTuple):
    """The objects of one font by number; the first of the dictionaries is the font itself."""

    streams: dict[int, bytes]
    dictionaries: dict[int, bytes]


def embed_font(face: Face, codes: dict[tuple[int, str], int], number: int) -> Embedded:
    """Return a font with the glyphs that have codes, as objects from ``number`` on."""
    data, glyphs = _subset(face, sorted({glyph for glyph, _text in codes}))
    tag = "".join(chr(65 + each % 26) for each in md5(str(sorted(codes)).encode(), usedforsecurity=False).digest()[:6])
    name = f"{tag}+{face.name}"
    font, descendant, descriptor, file, unicode_map, glyph_map = range(number, number + 6)
    widths = " ".join(str(round(face.width_of(glyph) * 1000 / face.units)) for glyph, _text in codes)
    return Embedded(
        {
            file: quickly_packed(data, b"/Length1 %d" % len(data)),
            unicode_map: quickly_packed(_to_unicode(codes).encode("ascii")),
            glyph_map: plain(b"\0\0" + b"".join(glyphs[glyph].to_bytes(2) for glyph, _text in codes)),
        },
        {
            font: _dictionary(
                f"/Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H"
                f"/DescendantFonts[{descendant} 0 R]/ToUnicode {unicode_map} 0 R"
            ),
            descendant: _dictionary(
                f"/Type/Font/Subtype/CIDFontType2/BaseFont/{name}"
                "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
                f"/FontDescriptor {descriptor} 0 R/CIDToGIDMap {glyph_map} 0 R/DW 0/W[1[{widths}]]"
            ),
            descriptor: _dictionary(f"/Type/FontDescriptor/FontName/{name}{face.description}/FontFile2 {file} 0 R"),
        },
    )


def _subset(face: Face, glyphs: list[int]) -> tuple[bytes, dict[int, int]]:
    """Return the font file of some glyphs, and their new numbers."""
    wanted = hb.SubsetInput()
    wanted.glyph_set.set(glyphs)
    wanted.drop_table_tag_set.set(map(_table, _DROPPED))
    wanted.flags = hb.SubsetFlags.NO_HINTING
    plan = hb.SubsetPlan(face.for_subsets, wanted)
    data: bytes = plan.execute().blob.data
    numbers = plan.old_to_new_glyph_mapping
    return data, {glyph: numbers[glyph] for glyph in glyphs}


def _table(tag: str) -> int:
    return int.from_bytes(tag.encode("ascii"), "big")


def _to_unicode(codes: dict[tuple[int, str], int]) -> str:
    lines = [f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>\n" for (_glyph, text), code in codes.items()]
    blocks = [lines[start : start + _PER_BLOCK] for start in range(0, len(lines), _PER_BLOCK)]
    return _CMAP.format("".join(f"{len(each)} beginbfchar\n{''.join(each)}endbfchar\n" for each in blocks))


def _dictionary(inside: str) -> bytes:
    return f"<<{inside}>>".encode("ascii")
