"""Handing badges over to officers of delegations and to delegates; undoing it."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from gtn_events.accounts.models import Account
from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.addresses import row_id, row_ids
from gtn_events.core.db import db
from gtn_events.core.downloads import send_attachment
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import Permission, requires
from gtn_events.core.text import clean_text

from ...documents_custody import custody_receipt
from ...domain.badge_custody import MOVES, Taker, hand_over, move_badge, undo_handover, undo_move
from ...enums import BadgeState
from ...models import BadgeHandover, Forum, ForumBadge
from ...queries.badge_custody import (
    Party,
    badges_of_party,
    coordinators_of,
    handover_of,
    handovers_of,
    parties_with_badges,
    party_of,
)
from ...queries.badges import badge_of, badge_person
from ...queries.check_in import name_of_account
from .blueprint import blueprint

LONGEST_NAME, LONGEST_FUNCTION = 200, 150
BY_OFFICER = (BadgeState.HANDED_OUT, BadgeState.RETURNED)


@blueprint.get("/badges/handover")
@requires(Permission.FORUM_CHECK_IN)
def badge_handover(forum: Forum) -> ResponseReturnValue:
    """Show whose badges can be handed over, or the badges of the economy or class that was chosen."""
    if not request.args.get("party"):
        return render_template(
            "forum/manage/badge_parties.html",
            forum=forum,
            parties=parties_with_badges(forum),
            handovers=handovers_of(forum),
        )
    return _party_page(forum, _party(clean_text(request.args["party"])))


@blueprint.post("/badges/handover")
@requires(Permission.FORUM_CHECK_IN)
def badge_hand_over(forum: Forum) -> ResponseReturnValue:
    """Hand the chosen badges over, then show the receipt to sign."""
    party = _party(request.form.get("party", ""))
    try:
        handover = hand_over(
            forum,
            party,
            row_ids(request.form.getlist("ids")),
            taker=_taker(party),
            actor=current_account(),
            now=clock.now(),
        )
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        return _party_page(forum, _party(party.key), refusal)
    return redirect(url_for(".badge_handover_show", forum=forum, handover_id=handover.id))


@blueprint.get("/badges/handovers/<int:handover_id>")
@requires(Permission.FORUM_CHECK_IN)
def badge_handover_show(forum: Forum, handover_id: int) -> ResponseReturnValue:
    """Show one handover and where its badges are now."""
    handover = db.one_or_404(handover_of(forum, handover_id))
    return render_template("forum/manage/badge_handover.html", forum=forum, handover=handover)


@blueprint.get("/badges/handovers/<int:handover_id>/receipt.pdf")
@requires(Permission.FORUM_CHECK_IN)
def badge_receipt(forum: Forum, handover_id: int) -> ResponseReturnValue:
    """Send the receipt to sign."""
    handover = db.one_or_404(handover_of(forum, handover_id))
    return send_attachment(custody_receipt(handover, by_name=name_of_account(handover.by_id)))


@blueprint.post("/badges/handovers/<int:handover_id>/undo")
@requires(Permission.FORUM_CHECK_IN)
def badge_handover_undo(forum: Forum, handover_id: int) -> ResponseReturnValue:
    """Take a handover back."""
    handover = db.one_or_404(handover_of(forum, handover_id))
    count = undo_handover(handover, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(ngettext("%(num)d badge is at the desk again.", "%(num)d badges are at the desk again.", count), "success")
    return redirect(url_for(".badge_handover_show", forum=forum, handover_id=handover_id))


@blueprint.post("/badges/handovers/<int:handover_id>/move")
@requires(Permission.FORUM_CHECK_IN)
def badge_handover_move(forum: Forum, handover_id: int) -> ResponseReturnValue:
    """Say for the chosen badges of a handover that the delegates have them, or that they came back."""
    handover = db.one_or_404(handover_of(forum, handover_id))
    state = _state(BY_OFFICER)
    moved = _move_chosen(handover, set(row_ids(request.form.getlist("ids"))), state)
    db.session.commit()
    flash(ngettext("%(num)d badge is noted.", "%(num)d badges are noted.", moved), "success")
    return redirect(url_for(".badge_handover_show", forum=forum, handover_id=handover_id))


@blueprint.post("/badges/<int:registration_id>/move")
@requires(Permission.FORUM_CHECK_IN)
def badge_move(forum: Forum, registration_id: int) -> ResponseReturnValue:
    """Say where the badge of one delegate is."""
    badge, state = _badge(forum, registration_id), _state(tuple(BadgeState))
    move_badge(badge, state, reason=request.form.get("reason", ""), actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("The badge is noted: %(state)s.", state=state.label.lower()), "success")
    return redirect(url_for(".badge", forum=forum, registration_id=registration_id))


@blueprint.post("/badges/<int:registration_id>/undo")
@requires(Permission.FORUM_CHECK_IN)
def badge_move_undo(forum: Forum, registration_id: int) -> ResponseReturnValue:
    """Put the badge of one delegate back to where it was."""
    undo_move(_badge(forum, registration_id), actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("The last step is undone."), "success")
    return redirect(url_for(".badge", forum=forum, registration_id=registration_id))


def _badge(forum: Forum, registration_id: int) -> ForumBadge:
    return badge_of(db.one_or_404(badge_person(forum, registration_id))) or abort(404)


def _state(among: tuple[BadgeState, ...]) -> BadgeState:
    return next((each for each in among if each.value == request.form.get("state")), None) or abort(404)


def _move_chosen(handover: BadgeHandover, registration_ids: set[int], state: BadgeState) -> int:
    moved = 0
    for line in handover.lines:
        if line.badge.registration_id in registration_ids and line.badge.state is BadgeState.WITH_OFFICER:
            move_badge(line.badge, state, reason="", actor=current_account(), now=clock.now())
            moved += 1
    return moved


def _party(key: str) -> Party:
    return party_of(key) or abort(404)


def _taker(party: Party) -> Taker:
    function = clean_text(request.form.get("taker_function", ""))[:LONGEST_FUNCTION]
    chosen = row_id(request.form.get("taker"))
    for account in coordinators_of(party):
        if account.id == chosen:
            return Taker(account.display_name, function or _function_of(party), account.id)
    return Taker(clean_text(request.form.get("taker_name", ""))[:LONGEST_NAME], function)


def _function_of(party: Party) -> str:
    return _("Coordinator of %(economy)s", economy=party.label)


def _party_page(forum: Forum, party: Party, refusal: DomainError | None = None) -> ResponseReturnValue:
    coordinators: list[Account] = coordinators_of(party)
    page = render_template(
        "forum/manage/badge_party.html",
        forum=forum,
        party=party,
        badges=badges_of_party(forum, party),
        coordinators=coordinators,
        moves=MOVES,
        sent=request.form,
        chosen=set(row_ids(request.form.getlist("ids"))),
        error=refusal,
    )
    return page, 422 if refusal else 200
