"""Merge printing: a page is laid out once, and for each recipient only what differs is set into it."""

from .errors import CannotMerge
from .merger import Merger

__all__ = ["CannotMerge", "Merger"]
