"""The pages of an economy's coordinator; importing the package adds every view to its blueprint."""

from . import hosts
from .blueprint import blueprint

__all__ = ["blueprint", "hosts"]
