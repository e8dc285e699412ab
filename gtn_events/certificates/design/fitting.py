"""The sizes at which everything fits its place, chosen before a page is laid out; nothing overflows."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gtn_events.core.pdf import lines_needed, text_width
from gtn_events.core.pdf.families import SANS, SERIF, THAI, Family

from .templates import TemplateRoom

NAME_WIDTH = 606  # CSS pixels between the left margin and the seal, where there is no design
ONE_LINE_SIZES = (50, 46, 42, 38, 34)
TWO_LINE_SIZES = (44, 40, 36, 32)
THREE_LINE_SIZES = (36, 32, 28, 24)
LEGIBLE_SIZES = (21, 18, 16)  # for names that are longer still: 16 pixels are 12 points
OWN_SCRIPT_SIZES = (25, 22, 19, 16)
PRIZE_SIZES = (84, 68, 54, 44, 36)
SMALL_PRIZE_SIZES = (30, 24, 20)
ENTRY_SIZES = (32, 28, 24, 20)
SIGNED_SIZES = (14, 12, 10)
_SIGNED_HEIGHT, _SIGNED_WIDTH, _LEADING = 80, 215, 1.4
_BOLD = 1.04  # how much wider a sentence is for the bold words in it
_NEARLY = 0.98  # lines are not filled to their end
_BOLD_WORD = 1.1
# A line may begin anew behind a space, and at letters of scripts that write without.
_BREAKS = re.compile("[ \u0e00-\u0e7f\u1100-\u11ff\u2e80-\uffef\U00020000-\U0003ffff]+")
_HEADING, _HEADING_LEADING = 22, 27  # the largest of any template


@dataclass(frozen=True)
class Level:
    """How large the text in the middle is: sentence and small print with the height of their lines, and the gaps."""

    number: int
    sentence: float
    leading: float
    small: float
    small_leading: float
    gaps: tuple[int, int, int]


LEVELS = (
    Level(0, 19, 29.5, 14, 21, (28, 20, 20)),
    Level(1, 17, 26, 14, 21, (20, 14, 14)),
    Level(2, 15, 22.5, 13, 19, (14, 10, 10)),
    Level(3, 13, 19, 12, 17, (10, 8, 8)),
    Level(4, 12, 17, 11, 15, (8, 6, 6)),
)
"""As ``levels.css`` has them."""


@dataclass(frozen=True)
class Fit:
    """The size of the name and its lines, of the name in own script, and how large the text is set.

    ``problem`` says what does not fit at any size, or that a name had to be broken within a word.
    """

    name_size: int
    name_lines: list[str]
    own_size: int
    prize_size: int
    entry_size: int
    level: int
    problem: str = ""


@dataclass(frozen=True, kw_only=True)
class Middle:
    """What stands in the middle of a certificate, each part as its lines; a prize stands instead of the name."""

    heading: str
    given_name: str
    family_name: str
    own_script_name: str = ""
    own_script_language: str = ""
    prize: str = ""
    entry_title: str = ""
    sentence: Sequence[str] = ()
    rule_met: Sequence[str] = ()
    closing: Sequence[str] = ()


def fitted(middle: Middle, room: TemplateRoom) -> Fit:
    """Return the sizes at which everything fits the room, the largest there are."""
    size, lines = fitted_name(middle.given_name, middle.family_name, room.name)
    problem = ""
    if not middle.prize and _widest(lines) * size > room.name:
        size, lines, broken = _small_name(lines, room.name)
        problem = "the name is longer than a line and was broken within a word: look at it" if broken else ""
    own = own_script_size(middle.own_script_name, middle.own_script_language, room.name)
    prize, entry = _prize_size(middle.prize, room.name), on_one_line(middle.entry_title, ENTRY_SIZES, room.name)
    level = LEVELS[-1]
    for level in LEVELS:
        above = _height_above(middle, room, size=size, lines=lines, own=own, prize=prize, entry=entry)
        if above + _height_below(middle, room, level) <= room.height and _words_fit(middle, room, level):
            break
        prize = next((each for each in PRIZE_SIZES if each < prize), prize)
    else:
        problem = problem or "its texts are too long for the page, or a word is too long for its line: look at it"
    return Fit(size, lines, own, prize, entry, level.number, problem)


def fitted_name(given_name: str, family_name: str, width: float = NAME_WIDTH) -> tuple[int, list[str]]:
    """Return the size in CSS pixels and the lines of a name: one line while it can be, then two, then three.

    Where there is a design, sizes go on down to a legible one.
    """
    whole = f"{given_name} {family_name}".strip()
    two = [line for line in (given_name, family_name) if line]
    three = [line for line in (given_name, *_halves(family_name)) if line]
    for lines, sizes in (([whole], ONE_LINE_SIZES), (two, TWO_LINE_SIZES), (three, THREE_LINE_SIZES)):
        for size in sizes:
            if _widest(lines) * size <= width:
                return size, lines
    return THREE_LINE_SIZES[-1], three


def own_script_size(name: str, language: str, width: float = NAME_WIDTH) -> int:
    """Return the size in CSS pixels at which the own-script name stays on one line, or the smallest."""
    measured = text_width(name, _own_family(language))
    return next((size for size in OWN_SCRIPT_SIZES if measured * size <= width), OWN_SCRIPT_SIZES[-1])


def on_one_line(text: str, sizes: tuple[int, ...], width: float) -> int:
    """Return the size in CSS pixels at which a line stays left of the ring, or the smallest."""
    measured = text_width(text, SERIF)
    return next((size for size in sizes if measured * size <= width), sizes[-1])


def signed_size(name: str, role: str) -> int:
    """Return the size in CSS pixels at which name and post of a signatory fit between their line and the edge."""
    for size in SIGNED_SIZES:
        room = _SIGNED_WIDTH / size
        if (lines_needed(name, SANS, room=room) + lines_needed(role, SANS, room=room)) * _LEADING * size <= (
            _SIGNED_HEIGHT
        ):
            return size
    return SIGNED_SIZES[-1]


def _own_family(language: str) -> Family:
    return THAI if language.startswith("th") else SANS


def _widest(lines: Sequence[str]) -> float:
    return max((text_width(line, SERIF) for line in lines), default=0)


def _small_name(lines: list[str], width: float) -> tuple[int, list[str], bool]:
    """Return a name at a legible size, its lines as they are or broken within a word, and whether they were."""
    for size in LEGIBLE_SIZES:
        if _widest(lines) * size <= width:
            return size, lines, False
    size = LEGIBLE_SIZES[0]
    return size, [part for line in lines for part in _pieces(line, _NEARLY * width / size)], True


def _pieces(line: str, room: float) -> Iterator[str]:
    piece, filled = "", 0.0
    for letter in line:
        own = text_width(letter, SERIF)
        if piece and filled + own > room and unicodedata.category(letter)[0] != "M":
            yield piece.strip()
            piece, filled = "", 0.0
        piece, filled = piece + letter, filled + own
    if piece.strip():
        yield piece.strip()


def _prize_size(prize: str, width: float) -> int:
    """Return the size of a prize: on one line, or small enough that no word of it is broken."""
    size = on_one_line(prize, PRIZE_SIZES, width)
    widest = _widest(prize.split())
    return next((each for each in (size, *SMALL_PRIZE_SIZES) if widest * each <= width), SMALL_PRIZE_SIZES[-1])


def _height_above(
    middle: Middle, room: TemplateRoom, *, size: int, lines: Sequence[str], own: int, prize: int, entry: int
) -> float:
    """Return how much the heading and the name take, or the prize and what won it."""
    heading = 8 + _HEADING_LEADING * lines_needed(middle.heading, SANS, room=room.name / _HEADING)
    if middle.prize:
        won = lines_needed(middle.entry_title, SERIF, room=_NEARLY * room.name / entry) * entry * 1.25 + 10
        return heading + lines_needed(middle.prize, SERIF, room=_NEARLY * room.name / prize) * prize * 1.22 + won
    family = _own_family(middle.own_script_language)
    script = lines_needed(middle.own_script_name, family, room=room.name / own) * own * 1.5 + 3
    return heading + max(63, len(lines) * size * 1.26) + (script if middle.own_script_name else 0)


def _height_below(middle: Middle, room: TemplateRoom, level: Level) -> float:
    """Return how much everything below takes at a level."""
    width = _NEARLY * room.text
    wide = sum(lines_needed(each, SANS, room=width / level.sentence / _BOLD) for each in middle.sentence)
    height = wide * level.leading + level.gaps[0]
    for lines, gap in ((middle.rule_met, level.gaps[1]), (middle.closing, level.gaps[2])):
        small = sum(lines_needed(each, SANS, room=width / level.small) for each in lines)
        height += small * level.small_leading + (gap if small else 0)
    return height


def _words_fit(middle: Middle, room: TemplateRoom, level: Level) -> bool:
    """Say whether no word, nor what hard spaces keep together, is wider than a line."""
    sentence = _widest_word(middle.sentence) * level.sentence * _BOLD_WORD
    return max(sentence, _widest_word((*middle.rule_met, *middle.closing)) * level.small) <= room.text


def _widest_word(lines: Sequence[str]) -> float:
    return max((text_width(word, SANS) for line in lines for word in _BREAKS.split(line)), default=0)


def _halves(name: str) -> list[str]:
    """Return a name in two lines of nearly the same width, broken after a space or a hyphen."""
    places = [place + 1 for place, letter in enumerate(name) if letter in " -"]
    if not places:
        return [name]
    best = min(places, key=lambda place: max(text_width(name[:place], SERIF), text_width(name[place:], SERIF)))
    return [name[:best].strip(), name[best:].strip()]
