"""What conflicts do, when the venue is open, and the conflicts that there are."""

from itertools import islice

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import Permission, requires

from ...conflict_words import conflicts_in_words, short_name
from ...domain.programme_rules import set_programme_rules
from ...forms.programme_rules import programme_rules_form, stored_programme_rules
from ...models import Forum
from ...queries.programme_conflicts import accepted_warnings, conflicts_of, sessions_without_room
from ..manage.blueprint import blueprint

# More are not read one by one: the first of them, mended, take many others away.
MOST_SHOWN = 200


@blueprint.get("/programme/conflicts")
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_conflicts(forum: Forum) -> ResponseReturnValue:
    """Show every conflict of the working programme in a sentence, grave ones first."""
    found = conflicts_of(forum)
    by = accepted_warnings(forum) if found.accepted else {}
    blocking, warnings, accepted = (each[:MOST_SHOWN] for each in (found.blocking, found.warnings, found.accepted))
    told = iter(conflicts_in_words(forum, (*blocking, *warnings, *accepted)))
    return render_template(
        "forum/manage/programme/conflicts.html",
        forum=forum,
        blocking=list(islice(told, len(blocking))),
        warnings=list(islice(told, len(warnings))),
        accepted=[(words, by[found.facts[each]]) for each, words in zip(accepted, told, strict=True)],
        facts=[found.facts[each] for each in warnings],
        found=found,
        without_room=sessions_without_room(forum),
        short_name=short_name,
    )


@blueprint.route("/programme/rules", methods=["GET", "POST"])
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_rules(forum: Forum) -> ResponseReturnValue:
    """Show what conflicts do and when the venue is open, or set it."""
    form = programme_rules_form(forum)(data=None if request.method == "POST" else stored_programme_rules(forum))
    if form.validate_on_submit():
        try:
            set_programme_rules(forum, form.treatments(), form.hours(), actor=current_account(), now=clock.now())
            db.session.commit()
        except DomainError as refusal:
            db.session.rollback()
            form.refuse(refusal)
        else:
            flash(_("The rules of the programme are saved."), "success")
            return redirect(url_for(".programme_conflicts", forum=forum))
    page = render_template("forum/manage/programme/rules.html", forum=forum, form=form)
    return page, 422 if request.method == "POST" else 200
