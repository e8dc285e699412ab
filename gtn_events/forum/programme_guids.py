"""What files know us, our rooms and our speakers by: UUIDs made from addresses, so that they stay as long as these."""

from uuid import NAMESPACE_URL, uuid5

from gtn_events.core.links import site_url

from .models import Forum

GENERATOR = "gtn-events"  # what a file of our own says that it was written by


def room_guid(forum: Forum, room_id: int) -> str:
    """Return the UUID of a room in files."""
    return str(uuid5(NAMESPACE_URL, f"{site_url('forum_programme.grid', forum=forum)}/rooms/{room_id}"))


def speaker_guid(forum: Forum, code: str) -> str:
    """Return the UUID of a speaker in files, by the code that stands in the address of their page."""
    return str(uuid5(NAMESPACE_URL, site_url("forum_programme.speaker", forum=forum, code=code)))
