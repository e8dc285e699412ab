"""Keys: made from the label once, never changed, so that answers and conditions can point at them."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import replace

from .questions import QuestionSpec

KEY_LENGTH = 60
KEY = re.compile(r"[a-z][a-z0-9_]{0,59}")


def key_from(label: str, *, taken: Collection[str], fallback: str = "question", longest: int = KEY_LENGTH) -> str:
    """Return a key like ``visa_letter_needed`` that nobody has; a label without Latin letters gives the fallback."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    stem = words.lstrip("0123456789_")[: longest - 12].rstrip("_") or fallback
    key, number = stem, 1
    while key in taken:
        number += 1
        key = f"{stem}_{number}"
    return key


def keys_given(specs: Sequence[QuestionSpec]) -> tuple[QuestionSpec, ...]:
    """Return the questions with a key for each that has none."""
    taken = {spec.key for spec in specs}
    complete = []
    for spec in specs:
        if not spec.key:
            key = key_from(spec.label, taken=taken)
            taken.add(key)
            spec = replace(spec, key=key)  # noqa: PLW2901  # the same question, with its key
        complete.append(spec)
    return tuple(complete)
