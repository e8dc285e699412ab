"""How far the judges of a round are, and what the organiser can do about it."""

from datetime import datetime, timedelta

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.listing import Listing
from gtn_events.core.moments import words_of_moment
from gtn_events.core.pages import paginate
from gtn_events.core.permissions import Permission, requires
from gtn_events.core.plots import stacked_bars_svg

from ...domain.pace import LOOK_BACK, finish_at
from ...domain.reminders import judges_behind, remind_behind
from ...domain.round_state import close_round, extend_close, open_round, reopen_round
from ...enums import RoundState
from ...forms.extension import DAYS, ExtensionForm, ReopeningForm
from ...models import Competition, Entry, Round
from ...queries.progress import (
    Counts,
    JudgeProgress,
    counts_of,
    entry_rows,
    given_up,
    panels_of,
    progress_by_judge,
    rounds_in_order,
    short_of_judges,
    submitted_of,
    submitted_since,
)
from .blueprint import blueprint

MOST_BARS = 40
STEPS = {
    "open": RoundState.PLANNED,
    "close": RoundState.OPEN,
    "extend": RoundState.OPEN,
    "remind": RoundState.OPEN,
    "reopen": RoundState.SCORED,
}


@blueprint.get("/progress")
@requires(Permission.COMPETITION_JUDGES_MANAGE)
def progress(competition: Competition) -> ResponseReturnValue:
    """Show one round: the one that the address names, else the open one, else the first undecided, else the last."""
    rounds = rounds_in_order(competition)
    round_ = _chosen(rounds)
    if round_ is None:
        return render_template("competition/manage/progress_empty.html", competition=competition)
    now, counts, judges = clock.now(), counts_of(round_), progress_by_judge(round_)
    listing = _listing(round_)
    page = paginate(entry_rows(round_), listing, tie=Entry.id)
    return render_template(
        "competition/manage/progress.html",
        competition=competition,
        rounds=rounds,
        round=round_,
        counts=counts,
        judges=judges,
        behind={each.judge.id for each in judges_behind(round_, judges, now=now)},
        plot=_plot(judges),
        listing=listing,
        page=page,
        panels=panels_of(round_, [row[0].id for row in page.items]),
        given_up=given_up(round_),
        finish=_finish(round_, counts, now=now),
        takes_scores=round_.state is RoundState.OPEN and now < round_.closes_at,
        now=now,
    )


@blueprint.get("/progress/<int:number>/<step>")
@requires(Permission.COMPETITION_JUDGES_MANAGE)
def progress_step(competition: Competition, number: int, step: str) -> ResponseReturnValue:
    """Ask, naming the round and saying what happens."""
    return _ask(competition, _round(competition, number, step), step, _extension(competition, number, step))


@blueprint.post("/progress/<int:number>/<step>")
@requires(Permission.COMPETITION_JUDGES_MANAGE)
def progress_act(competition: Competition, number: int, step: str) -> ResponseReturnValue:
    """Open, close, extend or reopen the round, or remind who is behind."""
    round_, form = _round(competition, number, step), _extension(competition, number, step)
    if step in ("extend", "reopen") and not form.validate():
        return _ask(competition, round_, step, form), 422
    try:
        message = _act(competition, round_, step, form)
    except DomainError as error:
        db.session.rollback()
        form.refuse(error)
        return _ask(competition, round_, step, form), 422
    db.session.commit()
    flash(message, "success")
    return redirect(url_for(".progress", competition=competition, round=number))


def _act(competition: Competition, round_: Round, step: str, form: ExtensionForm) -> str:
    actor, now = current_account(), clock.now()
    if step == "open":
        open_round(round_, actor=actor, now=now)
        return _("%(round)s is open: the judges can score.", round=round_.title)
    if step == "close":
        close_round(round_, actor=actor, now=now)
        return _("%(round)s is closed: nothing is taken any more.", round=round_.title)
    if step == "extend":
        extend_close(round_, _later(competition, round_, form.days.data), actor=actor, now=now)
        return _("%(round)s closes later now.", round=round_.title)
    if isinstance(form, ReopeningForm):
        closes_at = _later(competition, round_, form.days.data)
        reopen_round(round_, closes_at, reason=form.reason.data or "", actor=actor, now=now)
        return _("%(round)s takes scores again.", round=round_.title)
    count = remind_behind(round_, actor=actor, now=now)
    if not count:
        return _("Nobody was reminded: whoever is behind has had today’s mail.")
    return ngettext("%(num)s judge is reminded.", "%(num)s judges are reminded.", count)


def _ask(competition: Competition, round_: Round, step: str, form: ExtensionForm) -> str:
    judges = progress_by_judge(round_)
    return render_template(
        "competition/manage/progress_step.html",
        competition=competition,
        round=round_,
        step=step,
        form=form,
        counts=counts_of(round_),
        short=short_of_judges(round_),
        judges=judges,
        behind=judges_behind(round_, judges, now=clock.now()),
    )


def _extension(competition: Competition, number: int, step: str) -> ExtensionForm:
    form, round_ = ReopeningForm() if step == "reopen" else ExtensionForm(), _numbered(competition, number)
    zone = competition.time_zone
    form.offer(
        {
            days: ngettext("%(num)s day more, until %(time)s", "%(num)s days more, until %(time)s", days, time=until)
            for days in DAYS
            if (until := words_of_moment(_later(competition, round_, days), zone))
        }
    )
    return form


def _later(competition: Competition, round_: Round, days: int) -> datetime:
    """Return the close some days later at the same time of day of the host; after now when the round is closed."""
    close = round_.closes_at.astimezone(competition.zone)
    if round_.state is RoundState.SCORED:
        today = clock.now().astimezone(competition.zone)
        close = max(close, today.replace(hour=close.hour, minute=close.minute, second=0, microsecond=0))
    return close + timedelta(days=days)


def _round(competition: Competition, number: int, step: str) -> Round:
    round_ = _numbered(competition, number)
    if STEPS.get(step) is not round_.state:
        abort(404)
    return round_


def _numbered(competition: Competition, number: int) -> Round:
    round_ = next((each for each in rounds_in_order(competition) if each.number == number), None)
    if round_ is None:
        abort(404)
    return round_


def _chosen(rounds: list[Round]) -> Round | None:
    wanted = request.args.get("round", type=int)
    if wanted is not None and wanted not in {each.number for each in rounds}:
        abort(404)
    named = [each for each in rounds if each.number == wanted]
    are_open = [each for each in rounds if each.state is RoundState.OPEN]
    undecided = [each for each in rounds if each.state is not RoundState.DECIDED]
    return next(iter([*named, *are_open, *undecided, *reversed(rounds)]), None)


def _listing(round_: Round) -> Listing:
    return Listing.read(
        request.path,
        request.args,
        sorts={"title": Entry.sort_title, "submitted": submitted_of(round_)},
        default_sort="submitted",
        filters={"round": [str(round_.number)]},
    )


def _finish(round_: Round, counts: Counts, *, now: datetime) -> datetime | None:
    since = max(now - LOOK_BACK, round_.opens_at)
    return finish_at(submitted_since(round_, since), counts.left, since=now - since, now=now)


def _plot(judges: list[JudgeProgress]) -> Markup | None:
    if not judges or len(judges) > MOST_BARS:
        return None
    return stacked_bars_svg(
        [
            (
                str(each.judge.number),
                _("Judge %(number)s", number=f"{each.judge.number:02d}"),
                (each.counts.submitted, each.counts.drafts, each.counts.to_do),
            )
            for each in judges
        ],
        series=(_("Submitted"), _("Drafts"), _("To do")),
        title=_("Scorecards of each judge: submitted, drafts and to do."),
    )
