"""The languages a host can name: those of the 21 economies, by their tags."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

LANGUAGES: Mapping[str, LazyString] = {
    "en": _l("English"),
    "zh": _l("Chinese"),
    "es": _l("Spanish"),
    "fr": _l("French"),
    "id": _l("Indonesian"),
    "ja": _l("Japanese"),
    "ko": _l("Korean"),
    "ms": _l("Malay"),
    "mi": _l("Māori"),
    "ru": _l("Russian"),
    "fil": _l("Filipino"),
    "th": _l("Thai"),
    "tpi": _l("Tok Pisin"),
    "vi": _l("Vietnamese"),
}
