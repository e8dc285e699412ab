"""Materials of a session, shown and added by whoever may: the organiser, and those who speak there."""

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError

from ..domain.session_materials import add_material
from ..enums import MaterialAccess
from ..forms.session_material import MaterialForm
from ..models import Forum, ForumSession
from ..queries.session_materials import materials_of


def materials_page(forum: Forum, session: ForumSession, *, template: str, address: str) -> ResponseReturnValue:
    """Show the materials with the form for another one, or add it; ``address`` is the page's own."""
    form = MaterialForm()
    if form.validate_on_submit():
        try:
            add_material(forum, session, form.details(), form.upload(), actor=current_account(), now=clock.now())
            db.session.commit()
        except DomainError as refusal:
            db.session.rollback()
            form.refuse(refusal)
        else:
            flash(_("%(title)s is added.", title=form.title.data), "success")
            return redirect(address)
    page = render_template(
        template,
        forum=forum,
        session=session,
        materials=db.session.scalars(materials_of(session.id)).all(),
        accesses=list(MaterialAccess),
        form=form,
    )
    return page, 422 if request.method == "POST" else 200
