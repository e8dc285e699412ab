"""The home page: what waits for the person first."""

from datetime import datetime

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.permissions import Permission, requires
from gtn_events.core.text import local

from ..domain.signed_links import LinkPurpose
from ..home import HomeItem, HomeSection, entries_of, home_of
from ..models import Account
from ..queries.invitations import invitations_to, rows_of
from ..roles import current_account
from .blueprint import blueprint
from .tokens import signer


@blueprint.get("/home")
@requires(Permission.SIGNED_IN)
def home() -> ResponseReturnValue:
    """Show what waits, what the person has and what can be started."""
    account, now = current_account(), clock.now()
    section = home_of(account, now=now)
    return render_template(
        "accounts/home.html",
        account=account,
        name=account.given_name or account.family_name,
        part_of_day=part_of_day(account, now=now),
        home=section,
        waiting=entries_of(section.waiting),
        have=entries_of(section.have),
        tab_counts={"home": len(section.waiting)},
    )


def part_of_day(account: Account, *, now: datetime) -> str:
    """Return ``morning``, ``afternoon`` or ``evening`` where the person is; empty while they have no name."""
    if not (account.given_name or account.family_name):
        return ""
    hour = local(now, account.time_zone).hour
    if 5 <= hour < 12:
        return "morning"
    return "afternoon" if 12 <= hour < 18 else "evening"


def own_section(account: Account, now: datetime) -> HomeSection:
    """Return what accounts themselves ask of a person: invitations, a profile and a confirmed address."""
    waiting = _invited(account, now=now) if account.email_confirmed_at is not None else []
    if account.email_confirmed_at is None:
        waiting.append(
            HomeItem(
                title=_("Confirm your address"),
                text=_("We send a link to %(email)s. Tickets and decisions go there.", email=account.email),
                button=_("Get the link"),
                url=url_for("accounts.address"),
                urgent=True,
            )
        )
    if not account.has_profile:
        waiting.append(
            HomeItem(
                title=_("Say who you are"),
                text=_("Your name and economy stand on badges, lists and certificates."),
                button=_("Fill in the profile"),
                url=url_for("accounts.profile"),
            )
        )
    return HomeSection(waiting=waiting)


def _invited(account: Account, *, now: datetime) -> list[HomeItem]:
    rows = rows_of(db.session.scalars(invitations_to(account, now=now)).all(), now=now)
    links = signer()
    return [
        HomeItem(
            title=_("You are invited: %(role)s", role=row.invitation.role.label),
            text=row.place,
            button=_("Answer"),
            url=url_for(
                "accounts.invitation",
                token=links.make(LinkPurpose.INVITATION, {"invitation": row.invitation.id}, now=now),
            ),
            deadline=row.invitation.expires_at,
        )
        for row in rows
    ]
