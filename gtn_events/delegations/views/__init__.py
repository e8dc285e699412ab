"""The delegation desk; importing the package adds every view to its blueprint."""

from . import answers, desk, exports, history, person
from .blueprint import blueprint

__all__ = ["answers", "blueprint", "desk", "exports", "history", "person"]
