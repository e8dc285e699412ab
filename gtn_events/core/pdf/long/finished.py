"""What is finished of a PDF, as bytes: a twentieth of what the objects take that it was made from."""

from weasyprint.pdf import pydyf


class Finished:
    """An object of a PDF that does not change any more; to pydyf it is as any other."""

    __slots__ = ("compressible", "data", "number", "offset")

    free = "n"
    generation = 0

    def __init__(self, made: pydyf.Object) -> None:
        self.number: int = made.number
        self.data: bytes = made.data
        self.compressible: bool = made.compressible
        self.offset = 0

    @property
    def indirect(self) -> bytes:
        """The object as it stands alone in a file."""
        return b"%d 0 obj\n%b\nendobj" % (self.number, self.data)


def finish_from(pdf: pydyf.PDF, start: int) -> None:
    """Let a PDF keep all of its objects from that number on as bytes."""
    pdf.objects[start:] = [each if isinstance(each, Finished) else Finished(each) for each in pdf.objects[start:]]
