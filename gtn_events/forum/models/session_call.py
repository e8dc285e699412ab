"""A call for sessions: what is asked, until when, by which criteria, and who scores."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gtn_events.accounts.models import Account
from gtn_events.core.db import Model
from gtn_events.core.permissions import Scope
from gtn_events.questionnaire.models import Questionnaire

from ..session_call_enums import SessionCallState
from .forum import Forum


class SessionCall(Model):
    """One call of a forum; ``types`` is a list of ``{"name": str, "minutes": int}``, ``text`` is Markdown.

    ``most_each`` is how many proposals one person can have with the organiser at once; 0 for as many as they like.
    """

    __tablename__ = "forum_session_call"
    __table_args__ = (
        CheckConstraint("closes_at > opens_at", name="in_order"),
        CheckConstraint("most_each >= 0", name="most_each_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id"), index=True)
    questionnaire_id: Mapped[int | None] = mapped_column(ForeignKey("questionnaire.id"))
    state: Mapped[SessionCallState] = mapped_column(default=SessionCallState.DRAFT)
    title: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text, default="")
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    types: Mapped[list[Any]] = mapped_column(default=list)
    most_each: Mapped[int] = mapped_column(default=5)
    created_at: Mapped[datetime]
    lock_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": lock_version}

    forum: Mapped[Forum] = relationship()
    questionnaire: Mapped[Questionnaire | None] = relationship()
    criteria: Mapped[list["SessionCriterion"]] = relationship(
        back_populates="call", order_by="SessionCriterion.position", cascade="all, delete-orphan"
    )
    members: Mapped[list["SessionCallMember"]] = relationship(
        back_populates="call", order_by="SessionCallMember.id", cascade="all, delete-orphan"
    )

    @property
    def scope(self) -> Scope:
        """The organisers of the forum decide."""
        return Scope("forum", self.forum_id)

    def is_open(self, now: datetime) -> bool:
        """Say whether a proposal can be sent, changed or begun at this moment."""
        return self.state is SessionCallState.PUBLISHED and self.opens_at <= now < self.closes_at

    def has_closed(self, now: datetime) -> bool:
        """Say whether nothing more comes in, so that it can be scored and decided."""
        return self.state is SessionCallState.CLOSED or (
            self.state is SessionCallState.PUBLISHED and now >= self.closes_at
        )

    def minutes_of(self, type_name: str) -> int | None:
        """Return how long a session of a type usually is."""
        return next((each["minutes"] for each in self.types if each["name"] == type_name), None)


class SessionCriterion(Model):
    """What the committee scores, from 1 to 5; the criteria of a call stay as they are after the first score."""

    __tablename__ = "forum_session_criterion"

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("forum_session_call.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    position: Mapped[int]

    call: Mapped[SessionCall] = relationship(back_populates="criteria")


class SessionCallMember(Model):
    """A person of the committee."""

    __tablename__ = "forum_session_call_member"
    __table_args__ = (UniqueConstraint("call_id", "account_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("forum_session_call.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts_account.id"), index=True)
    named_at: Mapped[datetime]

    call: Mapped[SessionCall] = relationship(back_populates="members")
    account: Mapped[Account] = relationship()
