"""One person of the delegation: what they gave, without what is sensitive, and what the coordinator does."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.journal import entries_about, shown_entries
from gtn_events.core.permissions import Permission, requires
from gtn_events.forum.domain.economy_stage import (
    endorse_registration,
    may_take_back,
    refuse_for_economy,
    take_back_endorsement,
)
from gtn_events.forum.domain.ending import would_end
from gtn_events.forum.domain.registrations import withdraw_registration
from gtn_events.forum.domain.transitions import Action, Party, actions_for
from gtn_events.forum.errors import ReasonMissing
from gtn_events.forum.models import Registration
from gtn_events.forum.queries.mail import mails_about
from gtn_events.forum.queries.substitutions import REPLACEABLE
from gtn_events.questionnaire.domain.presenting import present
from gtn_events.questionnaire.domain.questions import specs_of
from gtn_events.questionnaire.queries.answers import file_names, read_answers

from ..forms.protocol import ProtocolForm
from ..models import Delegation
from ..queries.people import registration_of
from ..queries.substitutes import notes_of
from .blueprint import blueprint


@blueprint.get("/people/<int:registration_id>")
@requires(Permission.DELEGATION_MANAGE)
def person(delegation: Delegation, registration_id: int) -> ResponseReturnValue:
    """Show one person of the economy."""
    return person_page(delegation, found_person(delegation, registration_id))


@blueprint.post("/people/<int:registration_id>/approve")
@requires(Permission.DELEGATION_MANAGE)
def approve(delegation: Delegation, registration_id: int) -> ResponseReturnValue:
    """Say yes for the economy; the host decides next."""
    found = found_person(delegation, registration_id)
    endorse_registration(found, actor=current_account(), now=clock.now(), reason=_reason())
    db.session.commit()
    flash(_("%(name)s is approved by the economy and waits for the host.", name=found.delegate_name), "success")
    return _back(delegation, found)


@blueprint.post("/people/<int:registration_id>/reject")
@requires(Permission.DELEGATION_MANAGE)
def reject(delegation: Delegation, registration_id: int) -> ResponseReturnValue:
    """Say no for the economy; the person reads the reason."""
    found = found_person(delegation, registration_id)
    try:
        refuse_for_economy(found, actor=current_account(), now=clock.now(), reason=_reason())
    except ReasonMissing as missing:
        db.session.rollback()
        return person_page(delegation, found_person(delegation, registration_id), error=missing), 422
    db.session.commit()
    flash(_("%(name)s is rejected, and is told why.", name=found.delegate_name), "success")
    return _back(delegation, found)


@blueprint.post("/people/<int:registration_id>/take-back")
@requires(Permission.DELEGATION_MANAGE)
def take_back(delegation: Delegation, registration_id: int) -> ResponseReturnValue:
    """Take the economy's yes back while the host has not decided."""
    found = found_person(delegation, registration_id)
    take_back_endorsement(found, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("The yes for %(name)s is taken back. Your economy decides anew.", name=found.delegate_name), "success")
    return _back(delegation, found)


@blueprint.get("/people/<int:registration_id>/withdraw")
@requires(Permission.DELEGATION_MANAGE)
def withdraw_ask(delegation: Delegation, registration_id: int) -> ResponseReturnValue:
    """Ask before somebody is withdrawn, saying what becomes of the place."""
    found = found_person(delegation, registration_id)
    if Action.WITHDRAW not in actions_for(found.state, Party.COORDINATOR):
        return _back(delegation, found)
    return _withdraw_page(found)


@blueprint.post("/people/<int:registration_id>/withdraw")
@requires(Permission.DELEGATION_MANAGE)
def withdraw(delegation: Delegation, registration_id: int) -> ResponseReturnValue:
    """Cancel a registration for the economy; the person reads the reason, and the place passes on."""
    found = found_person(delegation, registration_id)
    try:
        withdraw_registration(found, actor=current_account(), now=clock.now(), reason=_reason())
    except ReasonMissing:
        db.session.rollback()
        found = found_person(delegation, registration_id)
        error = _("Give a reason: %(name)s will read it.", name=found.delegate_name)
        return _withdraw_page(found, error=error), 422
    db.session.commit()
    flash(_("%(name)s is withdrawn, and is told why.", name=found.delegate_name), "success")
    return _back(delegation, found)


def found_person(delegation: Delegation, registration_id: int) -> Registration:
    """Return a person of the economy, or answer 404."""
    found: Registration = db.one_or_404(registration_of(delegation, registration_id))
    return found


def _reason() -> str:
    return request.form.get("reason", "").strip()


def _withdraw_page(found: Registration, *, error: str = "") -> str:
    return render_template("delegations/withdraw.html", registration=found, ended=would_end([found.id]), error=error)


def _back(delegation: Delegation, found: Registration) -> ResponseReturnValue:
    return redirect(url_for(".person", **delegation.address, registration_id=found.id))


def person_page(
    delegation: Delegation,
    found: Registration,
    *,
    error: DomainError | None = None,
    protocol: ProtocolForm | None = None,
) -> str:
    """Return the page of a person; with an error, what was typed stands in it again."""
    notes = notes_of(delegation, [found.id]).get(found.id, [])
    place = {"function": found.delegation_function.value, "rank": found.delegation_rank}
    return render_template(
        "delegations/person.html",
        registration=found,
        answers=_plain_answers(found),
        may_take_back=may_take_back(found),
        may_withdraw=Action.WITHDRAW in actions_for(found.state, Party.COORDINATOR),
        may_substitute=found.state in REPLACEABLE and not any(each.is_promise for each in notes),
        notes=notes,
        mails=mails_about(found),
        history=shown_entries(list(db.session.scalars(entries_about(found, limit=40)))),
        protocol=protocol or ProtocolForm(formdata=None, data=place),
        error=error.message if error else "",
        reason=_reason() if error else "",
    )


def _plain_answers(found: Registration) -> list[tuple[str, str]]:
    """Return label and answer of the questions that are not sensitive, in their order."""
    specs = [each for each in specs_of(found.answer_set.version) if not each.sensitive]
    given = read_answers(found.answer_set, with_sensitive=False)
    files = file_names(value for value in given.values() if type(value) is int)
    return [(spec.label, present(spec, given.get(spec.key), file_names=files)) for spec in specs]
