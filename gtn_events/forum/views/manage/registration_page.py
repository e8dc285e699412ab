"""One registration: everything about it, and what an organiser does with it."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.queries.coordinators import coordinators_of
from gtn_events.accounts.queries.people import names_of
from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.journal import entries_about, record, shown_entries
from gtn_events.core.permissions import Permission, requires
from gtn_events.questionnaire.domain.presenting import present
from gtn_events.questionnaire.domain.questions import QuestionSpec, specs_of
from gtn_events.questionnaire.queries.answers import file_names, read_answers

from ...domain.bulk import act_on_one
from ...domain.economy_stage import decide_without_economy, has_coordinator, waits_for_economy
from ...domain.ending import would_end
from ...domain.registrations import cancel_registration, reconsider_registration
from ...domain.transitions import Action, Party, actions_for
from ...enums import ApprovalStage, RegistrationState
from ...models import Forum, Registration
from ...notifications import tell_again
from ...queries.bookings import active_bookings
from ...queries.mail import mails_about
from ...queries.registrations import check_ins_of, registration_of
from ...queries.substitutions import substitutions_about
from .blueprint import blueprint

JOURNAL_SHOWN = 40


@blueprint.get("/registrations/<int:registration_id>")
@requires(Permission.FORUM_REGISTRATIONS_SEE)
def registration(forum: Forum, registration_id: int) -> ResponseReturnValue:
    """Show one registration; sensitive answers stay masked."""
    return _page(forum, db.one_or_404(registration_of(forum, registration_id)), with_sensitive=False)


@blueprint.post("/registrations/<int:registration_id>/sensitive")
@requires(Permission.FORUM_SENSITIVE_SEE)
def registration_sensitive(forum: Forum, registration_id: int) -> ResponseReturnValue:
    """Show the sensitive answers this once; that somebody looked is written down."""
    found = db.one_or_404(registration_of(forum, registration_id))
    record("sensitive answers shown", found, actor=current_account(), now=clock.now(), scope=forum.scope)
    db.session.commit()
    return _page(forum, found, with_sensitive=True)


@blueprint.post("/registrations/<int:registration_id>/act")
@requires(Permission.FORUM_REGISTRATIONS_MANAGE)
def registration_decide(forum: Forum, registration_id: int) -> ResponseReturnValue:
    """Do what the pressed button says, then show the registration as it is now."""
    found = db.one_or_404(registration_of(forum, registration_id))
    try:
        action = Action(request.form.get("action", ""))
    except ValueError:
        abort(404)
    reason = request.form.get("reason", "").strip()
    _act(action, found, reason)
    db.session.commit()
    flash(_("%(name)s is now %(state)s.", name=found.delegate_name, state=found.state.label.lower()), "success")
    return redirect(url_for(".registration", forum=forum, registration_id=found.id))


@blueprint.post("/registrations/<int:registration_id>/without-economy")
@requires(Permission.FORUM_REGISTRATIONS_MANAGE)
def registration_without_economy(forum: Forum, registration_id: int) -> ResponseReturnValue:
    """Let the host decide although the economy has not answered, with the reason for it."""
    found = db.one_or_404(registration_of(forum, registration_id))
    reason = request.form.get("reason", "").strip()
    decide_without_economy(found, actor=current_account(), now=clock.now(), reason=reason)
    db.session.commit()
    flash(_("You decide on %(name)s without the economy now.", name=found.delegate_name), "success")
    return redirect(url_for(".registration", forum=forum, registration_id=found.id))


@blueprint.post("/registrations/<int:registration_id>/mail")
@requires(Permission.FORUM_MAIL_MANAGE)
def registration_mail_again(forum: Forum, registration_id: int) -> ResponseReturnValue:
    """Send the mail about the present state once more."""
    found = db.one_or_404(registration_of(forum, registration_id))
    now = clock.now()
    tell_again(found, now=now)
    record("mail sent again", found, actor=current_account(), now=now, scope=forum.scope)
    db.session.commit()
    flash(_("The mail to %(address)s is on its way again.", address=found.email), "success")
    return redirect(url_for(".registration", forum=forum, registration_id=found.id))


def _act(action: Action, found: Registration, reason: str) -> None:
    actor, now = current_account(), clock.now()
    if action is Action.RECONSIDER:
        reconsider_registration(found, actor=actor, now=now)
    elif action is Action.CANCEL:
        cancel_registration(found, actor=actor, now=now, party=Party.ORGANISER, reason=reason or None)
    elif action in actions_for(found.state, Party.ORGANISER):
        act_on_one(action, found, actor=actor, now=now, reason=reason)
    else:
        flash(_("%(name)s was decided on meanwhile.", name=found.delegate_name), "danger")


def _page(forum: Forum, found: Registration, *, with_sensitive: bool) -> str:
    specs = specs_of(found.answer_set.version)
    return render_template(
        "forum/manage/registration.html",
        forum=forum,
        registration=found,
        answers=_answers(found, [each for each in specs if not each.sensitive], with_sensitive=False),
        sensitive=[each.label for each in specs if each.sensitive],
        sensitive_answers=_answers(found, [each for each in specs if each.sensitive], with_sensitive=True)
        if with_sensitive
        else None,
        actions=_actions(found),
        ended=would_end([found.id]) if found.state.is_active else [],
        waits_for_economy=found.state is RegistrationState.PENDING and found.stage is ApprovalStage.ECONOMY,
        asks_economy=found.answer_due_at is not None or found.economy_answered_at is not None,
        coordinators=coordinators_of([found.economy_code]).get(found.economy_code, []) if found.economy_code else [],
        answered_by=names_of([found.economy_answered_by_id]) if found.economy_answered_by_id else {},
        now=clock.now(),
        substitutions=substitutions_about(found),
        bookings=active_bookings(found),
        check_ins=check_ins_of(found),
        mails=mails_about(found),
        history=shown_entries(list(db.session.scalars(entries_about(found, limit=JOURNAL_SHOWN)))),
    )


def _actions(found: Registration) -> list[Action]:
    """Return what the page offers: nothing that an economy, which can still answer, has to say first."""
    actions = actions_for(found.state, Party.ORGANISER)
    if waits_for_economy(found, now=clock.now()) and has_coordinator(found):
        return [each for each in actions if each not in (Action.ADMIT, Action.APPROVE)]
    return actions


def _answers(found: Registration, specs: list[QuestionSpec], *, with_sensitive: bool) -> list[tuple[str, str]]:
    """Return label and answer of the questions, in their order."""
    given = read_answers(found.answer_set, with_sensitive=with_sensitive)
    files = file_names(value for value in given.values() if type(value) is int)
    return [(spec.label, present(spec, given.get(spec.key), file_names=files)) for spec in specs]
