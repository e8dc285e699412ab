"""Who scores the proposals of a call."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import Permission, requires

from ...domain.session_calls.calls import dismiss_member, name_member
from ...forms.session_call import MemberForm
from ...models import Forum
from ...queries.session_calls import reviews_by_member
from .blueprint import blueprint, own_call


@blueprint.route("/<int:session_call_id>/committee", methods=["GET", "POST"])
@requires(Permission.FORUM_PROGRAMME_EDIT)
def committee(forum: Forum, session_call_id: int) -> ResponseReturnValue:
    """Show the committee with how much each has scored, or name somebody."""
    call, form = own_call(forum, session_call_id), MemberForm()
    if form.validate_on_submit():
        try:
            member = name_member(call, form.email.data or "", actor=current_account(), now=clock.now())
            db.session.commit()
        except DomainError as refusal:
            db.session.rollback()
            form.refuse(refusal)
        else:
            flash(_("%(name)s is on the committee.", name=member.account.display_name), "success")
            return redirect(url_for(".committee", forum=forum, session_call_id=call.id))
    page = render_template(
        "forum/manage/session_calls/committee.html",
        forum=forum,
        session_call=call,
        form=form,
        scored=reviews_by_member(call),
    )
    return page, 422 if request.method == "POST" else 200


@blueprint.post("/<int:session_call_id>/committee/<int:session_member_id>/delete")
@requires(Permission.FORUM_PROGRAMME_EDIT)
def member_delete(forum: Forum, session_call_id: int, session_member_id: int) -> ResponseReturnValue:
    """Take somebody off the committee."""
    call = own_call(forum, session_call_id)
    member = next((each for each in call.members if each.id == session_member_id), None) or abort(404)
    name = member.account.display_name
    dismiss_member(call, member, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("%(name)s is no longer on the committee.", name=name), "success")
    return redirect(url_for(".committee", forum=forum, session_call_id=call.id))
