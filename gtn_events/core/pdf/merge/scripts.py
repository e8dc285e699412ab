"""Which scripts merge printing sets: those of the 21 economies that run from left to right."""

from .errors import CannotMerge

# First and last code point: Latin with marks, Greek, Cyrillic; Thai; Hangul letters; more Latin, Greek; punctuation,
# currency, letterlike signs, arrows, mathematics, shapes; kana, Hangul, Han with their punctuation and wide forms.
_SET = (
    (0x0020, 0x007E),
    (0x00A0, 0x00AC),
    (0x00AE, 0x036F),
    (0x0370, 0x052F),
    (0x0E01, 0x0E5B),
    (0x1E00, 0x1FFF),
    (0x2010, 0x2027),
    (0x2030, 0x205E),
    (0x2070, 0x209C),
    (0x20A0, 0x20BF),
    (0x2100, 0x27BF),
    (0x2E80, 0x312F),
    (0x3131, 0x318E),
    (0x3190, 0x9FFF),
    (0xAC00, 0xD7A3),
    (0xF900, 0xFAFF),
    (0xFF01, 0xFFEE),
    (0x20000, 0x323AF),
)


def refuse_scripts(text: str) -> None:
    """Check that every character is of a script that is set.

    Raises:
        CannotMerge: a character is not.
    """
    if text.isascii():
        return
    for letter in text:
        code = ord(letter)
        if not any(first <= code <= last for first, last in _SET):
            raise CannotMerge(f"a text holds U+{code:04X}, a character of a script that is not merged")
