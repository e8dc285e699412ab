"""The pages of the network; importing the package adds every view to its blueprint."""

from . import contacts, directory, economies, groups, handover, posts
from .blueprint import blueprint

__all__ = ["blueprint", "contacts", "directory", "economies", "groups", "handover", "posts"]
