"""A catalogue that puts every text into brackets, and what of a page stands outside of them."""

import re
from collections.abc import Iterable
from html.parser import HTMLParser

from babel.support import NullTranslations

OPEN, CLOSE = "\u27e6", "\u27e7"
INNERMOST = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")
PLACE = re.compile(r"%\(\w+\)[-+0-9.]*[a-z]")
# Written by the reader's locale, not by a catalogue.
MOMENT = re.compile(r"[A-Z][a-z]{2} \d{1,2} [A-Z][a-z]{2} \d{4}, \d\d:\d\d")
WORD = re.compile(r"[A-Za-z]{2,}")
SHOWN = ("title", "alt", "placeholder", "aria-label", "data-label", "content")
SILENT = ("script", "style", "code", "time")
VOID = ("meta", "link", "input", "img", "br", "hr")


class Bracketed(NullTranslations):
    """Every text that is asked for, in brackets; what is filled in stands outside and is translated itself."""

    def ugettext(self, message: str) -> str:
        return OPEN + PLACE.sub(lambda place: f"{CLOSE}{place[0]}{OPEN}", message) + CLOSE

    gettext = ugettext

    def ungettext(self, singular: str, plural: str, num: int) -> str:
        return self.ugettext(singular if num == 1 else plural)

    ngettext = ungettext


class _Texts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self.silent += 1
        named = dict(attrs)
        self.found += [named[name] or "" for name in SHOWN if name in named and tag != "meta"]
        if tag == "input" and named.get("type") in ("submit", "button"):
            self.found.append(named.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self.silent -= 1

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.found.append(data)


def untranslated(page: str, *, names: Iterable[str] = ()) -> list[str]:
    """Return the words of a page that no catalogue was asked for; names and references of data are left out."""
    parser = _Texts()
    parser.feed(page)
    text = MOMENT.sub(" ", INNERMOST.sub(" ", "\n".join(parser.found)))
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, " ")
    return [" ".join(line.split()) for line in text.splitlines() if WORD.search(line)]
