"""The programme as a table: one line for each session that has a time."""

from collections.abc import Iterator

from gtn_events.core.exports import Cell

from ..enums import SpeakerRole
from ..queries.programme import SessionFacts
from .content import FileContent, plain

TABLE_HEADERS = (
    "Day",
    "Start",
    "End",
    "Minutes",
    "Room",
    "Track",
    "Type",
    "Title",
    "Subtitle",
    "Language",
    "Interpretation",
    "Level",
    "Speakers",
    "Abstract",
    "Address",
)


def table_rows(content: FileContent) -> Iterator[tuple[Cell, ...]]:
    """Yield the lines, times at the venue, in the order of the programme."""
    for session in content.sessions:
        assert session.local is not None  # for the type checker: only sessions with a time come here
        assert session.local_end is not None
        yield (
            session.local.date(),
            f"{session.local:%H:%M}",
            f"{session.local_end:%H:%M}",
            session.minutes,
            session.room.name if session.room else "",
            session.track.name if session.track else "",
            session.kind.value,
            plain(session.title),
            plain(session.subtitle),
            session.language,
            ", ".join(session.interpretation),
            session.level.label if session.level else "",
            plain(speakers_cell(session)),
            plain(content.texts_of(session).abstract),
            content.session_url(session),
        )


def speakers_cell(session: SessionFacts) -> str:
    """Return who appears, between semicolons; a role that is not the usual one stands in brackets."""
    return "; ".join(
        part.speaker.name if part.role is SpeakerRole.SPEAKER else f"{part.speaker.name} ({part.role.label})"
        for part in session.parts
    )
