"""The member economies: a public page, and their editing by an administrator."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.economies import Economy, economies_in_order
from gtn_events.core.errors import Stale
from gtn_events.core.journal import JournalEntry, shown_entries
from gtn_events.core.permissions import Permission, public, requires

from ..domain.economies import edit_economy
from ..forms.economy import EconomyForm
from .blueprint import blueprint


@blueprint.get("/economies")
@public
def economies() -> ResponseReturnValue:
    """List the member economies in protocol order."""
    return render_template("network/economies.html", economies=economies_in_order())


@blueprint.get("/economies/<code>/edit")
@requires(Permission.SITE_ADMINISTER)
def economy_edit(code: str) -> ResponseReturnValue:
    """Show the names of an economy as a form."""
    economy = db.get_or_404(Economy, code)
    form = EconomyForm(obj=economy)
    form.show(economy)
    return _edit_page(form, economy)


@blueprint.post("/economies/<code>/edit")
@requires(Permission.SITE_ADMINISTER)
def economy_edit_submit(code: str) -> ResponseReturnValue:
    """Save the names of an economy."""
    economy, form = db.get_or_404(Economy, code), EconomyForm()
    if not form.validate():
        return _edit_page(form, economy), 422
    try:
        edit_economy(economy, form.names, seen=form.version, actor=current_account(), now=clock.now())
        db.session.commit()
    except Stale as stale:
        db.session.rollback()
        form.refuse_beside(stale, economy, {name: getattr(economy, name) for name in vars(form.names)})
        return _edit_page(form, economy), stale.http_status
    flash(_("%(name)s is saved.", name=economy.short_name), "success")
    return redirect(url_for(".economies"))


def _edit_page(form: EconomyForm, economy: Economy) -> str:
    about = (
        select(JournalEntry)
        .where(JournalEntry.subject_type == Economy.__tablename__, JournalEntry.subject_id == economy.rank)
        .order_by(JournalEntry.id.desc())
        .limit(50)
    )
    entries = shown_entries(db.session.scalars(about).all())
    return render_template("network/economy_edit.html", form=form, economy=economy, entries=entries)
