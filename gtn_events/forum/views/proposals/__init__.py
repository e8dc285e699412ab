"""Proposing a side event; importing the package adds every view to its blueprint."""

from . import co_host, own, start
from .blueprint import blueprint

__all__ = ["blueprint", "co_host", "own", "start"]
