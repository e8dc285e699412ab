"""Checking a published file of results from the file alone. Brings the arithmetic; only commands import it."""

from .check import Check
from .file import verify_results

__all__ = ["Check", "verify_results"]
