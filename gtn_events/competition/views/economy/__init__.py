"""The pages of an economy's coordinator; importing the package adds every view to its blueprint."""

from . import decisions, entries, entry, invited, nominations
from .blueprint import blueprint

__all__ = ["blueprint", "decisions", "entries", "entry", "invited", "nominations"]
