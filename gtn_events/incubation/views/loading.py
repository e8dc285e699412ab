"""Turns the slugs and codes in an address into calls, hosts and economies, for every blueprint below them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, current_app, request
from flask_login import current_user
from sqlalchemy import Select, select

from gtn_events.core.db import db, set_reading
from gtn_events.core.economies import Economy
from gtn_events.core.permissions import Permission, Scope, may
from gtn_events.core.wiring import SAFE_METHODS

from ..enums import CallState, HostState
from ..models import Call, Host


@dataclass(frozen=True)
class EconomyPage:
    """The economy that an address names; in an address it reads as its code."""

    row: Economy

    @property
    def scope(self) -> Scope:
        """What the role of its coordinator is given for."""
        return self.row.scope

    def __str__(self) -> str:
        return self.row.code


Shown = Callable[[Any], bool]  # Any: a row of the kind that is loaded


def load_call(blueprint: Blueprint) -> None:
    """Let the blueprint's views receive a ``Call`` as their ``call`` argument; a draft is a 404 for strangers."""
    _load(blueprint, "call", lambda slug: select(Call).where(Call.slug == slug), _shows_call)


def load_host(blueprint: Blueprint) -> None:
    """Let the blueprint's views receive a ``Host`` as their ``host`` argument.

    One that is not in the catalogue is a 404, except for its managers and the coordinator of its economy.
    """
    _load(blueprint, "host", lambda slug: select(Host).where(Host.slug == slug), _shows_host)


def load_economy(blueprint: Blueprint) -> None:
    """Let the blueprint's views receive an ``EconomyPage`` as their ``economy`` argument."""
    _load(
        blueprint, "economy", lambda code: select(Economy).where(Economy.code == code), lambda _row: True, EconomyPage
    )


def may_see_host(host: Host) -> bool:
    """Say whether the present person works with a host: manages it, or verifies the hosts of its economy."""
    return may(Permission.HOST_MANAGE, host) or may(Permission.HOST_VERIFY, host.economy)


def _load(
    blueprint: Blueprint,
    name: str,
    find: Callable[[str], Select[Any]],
    shown: Shown,
    wrap: Callable[[Any], Any] = lambda row: row,
) -> None:
    """Replace one argument of an address by its row.

    Whoever is not signed in goes to the sign-in page of a view that asks for a permission whether
    or not the thing exists, so that its name tells nothing.
    """

    def replace(endpoint: str | None, values: dict[str, Any] | None) -> None:
        if endpoint is None or not values or not isinstance(values.get(name), str):
            return
        # This is the request's first query, and it runs before the before_request functions.
        set_reading(request.method in SAFE_METHODS)
        needs_person = getattr(current_app.view_functions[endpoint], "access", None) is not None
        if needs_person and not current_user.is_authenticated:
            return
        row = db.session.scalar(find(values[name]))
        if row is None or not shown(row):
            abort(404)
        values[name] = wrap(row)

    blueprint.url_value_preprocessor(replace)


def _shows_call(call: Call) -> bool:
    return call.state is not CallState.DRAFT or may(Permission.CALL_SEE, call)


def _shows_host(host: Host) -> bool:
    if host.state is HostState.LISTED or may_see_host(host):
        return True
    # The organiser of a call writes to hosts that are not in the catalogue yet.
    call = (request.view_args or {}).get("call")
    return isinstance(call, Call) and may(Permission.HOST_CREATE, call)
