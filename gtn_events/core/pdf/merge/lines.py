"""Content streams: lines of glyphs at their places, with the text that readers copy."""

from .faces import Face, has_marks
from .planning import Line, Run, placeholders
from .skeleton import LinePlace

Codes = dict[Face, dict[tuple[int, str], int]]
"""For each face the code of every glyph and text: one glyph that stands for two texts has two codes."""


def set_line(line: Line, place: LinePlace, codes: Codes, lang: str) -> bytes:
    """Return what draws a line; ``codes`` grow by the glyphs it needs.

    Args:
        line: its runs, which fit the place.
        place: where, CSS pixels.
        codes: of the document so far.
        lang: of the field, or else of the document: a run of another one says so.
    """
    x = place.left + place.alignment * (place.width - sum(run.width for run in line))
    drawn = [f"BT\n1 0 0 -1 {number(x)} {number(place.baseline)} Tm"]
    colour = painted = _first_colour(line)
    font = None
    for run in line:
        if run.style.colour != colour:
            colour = run.style.colour
            drawn.append(_paint(colour))
        own = codes.setdefault(run.face, {})
        if font != (run.face, run.style.size):
            font = (run.face, run.style.size)
            drawn.append(f"/{font_name(list(codes).index(run.face))} {number(run.style.size)} Tf")
        drawn += _marked(run, _shown(run, own), lang)
    if colour != painted:
        drawn.append(_paint(painted))
    return "\n".join([*drawn, "ET\n"]).encode("ascii")


def font_name(order: int) -> str:
    """Return the name of a face in the content: WeasyPrint's own names are six capitals."""
    return f"M{order}"


def number(value: float) -> str:
    """Return a number as PDF writes it: no exponent, no needless digits."""
    return f"{value:.4f}".rstrip("0").rstrip(".")


def pdf_text(text: str) -> str:
    """Return a text as PDF writes it: UTF-16 in hexadecimal digits."""
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


def _first_colour(line: Line) -> tuple[float, float, float]:
    """Return the colour that the page has before the line, and has to have behind it."""
    path = placeholders(line)[0].path
    return next(run.style.colour for run in line if run.path == path)


def _paint(colour: tuple[float, float, float]) -> str:
    return f"{' '.join(number(each) for each in colour)} rg"


def _marked(run: Run, shown: list[str], lang: str) -> list[str]:
    """Say the language of a run, and its text where marks stand above letters: readers go by positions otherwise."""
    said = f"/Lang ({run.style.lang})" if run.style.lang != lang else ""
    if has_marks(run.text):
        said += f"/ActualText {pdf_text(run.text)}"
    return [f"/Span <<{said}>> BDC", *shown, "EMC"] if said else shown


def _shown(run: Run, codes: dict[tuple[int, str], int]) -> list[str]:
    """Return the operators that show the glyphs of a run: those at one height together."""
    shown: list[str] = []
    parts: list[str] = []
    for key, before, after, rise in run.shaped.glyphs:
        code = codes.get(key)
        if code is None:
            code = codes[key] = len(codes) + 1
        if rise:
            if parts:
                shown.append(f"[<{''.join(parts)}>] TJ")
                parts = []
            moved = f"[{number(before)}<{code:04X}>{number(after)}]"
            shown.append(f"{number(rise * run.style.size / 1000)} Ts\n{moved} TJ\n0 Ts")
            continue
        if before:
            parts.append(f">{number(before)}<")
        parts.append(f"{code:04X}>{number(after)}<" if after else f"{code:04X}")
    return [*shown, f"[<{''.join(parts)}>] TJ"] if parts else shown
