"""gettext with types: the extension carries none, and every text here is a ``str``."""

from typing import Any

from flask_babel import gettext, ngettext


def _(text: str, **values: Any) -> str:  # Any: whatever the text's places take
    """Return the text in the reader's language, its places filled in."""
    return str(gettext(text, **values))


def _n(one: str, many: str, number: int, **values: Any) -> str:  # Any: as above
    """Return the singular or the plural in the reader's language; ``%(num)d`` is the number."""
    return str(ngettext(one, many, number, **values))
