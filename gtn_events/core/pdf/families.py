"""The font families of documents, and which of them each language uses, in which order."""

from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path


@dataclass(frozen=True)
class Family:
    """One family: where its variable font lies inside which installed font package.

    ``without`` names layout features that its static fonts do not get.
    """

    name: str
    package: str
    file: str
    without: tuple[str, ...] = ()

    @property
    def slug(self) -> str:
        """The name of its folder in the font folder; a new version of the package is a new folder."""
        plain = self.name.replace(" ", "").lower()
        return "-".join((plain, version(self.package.replace("_", "-")), *(f"no_{each}" for each in self.without)))

    @property
    def source(self) -> Path:
        """The font file that the package carries."""
        spec = find_spec(self.package)
        if spec is None or not spec.submodule_search_locations:
            raise FileNotFoundError(f"The font package {self.package.replace('_', '-')} is not installed.")
        return Path(next(iter(spec.submodule_search_locations)), "fonts", "ofl", self.file)


_WESTERN, _SEA, _CJK = "justmytype_western_core", "justmytype_intl_sea", "justmytype_intl_cjk"

# "ccmp" takes Vietnamese letters apart into a base and a mark: it looks the same, but a
# reader that copies "Thị" out of the PDF would get "Thi ị".
SANS = Family("Noto Sans", _WESTERN, "notosans/NotoSans[wdth,wght].ttf", ("ccmp",))
SERIF = Family("Noto Serif", _WESTERN, "notoserif/NotoSerif[wdth,wght].ttf", ("ccmp",))
SYMBOLS = Family("Noto Sans Symbols 2", _WESTERN, "notosanssymbols2/NotoSansSymbols2-Regular.ttf")
THAI = Family("Noto Sans Thai", _SEA, "notosansthai/NotoSansThai[wdth,wght].ttf")
JAPANESE = Family("Noto Sans JP", _CJK, "notosansjp/NotoSansJP[wght].ttf")
KOREAN = Family("Noto Sans KR", _CJK, "notosanskr/NotoSansKR[wght].ttf")
SIMPLIFIED = Family("Noto Sans SC", _CJK, "notosanssc/NotoSansSC[wght].ttf")
TRADITIONAL = Family("Noto Sans TC", _CJK, "notosanstc/NotoSansTC[wght].ttf")

ALL_FAMILIES = {each.name: each for each in (SANS, SERIF, SYMBOLS, THAI, JAPANESE, KOREAN, SIMPLIFIED, TRADITIONAL)}

# Every document has these two ready: they hold Latin, Vietnamese, Cyrillic and Greek.
LATIN = (SANS, SERIF)

_DEFAULT = (SANS, THAI, SIMPLIFIED, TRADITIONAL, JAPANESE, KOREAN, SYMBOLS)

# Han letters differ between the languages: a name must be drawn in the forms of its own.
_BY_LANGUAGE: dict[str, tuple[Family, ...]] = {
    "th": (THAI, SANS, SIMPLIFIED, TRADITIONAL, JAPANESE, KOREAN, SYMBOLS),
    "ja": (JAPANESE, SANS, TRADITIONAL, SIMPLIFIED, KOREAN, THAI, SYMBOLS),
    "ko": (KOREAN, SANS, TRADITIONAL, SIMPLIFIED, JAPANESE, THAI, SYMBOLS),
    "zh": (SIMPLIFIED, SANS, TRADITIONAL, JAPANESE, KOREAN, THAI, SYMBOLS),
    "zh-Hant": (TRADITIONAL, SANS, SIMPLIFIED, JAPANESE, KOREAN, THAI, SYMBOLS),
}
_ALIASES = {"zh-TW": "zh-Hant", "zh-HK": "zh-Hant", "zh-MO": "zh-Hant"}


def families_of(lang: str) -> tuple[Family, ...]:
    """Return the families of a language tag in the order in which they are tried."""
    parts = lang.replace("_", "-").split("-")
    tags = ["-".join(parts[:count]) for count in range(len(parts), 0, -1)]
    for tag in tags:
        chosen = _BY_LANGUAGE.get(_ALIASES.get(tag, tag))
        if chosen:
            return chosen
    return _DEFAULT


def font_css() -> str:
    """Return the style sheet that every document starts with: the families of each language.

    ``--sans`` and ``--serif`` are the two stacks of Latin text, then the letters of the language; own-script text takes
    the family of its ``lang`` whatever element it stands in.
    """
    rules = [
        f":root {{ --sans: {_stack(_DEFAULT)}; --serif: {_stack((SERIF, *_DEFAULT))}; font-family: var(--sans) }}",
    ]
    for tag, families in _BY_LANGUAGE.items():
        tags = [tag, *(alias for alias, target in _ALIASES.items() if target == tag)]
        selector = ", ".join(f":lang({each})" for each in tags)
        sans, serif = _stack((SANS, *families)), _stack((SERIF, *families))
        rules.append(f"{selector} {{ --sans: {sans}; --serif: {serif}; font-family: {_stack(families)} }}")
    return "\n".join(rules)


def _stack(families: tuple[Family, ...]) -> str:
    return ", ".join(f'"{family.name}"' for family in families)
