"""Steps that fewer and fewer reach: one bar for each, with its share of the step before."""

from collections.abc import Sequence

from flask_babel import gettext
from markupsafe import Markup

from .drawing import Pen, frame, wide_and_narrow

Step = tuple[str, int]
"""The word of a step and how many reached it."""

PITCH, THICKNESS = 34, 22
WIDE, NARROW = 640, 320


def funnel_svg(steps: Sequence[Step], *, title: str = "", standalone: bool = False) -> Markup:
    """Return one bar for each step, its number, and what share of the step before that is.

    Args:
        title: the sentence for those who cannot see it; made from the numbers if empty.
    """
    words = title or "; ".join(f"{word} {count}" for word, count in steps)
    return wide_and_narrow(
        lambda narrow: _funnel(steps, title=words, narrow=narrow, pen=Pen(standalone)), standalone=standalone
    )


def _funnel(steps: Sequence[Step], *, title: str, narrow: bool, pen: Pen) -> Markup:
    width, names, right = (NARROW, 84, 96) if narrow else (WIDE, 110, 150)
    scale = (width - names - right) / max(1, *(count for _word, count in steps))
    parts, before = [], None
    for index, (word, count) in enumerate(steps):
        top, length = PITCH * index + 6, max(count * scale, 2)
        parts.append(pen.text("label", names - 10, top + 15, word, anchor="end"))
        parts.append(pen.rect("p1" if count else "sunken", names, top, length, THICKNESS, more=' rx="2"'))
        parts.append(pen.text("strong", names + length + 8, top + 15, count))
        if before:
            share = gettext("%(share)s %%", share=round(100 * count / before))
            parts.append(pen.text("label", names + length + 16 + 8 * len(str(count)), top + 15, f"· {share}"))
        before = count
    return frame(parts, width=width, height=PITCH * len(steps) + 6, title=title, name="funnel")
