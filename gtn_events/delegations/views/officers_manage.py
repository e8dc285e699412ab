"""The officers of every delegation, as the organisers see them; they name those of the host."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.economies import economies_in_order
from gtn_events.core.permissions import Permission, requires
from gtn_events.forum.models import Forum
from gtn_events.forum.views.loading import load_organised_forum

from ..domain.officers import remove_officer
from ..enums import OfficerKind
from ..forms.officer import OfficerForm
from ..models import Delegation
from ..queries.officers import officer_of, officers_by_economy
from .officer_pages import saved_officer

blueprint = Blueprint("officers_manage", __name__, url_prefix="/forums/<forum>/manage/officers")
load_organised_forum(blueprint)


@blueprint.get("/")
@requires(Permission.FORUM_REGISTRATIONS_SEE)
def index(forum: Forum) -> ResponseReturnValue:
    """Show the officers of every economy, in the order of economies."""
    return render_template(
        "delegations/officers_manage.html",
        forum=forum,
        economies=economies_in_order(),
        kinds=OfficerKind,
        officers=officers_by_economy(forum),
    )


@blueprint.route("/<for_economy>", methods=["GET", "POST"])
@requires(Permission.FORUM_EDIT)
def host_officer(forum: Forum, for_economy: str) -> ResponseReturnValue:
    """Show the form of the host's officer for one economy, or name them."""
    delegation, form = _delegation(forum, for_economy), OfficerForm()
    found = officer_of(delegation, OfficerKind.HOST)
    if not form.is_submitted():
        form = OfficerForm(obj=found)
    elif saved_officer(delegation, OfficerKind.HOST, form):
        return redirect(url_for(".index", forum=forum))
    page = render_template(
        "delegations/officer_of_host.html", forum=forum, economy=delegation.economy, form=form, officer=found
    )
    return page, 422 if form.errors else 200


@blueprint.post("/<for_economy>/remove")
@requires(Permission.FORUM_EDIT)
def host_officer_remove(forum: Forum, for_economy: str) -> ResponseReturnValue:
    """Take the host's officer of one economy away."""
    delegation = _delegation(forum, for_economy)
    remove_officer(delegation, OfficerKind.HOST, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("%(economy)s: nobody of the host is named now.", economy=delegation.economy.short_name), "success")
    return redirect(url_for(".index", forum=forum))


def _delegation(forum: Forum, code: str) -> Delegation:
    economy = next((each for each in economies_in_order() if each.code == code), None)
    return Delegation(forum, economy) if economy is not None else abort(404)
