"""Incubators that take firms in, and the places they give in a call."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, Connection, ForeignKey, Index, String, Text, UniqueConstraint, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from gtn_events.core.db import Model
from gtn_events.core.economies import Economy
from gtn_events.core.permissions import Scope
from gtn_events.core.text import fold
from gtn_events.core.uploads import Upload

from ..enums import HostState
from .call import Call


class Host(Model):
    """The profile of an incubator, kept over all calls by its managers.

    ``services`` is a list of ``{"code": str, "terms": str, "fee": str}`` (codes of
    ``incubation.services``), ``sectors`` a list of words as the host says them, ``languages``
    language tags. The coordinator of its economy verifies it until ``verified_until``.
    """

    __tablename__ = "incubation_host"
    __table_args__ = (
        Index("ix_incubation_host_list", "state", "sort_name", "id"),
        Index("ix_incubation_host_economy", "economy_code", "state"),
        CheckConstraint("trl_until >= trl_from", name="trl_in_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    own_script_name: Mapped[str] = mapped_column(String(200), default="")
    economy_code: Mapped[str] = mapped_column(ForeignKey("core_economy.code"))
    city: Mapped[str] = mapped_column(String(80))
    address: Mapped[str] = mapped_column(String(300), default="")
    time_zone: Mapped[str] = mapped_column(String(60))
    website: Mapped[str] = mapped_column(String(300), default="")
    contact_name: Mapped[str] = mapped_column(String(120), default="")
    contact_email: Mapped[str] = mapped_column(String(320), default="")
    opened_in: Mapped[int | None]
    legal_status: Mapped[str] = mapped_column(String(80), default="")
    affiliation: Mapped[str] = mapped_column(String(120), default="")
    sectors: Mapped[list[str]] = mapped_column(default=list)
    languages: Mapped[list[str]] = mapped_column(default=list)
    services: Mapped[list[Any]] = mapped_column(default=list)
    trl_from: Mapped[int] = mapped_column(default=1)
    trl_until: Mapped[int] = mapped_column(default=9)
    space_m2: Mapped[Decimal | None]
    desks: Mapped[int | None]
    mentors: Mapped[int | None]
    tenants: Mapped[int | None]
    foreign_tenants: Mapped[int | None]
    graduates: Mapped[int | None]
    most_weeks: Mapped[int | None]
    visa_help: Mapped[bool] = mapped_column(default=False)
    summary: Mapped[str] = mapped_column(String(300), default="")
    programme: Mapped[str] = mapped_column(Text, default="")
    facilities: Mapped[str] = mapped_column(Text, default="")
    people: Mapped[str] = mapped_column(Text, default="")
    results: Mapped[str] = mapped_column(Text, default="")
    costs: Mapped[str] = mapped_column(Text, default="")
    admission: Mapped[str] = mapped_column(Text, default="")
    accessibility: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[HostState] = mapped_column(default=HostState.DRAFT)
    verification_asked_at: Mapped[datetime | None]
    verified_at: Mapped[datetime | None]
    verified_by_id: Mapped[int | None]
    verified_until: Mapped[date | None]
    verification_note: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]
    sort_name: Mapped[str] = mapped_column(String(220), default="")
    search_text: Mapped[str] = mapped_column(String(1200), default="")
    lock_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": lock_version}

    economy: Mapped[Economy] = relationship()
    photos: Mapped[list["HostPhoto"]] = relationship(
        back_populates="host", order_by="HostPhoto.position", cascade="all, delete-orphan"
    )

    @property
    def scope(self) -> Scope:
        """What the role of a host manager is given for."""
        return Scope("host", self.id)

    def __str__(self) -> str:
        return self.slug


@event.listens_for(Host, "before_insert")
@event.listens_for(Host, "before_update")
def _fold_texts(_mapper: Mapper[Host], _connection: Connection, host: Host) -> None:
    host.sort_name = fold(host.name)[:220]
    searched = (host.name, host.own_script_name, host.city, host.summary, *(host.sectors or ()))
    host.search_text = fold(" ".join(part or "" for part in searched))[:1200]


class HostPhoto(Model):
    """A picture of a host, with the words for those who do not see it."""

    __tablename__ = "incubation_host_photo"

    id: Mapped[int] = mapped_column(primary_key=True)
    host_id: Mapped[int] = mapped_column(ForeignKey("incubation_host.id"), index=True)
    upload_id: Mapped[int] = mapped_column(ForeignKey("core_upload.id"))
    position: Mapped[int]
    description: Mapped[str] = mapped_column(String(200))

    host: Mapped[Host] = relationship(back_populates="photos")
    upload: Mapped[Upload] = relationship()


class Intake(Model):
    """What a host offers in one call: places, caps, and its part of what is agreed.

    ``reserves`` is a list of ``{"trait": str, "places": int}``; ``only_sectors`` are keys of the
    call's sectors, empty for all. ``ranking_sent_at`` says that the host's ranking is done.
    """

    __tablename__ = "incubation_intake"
    __table_args__ = (
        UniqueConstraint("call_id", "host_id"),
        CheckConstraint("places >= 0", name="places_not_negative"),
        CheckConstraint("stay_until > stay_from", name="stay_in_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("incubation_call.id"))
    host_id: Mapped[int] = mapped_column(ForeignKey("incubation_host.id"), index=True)
    places: Mapped[int]
    economy_cap: Mapped[int | None]
    sector_cap: Mapped[int | None]
    reserves: Mapped[list[Any]] = mapped_column(default=list)
    only_sectors: Mapped[list[str]] = mapped_column(default=list)
    stay_from: Mapped[date]
    stay_until: Mapped[date]
    gives: Mapped[str] = mapped_column(String(500), default="")
    asks: Mapped[str] = mapped_column(String(500), default="")
    mentor: Mapped[str] = mapped_column(String(200), default="")
    offered_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    ranking_sent_at: Mapped[datetime | None]
    lock_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": lock_version}

    call: Mapped[Call] = relationship(back_populates="intakes")
    host: Mapped[Host] = relationship()

    @property
    def scope(self) -> Scope:
        """A host's manager works on the places of the host."""
        return Scope("host", self.host_id)
