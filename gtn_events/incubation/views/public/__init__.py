"""What everybody sees of calls; importing the package adds every view to its blueprint."""

from . import pages as _pages
from .blueprint import blueprint

__all__ = ["_pages", "blueprint"]
