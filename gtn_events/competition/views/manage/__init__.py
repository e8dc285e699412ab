"""The organiser's pages; importing the package adds every view to its blueprint."""

from .blueprint import blueprint

__all__ = ["blueprint"]
