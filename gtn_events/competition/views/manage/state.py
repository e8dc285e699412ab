"""Publishing, closing and opening a competition again, each after a page that says what happens."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.permissions import Permission, requires

from ...domain.competitions import close_competition, publish_competition, reopen_competition, what_is_missing
from ...models import Competition
from .blueprint import blueprint


@blueprint.route("/publish", methods=["GET", "POST"])
@requires(Permission.COMPETITION_EDIT)
def publish(competition: Competition) -> ResponseReturnValue:
    """Ask whether everybody should see the competition, naming what is missing, or publish it."""
    if request.method == "GET":
        return _page(competition, "publish", missing=what_is_missing(competition))
    publish_competition(competition, actor=current_account(), now=clock.now())
    return _done(competition, _("%(title)s is public now.", title=competition.title))


@blueprint.route("/close", methods=["GET", "POST"])
@requires(Permission.COMPETITION_EDIT)
def close(competition: Competition) -> ResponseReturnValue:
    """Ask whether nothing more should be taken, or close the competition."""
    if request.method == "GET":
        return _page(competition, "close")
    close_competition(competition, actor=current_account(), now=clock.now())
    return _done(competition, _("%(title)s takes nothing more.", title=competition.title))


@blueprint.route("/reopen", methods=["GET", "POST"])
@requires(Permission.COMPETITION_EDIT)
def reopen(competition: Competition) -> ResponseReturnValue:
    """Ask whether the competition should take entries again, or open it again."""
    if request.method == "GET":
        return _page(competition, "reopen")
    reopen_competition(competition, actor=current_account(), now=clock.now())
    return _done(competition, _("%(title)s takes entries again within its dates.", title=competition.title))


def _page(competition: Competition, step: str, *, missing: list[str] | None = None) -> str:
    return render_template(
        "competition/manage/state_step.html", competition=competition, step=step, missing=missing or []
    )


def _done(competition: Competition, words: str) -> ResponseReturnValue:
    db.session.commit()
    flash(words, "success")
    return redirect(url_for(".overview", competition=competition))
