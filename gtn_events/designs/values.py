"""A design as plain values: which template, and what an organiser set in it."""

from dataclasses import asdict, dataclass, field
from typing import Any

from .enums import Orientation


@dataclass(frozen=True, kw_only=True)
class DesignPicture:
    """A picture in a design: the number of its upload, and what it shows, read out to whoever does not see it."""

    upload_id: int
    description: str


@dataclass(frozen=True, kw_only=True)
class DesignSignatory:
    """Somebody who signs: name and post, and the number of the upload with the signature, if there is one."""

    name: str
    role: str
    upload_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Design:
    """What an organiser set for the documents of one kind.

    ``template`` is a folder of the kind's family below ``templates/pdf``. ``language`` is the tag of the document's
    language. ``texts`` are words by the key of the template's text; a text that is missing is the template's own.
    Without ``signatories`` the event's own sign.
    """

    template: str
    orientation: Orientation = Orientation.LANDSCAPE
    language: str = "en"
    texts: dict[str, str] = field(default_factory=dict)
    signatories: tuple[DesignSignatory, ...] = ()
    logos: tuple[DesignPicture, ...] = ()

    def words(self) -> list[str]:
        """Return every text that is printed, as it was typed; what a logo shows is only read out."""
        signed = (part for each in self.signatories for part in (each.name, each.role))
        return [*self.texts.values(), *signed]

    def as_dict(self) -> dict[str, Any]:
        """Return the design as JSON-ready values."""
        return asdict(self) | {"orientation": self.orientation.value}

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> "Design":
        """Return the design that ``as_dict`` wrote down."""
        return cls(
            **{
                **values,
                "orientation": Orientation(values["orientation"]),
                "signatories": tuple(DesignSignatory(**each) for each in values["signatories"]),
                "logos": tuple(DesignPicture(**each) for each in values["logos"]),
            }
        )
