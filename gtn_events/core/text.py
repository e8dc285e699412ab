"""Text as people type it and as it is shown: clean, comparable, Markdown made safe, local times."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import nh3
from flask import Flask
from markdown_it import MarkdownIt
from markupsafe import Markup

ALLOWED_TAGS = (
    frozenset({"p", "br", "hr", "strong", "em", "del", "code", "pre", "blockquote", "ul", "ol", "li", "a"})
    | frozenset({"h2", "h3", "h4", "h5", "h6"})
    | frozenset({"table", "thead", "tbody", "tr", "th", "td"})
)
LINK_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
KEPT_CONTROLS = "\n\t"
NO_SIGNS = "\ufffe\uffff"  # Unicode keeps them free, and no XML may hold them
# Marks that only turn the direction of what follows: they can make a name read as another one.
DIRECTION_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Signs of which nothing is seen (Unicode's Default_Ignorable_Code_Point), and the braille cell without dots. Within a
# word many are needed: joiners of Persian and Sinhala, of emoji, breaks of Thai and Khmer, fillers of Hangul.
_UNSEEN_SIGNS = (
    r"[\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164"
    r"\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_UNSEEN = re.compile(f"{_UNSEEN_SIGNS}*")
_HIDDEN = re.compile(rf"(?!\s){_UNSEEN_SIGNS}")
# As many on one sign as the Stream-Safe Text Format allows (UAX #15, section 13); no language needs more than some six.
MOST_MARKS = 30
# Signs that are marks only when they are taken apart: vowels of Tibetan, voiced marks of half-width Japanese.
_MARKS_WITHIN = frozenset("\u0f73\u0f75\u0f81\uff9e\uff9f")

_parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).disable("image")
_cleaner = nh3.Cleaner(
    tags=set(ALLOWED_TAGS),
    attributes={"a": {"href", "title"}, "ol": {"start"}},
    url_schemes=set(LINK_SCHEMES),
    link_rel="nofollow noopener",
)


def clean_text(text: str) -> str:
    """Return the text in NFC with line ends as ``\\n``, without control characters, NULs or direction overrides.

    A text of which nothing would be seen, however many signs it has, comes back empty: it names nothing.
    """
    text = normal_form("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    kept = "".join(char for char in text if _is_kept(char)).strip()
    return "" if _UNSEEN.fullmatch(kept) else kept


def as_read(text: str) -> str:
    """Return a text as a reader sees it: without signs that nobody sees, single spaces."""
    return " ".join(_HIDDEN.sub("", text).split())


def normal_form(form: Literal["NFC", "NFKC", "NFKD"], text: str) -> str:
    """Return the text in a normal form of Unicode, with at most 30 marks on a sign.

    Marks are put in order one by one: on a sign with a hundred thousand of them that takes seconds.
    """
    return unicodedata.normalize(form, text if text.isascii() else "".join(_with_few_marks(text)))


def _with_few_marks(text: str) -> Iterator[str]:
    marks = 0
    for char in text:
        marks = marks + 1 if unicodedata.combining(char) or char in _MARKS_WITHIN else 0
        if marks <= MOST_MARKS:
            yield char


def _is_kept(char: str) -> bool:
    if char in DIRECTION_OVERRIDES or char in NO_SIGNS or "\ud800" <= char <= "\udfff":
        return False
    return unicodedata.category(char) != "Cc" or char in KEPT_CONTROLS


def fold(text: str) -> str:
    """Return the key by which texts are searched and sorted: no case, no accents, no width, single spaces.

    Thai, Japanese and Korean signs that are letters and not accents stay as they are.
    """
    decomposed = normal_form("NFKD", text.casefold())
    without_accents = "".join(char for char in decomposed if not "\u0300" <= char <= "\u036f")
    composed = unicodedata.normalize("NFKC", without_accents).replace("đ", "d").replace("ø", "o").replace("ł", "l")
    return " ".join(composed.casefold().split())


def markdown(text: str | None) -> Markup:
    """Return Markdown as safe HTML: no raw HTML, no images, headings from the second level, links marked nofollow."""
    return _markdown(text) if text else Markup()


@lru_cache(maxsize=1024)
def _markdown(text: str) -> Markup:
    html = _parser.render(clean_text(text))
    # The page has its own h1; whatever level the author starts at, theirs come below it.
    html = re.sub(r"<(/?)h1>", r"<\1h2>", html)
    return Markup(_cleaner.clean(html))  # noqa: S704  # cleaned by nh3 on this line


def zone_of(name: str | None) -> ZoneInfo:
    """Return the named time zone, UTC for a name that is unknown."""
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def local(moment: datetime, zone: str | None) -> datetime:
    """Return an aware moment as the wall clock of a time zone shows it."""
    return moment.astimezone(zone_of(zone))


def day(moment: date) -> str:
    """Return a date as ``5 June 2013``."""
    return f"{moment.day} {moment:%B %Y}"


def clock_time(moment: datetime) -> str:
    """Return the time of day as ``09:30``; convert with ``local`` first."""
    return f"{moment:%H:%M}"


def readable_size(size: int) -> str:
    """Return bytes as people say them: ``512 bytes``, ``40 kB``, ``9.2 MB`` (steps of 1024)."""
    if size < 1024:
        return f"{size} bytes"
    if size < 1024 * 1024:
        return f"{size / 1024:.0f} kB"
    return f"{size / 1024 / 1024:.1f}".removesuffix(".0") + " MB"


def leading(label: object) -> str:
    """Return a label as it stands before what is said of it: with a colon, but for a question."""
    text = str(label)
    return text if text.endswith(("?", "？", "؟", ":")) else f"{text}:"


def init_app(app: Flask) -> None:
    """Give the templates ``markdown``, ``local``, ``day``, ``clock_time``, ``readable_size`` and ``leading``."""
    app.jinja_env.filters.update(
        markdown=markdown, local=local, day=day, clock_time=clock_time, readable_size=readable_size, leading=leading
    )
