"""Which rooms, tracks and speakers the lines of a spreadsheet would add: often a name that is only misspelt."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from gtn_events.core.db import db
from gtn_events.core.text import fold

from ...models import Forum, Room, Speaker, Track
from .columns import seen
from .lines import Fate, Line


@dataclass(frozen=True)
class NamesAdded:
    """Names that the programme does not have yet, each once, in the order of the lines."""

    rooms: list[str]
    tracks: list[str]
    speakers: list[str]

    @property
    def any(self) -> bool:
        """Say whether there is one."""
        return bool(self.rooms or self.tracks or self.speakers)

    @property
    def has_commas(self) -> bool:
        """Say whether a speaker's name has a comma: often several people who were to be parted by semicolons."""
        return any("," in name for name in self.speakers)


def names_added(forum: Forum, lines: Sequence[Line]) -> NamesAdded:
    """Return what the lines that are not refused would add beside sessions."""
    taken = [line.values for line in lines if line.fate in (Fate.NEW, Fate.CHANGED)]
    people = [name for values in taken for name, _role in values.get("speakers", ())]
    return NamesAdded(
        rooms=_unknown(forum, Room, (values.get("room") for values in taken)),
        tracks=_unknown(forum, Track, (values.get("track") for values in taken)),
        speakers=_unknown(forum, Speaker, people),
    )


def _unknown(forum: Forum, model: type[Room | Track | Speaker], names: Iterable[str | None]) -> list[str]:
    known = {fold(seen(name)) for name in db.session.scalars(select(model.name).where(model.forum_id == forum.id))}
    found: dict[str, str] = {}
    for name in names:
        if name and fold(name) not in known:
            found.setdefault(fold(name), name)
    return list(found.values())
