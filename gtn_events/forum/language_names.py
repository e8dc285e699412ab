"""Languages as people call them, and their codes as people write them."""

import re

from babel import Locale, UnknownLocaleError
from flask_babel import get_locale

MOST_LANGUAGES = 12
LANGUAGE_CODE = re.compile(r"[A-Za-z]{2,3}([_-][A-Za-z0-9]{2,8}){0,2}")


def language_codes(text: str) -> tuple[str, ...]:
    """Return the codes of a line, ``es, vi; zh-Hans``, each once, whether or not there are such languages."""
    return tuple(dict.fromkeys(part for part in re.split(r"[,;\s]+", text) if part))


def language_name(code: str) -> str:
    """Return a language as people call it: ``Vietnamese`` for ``vi``; what is no code comes back as it is."""
    try:
        name = Locale.parse(code.replace("_", "-"), sep="-").get_display_name(get_locale() or "en")
    except (UnknownLocaleError, ValueError):
        return code
    return name[:1].upper() + name[1:] if name else code
