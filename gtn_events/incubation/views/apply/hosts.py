"""The order of hosts: by drag or by buttons, saved with every move."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import Permission, requires
from gtn_events.questionnaire.views.wizard import step_marks

from ...domain.application_drafts import save_wishes
from ...domain.host_fit import fitness, why_closed, why_it_fits
from ...domain.wish_list import HOSTS, WishList
from ...errors import WishRefused
from ...forms.application_wizard import ApplicationWizard
from ...models import ApplicationDraft, Call, Intake
from .blueprint import blueprint
from .loading import closed_page, own_draft, page_url, wizard_of

FIRST_SHOWN = 5


@dataclass(frozen=True)
class Row:
    """One host of the board: why it is closed, what speaks for it."""

    intake: Intake
    problem: str
    reasons: list[str]

    @property
    def fits(self) -> str:
        """What speaks for it, as one line."""
        line = "; ".join(self.reasons)
        return line[:1].upper() + line[1:]


@blueprint.get("/hosts")
@requires(Permission.SIGNED_IN)
def hosts(call: Call) -> ResponseReturnValue:
    """Show the hosts in the person's order, others that fit, and those that are not open."""
    draft = own_draft(call)
    return closed_page(draft) or _page(draft)


@blueprint.post("/hosts")
@requires(Permission.SIGNED_IN)
def order_hosts(call: Call) -> ResponseReturnValue:
    """Add, move, take out or put back one host, or take over an order that was dragged."""
    draft = own_draft(call)
    if (closed := closed_page(draft)) is not None:
        return closed
    told = ""
    try:
        save_wishes(draft, _changed(wizard_of(draft)), now=clock.now())
    except DomainError as refused:
        db.session.rollback()
        told = refused.message
    db.session.commit()
    if request.headers.get("X-Requested-With") == "fetch":
        return _page(own_draft(call), told=told, template="incubation/apply/_board.html")
    if told:
        flash(told, "danger")
    return redirect(url_for(".hosts", call=call) + f"#{_anchor()}")


def _changed(wizard: ApplicationWizard) -> WishList:
    wishes, most = wizard.wish_list, wizard.call.most_wishes
    act, _colon, given = request.form.get("act", "").partition(":")
    number = int(given) if given.isdecimal() and len(given) < 19 else 0
    acts: dict[str, Callable[[], WishList]] = {
        "add": lambda: _added(wizard, number),
        "up": lambda: wishes.with_moved(number, by=-1),
        "down": lambda: wishes.with_moved(number, by=1),
        "remove": lambda: wishes.without(number),
        "undo": lambda: wishes.put_back(most=most),
        "order": lambda: wishes.in_order(request.form.getlist("order", type=int)),
    }
    return acts[act]() if act in acts else abort(400)


def _added(wizard: ApplicationWizard, intake_id: int) -> WishList:
    intake = next((each for each in wizard.intakes if each.id == intake_id), None)
    if intake is None:
        raise WishRefused("This host is not in the call any more.")
    if reason := why_closed(intake, wizard.asked):
        raise WishRefused(f"{intake.host.name}: {reason}.")
    return wizard.wish_list.with_added(intake_id, most=wizard.call.most_wishes)


def _anchor() -> str:
    act, _colon, given = request.form.get("act", "").partition(":")
    return f"wish-{given}" if act in ("add", "up", "down") and given.isdecimal() else "order"


def _page(draft: ApplicationDraft, *, told: str = "", template: str = "incubation/apply/hosts.html") -> str:
    wizard = wizard_of(draft)
    here = next(step for step in wizard.steps if step.key == HOSTS)
    asked, chosen = wizard.asked, set(wizard.wish_list.order)
    rows = [Row(each, why_closed(each, asked), why_it_fits(each, asked)) for each in wizard.intakes]
    others = [row for row in rows if row.intake.id not in chosen]
    fitting = [row for row in others if not row.problem]
    fitting.sort(key=lambda row: fitness(row.intake, asked), reverse=True)
    removed = wizard.wish_list.removed
    return render_template(
        template,
        call=draft.call,
        wizard=wizard,
        step=here,
        step_marks=step_marks(wizard, here, partial(page_url, draft)),
        draft=draft,
        wished=[Row(each, why_closed(each, asked), why_it_fits(each, asked)) for each in wizard.wished],
        fitting=fitting[:FIRST_SHOWN],
        further=fitting[FIRST_SHOWN:],
        closed=[row for row in others if row.problem],
        removed=next((row.intake for row in others if removed and row.intake.id == removed[0]), None),
        told=told,
        before=page_url(draft, wizard.before(here) or here),
        after=page_url(draft, wizard.after(here)),
    )
