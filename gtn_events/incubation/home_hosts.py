"""What the home page shows of hosts and calls: what a manager, a coordinator and an organiser have to do."""

from collections.abc import Iterator
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.home import HomeItem, HomeSection
from gtn_events.accounts.models import Account
from gtn_events.accounts.queries.coordinators import own_economies
from gtn_events.core.db import db
from gtn_events.core.permissions import Permission, may

from .domain.profile import what_is_missing
from .domain.verification import verification_of
from .enums import Verification
from .models import Call, Host
from .queries.hosts import hosts_that_wait


def hosts_section(account: Account, now: datetime) -> HomeSection:
    """Return the part of managers, coordinators and organisers of co-incubation."""
    hosts = _managed(account)
    return HomeSection(
        waiting=[*_of_managers(hosts, now), *_of_coordinators(account, now)],
        have=[*_hosts(hosts), *_economies(account), *_calls(account)],
        can_start=list(_new_call()),
    )


def _managed(account: Account) -> list[Host]:
    ids = _scopes(account, Role.HOST_MANAGER, "host")
    return list(db.session.scalars(select(Host).where(Host.id.in_(ids)).order_by(Host.sort_name))) if ids else []


def _of_managers(hosts: list[Host], now: datetime) -> Iterator[HomeItem]:
    for host in hosts:
        missing, verification = what_is_missing(host), verification_of(host, now=now)
        url = url_for("incubation_host.overview", host=host)
        if missing:
            words = ngettext("%(num)s thing is missing", "%(num)s things are missing", len(missing))
            yield HomeItem(title=_("Complete the profile"), text=f"{host.name} · {words}", url=url, button=_("Go on"))
        elif verification in {Verification.NONE, Verification.SENT_BACK, Verification.EXPIRED}:
            yield HomeItem(
                title=_("Have the host verified"), text=f"{host.name} · {verification.label}", url=url, button=_("Ask")
            )


def _of_coordinators(account: Account, now: datetime) -> Iterator[HomeItem]:
    for economy in own_economies(account):
        if count := hosts_that_wait([economy.code], today=now):
            yield HomeItem(
                title=ngettext("%(num)s host to verify", "%(num)s hosts to verify", count),
                text=_("Co-incubation"),
                url=url_for("incubation_economy.hosts", economy=economy.code),
                button=_("Verify"),
                economy=economy,
            )


def _hosts(hosts: list[Host]) -> Iterator[HomeItem]:
    for host in hosts:
        yield HomeItem(title=host.name, text=_("You look after it"), url=url_for("incubation_host.overview", host=host))


def _economies(account: Account) -> Iterator[HomeItem]:
    for economy in own_economies(account):
        yield HomeItem(
            title=_("Hosts of co-incubation"),
            text=_("You verify them"),
            url=url_for("incubation_economy.hosts", economy=economy.code),
            economy=economy,
        )


def _calls(account: Account) -> Iterator[HomeItem]:
    organised = set(_scopes(account, Role.ORGANISER, "call"))
    helped = set(_scopes(account, Role.HELPER, "call"))
    if not organised | helped:
        return
    statement = select(Call).where(Call.id.in_(organised | helped)).order_by(Call.opens_at.desc())
    for call in db.session.scalars(statement):
        yield HomeItem(
            title=call.title,
            text=_("You organise it") if call.id in organised else _("You help its organisers"),
            url=url_for("incubation_manage.overview", call=call),
            state=call.state,
        )


def _new_call() -> Iterator[HomeItem]:
    if may(Permission.CALL_CREATE):
        yield HomeItem(
            title=_("Open a call for co-incubation"),
            text=_("It is a draft that only its organisers see until you publish it."),
            url=url_for("incubation_opening.new"),
        )


def _scopes(account: Account, role: Role, kind: str) -> list[int]:
    return [grant.scope_id for grant in account.live_grants if grant.role is role and grant.scope_kind == kind]
