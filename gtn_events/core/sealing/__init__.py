"""Sealed storage: what only few may read is encrypted at rest, bound to its record, and shredded on a day."""

from .errors import SealBroken, SealingUnavailable, Shredded
from .files import OpenedFile, open_file, seal_file
from .models import SealedItem
from .receiving import receives_sealed
from .records import live_item, live_items, open_values, seal_values
from .rotation import reseal_all
from .shredding import remove_dead_files, shred, shred_due, shred_of

__all__ = [
    "OpenedFile",
    "SealBroken",
    "SealedItem",
    "SealingUnavailable",
    "Shredded",
    "live_item",
    "live_items",
    "open_file",
    "open_values",
    "receives_sealed",
    "remove_dead_files",
    "reseal_all",
    "seal_file",
    "seal_values",
    "shred",
    "shred_due",
    "shred_of",
]
