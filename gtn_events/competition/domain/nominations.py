"""Nominating a firm: asked by mail, reminded, taken back."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select

from gtn_events.accounts.domain import throttle
from gtn_events.accounts.domain.addresses import parse_address
from gtn_events.accounts.domain.signed_links import LinkPurpose, LinkSigner
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.economies import Economy

from ..enums import NominationState
from ..errors import NominationRefused
from ..models import Competition, Nomination
from ..notifications_endorsement import mail_nomination, mail_nomination_withdrawn
from ..queries.places import places_of
from .endorsement import fill_places
from .endorsement_window import judges_here, require_time
from .entry_window import Window, in_time_until, window_of
from .locking import lock_competition
from .nomination_record import lock_nomination, record_nomination


@dataclass(frozen=True, kw_only=True)
class Nominee:
    """Whom a coordinator nominates: a firm, and whoever there enters."""

    organisation_name: str
    name: str
    email: str


def nominate(
    competition: Competition, economy: Economy, nominee: Nominee, *, links: LinkSigner, actor: Account, now: datetime
) -> Nomination:
    """Give a firm a place of its economy, and send it the link with which it enters.

    Raises:
        DomainError: it is no address; belongs to the field ``email``.
        NominationRefused: the economy has no place left, the address is nominated already, or it is the actor's.
        EndorsementRefused: the date is over.
        TooManyAttempts: the address was mailed too often, or the actor mails too many.

    Flushes; the caller commits.
    """
    address = parse_address(nominee.email)
    # Two coordinators who nominate at one moment wait here for one another.
    lock_competition(competition)
    _require_open(competition, now=now)
    _refuse_the_tied(competition, address.key, actor)
    _require_place(competition, economy)
    if db.session.scalar(_held(competition, address.key)) is not None:
        raise NominationRefused(f"{address.email} is nominated already.", field="email")
    nomination = Nomination(
        competition=competition,
        economy=economy,
        organisation_name=nominee.organisation_name,
        name=nominee.name,
        email=address.email,
        email_key=address.key,
        nominated_at=now,
        nominated_by_id=actor.id,
        mailed_at=now,
    )
    db.session.add(nomination)
    db.session.flush()
    _mail(nomination, links=links, actor=actor, now=now)
    record_nomination("firm nominated", nomination, None, actor=actor, now=now)
    return nomination


def remind_nominated(nomination: Nomination, *, links: LinkSigner, actor: Account, now: datetime) -> None:
    """Mail the link of a nomination once more; earlier links work as long.

    Raises:
        NominationRefused: it was used or taken back meanwhile.
        EndorsementRefused: the date is over.
        TooManyAttempts: the address was mailed too often, or the actor mails too many.

    Flushes; the caller commits.
    """
    lock_nomination(nomination)
    _require_open(nomination.competition, now=now)
    if nomination.state is not NominationState.OPEN:
        raise NominationRefused("This nomination was used or taken back meanwhile. No mail was sent.")
    nomination.mailed_at = now
    _mail(nomination, links=links, actor=actor, now=now)
    record_nomination("nominated firm reminded", nomination, nomination.state, actor=actor, now=now)


def withdraw_nomination(nomination: Nomination, *, actor: Account, now: datetime) -> None:
    """Take the place of a firm back that has not entered; whoever waits for one moves up.

    Raises:
        NominationRefused: the firm has entered, or it was taken back already.

    Flushes; the caller commits.
    """
    lock_nomination(nomination)
    if nomination.state is NominationState.ENTERED:
        raise NominationRefused("The firm has entered meanwhile. Decide on its entry instead.")
    if nomination.state is NominationState.WITHDRAWN:
        raise NominationRefused("This nomination was taken back already.")
    before, nomination.state = nomination.state, NominationState.WITHDRAWN
    db.session.flush()
    mail_nomination_withdrawn(nomination, now=now)
    record_nomination("nomination taken back", nomination, before, actor=actor, now=now)
    fill_places(nomination.competition, nomination.economy_code, actor=actor, now=now)


def _require_open(competition: Competition, *, now: datetime) -> None:
    require_time(competition, now=now)
    if window_of(competition, now=now) is Window.OVER:
        raise NominationRefused("No entries are taken any more, so nobody can be nominated.")


def _refuse_the_tied(competition: Competition, email_key: str, actor: Account) -> None:
    if judges_here(competition, actor):
        raise NominationRefused("You judge this competition, so another coordinator of the economy nominates.")
    if email_key == actor.email_key:
        raise NominationRefused("Nobody nominates themselves. Ask another coordinator or the organiser.", field="email")


def _require_place(competition: Competition, economy: Economy) -> None:
    places = places_of(competition, economy.code)
    if places.left == 0:
        raise NominationRefused(
            f"Every place of {economy.in_sentence} is taken ({places.limit}). Take one back first, then nominate."
        )


def _held(competition: Competition, email_key: str) -> Select[int]:
    return select(Nomination.id).where(
        Nomination.competition_id == competition.id,
        Nomination.email_key == email_key,
        Nomination.state != NominationState.WITHDRAWN,
    )


def _mail(nomination: Nomination, *, links: LinkSigner, actor: Account, now: datetime) -> None:
    limits = [(throttle.INVITED_ADDRESS, nomination.email_key), (throttle.INVITER, str(actor.id))]
    throttle.require_allowed(limits, now=now)
    throttle.count_attempt(limits, now=now)
    token = links.make(LinkPurpose.NOMINATION, {"nomination": nomination.id}, now=now)
    until = in_time_until(nomination.competition)
    mail_nomination(nomination, token, coordinator=actor, until=until, now=now)
