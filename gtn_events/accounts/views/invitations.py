"""Answering an invitation to a role, by the link of its mail."""

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.core import clock
from gtn_events.core.permissions import public

from ..domain.invitations import accept_invitation, invitation_of_link
from ..domain.signed_links import LinkPurpose
from ..models import Account, Invitation
from ..queries.invitations import rows_of
from .blueprint import blueprint
from .by_link import Arrival, OpenedLink, show_link, use_link
from .tokens import signer


@blueprint.get("/invitations/<token>")
@public
def invitation(token: str) -> ResponseReturnValue:
    """Say what the person is invited to and ask for the next step: sign up, sign in, or accept."""
    return show_link(_opened(token))


@blueprint.post("/invitations/<token>")
@public
def invitation_accept(token: str) -> ResponseReturnValue:
    """Take the role on; a new person's account is made along with it."""
    return use_link(lambda: _opened(token))


def _opened(token: str) -> OpenedLink:
    now = clock.now()
    values = signer().read(LinkPurpose.INVITATION, token, now=now)
    invited = invitation_of_link(values["invitation"], now=now)
    return OpenedLink(
        email=invited.email,
        email_key=invited.email_key,
        url=url_for(".invitation", token=token),
        template="accounts/invitation.html",
        values={"row": rows_of([invited], now=now)[0]},
        go_on=lambda account: _accept(invited, account),
    )


def _accept(invited: Invitation, account: Account) -> Arrival:
    now = clock.now()
    accept_invitation(invited, account, now=now)
    place = rows_of([invited], now=now)[0].place
    return Arrival(url_for(".home"), _("You are now: %(role)s, %(place)s.", role=invited.role.label, place=place))
