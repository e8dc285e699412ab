"""The page of a booklet that says where the forum is: address, way, rooms, whom to ask."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from gtn_events.core.pdf import printable
from gtn_events.core.text import markdown

from .models import Forum
from .queries.programme import RoomFacts

_HEADING = re.compile(r"(</?)h[2-6]\b")
_LINK = re.compile(r"</?a\b[^>]*>")


@dataclass(frozen=True)
class PrintedRoom:
    """A room as the page of the venue lists it."""

    name: str
    seats: int | None
    notes: str


@dataclass(frozen=True)
class PrintedVenue:
    """The venue; ``practical`` is what the forum's page says of practical matters."""

    name: str
    notes: str
    practical: Markup
    rooms: list[PrintedRoom]
    contact: str

    @property
    def has_ways(self) -> bool:
        """Say whether something is written of how to find a room."""
        return any(room.notes for room in self.rooms)


def printed_venue(forum: Forum, rooms: Iterable[RoomFacts]) -> PrintedVenue:
    """Return what is known of a forum's venue; headings in its texts stand below the page's own."""
    practical = _LINK.sub("", _HEADING.sub(r"\1h2", str(markdown(printable(forum.practical)))))
    return PrintedVenue(
        name=printable(forum.venue),
        notes=printable(forum.venue_notes),
        practical=Markup(practical),  # noqa: S704  # cleaned by ``markdown``; only tags were replaced since
        rooms=[PrintedRoom(printable(room.name), room.seats, printable(room.notes)) for room in rooms],
        contact=printable(", ".join(filter(None, (forum.contact_name, forum.contact_email)))),
    )
