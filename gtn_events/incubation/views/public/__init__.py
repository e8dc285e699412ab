"""What everybody sees of calls; importing the package adds every view to its blueprint."""

from . import pages as _pages
from . import result as _result
from .blueprint import blueprint

__all__ = ["_pages", "_result", "blueprint"]
