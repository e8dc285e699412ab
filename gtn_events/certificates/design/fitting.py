"""The sizes at which everything fits its place, chosen before a page is laid out; nothing overflows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gtn_events.core.pdf import lines_needed, text_width
from gtn_events.core.pdf.families import SANS, SERIF
from gtn_events.designs.templates import TemplateRoom

from .sizes import (
    ENTRY_SIZES,
    PRIZE_SIZES,
    fitted_name,
    on_one_line,
    own_family,
    own_script_size,
    prize_size,
    small_name,
    widest,
)

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
    if not middle.prize and widest(lines) * size > room.name:
        size, lines, broken = small_name(lines, room.name)
        problem = "the name is longer than a line and was broken within a word: look at it" if broken else ""
    own = own_script_size(middle.own_script_name, middle.own_script_language, room.name)
    prize, entry = prize_size(middle.prize, room.name), on_one_line(middle.entry_title, ENTRY_SIZES, room.name)
    level = LEVELS[-1]
    for level in LEVELS:
        above = _height_above(middle, room, size=size, lines=lines, own=own, prize=prize, entry=entry)
        if above + _height_below(middle, room, level) <= room.height and _words_fit(middle, room, level):
            break
        prize = next((each for each in PRIZE_SIZES if each < prize), prize)
    else:
        problem = problem or "its texts are too long for the page, or a word is too long for its line: look at it"
    return Fit(size, lines, own, prize, entry, level.number, problem)


def _height_above(
    middle: Middle, room: TemplateRoom, *, size: int, lines: Sequence[str], own: int, prize: int, entry: int
) -> float:
    """Return how much the heading and the name take, or the prize and what won it."""
    heading = 8 + _HEADING_LEADING * lines_needed(middle.heading, SANS, room=room.name / _HEADING)
    if middle.prize:
        won = lines_needed(middle.entry_title, SERIF, room=_NEARLY * room.name / entry) * entry * 1.25 + 10
        return heading + lines_needed(middle.prize, SERIF, room=_NEARLY * room.name / prize) * prize * 1.22 + won
    family = own_family(middle.own_script_language)
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
