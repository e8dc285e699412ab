"""The judge's pages; importing the package adds every view to its blueprint."""

from . import (
    declaration,
    desk,
    files,
    invitation,
    live,
    recusal,
    scorecard,
    training,
)
from .blueprint import blueprint

__all__ = [
    "blueprint",
    "declaration",
    "desk",
    "files",
    "invitation",
    "live",
    "recusal",
    "scorecard",
    "training",
]
