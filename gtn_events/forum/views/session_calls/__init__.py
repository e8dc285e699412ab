"""Answering a call for sessions, speaking, scoring; importing the package adds every view to its blueprint."""

from . import committee, own, speaking, start
from .blueprint import blueprint

__all__ = ["blueprint", "committee", "own", "speaking", "start"]
