"""Giving a seat up for a conflict of interest."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import Permission, requires

from ...domain.recusal import recuse as give_up
from ...forms.recusal import RecusalForm
from ...models import Assignment, Competition
from ...queries.judged_entry import entry_of_whom, entry_title
from .blueprint import blueprint
from .seats import own_judge, own_seat, to_sign_first

_PATH = "/rounds/<int:number>/entries/<reference>/recuse"


@blueprint.get(_PATH)
@requires(Permission.COMPETITION_JUDGE)
def recuse(competition: Competition, number: int, reference: str) -> ResponseReturnValue:
    """Ask what ties the judge to the entry, saying what happens."""
    judge = own_judge(competition)
    seat = own_seat(judge, number, reference)
    return to_sign_first(judge, seat.round) or _page(seat, RecusalForm(formdata=None))


@blueprint.post(_PATH)
@requires(Permission.COMPETITION_JUDGE)
def recuse_confirm(competition: Competition, number: int, reference: str) -> ResponseReturnValue:
    """Give the seat up; nothing of the entry is shown to the judge any more."""
    seat = own_seat(own_judge(competition), number, reference)
    form = RecusalForm()
    if not form.validate():
        return _page(seat, form), 422
    try:
        give_up(seat, form.declared, actor=current_account(), now=clock.now())
    except DomainError as error:
        db.session.rollback()
        form.refuse(error)
        return _page(seat, form), 422
    db.session.commit()
    flash(_("Thank you. The seat is given up and the organiser is told; you see nothing of that entry."), "success")
    return redirect(url_for(".desk", competition=competition))


def _page(seat: Assignment, form: RecusalForm) -> str:
    return render_template(
        "competition/judge/recuse.html",
        competition=seat.round.competition,
        round=seat.round,
        entry=seat.entry,
        form=form,
        title=entry_title(seat.entry, seat.round),
        whom=entry_of_whom(seat.entry, seat.round),
    )
