"""The sponsors of a forum on paper: their logos come along as data, since a document loads nothing."""

import base64
from dataclasses import dataclass

from gtn_events.core.pdf import printable
from gtn_events.core.uploads import Upload, upload_path

from .models import Forum
from .queries.sponsors import sponsors_by_level


@dataclass(frozen=True)
class PrintedSponsor:
    """A sponsor as documents show it; ``logo`` is a data address, empty where there is none."""

    name: str
    link: str
    logo: str


@dataclass(frozen=True)
class PrintedLevel:
    """The sponsors of one level."""

    key: str
    title: str
    sponsors: list[PrintedSponsor]


def printed_sponsors(forum: Forum) -> list[PrintedLevel]:
    """Return the levels that somebody has."""
    return [
        PrintedLevel(
            level.value,
            level.label if len(sponsors) == 1 else level.plural,
            [PrintedSponsor(printable(each.name), each.link, _logo(each.logo)) for each in sponsors],
        )
        for level, sponsors in sponsors_by_level(forum)
    ]


def _logo(upload: Upload | None) -> str:
    if upload is None or upload.deleted_at is not None or not upload_path(upload).is_file():
        return ""
    data = base64.b64encode(upload_path(upload).read_bytes()).decode()
    return f"data:{upload.content_type};base64,{data}"
