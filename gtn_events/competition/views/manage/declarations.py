"""What entrants declare, in versions."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.permissions import Permission, requires

from ...domain.competitions import write_declaration
from ...forms.competition import DeclarationForm
from ...models import Competition
from ...queries.competitions import declaration_versions
from .blueprint import blueprint


@blueprint.route("/declarations", methods=["GET", "POST"])
@requires(Permission.COMPETITION_EDIT)
def declarations(competition: Competition) -> ResponseReturnValue:
    """Show every version, or write the next one."""
    versions = declaration_versions(competition)
    newest = versions[0].text if versions else ""
    form = DeclarationForm(data=None if request.method == "POST" else {"text": newest})
    if form.validate_on_submit():
        version = write_declaration(competition, form.text.data, actor=current_account(), now=clock.now())
        db.session.commit()
        flash(_("Version %(number)s is in force.", number=version.number), "success")
        return redirect(url_for(".declarations", competition=competition))
    page = render_template(
        "competition/manage/declarations.html", competition=competition, form=form, versions=versions
    )
    return page, 422 if form.errors else 200
