"""Opening a paper, deciding on it, closing or taking back a journey."""

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.addresses import row_id
from gtn_events.core.db import db
from gtn_events.core.downloads import send_attachment
from gtn_events.core.outbox import Attachment
from gtn_events.core.permissions import Permission, requires
from gtn_events.forum.models import Forum

from ...domain.travel import settle, withdraw_funding
from ...domain.travel_papers import accept_paper, read_paper, return_paper
from ...notifications_travel import tell_of_returned, tell_of_withdrawal
from ...queries.travel import paper_in, traveller_in
from .blueprint import blueprint


@blueprint.post("/papers/<int:paper_id>/file")
@requires(Permission.FORUM_TRAVEL_SEE)
def paper_file(forum: Forum, paper_id: int) -> ResponseReturnValue:
    """Send the file of a paper; the journal notes who opened it."""
    opened = read_paper(db.one_or_404(paper_in(forum, paper_id)), actor=current_account(), now=clock.now())
    db.session.commit()
    return send_attachment(Attachment(opened.name, opened.content_type, opened.data))


@blueprint.post("/papers/<int:paper_id>/decide")
@requires(Permission.FORUM_TRAVEL_SEE)
def paper_decide(forum: Forum, paper_id: int) -> ResponseReturnValue:
    """Accept a paper, or send it back with a reason."""
    paper, now = db.one_or_404(paper_in(forum, paper_id)), clock.now()
    act, seen = request.form.get("act"), row_id(request.form.get("seen"))
    if act == "accept":
        accept_paper(paper, seen=seen, actor=current_account(), now=now)
    elif act == "return":
        reason = request.form.get("reason", "").strip()
        return_paper(paper, reason=reason, seen=seen, actor=current_account(), now=now)
        tell_of_returned(paper, now=now)
    else:
        abort(404)
    db.session.commit()
    flash(_("%(paper)s: %(state)s.", paper=paper.kind.label, state=paper.state.label.lower()), "success")
    return redirect(url_for(".person", forum=forum, traveller_id=paper.traveller_id))


@blueprint.post("/people/<int:traveller_id>/end")
@requires(Permission.FORUM_TRAVEL_SEE)
def person_end(forum: Forum, traveller_id: int) -> ResponseReturnValue:
    """Settle a journey, or take the funding back with a reason."""
    found, now, act = db.one_or_404(traveller_in(forum, traveller_id)), clock.now(), request.form.get("act")
    if act == "settle":
        settle(found, actor=current_account(), now=now)
    elif act == "withdraw":
        withdraw_funding(found, reason=request.form.get("reason", "").strip(), actor=current_account(), now=now)
        tell_of_withdrawal(found, now=now)
    else:
        abort(404)
    db.session.commit()
    flash(_("%(name)s: %(state)s.", name=found.registration.delegate_name, state=found.state.label.lower()), "success")
    return redirect(url_for(".person", forum=forum, traveller_id=found.id))
