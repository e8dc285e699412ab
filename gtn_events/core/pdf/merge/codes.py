"""QR codes as images of a document, each added up from those of other texts: making it would take longer."""

from functools import lru_cache

import segno

from ..qr import INK, MASK, PIXELS, QUIET_ZONE, qr_code
from .ground import quickly_packed

_DESCRIPTION = (
    b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 1"
    b"/ColorSpace[/Indexed/DeviceRGB 1<FFFFFF" + INK.removeprefix("#").encode("ascii") + b">]"
)


@lru_cache(maxsize=8)
def _table(length: int) -> "CodeTable":
    return CodeTable("x" * length)


def code_image(text: str) -> bytes:
    """Return the code of a text as a finished image object, with the colours and the quiet zone of ``qr_png``."""
    if not text.isascii() or text.upper() == text:
        code = qr_code(text)  # perhaps not written byte by byte
        modules, size = _bits(code), len(code.matrix)
    else:
        table = _table(len(text))
        modules, size = table.modules(text), table.size
    return _image(modules, size)


class CodeTable:
    """All codes of texts of one length in bytes.

    At one version, level and mask every module is the sum, modulo 2, of what the single bits of the text give: code
    words and their correction are linear (ISO/IEC 18004, clause 7). So the codes of single bits are made once, each
    when it is first needed, and added up.
    """

    def __init__(self, like: str) -> None:
        self._like = like.encode("ascii")
        code = self._make(self._like)
        self._version = code.version
        self.size = len(code.matrix)
        self._modules = _bits(code)
        self._changes: dict[tuple[int, int], int] = {}

    def modules(self, text: str) -> int:
        """Return the modules of a text, the first row in the highest bits."""
        modules = self._modules
        for place, (own, like) in enumerate(zip(text.encode("ascii"), self._like, strict=True)):
            different = own ^ like
            while different:
                bit = different & -different
                modules ^= self._change(place, bit)
                different ^= bit
        return modules

    def _change(self, place: int, bit: int) -> int:
        """Return which modules change with one bit of the text."""
        if (place, bit) not in self._changes:
            text = bytearray(self._like)
            text[place] ^= bit
            self._changes[place, bit] = _bits(self._make(bytes(text))) ^ self._modules
        return self._changes[place, bit]

    @staticmethod
    def _make(text: bytes) -> segno.QRCode:
        return segno.make(text, mode="byte", error="m", micro=False, boost_error=False, mask=MASK)


def _bits(code: segno.QRCode) -> int:
    return int("".join(str(module & 1) for row in code.matrix for module in row), 2)


def _image(modules: int, size: int) -> bytes:
    """Return modules as an image of two colours, a hexadecimal digit of it each: ``PIXELS`` bits."""
    digits = f"{modules:0{size * size}b}".replace("1", "f")
    side = size + 2 * QUIET_ZONE
    even = side + side % 2
    empty = "0" * even * PIXELS * QUIET_ZONE
    rows = [f"{'0' * QUIET_ZONE}{digits[at : at + size]}".ljust(even, "0") for at in range(0, size * size, size)]
    image = bytes.fromhex("".join([empty, *(row * PIXELS for row in rows), empty]))
    return quickly_packed(image, _DESCRIPTION % (side * PIXELS, side * PIXELS))
