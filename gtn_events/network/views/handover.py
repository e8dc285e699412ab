"""Handing a post over, for administrators."""

from datetime import timedelta

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.accounts.views.tokens import signer
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import Permission, requires

from ..domain.handover import hand_over
from ..errors import HandoverToConfirm
from ..forms.post import HandoverForm
from ..models import CoordinatorPost
from .blueprint import blueprint


@blueprint.get("/network/posts/<int:post_id>/hand-over")
@requires(Permission.SITE_ADMINISTER)
def post_handover(post_id: int) -> ResponseReturnValue:
    """Ask who follows from when; the title and the organisation of the post stay as they are."""
    post = db.get_or_404(CoordinatorPost, post_id)
    last_day = post.ends_on or clock.now().date()
    form = HandoverForm(
        last_day=last_day,
        starts_on=last_day + timedelta(days=1),
        post_title=post.post_title,
        organisation=post.organisation,
    )
    form.show(post)
    return _page(form, post)


@blueprint.post("/network/posts/<int:post_id>/hand-over")
@requires(Permission.SITE_ADMINISTER)
def post_handover_submit(post_id: int) -> ResponseReturnValue:
    """Hand it over; a gap or an overlap has to be confirmed first."""
    post, form = db.get_or_404(CoordinatorPost, post_id), HandoverForm()
    if not form.validate():
        return _page(form, post), 422
    try:
        seen, actor = form.version, current_account()
        following = hand_over(post, form.handover, seen=seen, links=signer(), actor=actor, now=clock.now())
        db.session.commit()
    except DomainError as refused:
        db.session.rollback()
        form.refuse_beside(refused, post, {"last_day": post.ends_on})
        return _page(form, post, asks=isinstance(refused, HandoverToConfirm)), refused.http_status
    flash(_("%(name)s follows. Both have a mail.", name=following.office_name), "success")
    return redirect(url_for(".post", post_id=following.id))


def _page(form: HandoverForm, post: CoordinatorPost, *, asks: bool = False) -> str:
    return render_template("network/post_handover.html", form=form, post=post, asks=asks or bool(form.sure.data))
