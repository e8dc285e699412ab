"""Offers of places: given by a published match or by hand, answered by a date."""

from datetime import UTC, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record

from ..enums import ApplicationState, BlockState, OfferState, RunState
from ..errors import OfferRefused, PlaceTaken, ReasonMissing
from ..models import Application, Block, Call, Host, Intake, MatchOutcome, MatchRun, Offer
from ..notifications import tell_of_offer
from ..notifications_match import tell_host_of_answer, tell_of_match
from ..queries.match import is_published
from ..queries.offers import holders_of, holds_a_place
from .locking import lock_call, lock_intake, lock_intakes_of
from .match_runs import check_publishable, supersede_earlier
from .offer_transitions import Action, Party, transition_for
from .placement_of_offer import follow_offer


def accept_by(call: Call, now: datetime) -> datetime:
    """Return until when an offer made now can be accepted: ``accept_days`` later, the end of the day at the call."""
    day = now.astimezone(call.zone).date() + timedelta(days=call.accept_days)
    return datetime.combine(day, time(23, 59, 59), call.zone).astimezone(UTC)


def publish_run(run: MatchRun, *, actor: Account, now: datetime) -> list[Offer]:
    """Make a run public, and every place in it that is not settled an offer with its mail.

    Hosts are told what they got, and, of the first match, those who got nothing that they wait.

    Raises:
        MatchRefused: it was published already, is not the newest, or the market has changed since.

    Flushes; the caller commits.
    """
    lock_call(run.call)
    # Before the market is compared: nobody gives a place by hand between that and the offers.
    lock_intakes_of(run.call)
    db.session.refresh(run)
    check_publishable(run)
    first = not is_published(run.call)
    supersede_earlier(run)
    run.state, run.published_at = RunState.PUBLISHED, now
    statement = (
        select(MatchOutcome)
        .where(MatchOutcome.run_id == run.id, MatchOutcome.settled.is_(False))
        .options(
            joinedload(MatchOutcome.application).joinedload(Application.account),
            joinedload(MatchOutcome.intake).joinedload(Intake.host).joinedload(Host.economy),
        )
    )
    outcomes = sorted(db.session.scalars(statement), key=lambda each: (each.intake_id or 0, each.application_id))
    offers = [_offer(each.application, each.intake, run=run, now=now) for each in outcomes if each.intake is not None]
    changes = {"run": (None, run.number), "offers": (None, len(offers))}
    record("match published", run.call, actor=actor, now=now, scope=run.call.scope, changes=changes)
    for offer in offers:
        tell_of_offer(offer, "incubation/offer_made", now=now)
    tell_of_match(run, offers, [each.application for each in outcomes if each.intake_id is None], first=first, now=now)
    return offers


def give_place(application: Application, intake: Intake, *, actor: Account, now: datetime, reason: str = "") -> Offer:
    """Offer a free place by hand, after the match: the last one goes to whoever is first.

    Args:
        reason: why by hand; stands in the journal.

    Raises:
        OfferRefused: the application is not admitted or holds a place; own economy; blocked; a cap is reached.
        PlaceTaken: no place is free here any more.

    Flushes; the caller commits.
    """
    lock_call(application.call)
    lock_intake(intake)
    db.session.refresh(intake)
    db.session.refresh(application)
    _check_pair(application, intake)
    _check_room(application, intake)
    offer = _offer(application, intake, run=None, now=now)
    record(
        "place offered",
        application,
        actor=actor,
        now=now,
        scope=application.scope,
        changes={"host": (None, str(intake.host))},
        reason=reason.strip() or None,
    )
    tell_of_offer(offer, "incubation/offer_made", now=now)
    return offer


def accept_offer(offer: Offer, *, actor: Account, now: datetime) -> None:
    """Take the place.

    Raises:
        OfferRefused: the time to accept is over.
        TransitionRefused: the offer was answered, lapsed or was taken back.

    Flushes; the caller commits.
    """
    _lock(offer)
    if offer.state is OfferState.OFFERED and now > offer.accept_by:
        raise OfferRefused("The time to accept this place is over.")
    _change(offer, Action.ACCEPT, party=Party.APPLICANT, actor=actor, now=now)


def decline_offer(offer: Offer, *, actor: Account, now: datetime, reason: str = "") -> None:
    """Give the place back; the applicant is out of the call's further matching.

    Raises:
        ReasonMissing: the place was accepted before, and there is no reason.
        TransitionRefused: the offer lapsed, was declined or taken back.

    Flushes; the caller commits.
    """
    _lock(offer)
    _change(offer, Action.DECLINE, party=Party.APPLICANT, actor=actor, now=now, reason=reason)


def take_back_offer(offer: Offer, *, actor: Account, now: datetime, reason: str) -> None:
    """Take a place back on the organiser's side; the applicant reads the reason and stays in the open market.

    Raises:
        ReasonMissing: there is no reason.
        TransitionRefused: the offer does not hold a place any more.

    Flushes; the caller commits.
    """
    _lock(offer)
    _change(offer, Action.TAKE_BACK, party=Party.ORGANISER, actor=actor, now=now, reason=reason)


def lapse_offer(offer: Offer, *, now: datetime) -> bool:
    """End an offer whose time is over; False when it was answered meanwhile. Flushes."""
    _lock(offer)
    if offer.state is not OfferState.OFFERED or now <= offer.accept_by:
        return False
    _change(offer, Action.LAPSE, party=Party.CLOCK, actor=None, now=now)
    return True


def remind(offer: Offer, *, now: datetime) -> bool:
    """Remind an applicant once that an offer ends soon; False when it needs no answer any more. Flushes."""
    _lock(offer)
    if offer.state is not OfferState.OFFERED or offer.reminded_at is not None:
        return False
    offer.reminded_at = now
    tell_of_offer(offer, "incubation/offer_reminder", now=now)
    db.session.flush()
    return True


def _lock(offer: Offer) -> None:
    lock_intake(offer.intake)
    db.session.refresh(offer)


def _offer(application: Application, intake: Intake, *, run: MatchRun | None, now: datetime) -> Offer:
    offer = Offer(
        run=run, application=application, intake=intake, offered_at=now, accept_by=accept_by(application.call, now)
    )
    db.session.add(offer)
    db.session.flush()
    return offer


def _change(
    offer: Offer, action: Action, *, party: Party, actor: Account | None, now: datetime, reason: str = ""
) -> None:
    row, before = transition_for(offer.state, action, party), offer.state
    if row.with_reason and not reason.strip():
        raise ReasonMissing("Give a reason: the others read it.", field="reason")
    offer.state, offer.answered_at, offer.reason = row.to, now, reason.strip()
    db.session.flush()
    record(
        f"offer {action.past}",
        offer.application,
        actor=actor,
        now=now,
        scope=offer.application.scope,
        changes={"offer": (before, row.to), "host": (None, str(offer.intake.host))},
        reason=reason.strip() or None,
    )
    tell_of_offer(offer, row.mail, now=now)
    tell_host_of_answer(offer, now=now)
    follow_offer(offer, before, actor=actor, now=now)


def _check_pair(application: Application, intake: Intake) -> None:
    if application.call_id != intake.call_id:
        raise OfferRefused("The application was sent to another call.")
    if application.state is not ApplicationState.ADMITTED:
        raise OfferRefused(f"The application is {application.state.label.lower()}.")
    if application.economy_code == intake.host.economy_code:
        raise OfferRefused("A placement goes to another economy, never to the own one.")
    if holds_a_place(application):
        raise OfferRefused("This application holds a place already.")
    blocked = select(Block.id).where(
        Block.application_id == application.id, Block.intake_id == intake.id, Block.state != BlockState.DISMISSED
    )
    if db.session.scalar(blocked) is not None:
        raise OfferRefused("The two were declared not to be matched.")


def _check_room(application: Application, intake: Intake) -> None:
    holders = holders_of(intake)
    if intake.withdrawn_at is not None or len(holders) >= intake.places:
        raise PlaceTaken("No place is free here any more: the last one was given a moment ago.")
    alike = sum(each.economy_code == application.economy_code for each in holders)
    if intake.economy_cap is not None and alike >= intake.economy_cap:
        raise OfferRefused(f"The host takes at most {intake.economy_cap} from one economy.")
    alike = sum(each.sector == application.sector for each in holders)
    if intake.sector_cap is not None and alike >= intake.sector_cap:
        raise OfferRefused(f"The host takes at most {intake.sector_cap} from one sector.")
