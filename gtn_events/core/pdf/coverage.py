"""Which font holds which letter: known before a document is drawn, so that no box is ever printed."""

import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from gtn_events.core.errors import DomainError
from gtn_events.core.later import Later

from .families import SANS, Family, families_of
from .font_files import font_folder, keep_file

if TYPE_CHECKING:
    from fontTools import ttLib as fonts  # noqa: N813  # the name of the package
else:
    fonts = Later("fontTools.ttLib")

_ASCII = frozenset(range(0x20, 0x7F))
_UNSEEN = {"Cc", "Cf", "Zs", "Zl", "Zp"}
_VARIATION_SELECTORS = range(0xFE00, 0xFE10)
_NOT_DRAWN = {"head", "script", "style", "template"}


class MissingGlyphs(DomainError):
    """A text holds characters that no font of the system has; the message names them."""

    http_status = 422

    def __init__(self, characters: Iterable[str]) -> None:
        self.characters = sorted(set(characters))
        named = ", ".join(f"“{each}” ({_name(each)})" for each in self.characters[:5])
        more = f" and {len(self.characters) - 5} more" if len(self.characters) > 5 else ""
        super().__init__(f"The document cannot be printed: no font has {named}{more}. Replace these and try again.")


def needed_families(texts: Iterable[str], lang: str) -> tuple[Family, ...]:
    """Return the families that texts of one language need, in the order in which they are tried.

    Raises:
        MissingGlyphs: no family has some of the characters.
    """
    wanted = {code for text in texts for code in map(ord, text)} - _ASCII
    needed, missing = _share_out(wanted, lang)
    if missing:
        raise MissingGlyphs(chr(code) for code in missing)
    return needed


def printable(text: str, lang: str = "en") -> str:
    """Return the text without the characters that no font has (pictographs, rare scripts).

    For long texts that others wrote, where one odd character must not stop a whole booklet.
    """
    text = unicodedata.normalize("NFC", text)
    _, missing = _share_out(set(map(ord, text)) - _ASCII, lang)
    return text.translate(dict.fromkeys(missing)) if missing else text


def has_letter(family: Family, letter: str) -> bool:
    """Say whether a family draws a character: it has a glyph for it, or nothing is seen of it."""
    code = ord(letter)
    return _is_unseen(code) or _has(_letters_of(family), code)


def families_of_tree(root: Element, lang: str) -> tuple[Family, ...]:
    """Return the families that a parsed page needs, each text in the language it is marked with.

    Raises:
        MissingGlyphs: no family has some of the characters.
    """
    letters: dict[str, set[str]] = {}
    for language, text in _texts(root, lang):
        letters.setdefault(language, set()).update(text)
    needed: dict[Family, None] = {}
    missing: set[int] = set()
    for language, seen in letters.items():
        families, unknown = _share_out({ord(each) for each in seen} - _ASCII, language)
        needed.update(dict.fromkeys(families))
        missing.update(unknown)
    if missing:
        raise MissingGlyphs(chr(code) for code in missing)
    return tuple(needed)


def _texts(element: Element, lang: str) -> Iterator[tuple[str, str]]:
    if not isinstance(element.tag, str) or element.tag in _NOT_DRAWN:  # a comment's tag is a function
        return
    lang = element.get("lang") or lang
    if element.text:
        yield lang, element.text
    for child in element:
        yield from _texts(child, lang)
        if child.tail:
            yield lang, child.tail


def _share_out(codes: set[int], lang: str) -> tuple[tuple[Family, ...], set[int]]:
    """Give every character to the first family that has it; return the families and what is left."""
    left = {code for code in codes if not _is_unseen(code)}
    families = families_of(lang)
    # A language's own family is needed even for text that it has only ASCII letters of.
    needed = [] if families[0] is SANS else [families[0]]
    for family in families:
        if not left:
            break
        letters = _letters_of(family)
        rest = {code for code in left if not _has(letters, code)}
        if rest != left and family not in needed:
            needed.append(family)
        left = rest
    return tuple(needed), left


def _is_unseen(code: int) -> bool:
    return unicodedata.category(chr(code)) in _UNSEEN or code in _VARIATION_SELECTORS


@cache
def _letters_of(family: Family) -> bytes:
    """Return one bit for each code point; kept in the font folder, because reading a Han font takes a while."""
    path = font_folder() / f"{family.slug}.letters"
    try:
        return path.read_bytes()
    except FileNotFoundError:
        pass
    with fonts.TTFont(family.source, lazy=True) as font:
        codes = sorted(font.getBestCmap())
    letters = bytearray((codes[-1] >> 3) + 1)
    for code in codes:
        letters[code >> 3] |= 1 << (code & 7)
    keep_file(path, bytes(letters))
    return bytes(letters)


def _has(letters: bytes, code: int) -> bool:
    return code >> 3 < len(letters) and bool(letters[code >> 3] >> (code & 7) & 1)


def _name(character: str) -> str:
    return f"{unicodedata.name(character, 'unnamed').lower()}, U+{ord(character):04X}"
