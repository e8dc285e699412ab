"""Languages as people call them."""

from babel import Locale, UnknownLocaleError
from flask_babel import get_locale


def language_name(code: str) -> str:
    """Return a language as people call it: ``Vietnamese`` for ``vi``; what is no code comes back as it is."""
    try:
        name = Locale.parse(code.replace("_", "-"), sep="-").get_display_name(get_locale() or "en")
    except (UnknownLocaleError, ValueError):
        return code
    return name[:1].upper() + name[1:] if name else code
