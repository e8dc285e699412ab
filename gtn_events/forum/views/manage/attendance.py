"""The rule that says who attended, with whom it takes in and leaves out."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.accounts.views.settings import asks_for_preview
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import Permission, requires

from ...domain.attendance import check_rule, set_rule
from ...forms.attendance import AttendanceForm, stored_rule
from ...models import Forum
from ...queries.attendance import certificates_beside
from ...queries.attendance_rule import Rule, forum_days, preview_of, rule_of, rule_row_of
from .blueprint import blueprint


@blueprint.route("/attendance", methods=["GET", "POST"])
@requires(Permission.FORUM_CERTIFICATES_ISSUE)
def attendance(forum: Forum) -> ResponseReturnValue:
    """Show the rule and whom it leaves out, try another one, or set it."""
    form = AttendanceForm(forum, data=None if request.method == "POST" else stored_rule(forum))
    if request.method == "GET":
        form.show(rule_row_of(forum))
    if not form.validate_on_submit():
        return _page(forum, form, rule_of(forum))
    rule = form.rule()
    try:
        check_rule(forum, rule)
        if asks_for_preview():
            return _page(forum, form, rule, is_tried=True)
        set_rule(forum, rule, seen=form.version, actor=current_account(), now=clock.now())
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        form.refuse_beside(refusal, rule_row_of(forum), stored_rule(forum))
        return _page(forum, form, rule_of(forum))
    flash(_("The rule is saved. Certificates that were issued stay valid."), "success")
    return redirect(url_for(".attendance", forum=forum))


def _page(forum: Forum, form: AttendanceForm, rule: Rule, *, is_tried: bool = False) -> ResponseReturnValue:
    page = render_template(
        "forum/manage/attendance.html",
        forum=forum,
        form=form,
        rule=rule,
        is_tried=is_tried,
        preview=preview_of(forum, rule),
        day_count=len(forum_days(forum)),
        beside=certificates_beside(forum, rule),
    )
    return page, 422 if form.errors else 200
