"""The language of a name in its own script, for fonts and screen readers."""

import unicodedata

# BCP 47 tags; the order is that of the list people choose from.
NAME_LANGUAGES = {
    "zh-Hans": "Chinese, simplified",
    "zh-Hant": "Chinese, traditional",
    "en": "English",
    "fil": "Filipino",
    "fr": "French",
    "id": "Indonesian",
    "ja": "Japanese",
    "ko": "Korean",
    "ms": "Malay",
    "ru": "Russian",
    "es": "Spanish",
    "th": "Thai",
    "vi": "Vietnamese",
}
_OF_SCRIPT = {"HIRAGANA": "ja", "KATAKANA": "ja", "HANGUL": "ko", "THAI": "th", "CYRILLIC": "ru"}
_HAN_OF_ECONOMY = {"CT": "zh-Hant", "HKC": "zh-Hant", "JPN": "ja", "ROK": "ko"}
_LATIN_OF_ECONOMY = {
    "CHL": "es",
    "INA": "id",
    "MAS": "ms",
    "MEX": "es",
    "PE": "es",
    "PHL": "fil",
    "VN": "vi",
}
_VIETNAMESE = frozenset("ăđơư")


def guess_language(name: str, *, economy_code: str | None) -> str:
    """Return the language tag of a name by its script; Han and Latin names follow the economy too.

    Returns:
        A key of NAME_LANGUAGES; empty for an empty name, ``en`` when nothing tells.
    """
    if not name.strip():
        return ""
    scripts = {unicodedata.name(char, "").partition(" ")[0] for char in name if char.isalpha()}
    for script, language in _OF_SCRIPT.items():
        if script in scripts:
            return language
    if "CJK" in scripts:
        return _HAN_OF_ECONOMY.get(economy_code or "", "zh-Hans")
    if _VIETNAMESE & set(_bare(name)) or economy_code == "VN":
        return "vi"
    return _LATIN_OF_ECONOMY.get(economy_code or "", "en")


def _bare(name: str) -> str:
    """Return the letters in lower case without tone marks, keeping horn, breve and stroke."""
    kept = ("\u0306", "\u031b")
    decomposed = unicodedata.normalize("NFD", name.lower())
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if c in kept or not unicodedata.combining(c)))
