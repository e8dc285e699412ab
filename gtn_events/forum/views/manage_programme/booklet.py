"""The page from which the programme is printed: booklet, agenda on one sheet, signs for the doors."""

from collections.abc import Mapping

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import Stale
from gtn_events.core.jobs import enqueue_job
from gtn_events.core.permissions import Permission, requires

from ...booklet_covers import cover_drawing
from ...booklet_job import BOOKLET
from ...domain.print_options import keep_booklet_choice, keep_poster_paper, keep_sign_paper
from ...enums import BookletTheme, Paper
from ...forms.print_options import BookletForm, SheetForm, stored_choice
from ...models import Forum
from ...queries.print_options import choice_as_json, print_choice, print_options
from ...queries.session_texts import languages_of_texts
from ...sheet_jobs import DOOR_SIGNS, POSTER
from ..manage.blueprint import blueprint

# Three forms stand on one page.
POSTER_PREFIX, SIGNS_PREFIX = "poster-", "signs-"


@blueprint.get("/programme/print")
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_printing(forum: Forum) -> ResponseReturnValue:
    """Show what can be printed, with what was chosen last."""
    form = BookletForm(languages_of_texts(forum), data=stored_choice(print_choice(forum)))
    form.show(print_options(forum))
    return _page(forum, form)


@blueprint.post("/programme/booklet")
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_booklet(forum: Forum) -> ResponseReturnValue:
    """Have the booklet made as chosen, unless somebody else chose meanwhile; the job's page shows when it is ready."""
    form = BookletForm(languages_of_texts(forum))
    if not form.validate_on_submit():
        return _page(forum, form), 422
    try:
        keep_booklet_choice(forum, form.choice(), seen=form.version, actor=current_account(), now=clock.now())
    except Stale as refusal:
        db.session.rollback()
        form.refuse_beside(refusal, print_options(forum), stored_choice(print_choice(forum)))
        return _page(forum, form), 409
    params = {"choice": choice_as_json(form.choice())}
    return _made(forum, BOOKLET, _("Programme booklet of %(forum)s", forum=forum.title), params)


@blueprint.post("/programme/poster")
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_poster(forum: Forum) -> ResponseReturnValue:
    """Have the agenda made on one sheet."""
    form = SheetForm(prefix=POSTER_PREFIX)
    if not form.validate_on_submit():
        return redirect(url_for(".programme_printing", forum=forum))
    keep_poster_paper(forum, Paper(form.paper.data), actor=current_account(), now=clock.now())
    return _made(forum, POSTER, _("Agenda of %(forum)s on one sheet", forum=forum.title), {"paper": form.paper.data})


@blueprint.post("/programme/door-signs")
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_door_signs(forum: Forum) -> ResponseReturnValue:
    """Have a sign made for each room and day."""
    form = SheetForm(prefix=SIGNS_PREFIX)
    if not form.validate_on_submit():
        return redirect(url_for(".programme_printing", forum=forum))
    keep_sign_paper(forum, Paper(form.paper.data), actor=current_account(), now=clock.now())
    return _made(forum, DOOR_SIGNS, _("Door signs of %(forum)s", forum=forum.title), {"paper": form.paper.data})


def _page(forum: Forum, form: BookletForm) -> str:
    rank, choice = forum.host_economy.rank, print_choice(forum)
    return render_template(
        "forum/manage/programme/printing.html",
        forum=forum,
        form=form,
        covers={theme.value: cover_drawing(theme, rank) for theme in BookletTheme},
        poster=SheetForm(formdata=None, prefix=POSTER_PREFIX, data={"paper": choice.poster_paper.value}),
        signs=SheetForm(formdata=None, prefix=SIGNS_PREFIX, data={"paper": choice.sign_paper.value}),
    )


def _made(forum: Forum, kind: str, title: str, params: Mapping[str, object]) -> ResponseReturnValue:
    job = enqueue_job(
        kind,
        title=title,
        params={"forum_id": forum.id, **params},
        actor=current_account(),
        now=clock.now(),
        scope=forum.scope,
        back=(_("Print"), url_for(".programme_printing", forum=forum)),
    )
    db.session.commit()
    return redirect(url_for("jobs.show", job_id=job.id))
