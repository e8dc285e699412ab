"""Runs of the match with what they gave each applicant, and the offers that follow."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gtn_events.core.db import Model

from ..enums import MatchingMethod, OfferState, RunState
from .application import Application
from .call import Call
from .host import Intake


class MatchRun(Model):
    """One run of the match, kept as a version.

    ``market`` is all that the run depended on, by lottery keys and slugs without names: wishes,
    rankings in tiers, places, caps, reserves, blocks and settled places; with the seed anybody can
    run it again. Where hosts do not rank, ``fit`` lists ``[applicant, host, 0 to 100]`` for each
    wish. ``figures`` holds what ``incubation.domain.match_runs.figures_of`` counts.
    """

    __tablename__ = "incubation_match_run"
    __table_args__ = (UniqueConstraint("call_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("incubation_call.id"))
    number: Mapped[int]
    method: Mapped[MatchingMethod]
    open_market: Mapped[bool] = mapped_column(default=False)
    state: Mapped[RunState] = mapped_column(default=RunState.PREVIEW)
    market: Mapped[dict[str, Any]] = mapped_column(deferred=True)
    fit: Mapped[list[Any]] = mapped_column(default=list, deferred=True)
    figures: Mapped[dict[str, Any]]
    sha256: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None]
    published_at: Mapped[datetime | None]

    call: Mapped[Call] = relationship()
    outcomes: Mapped[list["MatchOutcome"]] = relationship(back_populates="run")


class MatchOutcome(Model):
    """What a run gave one application: a host, or none.

    ``choice`` is which wish it was, 1 the first. ``higher`` holds for each wish above it
    ``{"intake": id, "reason": Reason, "rank": int | None}``.
    """

    __tablename__ = "incubation_match_outcome"
    __table_args__ = (UniqueConstraint("run_id", "application_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("incubation_match_run.id"))
    application_id: Mapped[int] = mapped_column(ForeignKey("incubation_application.id"), index=True)
    intake_id: Mapped[int | None] = mapped_column(ForeignKey("incubation_intake.id"), index=True)
    choice: Mapped[int | None]
    rank: Mapped[int | None]
    settled: Mapped[bool] = mapped_column(default=False)
    higher: Mapped[list[Any]] = mapped_column(default=list)

    run: Mapped[MatchRun] = relationship(back_populates="outcomes")
    application: Mapped[Application] = relationship()
    intake: Mapped[Intake | None] = relationship()


_HOLDS = "state IN ('offered', 'accepted')"


class Offer(Model):
    """A place offered to an applicant; one that holds a place for an application at a time."""

    __tablename__ = "incubation_offer"
    __table_args__ = (
        Index(
            "uq_incubation_offer_live",
            "application_id",
            unique=True,
            sqlite_where=text(_HOLDS),
            postgresql_where=text(_HOLDS),
        ),
        Index("ix_incubation_offer_intake", "intake_id", "state"),
        Index("ix_incubation_offer_due", "state", "accept_by"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int | None] = mapped_column(ForeignKey("incubation_match_run.id"), index=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("incubation_application.id"))
    intake_id: Mapped[int] = mapped_column(ForeignKey("incubation_intake.id"))
    state: Mapped[OfferState] = mapped_column(default=OfferState.OFFERED)
    offered_at: Mapped[datetime]
    accept_by: Mapped[datetime]
    reminded_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    lock_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": lock_version}

    run: Mapped[MatchRun | None] = relationship()
    application: Mapped[Application] = relationship()
    intake: Mapped[Intake] = relationship()
