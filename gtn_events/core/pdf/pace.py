"""Documents of hundreds of pages: what would make their time grow faster than their pages is put right here."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from weasyprint.pdf import pydyf


@contextmanager
def collector_paused() -> Iterator[None]:
    """Draw without the collector of cycles, which would go through all boxes of a document again and again.

    None of them is garbage before the document is whole; it takes a fifth to a third of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def name_pages_once() -> None:
    """Let a PDF under construction remember the references of its pages.

    WeasyPrint 70 asks for all of them at every tagged element, and pydyf makes them anew each time: in a document of
    1,000 pages that is a sixth of the time.
    """
    pydyf.PDF.page_references = property(_page_references)


def _page_references(pdf: pydyf.PDF) -> list[bytes]:
    kids = pdf.pages["Kids"]  # number, generation and "R" of each page
    known: list[bytes] = pdf.__dict__.setdefault("known_references", [])
    known += [f"{number} 0 R".encode("ascii") for number in kids[3 * len(known) :: 3]]
    return known
