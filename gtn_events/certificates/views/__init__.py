"""The pages of certificates."""

from . import correction, file_check, my, public, published
from .blueprint import blueprint

__all__ = ["blueprint", "correction", "file_check", "my", "public", "published"]
