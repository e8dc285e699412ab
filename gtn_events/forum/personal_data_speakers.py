"""What the forum keeps about a person who speaks: told in the export, let go in the erasure."""

from datetime import datetime
from typing import Any

from sqlalchemy import update

from gtn_events.accounts.models import Account
from gtn_events.core.db import db

from .domain.speakers import forget_photo
from .models import SessionMaterial
from .queries.session_materials import material_titles_by
from .queries.speaker_pages import photos_of, speaking_at


def export_speaking(account: Account) -> dict[str, Any]:
    """Return whom a person is in the programmes, and what they added to sessions, JSON-ready."""
    speakers = speaking_at(account.id)
    photos = photos_of([each.id for each in speakers])
    return {
        "as_a_speaker": [
            {"forum": each.forum.title, "name": each.name, "biography": each.biography}
            | {"photo": photos[each.id].description if each.id in photos else None}
            for each in speakers
        ],
        "materials_added": [{"session": session, "title": title} for session, title in material_titles_by(account.id)],
    }


def erase_speaking(account: Account, now: datetime) -> None:
    """Take the person's pictures away; what the programme printed of them, and its materials, stay. Flushes."""
    for photo in photos_of([each.id for each in speaking_at(account.id)]).values():
        forget_photo(photo, now=now)
    theirs = update(SessionMaterial).where(SessionMaterial.added_by_id == account.id)
    db.session.execute(theirs.values(added_by_id=None))
