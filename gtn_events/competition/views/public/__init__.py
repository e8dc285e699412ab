"""What everybody sees of a competition; importing the package adds every view to its blueprint."""

from . import pages as _pages
from . import receipt as _receipt
from . import results as _results
from . import results_file as _results_file
from .blueprint import blueprint

__all__ = ["_pages", "_receipt", "_results", "_results_file", "blueprint"]
