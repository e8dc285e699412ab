"""What the hall sees and does; importing the package adds every view to its blueprint."""

from . import screen as _screen
from . import vote as _vote
from .blueprint import blueprint

__all__ = ["_screen", "_vote", "blueprint"]
