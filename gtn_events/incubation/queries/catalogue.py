"""The public catalogue of hosts: search, filters, and the words to choose from."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import LazyString
from sqlalchemy import ColumnElement, Select, Text, and_, cast, exists, select
from sqlalchemy.orm import joinedload, selectinload
from werkzeug.datastructures import MultiDict

from gtn_events.core.db import db
from gtn_events.core.economies import economies_in_order
from gtn_events.core.listing import Listing

from ..enums import CallState, HostState
from ..languages import LANGUAGES
from ..models import Call, Host, HostPhoto, Intake
from ..services import SERVICES
from ..trl import LEVELS


@dataclass(frozen=True)
class Choices:
    """What the filters offer, value to words."""

    economy: Mapping[str, str]
    sector: Mapping[str, str]
    language: Mapping[str, str | LazyString]
    service: Mapping[str, str | LazyString]
    trl: Mapping[str, str | LazyString]
    call: Mapping[str, str]


def choices_of_catalogue(*, now: datetime) -> Choices:
    """Return the words of the filters; those of sectors are as the listed hosts say them."""
    lists = db.session.scalars(select(Host.sectors).where(Host.state == HostState.LISTED))
    sectors = sorted({sector for each in lists for sector in each}, key=str.casefold)
    taking = select(Call).where(Call.state == CallState.PUBLISHED, Call.closes_at > now).order_by(Call.closes_at)
    return Choices(
        economy={each.code: each.short_name for each in economies_in_order()},
        sector={sector: sector for sector in sectors},
        language=LANGUAGES,
        service={code: service.label for code, service in SERVICES.items()},
        trl={str(level): words for level, words in LEVELS.items()},
        call={call.slug: call.title for call in db.session.scalars(taking)},
    )


def read_catalogue(path: str, args: "MultiDict[str, str]", choices: Choices) -> Listing:
    """Read what a reader asked of the catalogue from the address."""
    return Listing.read(
        path,
        args,
        sorts={"name": Host.sort_name},
        default_sort="name",
        filters={name: list(getattr(choices, name)) for name in Choices.__dataclass_fields__},
    )


def listed_hosts(listing: Listing) -> Select[Host]:
    """Select the hosts of the catalogue that a listing asks for, with what a row shows; not ordered."""
    return (
        select(Host)
        .where(Host.state == HostState.LISTED, listing.searched(Host.search_text), *_narrowed(listing))
        .options(joinedload(Host.economy), selectinload(Host.photos).joinedload(HostPhoto.upload))
    )


def places_in_open_calls(host_ids: list[int], *, now: datetime) -> dict[int, list[Intake]]:
    """Return what hosts give in calls that take applications or will, by the id of the host."""
    statement = (
        select(Intake)
        .join(Intake.call)
        .where(
            Intake.host_id.in_(host_ids),
            Intake.withdrawn_at.is_(None),
            Call.state == CallState.PUBLISHED,
            Call.closes_at > now,
        )
        .options(joinedload(Intake.call))
        .order_by(Call.closes_at, Intake.id)
    )
    found: dict[int, list[Intake]] = {}
    for intake in db.session.scalars(statement):
        found.setdefault(intake.host_id, []).append(intake)
    return found


def _narrowed(listing: Listing) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if economies := listing.chosen("economy"):
        conditions.append(Host.economy_code.in_(economies))
    conditions += [_holds(Host.sectors, each) for each in listing.chosen("sector")]
    conditions += [_holds(Host.languages, each) for each in listing.chosen("language")]
    conditions += [_holds(Host.services, each, key="code") for each in listing.chosen("service")]
    if level := listing.one("trl"):
        conditions.append(and_(Host.trl_from <= int(level), Host.trl_until >= int(level)))
    if slug := listing.one("call"):
        gives = exists().where(
            Intake.host_id == Host.id, Intake.withdrawn_at.is_(None), Intake.call_id == Call.id, Call.slug == slug
        )
        conditions.append(gives)
    return conditions


def _holds(column: Any, word: str, *, key: str = "") -> ColumnElement[bool]:  # Any: a column of JSON
    """Return the condition that a JSON list holds a word; both databases keep the text that was written."""
    written = f'"{key}": {json.dumps(word)}' if key else json.dumps(word)
    return cast(column, Text).contains(written, autoescape=True)
