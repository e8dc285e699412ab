"""Materials of a session as the organiser keeps them."""

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.permissions import Permission, requires

from ...domain.session_materials import open_material_to, remove_material
from ...enums import MaterialAccess
from ...forms.session_material import AccessForm
from ...models import Forum, ForumSession, SessionMaterial
from ...queries.programme_rows import session_of
from ...queries.session_materials import materials_of
from ..adding_materials import materials_page
from ..manage.blueprint import blueprint


@blueprint.route("/programme/sessions/<code>/materials", methods=["GET", "POST"])
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_materials(forum: Forum, code: str) -> ResponseReturnValue:
    """Show the materials of a session, or add one."""
    session = db.one_or_404(session_of(forum, code))
    address = url_for(".programme_materials", forum=forum, code=session.code)
    return materials_page(forum, session, template="forum/manage/programme/materials.html", address=address)


@blueprint.post("/programme/sessions/<code>/materials/<int:material_id>/access")
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_material_access(forum: Forum, code: str, material_id: int) -> ResponseReturnValue:
    """Say anew who may have a material."""
    session = db.one_or_404(session_of(forum, code))
    material, form = material_or_404(session, material_id), AccessForm()
    if not form.validate_on_submit():
        abort(400)
    access = MaterialAccess(form.access.data)
    open_material_to(forum, material, access, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("%(title)s is for: %(who)s.", title=material.title, who=access.label.lower()), "success")
    return redirect(url_for(".programme_materials", forum=forum, code=session.code))


@blueprint.post("/programme/sessions/<code>/materials/<int:material_id>/delete")
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_material_delete(forum: Forum, code: str, material_id: int) -> ResponseReturnValue:
    """Take a material away."""
    session = db.one_or_404(session_of(forum, code))
    material = material_or_404(session, material_id)
    title = material.title
    remove_material(forum, material, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("%(title)s is taken away.", title=title), "success")
    return redirect(url_for(".programme_materials", forum=forum, code=session.code))


def material_or_404(session: ForumSession, material_id: int) -> SessionMaterial:
    """Return one material of a session, or answer 404."""
    found: SessionMaterial = db.one_or_404(materials_of(session.id).where(SessionMaterial.id == material_id))
    return found
