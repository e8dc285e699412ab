"""Applying, step by step; importing the package adds every view to its blueprint."""

from . import drafts as _drafts
from . import hosts as _hosts
from . import sending as _sending
from . import steps as _steps
from .blueprint import blueprint

__all__ = ["_drafts", "_hosts", "_sending", "_steps", "blueprint"]
