"""Texts of a schedule file: cleaned, cut to what the database holds, HTML turned into Markdown."""

import re
from html.parser import HTMLParser

from gtn_events.core.text import clean_text

MAX_TEXT = 50_000
_HTML = re.compile(
    r"</?(?:p|br|a|ul|ol|li|strong|em|b|i|u|h[1-6]|div|span|code|pre|blockquote|hr|table|tr|td|script|style)\b[^<>]*>",
    re.IGNORECASE,
)
_SPECIAL = re.compile(r"([\\`*_\[\]<])")
_LINE_START = re.compile(r"^(\s*)([#>+-]|\d{1,9}[.)])(?=\s|$)")
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "table",
        "tr",
        "section",
        "article",
        "dl",
        "dt",
        "dd",
        "header",
        "footer",
        "figure",
    ]
)
_DROPPED = frozenset({"script", "style", "iframe", "object", "svg"})
_LINKS = ("http://", "https://", "mailto:")


def is_html(text: str) -> bool:
    """Say whether the text carries HTML tags rather than Markdown or plain text."""
    return bool(_HTML.search(text))


def html_to_markdown(html: str) -> str:
    """Return the HTML's text as Markdown: paragraphs, lists, headings, emphasis, code, links; no scripts."""
    writer = _MarkdownWriter()
    writer.feed(html)
    writer.close()
    return writer.markdown()


def one_line(text: str | None) -> str:
    """Return a cleaned text on one line."""
    return " ".join(clean_text(text or "").split())


class _MarkdownWriter(HTMLParser):
    """Collects blocks; inline text gathers in ``_inline`` until a block ends."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._blocks: list[tuple[str, bool]] = []  # text, and whether it stands in a list
        self._inline: list[str] = []
        self._lists: list[int | None] = []  # None for bullets, else the next number
        self._marker = ""
        self._heading = ""
        self._quotes = 0
        self._in_pre = False
        self._in_code = False
        self._dropping = 0
        self._hrefs: list[str] = []

    def markdown(self) -> str:
        """Return what was collected."""
        self._end_block()
        parts: list[str] = []
        in_list = False
        for text, is_item in self._blocks:
            parts += ["\n" if in_list and is_item else "\n\n", text]
            in_list = is_item
        return "".join(parts).strip()

    def handle_data(self, data: str) -> None:
        if self._dropping:
            return
        if self._in_pre:
            self._inline.append(data)
        elif self._in_code:
            self._inline.append(re.sub(r"\s+", " ", data.replace("`", "'")))
        else:
            self._inline.append(_SPECIAL.sub(r"\\\1", re.sub(r"\s+", " ", data)))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _DROPPED:
            self._dropping += 1
        elif tag in ("ul", "ol"):
            self._end_block()
            self._lists.append(1 if tag == "ol" else None)
        elif tag == "li":
            self._start_item()
        elif tag in ("blockquote", "pre") or tag in _BLOCKS:
            self._start_block(tag)
        elif tag == "hr":
            self._end_block()
            self._blocks.append(("---", False))
        else:
            self._start_inline(tag, dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        if tag in _DROPPED:
            self._dropping = max(0, self._dropping - 1)
        elif tag in ("ul", "ol"):
            self._end_block()
            if self._lists:
                self._lists.pop()
        elif tag == "li" or tag in ("blockquote", "pre") or tag in _BLOCKS:
            self._finish_block(tag)
        elif tag in ("strong", "b"):
            self._close_emphasis("**")
        elif tag in ("em", "i"):
            self._close_emphasis("*")
        elif tag == "code" and self._in_code:
            self._in_code = False
            self._close_emphasis("`")
        elif tag == "a" and self._hrefs:
            self._close_link(self._hrefs.pop())

    def _start_item(self) -> None:
        self._end_block()
        if not self._lists:
            self._lists.append(None)
        number = self._lists[-1]
        self._marker = "- " if number is None else f"{number}. "
        if number is not None:
            self._lists[-1] = number + 1

    def _start_block(self, tag: str) -> None:
        self._end_block()
        if tag == "blockquote":
            self._quotes += 1
        elif tag == "pre":
            self._in_pre = True
        elif len(tag) == 2 and tag[0] == "h":
            self._heading = "#" * max(2, int(tag[1])) + " "

    def _finish_block(self, tag: str) -> None:
        self._end_block()
        if tag == "blockquote":
            self._quotes = max(0, self._quotes - 1)
        elif tag == "pre":
            self._in_pre = False

    def _start_inline(self, tag: str, attributes: dict[str, str | None]) -> None:
        if tag == "br":
            self._inline.append("\n" if self._in_pre else "  \n")
        elif tag in ("strong", "b"):
            self._inline.append("**")
        elif tag in ("em", "i"):
            self._inline.append("*")
        elif tag == "code" and not self._in_pre:
            self._in_code = True
            self._inline.append("`")
        elif tag == "a":
            self._hrefs.append(one_line(attributes.get("href")))
            self._inline.append("[")

    def _close_emphasis(self, mark: str) -> None:
        """Set the closing mark before any space, where Markdown wants it; drop a pair with nothing inside."""
        while self._inline and not self._inline[-1].strip() and self._inline[-1] != "  \n":
            self._inline.pop()
        if self._inline and self._inline[-1] == mark:
            self._inline.pop()
            return
        if self._inline and self._inline[-1].endswith(" "):
            self._inline[-1] = self._inline[-1].rstrip() + mark + " "
        else:
            self._inline.append(mark)

    def _close_link(self, href: str) -> None:
        opened = max((index for index, part in enumerate(self._inline) if part == "["), default=None)
        if opened is None:
            return
        if not href.lower().startswith(_LINKS):
            self._inline[opened] = ""
            return
        target = href.replace(" ", "%20").replace("(", "%28").replace(")", "%29").replace("<", "%3C")
        self._inline.append(f"]({target})")

    def _end_block(self) -> None:
        text = "".join(self._inline)
        self._inline.clear()
        self._hrefs.clear()
        self._in_code = False
        if self._in_pre:
            if text.strip():
                self._blocks.append(("\n".join(f"    {line}" for line in text.strip("\n").split("\n")), False))
            return
        lines = [line.strip() for line in text.split("\n")]
        text = "  \n".join(line for line in lines if line)
        if not text:
            return
        if not self._heading:
            text = _LINE_START.sub(_escape_start, text)
        self._blocks.append((self._placed(self._heading + text), bool(self._lists)))
        self._heading = ""

    def _placed(self, text: str) -> str:
        """Return the block with its list marker, indentation and quote marks."""
        depth = len(self._lists)
        if depth:
            indent = "    " * (depth - 1)
            marker, rest = (self._marker, "    ") if self._marker else ("    ", "    ")
            text = indent + marker.ljust(4 if marker[0].isdigit() else 2) + text.replace("\n", "\n" + indent + rest)
            self._marker = ""
        if self._quotes:
            text = "\n".join(f"{'> ' * self._quotes}{line}" for line in text.split("\n"))
        return text


def _escape_start(match: re.Match[str]) -> str:
    space, mark = match.groups()
    return f"{space}{mark[:-1]}\\{mark[-1]}"
