"""A whole document: the ground, and behind it what is one recipient's own."""

from hashlib import md5
from xml.sax.saxutils import escape

from .embedding import embed_font
from .ground import FREE, Ground, object_stream, plain, quickly_packed, row
from .lines import Codes, font_name, pdf_text


def write_document(
    ground: Ground, *, slots: dict[int, bytes], images: dict[int, bytes], alternatives: dict[int, str], codes: Codes,
    title: str,
) -> bytes:  # fmt: skip
    """Return the bytes of a document.

    Args:
        ground: everything that is the same for all.
        slots: what is drawn in each slot of the page, as finished streams.
        images: finished image objects by number.
        alternatives: by the number of a picture's structure element the words that say what it shows.
        codes: the glyphs that were used, by face.
        title: of the document.
    """
    before, after = ground.metadata_parts
    metadata = before + escape(title).encode() + after
    streams = {ground.slots[slot]: data for slot, data in slots.items()} | images
    streams[ground.metadata] = plain(metadata, b"/Type/Metadata/Subtype/XML")
    dictionaries = {
        number: start + f"/Alt {pdf_text(alternatives[number])}>>".encode("ascii")
        for number, start in ground.figures.items()
    }
    info = number = ground.size
    dictionaries[info] = b"<</Producer %b/Title %b>>" % (ground.producer, pdf_text(title).encode("ascii"))
    names = [ground.font_names]
    number += 1
    for order, (face, own) in enumerate(codes.items()):
        names.append(f"/{font_name(order)} {number} 0 R".encode("ascii"))
        font = embed_font(face, own, number)
        streams |= font.streams
        dictionaries |= font.dictionaries
        number += len(font.streams) + len(font.dictionaries)
    dictionaries[ground.fonts] = b"<<" + b"".join(names) + b">>"
    return _written(ground, streams, dictionaries, info=info, size=number)


def _written(
    ground: Ground, streams: dict[int, bytes], dictionaries: dict[int, bytes], *, info: int, size: int
) -> bytes:
    body = bytearray(ground.body)
    rows = bytearray(ground.rows) + FREE * (size + 2 - ground.size)
    for order, each in enumerate(dictionaries):
        rows[6 * each : 6 * each + 6] = row(2, size, order)
    for each, data in {**streams, size: object_stream(dictionaries, quickly_packed)}.items():
        rows[6 * each : 6 * each + 6] = row(1, len(body), 0)
        body += b"%d 0 obj\n%b\nendobj\n" % (each, data)
    own = md5(memoryview(body)[len(ground.body) :], usedforsecurity=False).hexdigest().encode("ascii")
    start, rows[-6:] = len(body), row(1, len(body), 0)
    inside = b"/Type/XRef/W[1 3 2]/Size %d/Root %d 0 R/Info %d 0 R/ID[<%b><%b>]"
    inside %= (size + 2, ground.catalog, info, own, own)
    body += b"%d 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (size + 1, plain(bytes(rows), inside), start)
    return bytes(body)
