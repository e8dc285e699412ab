"""The delegation desk; importing the package adds every view to its blueprint."""

from . import answers, desk, exports, history, nominations, nominee, person
from .blueprint import blueprint

__all__ = ["answers", "blueprint", "desk", "exports", "history", "nominations", "nominee", "person"]
"""The pages of delegations."""
