"""What every check of a file of results returns."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Json = Mapping[str, Any]  # Any: what a file holds


@dataclass(frozen=True)
class Check:
    """One thing that was checked, in a sentence."""

    holds: bool
    text: str
