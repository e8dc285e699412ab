"""Texts that others write, with fields in braces; a part in square brackets is left out when a field in it is empty.

``took part in {forum}[, as {role}]``. A part may have several ways, of which the first without an empty field is taken:
``[, as {role} of {economy}|, as {role}|, for {economy}]``.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial

_FIELD = re.compile(r"\{([^{}]*)\}")
_PART = re.compile(r"\[([^\[\]]*)\]")
_COMMA = re.compile(r",? ?$")


def fault_of(text: str, fields: Collection[str], *, optional_parts: bool = False) -> str:
    """Return in a sentence what is wrong with a text, or an empty one.

    Args:
        fields: the names that may stand in braces.
        optional_parts: whether square brackets mark parts that may be left out; otherwise they are letters like others.
    """
    unknown = [name for name in _FIELD.findall(text) if name not in fields]
    if unknown:
        known = ", ".join(f"{{{name}}}" for name in fields)
        return f"There is no field {{{unknown[0]}}} here. These can be used: {known}."
    if set("{}") & set(_FIELD.sub("", text)):
        return f"A brace is missing: fields are written like {{{next(iter(fields), 'name')}}}."
    if optional_parts and set("[]") & set(_PART.sub("", text)):
        return "A square bracket is missing: a part that may be left out is written like [, as {role}], one at a time."
    return ""


def fill(
    text: str, values: Mapping[str, str], *, optional_parts: bool = False, literal: Callable[[str], str] = str
) -> str:
    """Return a text with its fields filled in; what is empty takes its comma along.

    Args:
        text: one that ``fault_of`` finds nothing wrong with.
        values: by the name of the field; one that is missing counts as empty.
        literal: what is done with the words around the fields, ``markupsafe.escape`` when the values are markup.
    """
    pieces: list[str] = []
    for place, part in enumerate(_PART.split(text) if optional_parts else [text]):
        chosen = _way(part, values) if place % 2 else part
        pieces += _filled(chosen, values, literal)
    return literal("").join(pieces)


def every_way(text: str) -> list[str]:
    """Return a text without its square brackets: with no part, with every part, and with each other way of a part."""
    most = max((len(part.split("|")) for part in _PART.findall(text)), default=0)
    return [_PART.sub("", text), *(_PART.sub(partial(_nth, number), text) for number in range(most))]


def stays(text: str, fields: Collection[str]) -> str:
    """Return what of a text is printed of whoever has no value for any field in a part that may be left out."""
    return fill(_PART.sub(lambda part: _way(part[1], {}), text), dict.fromkeys(fields, "x"))


def _nth(number: int, part: re.Match[str]) -> str:
    ways = part[1].split("|")
    return ways[min(number, len(ways) - 1)]


def _way(part: str, values: Mapping[str, str]) -> str:
    ways = part.split("|")
    return next((way for way in ways if all(values.get(name) for name in _FIELD.findall(way))), "")


def _filled(text: str, values: Mapping[str, str], literal: Callable[[str], str]) -> Iterator[str]:
    words, *rest = _FIELD.split(text)
    for name, following in zip(rest[::2], rest[1::2], strict=True):
        value = values.get(name, "")
        yield literal(words if value else _COMMA.sub("", words))
        yield value
        words = following
    yield literal(words)
