"""Answering an invitation to judge, by the link of its mail."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from gtn_events.accounts.domain.addresses import parse_address
from gtn_events.accounts.domain.sign_up import account_of_key, create_account
from gtn_events.accounts.domain.signed_links import LinkPurpose
from gtn_events.accounts.roles import current_account
from gtn_events.accounts.signed_in import sign_in_browser
from gtn_events.accounts.views.by_link import link_values
from gtn_events.accounts.views.sign_up import person_from
from gtn_events.accounts.views.tokens import signer
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import public

from ...domain.conflicts import derive_conflicts
from ...domain.judges import accept_invitation, decline_invitation, judge_of_link
from ...forms.judge import AcceptForm, AcceptWithAccountForm, DeclineForm, stored_judge, stored_person
from ...models import Competition, Judge
from ...queries.rounds import rounds_in_order
from .blueprint import blueprint


@blueprint.get("/invitation/<token>")
@public
def invitation(competition: Competition, token: str) -> ResponseReturnValue:
    """Say what is asked of the person, and take the next step: sign up, sign in, accept or decline."""
    invited = _invited(competition, token)
    return _page(competition, invited, token, _accept_form(competition, invited), DeclineForm(formdata=None))


@blueprint.post("/invitation/<token>")
@public
def invitation_accept(competition: Competition, token: str) -> ResponseReturnValue:
    """Make the person a judge; a new person's account is made along with it."""
    invited = _invited(competition, token)
    here = url_for(".invitation", competition=competition, token=token)
    if not current_user.is_authenticated and account_of_key(invited.email_key) is not None:
        return redirect(url_for("accounts.sign_in", next=here))
    form = _accept_form(competition, invited)
    if not form.validate():
        return _page(competition, invited, token, form, DeclineForm(formdata=None)), 422
    try:
        return _accept(competition, invited, form)
    except DomainError as refused:
        db.session.rollback()
        form.refuse(refused)
        return _page(competition, invited, token, form, DeclineForm(formdata=None)), refused.http_status


@blueprint.post("/invitation/<token>/decline")
@public
def invitation_decline(competition: Competition, token: str) -> ResponseReturnValue:
    """Take the person's no, with the reason; the link alone is proof enough."""
    invited = _invited(competition, token)
    form = DeclineForm()
    if not form.validate():
        return _page(competition, invited, token, _accept_form(competition, invited, typed=False), form), 422
    decline_invitation(invited, reason=form.reason.data or "", substitute=form.substitute.data or "", now=clock.now())
    db.session.commit()
    return render_template("competition/judge/declined.html", competition=competition)


def _invited(competition: Competition, token: str) -> Judge:
    values = signer().read(LinkPurpose.JUDGING, token, now=clock.now())
    return judge_of_link(values["judge"], competition)


def _accept(competition: Competition, invited: Judge, form: AcceptForm | AcceptWithAccountForm) -> ResponseReturnValue:
    now = clock.now()
    response = redirect(url_for("accounts.home"))
    signs_up = isinstance(form, AcceptWithAccountForm)
    if isinstance(form, AcceptWithAccountForm):
        account = create_account(parse_address(invited.email), form.password.data, person_from(form), now=now)
    else:
        account = current_account()
    accept_invitation(invited, account, form.profile(account.economy_code or invited.economy_code), now=now)
    if signs_up:
        sign_in_browser(account, response)
    derive_conflicts(competition, actor=None, now=now)
    db.session.commit()
    flash(_("You are now a judge of %(title)s. Thank you.", title=competition.title), "success")
    return response


def _accept_form(competition: Competition, invited: Judge, *, typed: bool = True) -> AcceptForm | AcceptWithAccountForm:
    kind = AcceptForm if current_user.is_authenticated else AcceptWithAccountForm
    known = stored_judge(invited) | stored_person(invited)
    form = kind() if request.method == "POST" and typed else kind(formdata=None, data=known)
    if isinstance(form, AcceptWithAccountForm):
        form.fill_choices()
    form.offer(competition)
    return form


def _page(
    competition: Competition,
    invited: Judge,
    token: str,
    form: AcceptForm | AcceptWithAccountForm,
    decline_form: DeclineForm,
) -> str:
    return render_template(
        "competition/judge/invitation.html",
        competition=competition,
        judge=invited,
        token=token,
        form=form,
        decline_form=decline_form,
        rounds=rounds_in_order(competition),
        **link_values(invited.email_key, url_for(".invitation", competition=competition, token=token)),
    )
