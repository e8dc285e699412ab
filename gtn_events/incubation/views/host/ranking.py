"""The order of a host: tiers by drag or by buttons, saved with every move, sent by a day."""

from collections.abc import Callable

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import Permission, requires

from ...domain.host_ranking import keep_order, order_of, ranking_of, send_ranking, take_back_refusal
from ...domain.review_window import takes_reviews
from ...domain.weak_order import WeakOrder
from ...enums import MatchingMethod
from ...errors import ReviewRefused
from ...models import Call, Host, Intake
from ...queries.host_desk import desk_of
from .blueprint import blueprint
from .desk import own_intake

UNPLACED, NEW = "unplaced", "new"


@blueprint.get("/calls/<call>/ranking")
@requires(Permission.HOST_MANAGE)
def ranking(host: Host, call: Call) -> ResponseReturnValue:
    """Show the order, what has no place yet, and what is not acceptable."""
    return _page(own_intake(host, call))


@blueprint.post("/calls/<call>/ranking")
@requires(Permission.HOST_MANAGE)
def ranking_order(host: Host, call: Call) -> ResponseReturnValue:
    """Place, move or take out one application, or take over an order that was dragged."""
    intake, told = own_intake(host, call), ""
    try:
        _change(intake)
        db.session.commit()
    except DomainError as refused:
        db.session.rollback()
        told = refused.message
    if request.headers.get("X-Requested-With") == "fetch":
        return _page(own_intake(host, call), told=told, template="incubation/host/_tiers.html")
    if told:
        flash(told, "danger")
    return redirect(url_for(".ranking", host=host, call=call) + f"#{_anchor()}")


@blueprint.post("/calls/<call>/ranking/send")
@requires(Permission.HOST_MANAGE)
def ranking_send(host: Host, call: Call) -> ResponseReturnValue:
    """Say that the ranking is done."""
    intake = own_intake(host, call)
    desk = desk_of(intake, current_account().id)
    send_ranking(intake, ranking_of(desk), actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("Your ranking is sent. You can change it until the deadline; it counts as it stands then."), "success")
    return redirect(url_for(".ranking", host=host, call=call))


def _change(intake: Intake) -> None:
    actor, now = current_account(), clock.now()
    desk = desk_of(intake, actor.id)
    act, _colon, given = request.form.get("act", "").partition(":")
    number = int(given) if given.isdecimal() and len(given) < 19 else 0
    if act == "back":
        row = next((each for each in desk if each.application.id == number), None)
        return take_back_refusal(intake, (row or abort(404)).application, actor=actor, now=now)
    order = order_of(ranking_of(desk))
    acts: dict[str, Callable[[], WeakOrder]] = {
        "up": lambda: order.up(number),
        "down": lambda: order.down(number),
        "place": lambda: order.placed(number),
        "out": lambda: order.without(number),
        "order": lambda: _dragged(order, {row.application.id for row in ranking_of(desk).unplaced}),
    }
    if act not in acts:
        abort(400)
    return keep_order(intake, acts[act](), desk, actor=actor, now=now)


def _dragged(order: WeakOrder, unplaced: set[int]) -> WeakOrder:
    """Return the order that a browser sends as ``tier:id``, if it holds what the host's order holds."""
    placed, seen = [], set()
    for each in request.form.getlist("order"):
        tier, _colon, given = each.partition(":")
        number = int(given) if given.isdecimal() and len(given) < 19 else 0
        seen.add(number)
        if tier == NEW or (tier.isdecimal() and len(tier) < 9):
            placed.append((len(request.form.getlist("order")) + 1_000 if tier == NEW else int(tier), number))
    if seen != {*order.ids, *unplaced} or len(placed) != len({number for _tier, number in placed}):
        raise ReviewRefused("The list was changed in another window. This is how it stands now.")
    return WeakOrder.of(placed)


def _anchor() -> str:
    act, _colon, given = request.form.get("act", "").partition(":")
    return f"application-{given}" if act in ("up", "down", "place") and given.isdecimal() else "order"


def _page(intake: Intake, *, told: str = "", template: str = "incubation/host/ranking.html") -> str:
    desk = desk_of(intake, current_account().id)
    return render_template(
        template,
        host=intake.host,
        call=intake.call,
        intake=intake,
        ranking=ranking_of(desk),
        told=told,
        open=takes_reviews(intake.call, now=clock.now()) and intake.call.method is MatchingMethod.STABLE,
    )
