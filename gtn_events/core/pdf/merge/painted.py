"""A page as WeasyPrint painted it: found by its tags, and cut up at its fields; private names of it are read here."""

from typing import Any

import pydyf

from .errors import CannotMerge
from .pictures import plain_operators

Tokens = list[Any]  # what pydyf draws with: bytes, texts, dictionaries
_PRECISE = 0.001


class PaintedPage:
    """The one page of a document as WeasyPrint painted it, to be cut up."""

    def __init__(self, pdf: pydyf.PDF, tags: dict[Any, Any]) -> None:
        self.pdf = pdf
        self.page = pdf.objects[pdf.pages["Kids"][0]]
        self.size = float(self.page["MediaBox"][2]), float(self.page["MediaBox"][3])
        self._mcids = {box: tag["mcid"] for box, tag in tags.items()}
        self._tokens: Tokens = list(self.object(self.page["Contents"]).stream)
        self._slots: list[tuple[int, int, bool]] = []  # from token, to token, whether something is set there

    def object(self, reference: Any) -> Any:  # Any: as pydyf writes references
        """Return the object that a reference names."""
        return self.pdf.objects[number_of(reference)]

    def mcid(self, box: Any) -> int:  # Any: a box of WeasyPrint
        """Return the number of the marked content that a box was painted as."""
        if box not in self._mcids:
            raise CannotMerge("a field is not painted")
        return int(self._mcids[box])

    def element_of(self, mcid: int) -> int:
        """Return the number of the structure element of marked content."""
        tree = self.object(self.object(self.pdf.catalog["StructTreeRoot"])["ParentTree"])
        return number_of(tree["Nums"][1][mcid])

    def cut_text(self, mcids: list[int], corner: tuple[float, float]) -> int:
        """Take the text out of marked contents; return the number of the slot in the first of them.

        Raises:
            CannotMerge: the text is not where the layout says, or it is decorated.
        """
        for order, mcid in enumerate(mcids):
            begin, end = self._marked(mcid)
            texts = [place for place in range(begin, end) if self._tokens[place] in (b"BT", b"ET")]
            if [self._tokens[place] for place in texts] != [b"BT", b"ET"] or texts[1] != end - 1:
                raise CannotMerge("the text of a field is decorated")
            if not order:
                x, y = map(float, self._tokens[texts[0] + 1].split()[4:6])
                if abs(x - corner[0]) > _PRECISE or abs(y - corner[1]) > _PRECISE:
                    raise CannotMerge("the text of a field is not where its box is")
            self._slots.append((texts[0], texts[1] + 1, not order))
        return len(self._slots) - len(mcids)

    def cut_picture(self, mcid: int) -> tuple[int, bytes]:
        """Take a drawing out; return the number of its slot, and what drew it."""
        begin, end = self._marked(mcid)
        self._slots.append((begin, end, True))
        return len(self._slots) - 1, plain_operators(self._tokens[begin:end])

    def image_of(self, mcid: int) -> int:
        """Return the number of the image object that marked content paints."""
        begin, end = self._marked(mcid)
        names = [each[1:-3].decode() for each in self._tokens[begin:end] if each.endswith(b" Do")]
        if len(names) != 1:
            raise CannotMerge("a code is not one picture")
        return number_of(self.object(self.page["Resources"])["XObject"][names[0]])

    def say_language(self, mcid: int, own: str, document: str) -> None:
        """Write a language that differs from the document's into the structure: WeasyPrint leaves it out."""
        if own != document:
            self.pdf.objects[self.element_of(mcid)]["Lang"] = pydyf.String(own)

    def mend_figures(self) -> None:
        """Give the boxes of figures in points from below; WeasyPrint gives CSS pixels from above."""
        height = self.size[1]
        for each in self.pdf.objects:
            if isinstance(each, pydyf.Dictionary) and each.get("S") == "/Figure":
                x1, y1, x2, y2 = (0.75 * value for value in each["A"]["BBox"])
                each["A"]["BBox"] = pydyf.Array((x1, height - y2, x2, height - y1))

    def segments(self) -> tuple[list[bytes], list[int]]:
        """Return the content before each slot and behind the last, and the slots in the order in which they stand."""
        segments, order, done = [b""], list[int](), 0
        for begin, end, number in sorted((*slot[:2], number) for number, slot in enumerate(self._slots)):
            segments[-1] += joined(self._tokens[done:begin])
            if self._slots[number][2]:
                segments.append(b"")
                order.append(number)
            done = end
        segments[-1] += joined(self._tokens[done:])
        return segments, order

    def _marked(self, mcid: int) -> tuple[int, int]:
        """Return the tokens from behind the begin to before the end of marked content."""
        for place, token in enumerate(self._tokens):
            marks = self._tokens[place - 1]
            if token == b"BDC" and isinstance(marks, pydyf.Dictionary) and marks.get("MCID") == mcid:
                return place + 1, self._tokens.index(b"EMC", place)
        raise CannotMerge("a field is painted as part of a group")


def joined(tokens: Tokens) -> bytes:
    """Return tokens as they stand in a content stream."""
    return b"".join(as_bytes(each) + b"\n" for each in tokens)


def as_bytes(token: Any) -> bytes:  # Any: bytes, a text, a number or an object of pydyf
    """Return one token as pydyf writes it."""
    data: bytes = pydyf._to_bytes(token)
    return data


def number_of(reference: Any) -> int:  # Any: bytes or a text
    """Return the number in a reference."""
    return int(as_bytes(reference).split()[0])
