"""The lines of a field: its text in runs of one face and style, wrapped to the width of the field."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from ..thai import thai_taken_apart
from .errors import CannotMerge
from .faces import Face, Shaped, shaped
from .marks import Piece, TextField
from .styles import Style
from .wrapping import break_places

_PRECISE = 0.001  # CSS pixels
_NEAR = 0.05  # of the width of a field: more than letters draw together or apart
_PLANNED_KEPT = 64
_UNFIT = " \u00a0f"  # for placeholders: nothing is seen of spaces, and f draws together with another f

Path = tuple[str, ...]


@dataclass(frozen=True)
class Room:
    """Where the text of a field is set: how wide, and the style of each path of start tags within it."""

    width: float
    styles: dict[Path, Style]
    planned: dict[tuple[tuple[Piece, ...], ...], "tuple[Line, ...]"] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Run:
    """Text of one face and one style."""

    text: str
    face: Face
    style: Style
    path: Path

    @cached_property
    def shaped(self) -> Shaped:
        """Its glyphs."""
        return shaped(self.face, thai_taken_apart(self.text), self.style.lang)

    @property
    def width(self) -> float:
        """Its width in CSS pixels."""
        return self.shaped.width * self.style.size


@dataclass(frozen=True)
class Placeholder:
    """What stands for a text box while the page is laid out: a letter of each face, for their heights."""

    path: Path
    faces: tuple[str, ...]
    letters: str = field(compare=False)


Line = tuple[Run, ...]


def plan_lines(text: TextField, room: Room) -> tuple[Line, ...]:
    """Return the lines in which a field is set.

    Raises:
        MissingGlyphs: no font has some of the letters.
        CannotMerge: a word is wider than the field, or a letter is of a script that is not merged.
    """
    lines = room.planned.get(text.lines)
    if lines is None:
        if not all(text.lines):
            raise CannotMerge(f"the field “{text.name}” has an empty line")
        if len(room.planned) >= _PLANNED_KEPT:
            room.planned.clear()
        lines = tuple(line for pieces in text.lines for line in _wrapped(pieces, room, text.name))
        room.planned[text.lines] = lines
    return lines


def placeholders(line: Line) -> tuple[Placeholder, ...]:
    """Return what stands for a line in the layout: its first style, and each that may make the line higher."""
    first = next((run for run in line if not run.path), line[0])
    heights = {_height(run) for run in line if run.path == first.path}
    paths = [first.path]
    for run in line:
        if run.path not in paths and _height(run) not in heights:
            paths.append(run.path)
    return tuple(_placeholder(path, [run for run in line if run.path == path]) for path in paths)


def _placeholder(path: Path, runs: list[Run]) -> Placeholder:
    letters = {run.face.name: next((each for each in run.text if each not in _UNFIT), "x") for run in reversed(runs)}
    names = sorted(letters)
    return Placeholder(path, tuple(names), "".join(letters[name] for name in names))


def _height(run: Run) -> tuple[object, ...]:
    return run.face.ascent, run.face.descent, run.style.size, run.style.leading


def _wrapped(pieces: tuple[Piece, ...], room: Room, name: str) -> Iterable[Line]:
    runs = _runs(pieces, room)
    if _width(runs) <= room.width + _PRECISE:
        return (runs,)
    if not all(run.style.wraps for run in runs):
        raise CannotMerge(f"the field “{name}” is wider than its line, and is not wrapped")
    text = "".join(run.text for run in runs)
    lines: list[Line] = []
    start = end = 0
    filled = 0.0
    for place in [*break_places(text, runs[0].style.lang), len(text)]:
        word = _width(_slice(runs, end, place))
        if word > room.width + _PRECISE:
            raise CannotMerge(f"a word of the field “{name}” is wider than its line")
        if end > start and _is_too_wide(runs, start, place, filled + word, room):
            lines.append(_slice(runs, start, end))
            start, filled = end, 0.0
        filled += _width(_slice(runs, end, place, with_spaces=True))
        end = place
    return (*lines, _slice(runs, start, end))


def _is_too_wide(runs: Line, start: int, end: int, about: float, room: Room) -> bool:
    """Say whether a line is too wide; near the limit it is set as a whole: letters draw together across spaces, too."""
    if abs(about - room.width) > _NEAR * room.width:
        return about > room.width
    return _width(_slice(runs, start, end)) > room.width + _PRECISE


def _width(runs: Line) -> float:
    return sum(run.width for run in runs)


def _runs(pieces: tuple[Piece, ...], room: Room) -> Line:
    return tuple(
        Run(text, face, room.styles[piece.path], piece.path)
        for piece in pieces
        for face, text in room.styles[piece.path].faces(piece.text)
    )


def _slice(runs: Line, start: int, end: int, *, with_spaces: bool = False) -> Line:
    """Return the runs from one letter to another, without the spaces at their end unless they are wanted."""
    kept: list[Run] = []
    for run in runs:
        text = run.text[max(start, 0) : max(end, 0)]
        start, end = start - len(run.text), end - len(run.text)
        if text:
            kept.append(Run(text, run.face, run.style, run.path))
    while kept and not with_spaces and kept[-1].text.endswith(" "):
        last = kept.pop()
        if text := last.text.rstrip(" "):
            kept.append(Run(text, last.face, last.style, last.path))
    return tuple(kept)
