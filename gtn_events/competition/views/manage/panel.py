"""One panel, repaired by hand: one judge more, fewer or another, a seat that moves, two that change places."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import Permission, requires

from ...domain.panel_facts import Pair, PanelFacts, SeatFact, panel_facts
from ...domain.plan import change_seats
from ...domain.seats_by_hand import moves, substitutes, swaps
from ...enums import RoundState
from ...errors import JudgeRefused
from ...models import Competition, Entry, Round
from ...queries.conflicts import entry_of
from ...queries.judges import economy_names
from ...queries.rounds import round_of
from .assignment import seat_rows
from .blueprint import blueprint


@blueprint.route("/assignment/<int:number>/entries/<reference>", methods=["GET", "POST"])
@requires(Permission.COMPETITION_JUDGES_MANAGE)
def panel(competition: Competition, number: int, reference: str) -> ResponseReturnValue:
    """Show a panel with who could sit instead of whom, or change it."""
    found = db.one_or_404(round_of(competition, number))
    entry = db.one_or_404(entry_of(competition, reference))
    facts = panel_facts(found)
    if entry.id not in facts.entries:
        abort(404)
    if request.method == "GET":
        return _page(competition, found, entry, facts)
    try:
        give_up, take = _wanted(entry, facts)
        change_seats(found, give_up=give_up, take=take, actor=current_account(), now=clock.now())
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        return _page(competition, found, entry, panel_facts(found), refused=refusal.message), refusal.http_status
    flash(_("The panel of %(title)s is changed.", title=entry.title), "success")
    return redirect(url_for(".panel", competition=competition, number=number, reference=entry.reference))


def _wanted(entry: Entry, facts: PanelFacts) -> tuple[list[Pair], list[Pair]]:
    """Return the seats that the form gives up and takes."""
    act, by_number = request.form.get("act", ""), {judge.number: judge.id for judge in facts.judges.values()}
    seat = by_number.get(request.form.get("seat", 0, type=int))
    other_reference, _space, other_number = request.form.get("other", "").partition(" ")
    other = by_number.get(int(other_number)) if other_number.isdecimal() else None
    judge = by_number.get(request.form.get("judge", 0, type=int))
    elsewhere = next((each.id for each in facts.entries.values() if each.reference == other_reference), None)
    here = entry.id
    if act == "add" and judge:
        return [], [(here, judge)]
    if act == "remove" and seat:
        return [(here, seat)], []
    if act == "replace" and seat and judge:
        return [(here, seat)], [(here, judge)]
    if act == "swap" and seat and other and elsewhere:
        return [(here, seat), (elsewhere, other)], [(here, other), (elsewhere, seat)]
    if act == "move" and seat and elsewhere:
        return [(here, seat)], [(elsewhere, seat)]
    raise JudgeRefused(_("Choose a judge first. Nothing was changed."))


def _page(competition: Competition, round_: Round, entry: Entry, facts: PanelFacts, *, refused: str = "") -> str:
    chosen = _chosen(entry, facts)
    seats = facts.panels[entry.id]
    adding = chosen is None and (len(seats) < facts.demand or "further" in request.args)
    return render_template(
        "competition/manage/panel.html",
        competition=competition,
        round=round_,
        entry=entry,
        rows=seat_rows(facts, seats),
        facts=facts,
        chosen=facts.judges[chosen.judge_id] if chosen else None,
        instead=substitutes(facts, entry.id, instead_of=chosen) if chosen or adding else [],
        adding=adding,
        swaps=swaps(facts, chosen) if chosen else [],
        moves=moves(facts, chosen) if chosen else [],
        changeable=round_.state in {RoundState.PLANNED, RoundState.OPEN},
        refused=refused,
        names=economy_names(),
    )


def _chosen(entry: Entry, facts: PanelFacts) -> SeatFact | None:
    """Return the seat that the address names, when it may still be given up."""
    number = request.values.get("seat", type=int)
    return next(
        (seat for seat in facts.panels[entry.id] if facts.judges[seat.judge_id].number == number and not seat.begun),
        None,
    )
