"""The figures of firms; importing the package adds every view to its blueprint."""

from . import asked, by_hand, linked, own
from .blueprint import blueprint

__all__ = ["asked", "blueprint", "by_hand", "linked", "own"]
