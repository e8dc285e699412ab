"""Mounting the pages of who works at a forum or a competition below the pages of whatever has staff.

The owner's package does this once, beside its other organiser's views::

    def _workplace(forum: Forum) -> Workplace:
        return Workplace(forum.scope, STAFF_ROLES, "forum/manage/staff.html", {"forum": forum})

    mount_staff(blueprint, permission=Permission.FORUM_HELPERS_EDIT, load=_workplace)
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import Permission, Scope, requires

from ..domain.invitations import send_again, withdraw_invitation
from ..domain.staff import add_staff, end_staff
from ..enums import Role
from ..forms.staff import StaffForm
from ..models import Account, Invitation, RoleGrant
from ..queries.invitations import open_invitations, open_rows
from ..queries.staff import staff_grant_of, staff_grants
from ..roles import current_account
from .tokens import signer


class Ending(Protocol):
    """Taking a role back, unless what it was for would be left without anybody."""

    def __call__(self, grant: RoleGrant, *, actor: Account, now: datetime) -> None: ...


@dataclass(frozen=True)
class Workplace:
    """The thing at which people work.

    Attributes:
        scope: what the roles are given for.
        roles: the roles that can be given here; nobody is asked to choose where there is one only.
        template: the page, in the owner's layout; ``accounts/_staff.html`` has what it shows.
        url_args: the arguments that every address of these pages needs (``{"forum": forum}``), for the template too.
        end: how a role is taken back.
    """

    scope: Scope
    roles: Sequence[Role]
    template: str
    url_args: dict[str, Any]
    end: Ending = end_staff

    def back(self) -> ResponseReturnValue:
        """Redirect to who works here."""
        return redirect(url_for(".staff", **self.url_args))

    def invitation_or_404(self, invitation_id: int) -> Invitation:
        """Return an open invitation to one of these roles."""
        return db.one_or_404(open_invitations(self.scope, roles=self.roles).where(Invitation.id == invitation_id))

    def page(self, form: StaffForm) -> ResponseReturnValue:
        """Show who works here and who is invited."""
        page = render_template(
            self.template,
            form=form,
            grants=staff_grants(self.scope, self.roles),
            invited=open_rows(self.scope, roles=self.roles, now=clock.now()),
            url_args=self.url_args,
            **self.url_args,
        )
        return page, 422 if form.errors else 200


def mount_staff(blueprint: Blueprint, *, permission: Permission, load: Callable[..., Workplace]) -> None:
    """Add the pages of who works here to a blueprint, at ``/staff`` below its prefix.

    Args:
        blueprint: the owner's; a preprocessor of its own has turned the address into rows.
        permission: what every page asks for, in the scope of the first scoped argument.
        load: takes the blueprint's address arguments by name, returns the workplace.
    """

    @blueprint.route("/staff", methods=["GET", "POST"])
    @requires(permission)
    def staff(**owner: Any) -> ResponseReturnValue:  # Any: what the owner's preprocessor put there
        """Show who works here and who is invited, or add somebody."""
        return _staff(load(**owner))

    @blueprint.post("/staff/<int:grant_id>/end")
    @requires(permission)
    def staff_end(grant_id: int, **owner: Any) -> ResponseReturnValue:  # Any: see staff
        """Take a role back."""
        return _end(load(**owner), grant_id)

    @blueprint.post("/staff/invitations/<int:invitation_id>/resend")
    @requires(permission)
    def staff_invitation_resend(invitation_id: int, **owner: Any) -> ResponseReturnValue:  # Any: see staff
        """Mail an invitation once more."""
        return _resend(load(**owner), invitation_id)

    @blueprint.post("/staff/invitations/<int:invitation_id>/withdraw")
    @requires(permission)
    def staff_invitation_withdraw(invitation_id: int, **owner: Any) -> ResponseReturnValue:  # Any: see staff
        """Take an invitation back."""
        return _withdraw(load(**owner), invitation_id)


def _staff(here: Workplace) -> ResponseReturnValue:
    form = StaffForm()
    form.offer(here.roles)
    if not form.validate_on_submit():
        return here.page(form)
    actor, role = current_account(), form.chosen_role(here.roles)
    try:
        given = add_staff(
            here.scope, form.email.data, role, roles=here.roles, links=signer(), actor=actor, now=clock.now()
        )
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return here.page(form)
    if isinstance(given, Invitation):
        flash(_("An invitation to %(email)s is on its way.", email=given.email), "success")
    else:
        flash(_("%(name)s: %(role)s.", name=given.account.display_name, role=given.role.label), "success")
    return here.back()


def _end(here: Workplace, grant_id: int) -> ResponseReturnValue:
    grant = db.one_or_404(staff_grant_of(here.scope, here.roles, grant_id))
    here.end(grant, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("%(name)s is no longer %(role)s here.", name=grant.account.display_name, role=grant.role.label), "success")
    # Whoever gave up their own role may not see these pages any more.
    return redirect(url_for("accounts.home")) if grant.account_id == current_account().id else here.back()


def _resend(here: Workplace, invitation_id: int) -> ResponseReturnValue:
    invited = here.invitation_or_404(invitation_id)
    send_again(invited, links=signer(), actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("An invitation to %(email)s is on its way.", email=invited.email), "success")
    return here.back()


def _withdraw(here: Workplace, invitation_id: int) -> ResponseReturnValue:
    invited = here.invitation_or_404(invitation_id)
    withdraw_invitation(invited, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("The invitation to %(email)s is withdrawn.", email=invited.email), "success")
    return here.back()
