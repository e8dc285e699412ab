"""Giving figures by the link of a mail, without signing in; the link is good for one set and shows nothing else."""

from flask import url_for
from flask.typing import ResponseReturnValue

from gtn_events.core import clock
from gtn_events.core.permissions import public

from ...domain.figure_links import figures_of_link
from .blueprint import blueprint
from .form_pages import FigurePages


@blueprint.route("/figures/<token>", methods=["GET", "POST"])
@public
def linked(token: str) -> ResponseReturnValue:
    """Show the form, keep what is typed, or thank for what was given."""
    return _pages(token).edit(figures_of_link(token, now=clock.now()))


@blueprint.route("/figures/<token>/check", methods=["GET", "POST"])
@public
def linked_check(token: str) -> ResponseReturnValue:
    """Show what was filled in, or confirm it."""
    return _pages(token).confirm(figures_of_link(token, now=clock.now()))


def _pages(token: str) -> FigurePages:
    form = url_for(".linked", token=token)
    return FigurePages(form=form, check=url_for(".linked_check", token=token), done=form)
