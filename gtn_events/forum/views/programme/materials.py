"""Materials and photos as files: each only for those whom it is for."""

from flask import Response, abort
from flask_login import current_user
from sqlalchemy import Select

from gtn_events.core.db import db
from gtn_events.core.permissions import Permission, may, public
from gtn_events.core.uploads import send_upload

from ...models import Forum, SessionMaterial
from ...queries.session_materials import materials_for
from ...queries.speaker_pages import photos_of
from .blueprint import blueprint
from .cache import edition


@blueprint.get("/sessions/<code>/materials/<int:material_id>")
@public
def session_material(forum: Forum, code: str, material_id: int) -> Response:
    """Send a file of a session that people see, to whom it is for; for everybody else it is not there."""
    facts = edition(forum).programme.by_code.get(code.casefold()) or abort(404)
    material = db.session.scalar(materials_to_read(forum, facts.id).where(SessionMaterial.id == material_id))
    if material is None or material.upload is None:
        abort(404)
    return send_upload(material.upload)


@blueprint.get("/speakers/<code>/photo")
@public
def speaker_photo(forum: Forum, code: str) -> Response:
    """Send the picture of a speaker whom people see in the programme."""
    seen = edition(forum).programme
    facts = next((each for each in seen.speakers if each.code == code), None) or abort(404)
    photo = photos_of([facts.id]).get(facts.id) or abort(404)
    return send_upload(photo.upload)


def materials_to_read(forum: Forum, session_id: int) -> Select[SessionMaterial]:
    """Select the materials of a session that the person of this request may have."""
    signed_in = current_user.is_authenticated
    return materials_for(
        session_id,
        account_id=current_user.id if signed_in else None,
        organises=signed_in and may(Permission.FORUM_PROGRAMME_EDIT, forum),
    )
