"""What is said of a session in other languages."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import Permission, requires

from ...domain.session_texts import remove_session_text, write_session_text
from ...forms.session_text import SessionTextForm
from ...models import Forum, SessionText
from ...queries.programme_rows import session_of
from ...queries.session_texts import texts_of_session
from ..manage.blueprint import blueprint


@blueprint.route("/programme/sessions/<code>/texts", methods=["GET", "POST"])
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_session_texts(forum: Forum, code: str) -> ResponseReturnValue:
    """Show a session's texts in other languages with a form for one; ``?text=`` fills it with one that is there."""
    session = db.one_or_404(session_of(forum, code))
    texts = texts_of_session(session)
    chosen = next((each for each in texts if each.language == request.args.get("text")), None)
    form = SessionTextForm(obj=chosen)
    if form.validate_on_submit():
        try:
            write_session_text(
                forum,
                session,
                form.language.data,
                title=form.title.data,
                abstract=form.abstract.data or "",
                actor=current_account(),
                now=clock.now(),
            )
            db.session.commit()
        except DomainError as refusal:
            db.session.rollback()
            form.refuse(refusal)
        else:
            flash(_("%(name)s is saved.", name=form.title.data), "success")
            return redirect(url_for(".programme_session_texts", forum=forum, code=session.code))
    page = render_template(
        "forum/manage/programme/session_texts.html", forum=forum, session=session, texts=texts, form=form
    )
    return page, 422 if request.method == "POST" else 200


@blueprint.post("/programme/sessions/<code>/texts/<language>/delete")
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_session_text_delete(forum: Forum, code: str, language: str) -> ResponseReturnValue:
    """Forget what is said of a session in one language."""
    session = db.one_or_404(session_of(forum, code))
    text = db.get_or_404(SessionText, (session.id, language))
    title = text.title
    remove_session_text(forum, text, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("%(name)s is taken away.", name=title), "success")
    return redirect(url_for(".programme_session_texts", forum=forum, code=session.code))
