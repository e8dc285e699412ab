"""The pages of an economy's coordinator; importing the package adds every view to its blueprint."""

from . import applications, dashboard, hosts, placements
from .blueprint import blueprint

__all__ = ["applications", "blueprint", "dashboard", "hosts", "placements"]
