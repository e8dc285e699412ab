"""Using a nomination, by the link of its mail: the firm begins its entry."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from gtn_events.accounts.domain.addresses import parse_address
from gtn_events.accounts.domain.sign_up import account_of_key, create_account
from gtn_events.accounts.domain.signed_links import LinkPurpose
from gtn_events.accounts.forms.sign_in import NewAccountForm
from gtn_events.accounts.models import Account
from gtn_events.accounts.roles import current_account
from gtn_events.accounts.signed_in import sign_in_browser
from gtn_events.accounts.views.sign_up import person_from
from gtn_events.accounts.views.tokens import signer
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import public

from ...domain.entry_drafts import begin_draft
from ...domain.entry_window import in_time_until, window_of
from ...domain.nomination_use import accept_nomination, nomination_of_link
from ...models import Competition, Nomination
from ...queries.entrant import drafts_of
from .blueprint import blueprint


@blueprint.get("/nomination/<token>")
@public
def nomination(competition: Competition, token: str) -> ResponseReturnValue:
    """Say who nominates the firm, and take the next step: sign up, sign in, or begin the entry."""
    return _page(_nominated(competition, token), token, _account_form())


@blueprint.post("/nomination/<token>")
@public
def nomination_accept(competition: Competition, token: str) -> ResponseReturnValue:
    """Begin the entry; a new person's account is made along with it."""
    found = _nominated(competition, token)
    if current_user.is_authenticated:
        return _accept(found, current_account())
    if account_of_key(found.email_key) is not None:
        here = url_for(".nomination", competition=competition, token=token)
        return redirect(url_for("accounts.sign_in", next=here))
    form = _account_form()
    if not form.validate():
        return _page(found, token, form), 422
    try:
        account = create_account(parse_address(found.email), form.password.data, person_from(form), now=clock.now())
        return _accept(found, account, signs_in=True)
    except DomainError as refused:
        db.session.rollback()
        form.refuse(refused)
        return _page(_nominated(competition, token), token, form), refused.http_status


def _nominated(competition: Competition, token: str) -> Nomination:
    values = signer().read(LinkPurpose.NOMINATION, token, now=clock.now())
    return nomination_of_link(values["nomination"], competition)


def _accept(found: Nomination, account: Account, *, signs_in: bool = False) -> ResponseReturnValue:
    competition, now = found.competition, clock.now()
    accept_nomination(found, account, now=now)
    if window_of(competition, now=now).takes_entries:
        own = drafts_of(competition_id=competition.id, account_id=account.id)
        draft = db.session.scalar(own.limit(1)) or begin_draft(competition, actor=account, now=now)
        response = redirect(url_for("competition_enter.resume", competition=competition, draft_id=draft.id))
    else:
        flash(_("Your nomination is kept. You can enter when entries open."), "success")
        response = redirect(url_for("competition_public.show", competition=competition))
    if signs_in:
        sign_in_browser(account, response)
    db.session.commit()
    return response


def _account_form() -> NewAccountForm:
    form = NewAccountForm()
    form.fill_choices()
    return form


def _page(found: Nomination, token: str, form: NewAccountForm) -> str:
    signed_in = current_account() if current_user.is_authenticated else None
    return render_template(
        "competition/economy/nomination.html",
        competition=found.competition,
        nomination=found,
        token=token,
        form=form,
        until=in_time_until(found.competition),
        signed_in=signed_in,
        is_theirs=signed_in is not None and signed_in.email_key == found.email_key,
        has_account=account_of_key(found.email_key) is not None,
        sign_in_url=url_for(
            "accounts.sign_in", next=url_for(".nomination", competition=found.competition, token=token)
        ),
    )
