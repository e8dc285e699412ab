"""Using a nomination, by the link of its mail: the firm begins its entry."""

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.domain.signed_links import LinkPurpose
from gtn_events.accounts.models import Account
from gtn_events.accounts.views.by_link import Arrival, OpenedLink, show_link, use_link
from gtn_events.accounts.views.tokens import signer
from gtn_events.core import clock
from gtn_events.core.db import db
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
    return show_link(_opened(competition, token))


@blueprint.post("/nomination/<token>")
@public
def nomination_accept(competition: Competition, token: str) -> ResponseReturnValue:
    """Begin the entry; a new person's account is made along with it."""
    return use_link(lambda: _opened(competition, token))


def _opened(competition: Competition, token: str) -> OpenedLink:
    values = signer().read(LinkPurpose.NOMINATION, token, now=clock.now())
    found = nomination_of_link(values["nomination"], competition)
    return OpenedLink(
        email=found.email,
        email_key=found.email_key,
        url=url_for(".nomination", competition=competition, token=token),
        template="competition/economy/nomination.html",
        values={"competition": competition, "nomination": found, "until": in_time_until(competition)},
        go_on=lambda account: _accept(found, account),
    )


def _accept(found: Nomination, account: Account) -> Arrival:
    competition, now = found.competition, clock.now()
    accept_nomination(found, account, now=now)
    if not window_of(competition, now=now).takes_entries:
        words = _("Your nomination is kept. You can enter when entries open.")
        return Arrival(url_for("competition_public.show", competition=competition), words)
    own = drafts_of(competition_id=competition.id, account_id=account.id)
    draft = db.session.scalar(own.limit(1)) or begin_draft(competition, actor=account, now=now)
    return Arrival(url_for("competition_enter.resume", competition=competition, draft_id=draft.id))
