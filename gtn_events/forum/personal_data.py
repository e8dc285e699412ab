"""What the forum keeps about a person: told in the export, let go in the erasure."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, or_, select, update

from gtn_events.accounts.enums import Gender
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.jobs import forget_failures
from gtn_events.core.journal import JournalEntry
from gtn_events.core.outbox import OutboxMail, forget_mails
from gtn_events.core.uploads import Upload, delete_upload
from gtn_events.questionnaire.domain.purge import erase_answers
from gtn_events.questionnaire.queries.personal_data import export_answers

from .enums import Outcome
from .models import (
    AgendaFeed,
    AllotmentSwap,
    BadgeHandover,
    BadgePrint,
    CheckIn,
    Checkpoint,
    DoorScan,
    Favourite,
    FavouriteFeed,
    Forum,
    ForumBadge,
    ForumSession,
    MailingRecipient,
    Registration,
    RegistrationDraft,
    SessionBooking,
    SideEvent,
    SideEventBooking,
    Speaker,
    TimeAway,
)
from .notifications_economies import clock_mails
from .personal_data_proposals import erase_proposals, export_proposals
from .personal_data_schedule import export_schedule
from .personal_data_speakers import erase_speaking, export_speaking
from .personal_data_substitutions import export_substitutions, forget_reasons
from .queries.bookings import active_bookings, session_bookings
from .queries.delegate import registrations_of_account

CHANGES = ("registration changed", "registration corrected")


class StillRegistered(DomainError):
    """The person has an active registration; it has to be cancelled first, so that its seat passes on."""


def export_forum(account: Account) -> dict[str, Any]:
    """Return every registration and draft of a person, JSON-ready."""
    registrations = list(db.session.scalars(registrations_of_account(account.id)))
    answers = export_answers([each.answer_set_id for each in registrations])
    swaps = db.session.scalars(select(AllotmentSwap).where(AllotmentSwap.proposed_by_id == account.id))
    asked = _answers_at_side_events([each.id for each in registrations])
    at_side_events = export_answers(list(asked))
    drafts = db.session.scalars(select(RegistrationDraft).where(RegistrationDraft.account_id == account.id))
    return {
        "registrations": [_told(each) | {"answers": answers[each.answer_set_id]} for each in registrations],
        "answers_at_side_events": [
            {"side_event": title, "answers": at_side_events[set_id]} for set_id, title in asked.items()
        ],
        "swaps_proposed": [
            {"forum": each.forum.title, "at": each.proposed_at.isoformat(), "note": each.note} for each in swaps
        ],
        "times_away_as_a_speaker": [
            {"forum": each.forum.title, "from": each.starts_at.isoformat(), "to": each.ends_at.isoformat()}
            | {"reason": each.reason}
            for each in db.session.scalars(select(TimeAway).where(TimeAway.speaker_id.in_(_as_speaker(account))))
        ],
        "favourite_sessions": _told_favourites(account),
        "favourite_calendar_feeds": [
            {"forum": each.forum.title, "made_at": each.made_at.isoformat()}
            for each in db.session.scalars(select(FavouriteFeed).where(FavouriteFeed.account_id == account.id))
        ],
        "badges_taken_over": [_told_handover(each) for each in _handovers_to(account)],
        "drafts": [{"forum": each.forum.title, "saved_at": each.saved_at.isoformat(), **each.data} for each in drafts],
        "substitutions": export_substitutions([each.id for each in registrations]),
        **export_proposals(account),
        **export_schedule(account),
        **export_speaking(account),
    }


def erase_forum(account: Account, now: datetime) -> None:
    """Take the person out of the forum's rows; the figures (economy, category, state) stay.

    Raises:
        StillRegistered: a registration for a forum that is not over yet is active.
    """
    registrations = list(db.session.scalars(registrations_of_account(account.id)))
    for registration in registrations:
        if registration.state.is_active and registration.forum.ends_on >= now.date():
            raise StillRegistered(
                f"You are registered for {registration.forum.title}. Cancel that registration first, "
                "so that your place passes on; then your data can be erased."
            )
    for registration in registrations:
        forget_failures(registration.forum.scope, {registration.delegate_name})
        _empty(registration, now=now)
    erase_proposals(account, now=now)
    erase_speaking(account, now)
    erase_answers(list(_answers_at_side_events([each.id for each in registrations])), now=now)
    _forget_badge_reasons([registration.id for registration in registrations])
    forget_reasons([registration.id for registration in registrations])
    erase_answers([registration.answer_set_id for registration in registrations], now=now)
    _forget_in_journal([registration.id for registration in registrations])
    _forget_mails([registration.id for registration in registrations])
    # What an economy wrote to another stays; the mails to the person's own address do not.
    theirs = (OutboxMail.key.startswith(start) for start in clock_mails(account.id))
    forget_mails(or_(OutboxMail.key.startswith("swap:") & OutboxMail.key.endswith(f":{account.id}"), *theirs))
    for handover in _handovers_to(account):
        handover.taker_name, handover.taker_function = "Erased person", ""
    db.session.execute(delete(RegistrationDraft).where(RegistrationDraft.account_id == account.id))
    theirs = AgendaFeed.registration_id.in_([registration.id for registration in registrations])
    db.session.execute(delete(AgendaFeed).where(theirs))
    db.session.execute(delete(Favourite).where(Favourite.account_id == account.id))
    db.session.execute(delete(FavouriteFeed).where(FavouriteFeed.account_id == account.id))
    db.session.execute(delete(TimeAway).where(TimeAway.speaker_id.in_(_as_speaker(account))))
    db.session.execute(update(Speaker).where(Speaker.account_id == account.id).values(account_id=None))
    db.session.flush()


def _as_speaker(account: Account) -> Select[int]:
    return select(Speaker.id).where(Speaker.account_id == account.id)


def _answers_at_side_events(registration_ids: list[int]) -> dict[int, str]:
    """Return the sets of answers to own questions of side events, set id to the side event's title."""
    statement = (
        select(SideEventBooking.answer_set_id, SideEvent.title)
        .join(SideEventBooking.side_event)
        .where(SideEventBooking.registration_id.in_(registration_ids), SideEventBooking.answer_set_id.is_not(None))
        .order_by(SideEventBooking.id)
    )
    return {set_id: title for set_id, title in db.session.execute(statement) if set_id is not None}


def _told_favourites(account: Account) -> list[dict[str, str]]:
    """Return the marked sessions by forum and code; a title only while the working programme has the session."""
    same = (ForumSession.forum_id == Favourite.forum_id) & (ForumSession.code == Favourite.code)
    statement = (
        select(Forum.title, Favourite.code, ForumSession.title.label("session"), Favourite.marked_at)
        .join(Forum, Forum.id == Favourite.forum_id)
        .outerjoin(ForumSession, same)
        .where(Favourite.account_id == account.id)
        .order_by(Favourite.forum_id, Favourite.code)
    )
    return [
        {"forum": title, "code": code, "session": session or "", "marked_at": at.isoformat()}
        for title, code, session, at in db.session.execute(statement)
    ]


def _told(registration: Registration) -> dict[str, Any]:
    check_ins = select(CheckIn.at).where(CheckIn.registration_id == registration.id, CheckIn.undone_at.is_(None))
    scans = (
        select(DoorScan.at, Checkpoint.label, DoorScan.station, DoorScan.outcome)
        .join(Checkpoint, Checkpoint.id == DoorScan.checkpoint_id)
        .where(DoorScan.registration_id == registration.id)
        .order_by(DoorScan.at, DoorScan.id)
    )
    return {
        "forum": registration.forum.title,
        "number": registration.reference,
        "category": registration.category.label,
        "state": registration.state.value,
        "state_reason": registration.state_reason,
        "economy_answered_at": registration.economy_answered_at.isoformat()
        if registration.economy_answered_at
        else None,
        "economy_reason": registration.economy_reason,
        "withdrawn_by_economy": registration.withdrawn_by_economy,
        "honorific": registration.honorific,
        "given_name": registration.given_name,
        "family_name": registration.family_name,
        "own_script_name": registration.own_script_name,
        "gender": registration.gender,
        "email": registration.email,
        "represents": registration.representation,
        "organisation": registration.organisation_name,
        "position": registration.position,
        "submitted_at": registration.submitted_at.isoformat(),
        "consented_at": registration.consented_at.isoformat() if registration.consented_at else None,
        "consent_text": registration.consent_text.text if registration.consent_text else None,
        "side_events": [each.side_event.title for each in active_bookings(registration)],
        "sessions_with_a_place": [each.limited.title for each in session_bookings(registration)],
        "badge": _told_badge(registration),
        "checked_in_at": [at.isoformat() for at in db.session.scalars(check_ins)],
        "scans_at_doors": [_scan_told(*row) for row in db.session.execute(scans)],
    }


def _scan_told(at: datetime, checkpoint: str, station: str, outcome: Outcome) -> dict[str, str]:
    return {"at": at.isoformat(), "checkpoint": checkpoint, "station": station, "outcome": outcome.value}


def _handovers_to(account: Account) -> list[BadgeHandover]:
    statement = select(BadgeHandover).where(BadgeHandover.taker_account_id == account.id).order_by(BadgeHandover.id)
    return list(db.session.scalars(statement))


def _told_handover(handover: BadgeHandover) -> dict[str, Any]:
    return {
        "forum": handover.forum.title,
        "represents": handover.representation,
        "function": handover.taker_function,
        "at": handover.at.isoformat(),
    }


def _told_badge(registration: Registration) -> dict[str, Any] | None:
    badge = db.session.scalar(select(ForumBadge).where(ForumBadge.registration_id == registration.id))
    if badge is None:
        return None
    prints = [{"printed_at": each.printed_at.isoformat(), "reason": each.reason} for each in badge.prints]
    return {"state": badge.state.value, "since": badge.state_at.isoformat(), "prints": prints}


def _forget_badge_reasons(registration_ids: list[int]) -> None:
    """Empty why badges were printed again or where they went: that there were so many stays."""
    theirs = select(ForumBadge.id).where(ForumBadge.registration_id.in_(registration_ids))
    db.session.execute(update(BadgePrint).where(BadgePrint.badge_id.in_(theirs)).values(reason=""))
    db.session.execute(update(ForumBadge).where(ForumBadge.id.in_(theirs)).values(state_reason=""))


def _forget_in_journal(registration_ids: list[int]) -> None:
    """Empty the from and to values of what the person changed, and the reasons given: that it happened stays."""
    about_them = (
        JournalEntry.subject_type == Registration.__tablename__,
        JournalEntry.subject_id.in_(registration_ids),
    )
    changed = update(JournalEntry).where(*about_them, JournalEntry.action.in_(CHANGES))
    db.session.execute(changed.values(changes={}))
    db.session.execute(update(JournalEntry).where(*about_them).values(reason=None))


def _forget_mails(registration_ids: list[int]) -> None:
    """Empty the mails about these registrations, to whatever address they went at the time."""
    theirs = select(SideEventBooking.id).where(SideEventBooking.registration_id.in_(registration_ids))
    starts = [f"registration:{each}:" for each in registration_ids]
    starts += [f"booking:{each}:" for each in db.session.scalars(theirs)]
    at_sessions = select(SessionBooking.id).where(SessionBooking.registration_id.in_(registration_ids))
    starts += [f"session-booking:{each}:" for each in db.session.scalars(at_sessions)]
    written = select(MailingRecipient.mail_id).where(MailingRecipient.registration_id.in_(registration_ids))
    forget_mails(OutboxMail.id.in_(written))
    if starts:
        forget_mails(or_(*(OutboxMail.key.startswith(start) for start in starts)))


def _empty(registration: Registration, *, now: datetime) -> None:
    photo = db.session.get(Upload, registration.photo_upload_id) if registration.photo_upload_id else None
    registration.photo_upload_id = None
    registration.honorific = registration.given_name = registration.own_script_name = ""
    registration.own_script_language = registration.position = registration.organisation_name = ""
    registration.family_name = "Erased person"
    registration.email = ""
    registration.gender = Gender.NOT_SAID.value
    registration.listed_publicly = False
    registration.state_reason = None
    registration.economy_reason = ""
    db.session.flush()
    if photo is not None:
        delete_upload(photo, now=now)
