"""Thai letters as they are drawn."""

import re

# The vowel am, and a tone mark before it, as the two glyphs that draw it. HarfBuzz takes it apart itself, but then
# a reader that copies the text would lose the tone mark and half of the vowel.
_AM, _AM_TAKEN_APART = re.compile("([\u0e48-\u0e4b]?)\u0e33"), "\u0e4d\\1\u0e32"


def thai_taken_apart(text: str) -> str:
    """Return a text in which each letter is one glyph."""
    return _AM.sub(_AM_TAKEN_APART, text)
