"""A session that somebody proposes in answer to a call, its speakers, and what the committee thinks of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gtn_events.accounts.models import Account
from gtn_events.core.db import Model
from gtn_events.core.economies import Economy
from gtn_events.core.permissions import Scope
from gtn_events.questionnaire.models import AnswerSet

from ..session_call_enums import SessionProposalState
from .programme import ForumSession, Speaker
from .session_call import SessionCall, SessionCriterion


class SessionProposal(Model):
    """One proposal; ``languages`` is a list of language tags. Its person alone sees a draft.

    While it is accepted it points at its session in the programme: one, however often it is accepted. A session
    that an organiser takes away leaves it without one.
    """

    __tablename__ = "forum_session_proposal"
    __table_args__ = (Index("ix_forum_session_proposal_list", "call_id", "state", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("forum_session_call.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts_account.id"), index=True)
    answer_set_id: Mapped[int | None] = mapped_column(ForeignKey("questionnaire_answer_set.id"), unique=True)
    session_id: Mapped[int | None] = mapped_column(ForeignKey("forum_session.id", ondelete="SET NULL"), unique=True)
    state: Mapped[SessionProposalState] = mapped_column(default=SessionProposalState.DRAFT)
    state_changed_at: Mapped[datetime]
    state_reason: Mapped[str | None] = mapped_column(Text)
    title: Mapped[str] = mapped_column(String(300), default="")
    abstract: Mapped[str] = mapped_column(Text, default="")
    type_name: Mapped[str] = mapped_column(String(80), default="")
    minutes: Mapped[int | None]
    languages: Mapped[list[Any]] = mapped_column(default=list)
    created_at: Mapped[datetime]
    saved_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    lock_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": lock_version}

    call: Mapped[SessionCall] = relationship()
    account: Mapped[Account] = relationship()
    answer_set: Mapped[AnswerSet | None] = relationship()
    session: Mapped[ForumSession | None] = relationship()
    speakers: Mapped[list["ProposedSpeaker"]] = relationship(
        back_populates="proposal", order_by="ProposedSpeaker.position", cascade="all, delete-orphan"
    )
    reviews: Mapped[list["SessionReview"]] = relationship(
        back_populates="proposal", order_by="SessionReview.id", cascade="all, delete-orphan"
    )

    @property
    def scope(self) -> Scope:
        """The organisers of the forum decide on it."""
        return self.call.scope

    def concerns(self, account: Account) -> bool:
        """Say whether a person has an interest in it: proposed it, or is named as a speaker."""
        return self.account_id == account.id or any(each.email_key == account.email_key for each in self.speakers)


class ProposedSpeaker(Model):
    """A speaker as the proposer names them; ``speaker`` is who they are in the programme while it is accepted.

    ``made`` says that the person came into the programme with this proposal, and leaves it with it.
    """

    __tablename__ = "forum_proposed_speaker"
    __table_args__ = (UniqueConstraint("proposal_id", "email_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("forum_session_proposal.id"))
    speaker_id: Mapped[int | None] = mapped_column(ForeignKey("forum_speaker.id", ondelete="SET NULL"), index=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(320))
    email_key: Mapped[str] = mapped_column(String(320), index=True)
    economy_code: Mapped[str | None] = mapped_column(ForeignKey("core_economy.code"))
    biography: Mapped[str] = mapped_column(Text, default="")
    made: Mapped[bool] = mapped_column(default=False)
    confirmed_at: Mapped[datetime | None]
    declined_at: Mapped[datetime | None]

    proposal: Mapped[SessionProposal] = relationship(back_populates="speakers")
    economy: Mapped[Economy | None] = relationship()
    speaker: Mapped[Speaker | None] = relationship()


class SessionReview(Model):
    """What one member of the committee thinks of one proposal."""

    __tablename__ = "forum_session_review"
    __table_args__ = (UniqueConstraint("proposal_id", "account_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("forum_session_proposal.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts_account.id"), index=True)
    comment: Mapped[str] = mapped_column(Text, default="")
    saved_at: Mapped[datetime]

    proposal: Mapped[SessionProposal] = relationship(back_populates="reviews")
    account: Mapped[Account] = relationship()
    scores: Mapped[list["SessionScore"]] = relationship(back_populates="review", cascade="all, delete-orphan")


class SessionScore(Model):
    """One criterion of one review."""

    __tablename__ = "forum_session_score"
    __table_args__ = (
        UniqueConstraint("review_id", "criterion_id"),
        CheckConstraint("score >= 1 AND score <= 5", name="one_to_five"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("forum_session_review.id"))
    criterion_id: Mapped[int] = mapped_column(ForeignKey("forum_session_criterion.id"), index=True)
    score: Mapped[int]

    review: Mapped[SessionReview] = relationship(back_populates="scores")
    criterion: Mapped[SessionCriterion] = relationship()
