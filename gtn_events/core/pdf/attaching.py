"""A file attached to a finished PDF as a later part of it: what is there stays as it is, byte for byte."""

import re
import zlib
from dataclasses import dataclass

_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_NUMBERS = {key: re.compile(rb"/" + key + rb"\s*(\d+)") for key in (b"Size", b"Root", b"Info", b"First", b"Length")}
_INDEX, _WIDTHS = re.compile(rb"/Index\s*\[([\d\s]+)\]"), re.compile(rb"/W\s*\[([\d\s]+)\]")
_ID = re.compile(rb"/ID\s*\[.*?\]")
_NAMES = re.compile(rb"/Names\s*<<")
_TAIL = 1024


class CannotAttach(ValueError):
    """A PDF is not one of those that this program writes."""


@dataclass(frozen=True)
class Attachment:
    """What an attached file is: its name, its type, and words for those who see it in a list of attachments.

    All of it ASCII, without brackets.
    """

    name: str
    content_type: str
    description: str


def room_for(pdf: bytes, attachment: Attachment, size: int) -> tuple[bytes, bytes]:
    """Return a PDF with room for an attached file of that many bytes: what stands before it, and what behind it.

    The file is not compressed, so ``before + content + behind`` is the whole document, and the content can be over the
    rest of it. The document may be any that this program writes: they have one stream of cross references.

    Raises:
        CannotAttach: it is another one.
    """
    found = _START.search(pdf, max(len(pdf) - _TAIL, 0))
    if found is None:
        raise CannotAttach("the document has no end")
    start = int(found[1])
    head, rows = _stream_at(pdf, start)
    next_number, root = _number(head, b"Size"), _number(head, b"Root")
    entry = f"({attachment.name}) {next_number + 1} 0 R".encode("ascii")
    catalog = _with_file(_object(pdf, head, rows, root), entry, next_number + 1)
    name = f"/F({attachment.name})/UF({attachment.name})".encode("ascii")
    described = f"/Desc({attachment.description})".encode("ascii")
    about = b"<</Type/Filespec%b%b/AFRelationship/Data/EF<</F %d 0 R/UF %d 0 R>>>>"
    numbers = (root, next_number + 1, next_number)
    before, offsets = bytearray(pdf), list[int]()
    for number, content in zip(numbers, (catalog, about % (name, described, next_number, next_number)), strict=False):
        offsets.append(len(before))
        before += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    offsets.append(len(before))
    subtype = attachment.content_type.replace("/", "#2F").encode("ascii")
    file = b"/Type/EmbeddedFile/Subtype/%b/Params<</Size %d>>/Length %d" % (subtype, size, size)
    before += b"%d 0 obj\n<<%b>>\nstream\n" % (next_number, file)
    end = b"\nendstream\nendobj\n"
    return bytes(before), end + _ending(
        head, start, len(before) + size + len(end), dict(zip(numbers, offsets, strict=True))
    )


def _ending(head: bytes, previous: int, start: int, offsets: dict[int, int]) -> bytes:
    """Return the cross references of the later part, which name the earlier ones."""
    size = max(offsets) + 2
    offsets = dict(sorted({**offsets, size - 1: start}.items()))
    index = b" ".join(b"%d 1" % number for number in offsets)
    rows = b"".join(b"\x01" + offset.to_bytes(4) for offset in offsets.values())
    own = _ID.search(head)
    inside = b"/Type/XRef/W[1 4 0]/Index[%b]/Size %d/Root %d 0 R/Info %d 0 R/Prev %d%b/Length %d"
    inside %= (index, size, _number(head, b"Root"), _number(head, b"Info"), previous, own[0] if own else b"", len(rows))
    stream = b"<<%b>>\nstream\n%b\nendstream" % (inside, rows)
    return b"%d 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (size - 1, stream, start)


def _with_file(catalog: bytes, entry: bytes, number: int) -> bytes:
    files = b"/EmbeddedFiles<</Names[%b]>>" % entry
    if b"/EmbeddedFiles" in catalog or b"/AF" in catalog:
        raise CannotAttach("the document has attachments already")
    if b"/Names" in catalog:
        catalog, count = _NAMES.subn(b"/Names<<" + files, catalog, count=1)
        if not count:
            raise CannotAttach("the document keeps its names elsewhere")
        files = b""
    else:
        files = b"/Names<<" + files + b">>"
    return catalog.rstrip()[:-2] + files + b"/AF[%d 0 R]>>" % number


def _object(pdf: bytes, head: bytes, rows: bytes, number: int) -> bytes:
    """Return a dictionary that stands in a stream of objects."""
    kind, holder, place = _row(head, rows, number)
    if kind != 2:
        raise CannotAttach("the catalog stands alone")
    kind, offset, _ = _row(head, rows, holder)
    inside, data = _stream_at(pdf, offset)
    first = _number(inside, b"First")
    starts = [int(each) for each in data[:first].split()][1::2]
    end = first + starts[place + 1] if place + 1 < len(starts) else len(data)
    return data[first + starts[place] : end]


def _row(head: bytes, rows: bytes, number: int) -> tuple[int, int, int]:
    widths = [int(each) for each in _needed(_WIDTHS.search(head))[1].split()]
    index = _INDEX.search(head)
    if index is not None and (len(index[1].split()) != 2 or index[1].split()[0] != b"0"):
        raise CannotAttach("the document has several parts")
    place, found = number * sum(widths), list[int]()
    for width in widths:
        found.append(int.from_bytes(rows[place : place + width]))
        place += width
    kind, where, order = found
    return kind, where, order


def _stream_at(pdf: bytes, offset: int) -> tuple[bytes, bytes]:
    """Return the dictionary and the content of a stream."""
    begin = pdf.index(b"stream\n", offset)
    head = pdf[offset:begin]
    data = pdf[begin + 7 : pdf.index(b"\nendstream", begin + 7 + _number(head, b"Length"))]
    return head, zlib.decompress(data) if b"/FlateDecode" in head else data


def _number(head: bytes, key: bytes) -> int:
    return int(_needed(_NUMBERS[key].search(head))[1])


def _needed(found: "re.Match[bytes] | None") -> "re.Match[bytes]":
    if found is None:
        raise CannotAttach("the document is not as this program writes them")
    return found
