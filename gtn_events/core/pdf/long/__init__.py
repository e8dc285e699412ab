"""Documents of hundreds of pages: painted page by page, so that their memory does not grow with their pages."""

from .book import draw_long

__all__ = ["draw_long"]
