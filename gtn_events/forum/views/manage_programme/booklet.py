"""The page from which the programme is printed: booklet, agenda on one sheet, signs for the doors."""

from dataclasses import replace

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.jobs import enqueue_job
from gtn_events.core.permissions import Permission, requires

from ...booklet_covers import cover_drawing
from ...booklet_job import BOOKLET
from ...domain.print_options import keep_print_choice
from ...enums import BookletTheme, Paper
from ...forms.print_options import BookletForm, SheetForm, stored_choice
from ...models import Forum
from ...queries.print_options import PrintChoice, print_choice
from ...queries.session_texts import languages_of_texts
from ...sheet_jobs import DOOR_SIGNS, POSTER
from ..manage.blueprint import blueprint

# Three forms stand on one page.
POSTER_PREFIX, SIGNS_PREFIX = "poster-", "signs-"


@blueprint.get("/programme/print")
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_printing(forum: Forum) -> ResponseReturnValue:
    """Show what can be printed, with what was chosen last."""
    choice = print_choice(forum)
    return _page(forum, BookletForm(languages_of_texts(forum), data=stored_choice(choice)), choice)


@blueprint.post("/programme/booklet")
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_booklet(forum: Forum) -> ResponseReturnValue:
    """Have the booklet made as chosen; the job's page shows when it is ready."""
    form, before = BookletForm(languages_of_texts(forum)), print_choice(forum)
    if not form.validate_on_submit():
        return _page(forum, form, before), 422
    keep_print_choice(forum, form.choice(before), actor=current_account(), now=clock.now())
    return _made(forum, BOOKLET, _("Programme booklet of %(forum)s", forum=forum.title), {})


@blueprint.post("/programme/poster")
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_poster(forum: Forum) -> ResponseReturnValue:
    """Have the agenda made on one sheet."""
    form, before = SheetForm(prefix=POSTER_PREFIX), print_choice(forum)
    if not form.validate_on_submit():
        return redirect(url_for(".programme_printing", forum=forum))
    choice = replace(before, poster_paper=Paper(form.paper.data))
    keep_print_choice(forum, choice, actor=current_account(), now=clock.now())
    return _made(forum, POSTER, _("Agenda of %(forum)s on one sheet", forum=forum.title), {"paper": form.paper.data})


@blueprint.post("/programme/door-signs")
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_door_signs(forum: Forum) -> ResponseReturnValue:
    """Have a sign made for each room and day."""
    form, before = SheetForm(prefix=SIGNS_PREFIX), print_choice(forum)
    if not form.validate_on_submit():
        return redirect(url_for(".programme_printing", forum=forum))
    choice = replace(before, sign_paper=Paper(form.paper.data))
    keep_print_choice(forum, choice, actor=current_account(), now=clock.now())
    return _made(forum, DOOR_SIGNS, _("Door signs of %(forum)s", forum=forum.title), {"paper": form.paper.data})


def _page(forum: Forum, form: BookletForm, choice: PrintChoice) -> str:
    rank = forum.host_economy.rank
    return render_template(
        "forum/manage/programme/printing.html",
        forum=forum,
        form=form,
        covers={theme.value: cover_drawing(theme, rank) for theme in BookletTheme},
        poster=SheetForm(formdata=None, prefix=POSTER_PREFIX, data={"paper": choice.poster_paper.value}),
        signs=SheetForm(formdata=None, prefix=SIGNS_PREFIX, data={"paper": choice.sign_paper.value}),
    )


def _made(forum: Forum, kind: str, title: str, params: dict[str, str]) -> ResponseReturnValue:
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
