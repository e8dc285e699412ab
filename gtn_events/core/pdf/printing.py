"""Documents by the thousand: merged where that can be, laid out one by one where not, in this process or in several."""

from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING

from werkzeug.utils import import_string

if TYPE_CHECKING:
    from .printer import Printer

# Both are named and not imported: a web process does without the engine and without a pool.
PRINTER = "gtn_events.core.pdf.printer:Printer"
POOL = "gtn_events.core.pdf.pool:print_in_processes"
Pictures = tuple[tuple[str, str], ...]
"""Uploaded pictures: the name that a page has for each, and where its file lies."""
_FEW = 40  # documents that are made sooner than another process has started


@dataclass(frozen=True)
class DocumentPage:
    """A page to print, as ``page_html`` gives it, with its template folder and language.

    ``pictures`` are uploaded ones that it shows; ``variant`` tells pages of one template apart whose texts or
    pictures for all differ. ``remark`` is what whoever hands it out should look at; nothing of it is printed.
    """

    template: str
    lang: str
    html: str
    pictures: Pictures = ()
    variant: str = ""
    remark: str = ""

    @property
    def shared(self) -> tuple[str, str, Pictures, str]:
        """What is the same for all pages that are merged into one layout."""
        return self.template, self.lang, self.pictures, self.variant


@dataclass(frozen=True)
class Printed:
    """One document: its bytes, or in words why there are none.

    ``as_whole`` is why it could not be merged, empty when it was.
    """

    data: bytes = b""
    problem: str = ""
    as_whole: str = ""


def print_all(pages: Iterable[DocumentPage]) -> Generator[Printed, None, None]:
    """Print pages, in their order; a few in this process, many in several that end with the last page.

    A page is read only shortly before it is printed, so any number needs the same memory. Which way is taken changes
    nothing: the same page gives the same bytes.
    """
    pages = iter(pages)
    first = list(islice(pages, _FEW))
    if len(first) < _FEW:
        printer: Printer = import_string(PRINTER)()
        yield from map(printer.print, first)
        return
    print_in_processes: Callable[[Iterator[DocumentPage]], Generator[Printed, None, None]] = import_string(POOL)
    yield from print_in_processes(chain(first, pages))
