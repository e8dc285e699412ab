"""The pad of a judge on the day of a live final: the scorecard of whoever is on stage, and of whom one still owes."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db, set_reading
from gtn_events.core.errors import DomainError, Stale
from gtn_events.core.permissions import Permission, requires
from gtn_events.core.text import clean_text

from ...domain.given import Gap, Given, gaps
from ...domain.scorecards import save_draft, submit_scorecard
from ...domain.totals import scored_weight, weighted_total
from ...enums import AssignmentState, RoundState
from ...forms.scorecard import given_from
from ...models import Assignment, Competition, Criterion, Judge, LiveFinal
from ...queries.judge_queue import queue_of
from ...queries.judged_entry import entry_of_whom, entry_title
from ...queries.judging import current_scorecard, draft_of
from ...queries.live import on_stage, slots_of
from ..live_shown import final_or_404
from .blueprint import blueprint
from .seats import own_judge, own_round, own_seat, to_sign_first

_PATH = "/rounds/<int:number>/live"


@blueprint.get(_PATH)
@requires(Permission.COMPETITION_JUDGE)
def live(competition: Competition, number: int) -> ResponseReturnValue:
    """Show the pad for the entry that the address names, else for the one on stage."""
    judge = own_judge(competition)
    round_, final = own_round(judge, number), final_or_404(competition, number)
    wanted = clean_text(request.args.get("entry", ""))
    seat = own_seat(judge, number, wanted) if wanted else _seat_on_stage(judge, final)
    return to_sign_first(judge, round_) or _page(judge, final, seat)


@blueprint.post(_PATH)
@requires(Permission.COMPETITION_JUDGE)
def live_submit(competition: Competition, number: int) -> ResponseReturnValue:
    """Save or submit the scorecard of the entry that the pad showed; what is refused comes back as it was chosen."""
    judge, final = own_judge(competition), final_or_404(competition, number)
    seat = own_seat(judge, number, request.form.get("entry", ""))
    given, saving = given_from(request.form, _criteria(seat)), request.form.get("act") == "save"
    missing = [] if saving else gaps(_criteria(seat), given)
    try:
        if not missing:
            _save(seat, given) if saving else _submit(seat, given)
    except DomainError as error:
        db.session.rollback()
        set_reading(True)
        return _page(judge, final, seat, given, refused=error), 409 if isinstance(error, Stale) else 422
    if missing:
        db.session.rollback()
        set_reading(True)
        return _page(judge, final, seat, given, missing=missing), 422
    db.session.commit()
    return redirect(url_for(".live", competition=competition, number=number))


@blueprint.get(f"{_PATH}/now")
@requires(Permission.COMPETITION_JUDGE)
def live_now(competition: Competition, number: int) -> ResponseReturnValue:
    """Tell an open pad for which entry of its judge it should be, and whether scores are taken."""
    judge = own_judge(competition)
    round_, final = own_round(judge, number), final_or_404(competition, number)
    seat = _seat_on_stage(judge, final)
    return {
        "entry": seat.entry.reference if seat else "",
        "title": entry_title(seat.entry, round_) if seat else "",
        "open": round_.state is RoundState.OPEN,
    }


def _save(seat: Assignment, given: Given) -> None:
    seen = request.form.get("seen", 0, type=int)
    save_draft(seat, given, seen=seen, actor=current_account(), now=clock.now())
    flash(_("The draft is saved."), "success")


def _submit(seat: Assignment, given: Given) -> None:
    submitted = submit_scorecard(seat, given, actor=current_account(), now=clock.now())
    title, total = entry_title(seat.entry, seat.round), f"{submitted.total:.1f}"
    flash(_("Submitted: %(entry)s, %(total)s of 100.", entry=title, total=total), "success")


def _seat_on_stage(judge: Judge, final: LiveFinal) -> Assignment | None:
    """Return the judge's seat for the entry on stage; None also when a conflict keeps them from it."""
    present = on_stage(slots_of(final))
    if present is None:
        return None
    seats = queue_of(judge, final.round).seats
    return next((seat for seat in seats if seat.entry_id == present.entry_id), None)


def _in_running_order(judge: Judge, final: LiveFinal) -> list[Assignment]:
    positions = {slot.entry_id: slot.position for slot in slots_of(final)}
    return sorted(queue_of(judge, final.round).seats, key=lambda seat: positions.get(seat.entry_id, len(positions) + 1))


def _criteria(seat: Assignment) -> list[Criterion]:
    rubric = seat.round.rubric
    return rubric.criteria if rubric is not None else []


def _page(
    judge: Judge,
    final: LiveFinal,
    seat: Assignment | None,
    typed: Given | None = None,
    *,
    missing: list[Gap] | None = None,
    refused: DomainError | None = None,
) -> str:
    round_ = final.round
    here = _seat_on_stage(judge, final)
    criteria = _criteria(seat) if seat else []
    gap_keys = [gap.key for gap in missing or []]
    draft, current = (draft_of(seat), current_scorecard(seat)) if seat else (None, None)
    kept = current or draft
    given = typed or (Given.of(kept) if kept is not None else Given())
    return render_template(
        "competition/judge/live.html",
        competition=judge.competition,
        round=round_,
        final=final,
        seat=seat,
        here=here,
        seats=_in_running_order(judge, final),
        title_of=entry_title,
        of_whom=entry_of_whom,
        criteria=criteria,
        given=given,
        opened=next(iter([*gap_keys, *(each.key for each in criteria if each.key not in given.scores)]), ""),
        missing={gap.key: gap.text for gap in missing or []},
        refused=refused,
        total=weighted_total(criteria, given.scores),
        weight=scored_weight(criteria, given.scores),
        seen=draft.lock_version if draft else 0,
        draft=draft,
        current=current,
        submitted=seat is not None and seat.state is AssignmentState.SUBMITTED,
        takes_scores=round_.state is RoundState.OPEN and clock.now() < round_.closes_at,
    )
