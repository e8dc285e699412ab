"""Adding a host with its first manager, and putting it into the catalogue or taking it out: one table."""

import re
import unicodedata
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select

from gtn_events.accounts.domain.invitations import give_or_invite
from gtn_events.accounts.domain.roles import end_grant
from gtn_events.accounts.domain.signed_links import LinkSigner
from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account, Invitation, RoleGrant
from gtn_events.core.db import db
from gtn_events.core.economies import Economy
from gtn_events.core.journal import record
from gtn_events.core.text import fold

from ..enums import HostState
from ..errors import HostRefused, TransitionRefused
from ..models import Host
from ..notifications_hosts import people_with
from .profile import what_is_missing

RESERVED_SLUGS = frozenset({"new"})
LONGEST_SLUG = 50


class HostAction(StrEnum):
    """What a manager can do with a host as a whole."""

    LIST = "list"
    RETIRE = "retire"


TRANSITIONS: dict[tuple[HostState, HostAction], HostState] = {
    (HostState.DRAFT, HostAction.LIST): HostState.LISTED,
    (HostState.RETIRED, HostAction.LIST): HostState.LISTED,
    (HostState.LISTED, HostAction.RETIRE): HostState.RETIRED,
}
_WORDS = {HostAction.LIST: "put into the catalogue", HostAction.RETIRE: "taken out of the catalogue"}


def add_host(
    name: str,
    economy: Economy,
    *,
    city: str,
    time_zone: str,
    manager_email: str,
    links: LinkSigner,
    actor: Account,
    now: datetime,
) -> tuple[Host, RoleGrant | Invitation]:
    """Return a new host, a draft, and what its manager got: the role at once, or an invitation by mail.

    Raises:
        HostRefused: the economy has a host of this name already.
        DomainError: the address cannot be invited; belongs to the field ``email``.

    Flushes; the caller commits.
    """
    same = select(Host.id).where(Host.economy_code == economy.code, Host.sort_name == fold(name)[:220])
    if db.session.scalar(same.limit(1)) is not None:
        raise HostRefused("This economy has a host of this name already. It stands in the list of hosts.", field="name")
    host = Host(slug=_free_slug(name), name=name, economy=economy, city=city, time_zone=time_zone, created_at=now)
    db.session.add(host)
    db.session.flush()
    record("host added", host, actor=actor, now=now, scope=host.scope)
    given = give_or_invite(manager_email, Role.HOST_MANAGER, scope=host.scope, links=links, actor=actor, now=now)
    return host, given


def invite_first_manager(
    host: Host, email: str, *, links: LinkSigner, actor: Account, now: datetime
) -> RoleGrant | Invitation:
    """Invite somebody to look after a host that nobody looks after yet, such as when an invitation ran out.

    Raises:
        HostRefused: it has a manager, who alone invites others.
        DomainError: the address cannot be invited; belongs to the field ``email``.

    Flushes; the caller commits.
    """
    if people_with(Role.HOST_MANAGER, host.scope):
        raise HostRefused(f"{host.name} has a manager, who can invite others.")
    return give_or_invite(email, Role.HOST_MANAGER, scope=host.scope, links=links, actor=actor, now=now)


def end_manager(grant: RoleGrant, *, actor: Account, now: datetime) -> None:
    """Take the role of a manager back.

    Raises:
        HostRefused: the host would be left without one.

    Flushes; the caller commits.
    """
    if len(people_with(Role.HOST_MANAGER, grant.scope)) == 1:
        raise HostRefused(f"{grant.account.display_name} is the only manager. Invite another one first.")
    end_grant(grant, actor=actor, now=now)


def act_on_host(host: Host, action: HostAction, *, actor: Account, now: datetime) -> None:
    """Put a host into the catalogue, or take it out.

    Raises:
        TransitionRefused: not possible in its present state.
        HostRefused: the profile lacks something, or no coordinator has verified it yet.

    Flushes; the caller commits.
    """
    after = TRANSITIONS.get((host.state, action))
    if after is None:
        raise TransitionRefused(f"{host.name} is {_WORDS[action]} already, or was never there.")
    if action is HostAction.LIST:
        for missing in what_is_missing(host):
            raise HostRefused(missing.sentence)
        if host.verified_at is None:
            raise HostRefused("The coordinator of the economy has to verify the host first.")
    before, host.state = host.state, after
    changes = {"state": (before.value, after.value)}
    record(_WORDS[action], host, actor=actor, now=now, scope=host.scope, changes=changes)
    db.session.flush()


def _free_slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-0123456789")[:LONGEST_SLUG].strip("-") or "host"
    taken = set(db.session.scalars(select(Host.slug).where(Host.slug.startswith(stem, autoescape=True))))
    slug, number = stem, 1
    while slug in taken | RESERVED_SLUGS:
        number += 1
        slug = f"{stem}-{number}"
    return slug
