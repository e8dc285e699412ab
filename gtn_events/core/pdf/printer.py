"""The printer of one process: keeps what the documents of a template share."""

import logging

from gtn_events.core.errors import DomainError

from .engine import draw_pdf
from .merge import CannotMerge, Merger
from .printing import DocumentPage, Pictures, Printed

logger = logging.getLogger(__name__)


class Printer:
    """Prints pages, warm after the first of each template."""

    def __init__(self) -> None:
        self._mergers: dict[tuple[str, str, Pictures, str], Merger] = {}
        self._told: set[tuple[str, str]] = set()

    def print(self, page: DocumentPage) -> Printed:
        """Merge a page, or lay it out as a whole where it cannot be merged; a page that cannot be printed says why."""
        merger = self._merger_of(page)
        try:
            try:
                return Printed(merger.draw(page.html))
            except CannotMerge as refused:
                self._tell(page.template, refused.reason)
                return Printed(draw_pdf(page.html, *page.shared[:3]), as_whole=refused.reason)
        except DomainError as error:
            return Printed(problem=error.message)

    def _merger_of(self, page: DocumentPage) -> Merger:
        if page.shared not in self._mergers:
            self._mergers[page.shared] = Merger(page.template, page.lang, page.pictures)
        return self._mergers[page.shared]

    def _tell(self, template: str, reason: str) -> None:
        if (template, reason) not in self._told:
            self._told.add((template, reason))
            logger.info("%s is laid out as a whole: %s", template, reason)
