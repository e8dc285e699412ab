"""A rendered page taken apart: the fields that differ from person to person, and everything else."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from unicodedata import normalize

from .errors import CannotMerge

TITLE, ALT = "@@TITLE@@", "@@ALT@@"
"""Stand in a page for its title and for the words beside a picture, which are each document's own."""
_MARK = re.compile(r'<(?P<tag>[a-z][a-z0-9]*)\b[^<>]*?\sdata-field="(?P<name>[\w-]+)"[^<>]*>|<title>')
_ATTRIBUTE = re.compile(r'\s(?P<name>src|alt)="(?P<value>[^"]*)"')
_TOKEN = re.compile(r"<[^<>]*>|[^<]+")
_SPACES = re.compile(r"[ \t\r\n\f]+")
_INLINE = {"b", "bdi", "cite", "em", "i", "small", "span", "strong"}
_LINE_BREAKS = {"<br>", "<br/>", "<br />"}


@dataclass(frozen=True)
class Piece:
    """Text of one style; ``path`` is the start tags within the field that it stands in."""

    text: str
    path: tuple[str, ...] = ()


@dataclass(frozen=True)
class TextField:
    """The text of an element marked ``data-field``: one tuple of pieces for each line that begins anew."""

    name: str
    lines: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True)
class PictureField:
    """The picture of an ``<img data-field>``."""

    name: str
    source: str
    alt: str


@dataclass(frozen=True)
class MarkedPage:
    """A page in parts, one before each field and one behind the last; same parts, same layout around the fields."""

    parts: tuple[str, ...]
    fields: tuple[TextField | PictureField, ...]
    title: str


def read_marks(html: str) -> MarkedPage:
    """Take a page apart.

    Args:
        html: a page as Jinja renders it: attributes in double quotes, ``<``, ``>`` and ``"`` of texts escaped. A text
            field holds text, line breaks and inline elements, but no element of its own tag.

    Raises:
        CannotMerge: there is no field, or one that stands within another, or is never closed.
    """
    parts, fields, title, part, done = [], list[TextField | PictureField](), "", "", 0
    for found in _MARK.finditer(html):
        if found.start() < done:
            raise CannotMerge(f"the field “{found['name']}” stands within another one")
        part += html[done : found.start()]
        if found["tag"] == "img":
            picture, tag = _picture(found)
            fields.append(picture)
            parts.append(part + tag)
            part, done = ">", found.end()
            continue
        tag_name = found["tag"] or "title"
        done = html.find(f"</{tag_name}>", found.end())
        inner = html[found.end() : done]
        if found["tag"] is None:
            title, part = unescape(inner), part + found[0] + TITLE
        elif done < 0 or f"<{tag_name}>" in inner or f"<{tag_name} " in inner:
            raise CannotMerge(f"the field “{found['name']}” has no plain end")
        else:
            fields.append(TextField(found["name"], tuple(_lines(inner, found["name"]))))
            parts.append(part + found[0])
            part = ""
    if not fields:
        raise CannotMerge("no element is marked as a field")
    names = [field.name for field in fields]
    for name in names:
        if names.count(name) > 1:
            raise CannotMerge(f"the field “{name}” stands twice")
    return MarkedPage((*parts, part + html[done:]), tuple(fields), title)


def _picture(found: re.Match[str]) -> tuple[PictureField, str]:
    values = {each["name"]: unescape(each["value"]) for each in _ATTRIBUTE.finditer(found[0])}
    field = PictureField(found["name"], values.get("src", ""), values.get("alt", ""))
    return field, _ATTRIBUTE.sub("", found[0])[:-1].rstrip("/ ")


def _lines(inner: str, name: str) -> Iterator[tuple[Piece, ...]]:
    path: list[str] = []
    line: list[Piece] = []
    for token in _TOKEN.findall(inner):
        if token in _LINE_BREAKS:
            yield _without_spare_spaces(line)
            line = []
        elif token.startswith("</"):
            path.pop()
        elif token.startswith("<"):
            if token[1:-1].split(" ", 1)[0] not in _INLINE:
                raise CannotMerge(f"the field “{name}” holds {token}")
            path.append(token)
        else:
            line.append(Piece(normalize("NFC", unescape(token)), tuple(path)))
    if line := list(_without_spare_spaces(line)):
        yield tuple(line)


def _without_spare_spaces(line: list[Piece]) -> tuple[Piece, ...]:
    """Collapse white space as CSS does: within a line, across its elements, none at its ends."""
    kept: list[Piece] = []
    for piece in line:
        text = _SPACES.sub(" ", piece.text)
        if text.startswith(" ") and (not kept or kept[-1].text.endswith(" ")):
            text = text[1:]
        if text:
            kept.append(Piece(text, piece.path))
    while kept and not (text := kept[-1].text.rstrip(" ")):
        kept.pop()
    if kept:
        kept[-1] = Piece(kept[-1].text.rstrip(" "), kept[-1].path)
    return tuple(kept)
