"""The covers of booklets: drawings of the 21 member economies in the colours of the forum, the host's lit."""

from collections.abc import Callable

from ..enums import BookletTheme
from .currents import currents
from .quilt import quilt
from .ring import ring

_DRAWINGS: dict[BookletTheme, Callable[[int], str]] = {
    BookletTheme.RING: ring,
    BookletTheme.CURRENTS: currents,
    BookletTheme.QUILT: quilt,
}


def cover_drawing(theme: BookletTheme, host_rank: int) -> str:
    """Return the drawing of a theme as a data address, as large as the page."""
    return _DRAWINGS[theme](host_rank)


__all__ = ["cover_drawing"]
