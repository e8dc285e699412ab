"""How a sheet is held."""

from enum import StrEnum


class Orientation(StrEnum):
    """How an A4 sheet is held."""

    LANDSCAPE = "landscape"
    PORTRAIT = "portrait"

    @property
    def label(self) -> str:
        return {"landscape": "Landscape", "portrait": "Portrait"}[self.value]
