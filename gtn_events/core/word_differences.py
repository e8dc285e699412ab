"""Two texts side by side: the words that only one of them has are marked."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

# A word, a space, one sign; scripts without spaces between words are compared sign by sign.
_PIECES = re.compile(
    r"\s+|[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]|[^\W\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]+|[^\w\s]"
)
MOST_PIECES = 5_000


@dataclass(frozen=True)
class Piece:
    """Some words of a text; ``marked`` when the other version does not have them there."""

    text: str
    marked: bool


def marked_words(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """Return both texts cut where they part, the words that only one of them has marked.

    Texts of more than 5,000 words are marked whole when they differ: comparing them would take seconds.
    """
    if before == after:
        same = [Piece(before, marked=False)] if before else []
        return same, same
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    if max(len(old), len(new)) > MOST_PIECES:
        return [Piece(before, marked=True)], [Piece(after, marked=True)]
    left, right = [], []
    for what, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        marked = what != "equal"
        left += [Piece("".join(old[i1:i2]), marked)] if i2 > i1 else []
        right += [Piece("".join(new[j1:j2]), marked)] if j2 > j1 else []
    return left, right
