"""The pages of certificates."""

from . import correction, designs, file_check, my, public, published
from .blueprint import blueprint

__all__ = ["blueprint", "correction", "designs", "file_check", "my", "public", "published"]
