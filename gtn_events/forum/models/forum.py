"""One dated edition of the forum, its categories and its consent texts."""

from datetime import date, datetime, tzinfo
from zoneinfo import ZoneInfo

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gtn_events.core.db import Model
from gtn_events.core.economies import Economy
from gtn_events.core.permissions import Scope
from gtn_events.core.seats import SeatPool
from gtn_events.questionnaire.models import Questionnaire

from ..enums import Approval, ForumState


class Forum(Model):
    """One forum. Moments are UTC; ``starts_on`` and ``ends_on`` are days at the venue."""

    __tablename__ = "forum"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
        CheckConstraint("registration_closes_at > registration_opens_at", name="window_in_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    title: Mapped[str] = mapped_column(String(120))
    edition: Mapped[str] = mapped_column(String(60), default="")
    tagline: Mapped[str] = mapped_column(String(300), default="")
    description: Mapped[str] = mapped_column(Text, default="")
    who_may_come: Mapped[str] = mapped_column(String(300), default="")
    costs: Mapped[str] = mapped_column(String(300), default="")
    practical: Mapped[str] = mapped_column(Text, default="")
    host_economy_code: Mapped[str] = mapped_column(ForeignKey("core_economy.code"))
    city: Mapped[str] = mapped_column(String(80))
    venue: Mapped[str] = mapped_column(String(200))
    venue_notes: Mapped[str] = mapped_column(String(300), default="")
    time_zone: Mapped[str] = mapped_column(String(60))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    registration_opens_at: Mapped[datetime]
    registration_closes_at: Mapped[datetime]
    changes_close_at: Mapped[datetime | None]
    state: Mapped[ForumState] = mapped_column(default=ForumState.DRAFT)
    contact_name: Mapped[str] = mapped_column(String(120), default="")
    contact_email: Mapped[str] = mapped_column(String(320), default="")
    privacy_notice: Mapped[str] = mapped_column(Text, default="")
    offer_hours: Mapped[int] = mapped_column(default=48)
    economy_answer_days: Mapped[int] = mapped_column(default=7)
    hold_mail: Mapped[bool] = mapped_column(default=False)
    purge_sensitive_on: Mapped[date | None]
    reference_prefix: Mapped[str] = mapped_column(String(8))
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaire.id"))
    pool_id: Mapped[int | None] = mapped_column(ForeignKey("core_seat_pool.id"))
    programme_changed_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    lock_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": lock_version}

    host_economy: Mapped[Economy] = relationship()
    questionnaire: Mapped[Questionnaire] = relationship()
    pool: Mapped[SeatPool | None] = relationship()
    categories: Mapped[list["ForumCategory"]] = relationship(back_populates="forum", order_by="ForumCategory.position")
    consent_texts: Mapped[list["ConsentText"]] = relationship(back_populates="forum", order_by="ConsentText.number")

    @property
    def scope(self) -> Scope:
        """What roles for this forum are given for."""
        return Scope("forum", self.id)

    @property
    def zone(self) -> tzinfo:
        """The venue's time zone."""
        return ZoneInfo(self.time_zone)

    def is_over(self, now: datetime) -> bool:
        """Say whether the last day has ended at the venue."""
        return now.astimezone(self.zone).date() > self.ends_on

    def __str__(self) -> str:
        return self.slug


class ForumCategory(Model):
    """A kind of registration of one forum (delegate, SME exhibitor, observer) with its own seats.

    ``common_pool`` holds the places that no allotment keeps; None while nothing is allotted.
    """

    __tablename__ = "forum_category"
    __table_args__ = (UniqueConstraint("forum_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id"), index=True)
    key: Mapped[str] = mapped_column(String(40))
    label: Mapped[str] = mapped_column(String(80))
    description: Mapped[str] = mapped_column(String(300), default="")
    position: Mapped[int] = mapped_column(default=1)
    approval: Mapped[Approval] = mapped_column(default=Approval.ORGANISER)
    open_to_public: Mapped[bool] = mapped_column(default=True)
    pool_id: Mapped[int] = mapped_column(ForeignKey("core_seat_pool.id"))
    common_pool_id: Mapped[int | None] = mapped_column(ForeignKey("core_seat_pool.id"))
    lock_version: Mapped[int] = mapped_column(default=1)

    forum: Mapped[Forum] = relationship(back_populates="categories")
    pool: Mapped[SeatPool] = relationship(foreign_keys=[pool_id])
    common_pool: Mapped[SeatPool | None] = relationship(foreign_keys=[common_pool_id])

    @property
    def is_allotted(self) -> bool:
        """Say whether some of its places are kept for economies."""
        return self.common_pool_id is not None

    @property
    def pools(self) -> list[SeatPool]:
        """Every pool that counts all confirmed registrations of this category; see ``Registration.pools``."""
        return [self.pool] if self.forum.pool is None else [self.pool, self.forum.pool]


class ConsentText(Model):
    """One version of the text a delegate agrees to; a registration keeps which one and when."""

    __tablename__ = "forum_consent_text"
    __table_args__ = (UniqueConstraint("forum_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id"), index=True)
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]

    forum: Mapped[Forum] = relationship(back_populates="consent_texts")
