"""The ground of a document: everything that is the same for all recipients, as finished bytes."""

import re
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import pydyf

from .marks import ALT, TITLE
from .painted import PaintedPage, joined, number_of

_REFERENCE = re.compile(rb"(\d+) 0 R")
_FONT_USED = re.compile(rb"/(\w+) [\d.]+ Tf")
_HEADER = b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n"
FREE = bytes(6)
_SMALL = 500  # bytes


@dataclass(frozen=True)
class Ground:
    """Finished bytes, and the numbers of the objects that each document adds to them.

    ``rows`` is the table of cross references up to ``size``. ``slots`` are the streams set into the page by the number
    of the slot, ``figures`` structure elements without their alternative and end, ``font_names`` the inside of the
    dictionary of fonts, ``metadata_parts`` stand before and behind the title.
    """

    body: bytes
    rows: bytes
    size: int
    slots: dict[int, int]
    fonts: int
    font_names: bytes
    figures: dict[int, bytes]
    metadata: int
    metadata_parts: tuple[bytes, bytes]
    catalog: int
    producer: bytes


def lay_ground(painted: PaintedPage, *, images: set[int]) -> Ground:
    """Return the ground of a page that is cut up; ``images`` are objects that each document brings itself."""
    pdf, resources = painted.pdf, painted.object(painted.page["Resources"])
    parts, slots, size = _contents(painted)
    streams = {number: packed(part) for number, part in parts.items()}
    fonts, metadata = number_of(resources["Font"]), number_of(pdf.catalog["Metadata"])
    _drop_unused_fonts(pdf, pdf.objects[fonts], parts.values())
    figures = {
        number: each
        for number, each in enumerate(pdf.objects)
        if isinstance(each, pydyf.Dictionary) and "Alt" in each and each["Alt"].string == ALT
    }
    for figure in figures.values():
        figure.pop("Alt")
    dictionaries: dict[int, bytes] = {}
    for number in _reachable(pdf):
        each = pdf.objects[number]
        if number in {fonts, metadata, *figures, *images}:
            continue
        if isinstance(each, pydyf.Stream):
            streams[number] = _finished(each)
        else:
            dictionaries[number] = each.data
    body, rows = _written(streams, dictionaries, size)
    before, after = joined(pdf.objects[metadata].stream).split(TITLE.encode())
    return Ground(
        body=body,
        rows=rows,
        size=size + 1,
        slots=slots,
        fonts=fonts,
        font_names=pdf.objects[fonts].data[2:-2],
        figures={number: each.data[:-2] for number, each in figures.items()},
        metadata=metadata,
        metadata_parts=(before, after),
        catalog=pdf.catalog.number,
        producer=pdf.info["Producer"].data,
    )


def _contents(painted: PaintedPage) -> tuple[dict[int, bytes], dict[int, int], int]:
    """Put the parts of the content and its slots into the page; return both by number, and the next number."""
    segments, order = painted.segments()
    size = len(painted.pdf.objects)
    parts = {size + 2 * place: segment for place, segment in enumerate(segments)}
    slots = {slot: size + 2 * place + 1 for place, slot in enumerate(order)}
    end = size + len(parts) + len(slots)
    painted.page["Contents"] = pydyf.Array(f"{number} 0 R" for number in range(size, end))
    return parts, slots, end


def _drop_unused_fonts(pdf: pydyf.PDF, fonts: pydyf.Dictionary, parts: Iterable[bytes]) -> None:
    """Leave out the fonts that placeholders alone needed."""
    drawn = [*parts, *(joined(each.stream) for each in pdf.objects if _is_group(each))]
    used = {name.decode() for each in drawn for name in _FONT_USED.findall(each)}
    for name in set(fonts) - used:
        del fonts[name]


def _is_group(each: Any) -> bool:  # Any: an object of pydyf
    return isinstance(each, pydyf.Stream) and "Resources" in each.extra


def _reachable(pdf: pydyf.PDF) -> list[int]:
    """Return the numbers of all objects that the catalog leads to."""
    found, left = set[int](), [pdf.catalog.number]
    while left:
        number = left.pop()
        if number in found or number >= len(pdf.objects):
            continue
        found.add(number)
        each = pdf.objects[number]
        data = pydyf.Dictionary(each.extra).data if isinstance(each, pydyf.Stream) else each.data
        left += map(int, _REFERENCE.findall(data))
    return sorted(found)


def _finished(stream: pydyf.Stream) -> bytes:
    extra = pydyf.Dictionary({key: value for key, value in stream.extra.items() if key != "Length"})
    # What is compressed already, as pictures are, must not be so again: readers show nothing then.
    write = plain if "Filter" in extra else packed
    return write(joined(stream.stream)[:-1], extra.data[2:-2])


def packed(data: bytes, inside: bytes = b"") -> bytes:
    """Return a stream compressed as far as it can be; ``inside`` is what its dictionary says besides."""
    return _compressed(zlib.compress(data, level=9), inside)


def quickly_packed(data: bytes, inside: bytes = b"") -> bytes:
    """Return a stream compressed in a small memory, which costs less than to make a large one ready; or as it is."""
    if len(data) < _SMALL:
        return plain(data, inside)
    compressor = zlib.compressobj(1, zlib.DEFLATED, wbits=12, memLevel=5)
    return _compressed(compressor.compress(data) + compressor.flush(), inside)


def plain(data: bytes, inside: bytes = b"") -> bytes:
    """Return a stream as it is."""
    return b"<<%b/Length %d>>\nstream\n%b\nendstream" % (inside, len(data), data)


def _compressed(data: bytes, inside: bytes) -> bytes:
    return b"<<%b/Filter/FlateDecode/Length %d>>\nstream\n%b\nendstream" % (inside, len(data), data)


def object_stream(dictionaries: dict[int, bytes], pack: Callable[[bytes, bytes], bytes]) -> bytes:
    """Return a stream that holds dictionaries, in their order, written by a function such as ``packed``."""
    heads, position = [], 0
    for number, data in dictionaries.items():
        heads.append(b"%d %d" % (number, position))
        position += len(data) + 1
    head = b" ".join(heads) + b"\n"
    inside = b"/Type/ObjStm/N %d/First %d" % (len(dictionaries), len(head))
    return pack(head + b"\n".join(dictionaries.values()), inside)


def row(kind: int, where: int, order: int) -> bytes:
    """Return a row of the table of cross references: 1 and an offset, or 2, an object stream and the place in it."""
    return bytes((kind,)) + where.to_bytes(3) + order.to_bytes(2)


def _written(streams: dict[int, bytes], dictionaries: dict[int, bytes], size: int) -> tuple[bytes, bytes]:
    rows = {number: row(2, size, order) for order, number in enumerate(dictionaries)}
    body = bytearray(_HEADER)
    for number, data in {**streams, size: object_stream(dictionaries, packed)}.items():
        rows[number] = row(1, len(body), 0)
        body += b"%d 0 obj\n" % number + data + b"\nendobj\n"
    return bytes(body), b"".join(rows.get(number, FREE) for number in range(size + 1))
