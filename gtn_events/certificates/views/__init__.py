"""The pages of certificates."""

from . import my, public
from .blueprint import blueprint

__all__ = ["blueprint", "my", "public"]
