"""Copying people of an earlier delegation: choose the forum, tick the people, they become drafts."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.addresses import row_ids
from gtn_events.core.db import db
from gtn_events.core.permissions import Permission, requires
from gtn_events.forum.models import Forum
from gtn_events.forum.queries.delegate import open_categories

from ..domain.earlier import copy_people
from ..models import Delegation
from ..queries.earlier import earlier_forums, here_already, people_of_earlier
from .blueprint import blueprint


@blueprint.get("/nominations/copy")
@requires(Permission.DELEGATION_MANAGE)
def copy(delegation: Delegation) -> ResponseReturnValue:
    """Show whom the economy sent to an earlier forum, the newest unless another one is chosen."""
    forums = earlier_forums(delegation)
    chosen = _chosen(forums, request.args.get("from")) if forums else None
    people = people_of_earlier(delegation, chosen) if chosen else []
    here = here_already(delegation.forum, people)
    return render_template("delegations/copy.html", forums=forums, chosen=chosen, people=people, here=here)


@blueprint.post("/nominations/copy")
@requires(Permission.DELEGATION_MANAGE)
def copy_chosen(delegation: Delegation) -> ResponseReturnValue:
    """Make drafts of the ticked people."""
    forums, categories = earlier_forums(delegation), open_categories(delegation.forum)
    if not forums or not categories:
        abort(404)
    ids = set(row_ids(request.form.getlist("ids")))
    earlier = people_of_earlier(delegation, _chosen(forums, request.form.get("from")))
    people = [each for each in earlier if each.id in ids]
    effect = copy_people(delegation, people, categories, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(ngettext("%(num)d draft was made.", "%(num)d drafts were made.", effect.changed), "success")
    for name, why in effect.refusals:
        flash(_("%(name)s was left out: %(why)s", name=name, why=why), "info")
    return redirect(url_for(".nominations", **delegation.address))


def _chosen(forums: list[Forum], slug: str | None) -> Forum:
    return next((each for each in forums if each.slug == slug), forums[0])
