"""Which mail about a host goes to whom: its managers, the coordinators of its economy, firms that named it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account, RoleGrant
from gtn_events.core.db import db
from gtn_events.core.outbox import Recipient, enqueue_mail
from gtn_events.core.permissions import Scope

from .enums import ApplicationState
from .models import Application, Host, Intake, Wish


def people_with(role: Role, scope: Scope) -> list[Account]:
    """Return who holds a role for this very thing now."""
    statement = (
        select(Account)
        .join(RoleGrant, RoleGrant.account_id == Account.id)
        .where(
            RoleGrant.role == role,
            RoleGrant.scope_kind == scope.kind,
            RoleGrant.scope_id == scope.id,
            RoleGrant.ended_at.is_(None),
        )
        .order_by(Account.id)
    )
    return list(db.session.scalars(statement))


def tell_managers(
    host: Host, template: str, *, occasion: str, now: datetime, **context: Any
) -> None:  # Any: whatever the mail needs beyond the host
    """Put one mail to each manager of a host into the outbox, once for each occasion."""
    people = people_with(Role.HOST_MANAGER, host.scope)
    _tell(people, host, template, occasion=occasion, now=now, **context)


def tell_coordinators(host: Host, template: str, *, now: datetime, occasion: str = "", **context: Any) -> None:
    """Put one mail to each coordinator of the host's economy into the outbox, once for each occasion."""
    people = people_with(Role.ECONOMY_COORDINATOR, host.economy.scope)
    _tell(people, host, template, occasion=occasion or now.isoformat(), now=now, **context)


def tell_of_withdrawn_places(intake: Intake, *, reason: str, now: datetime) -> None:
    """Tell the organiser's contact, and whoever named the host in an application that may still be matched."""
    call, host = intake.call, intake.host
    named = (
        select(Account)
        .join(Application, Application.account_id == Account.id)
        .join(Wish, Wish.application_id == Application.id)
        .where(
            Wish.intake_id == intake.id,
            Application.state.in_([each for each in ApplicationState if each.is_live]),
        )
        .order_by(Account.id)
    )
    for account in db.session.scalars(named):
        occasion = f"{intake.id}:{now.isoformat()}"
        _send(account, host, "incubation/places_withdrawn", occasion, scope=call.scope, now=now, call=call)
    if call.contact_email:
        enqueue_mail(
            f"places-withdrawn:{intake.id}:{now.isoformat()}",
            "incubation/places_withdrawn_organiser",
            to=Recipient(call.contact_email, call.contact_name, "en", call.time_zone),
            context={"call": call, "host": host, "reason": reason},
            now=now,
            scope=call.scope,
        )


def _tell(
    people: Iterable[Account], host: Host, template: str, *, occasion: str, now: datetime, **context: Any
) -> None:
    for account in people:
        _send(account, host, template, occasion, scope=host.scope, now=now, **context)


def _send(
    account: Account, host: Host, template: str, occasion: str, *, scope: Scope, now: datetime, **context: Any
) -> None:
    enqueue_mail(
        f"host:{host.id}:{template}:{occasion}:{account.id}",
        template,
        to=Recipient(account.email, account.display_name, account.language, account.time_zone),
        context={"host": host, **context},
        now=now,
        scope=scope,
    )
