"""Registrations in every state, made by the same functions that people's clicks use."""

from datetime import datetime, timedelta

from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.certificates.domain import HolderNames, issue_certificate, reissue_certificate, revoke_certificate
from gtn_events.certificates.models import Certificate
from gtn_events.core.db import db
from gtn_events.forum.certificates import certificate_request
from gtn_events.forum.domain.attendance import set_rule
from gtn_events.forum.domain.door_scans import SentScan, new_nonce, scan_at_door
from gtn_events.forum.domain.registrations import (
    admit_registration,
    approve_registration,
    cancel_registration,
    reject_registration,
)
from gtn_events.forum.domain.submission import Particulars, Submission, submit_registration
from gtn_events.forum.domain.transitions import Party
from gtn_events.forum.domain.waiting_list import decline_offer, offer_freed_seats
from gtn_events.forum.enums import AttendanceKind, RegistrationState
from gtn_events.forum.models import Checkpoint, Forum, ForumCategory, Registration, SideEvent
from gtn_events.forum.queries.attendance import attended_registrations
from gtn_events.forum.queries.attendance_rule import Rule
from gtn_events.forum.queries.bookings import as_engagement, speaking_slots
from gtn_events.questionnaire.queries.versions import published_version

from .delegations import answer_for_economy, ask_economies, keep_places
from .people import PEOPLE, Person

FIRST_SUBMISSION = datetime.fromisoformat("2013-04-02T01:30:00+00:00")
CERTIFICATES_ON = datetime.fromisoformat("2013-06-10T03:00:00+00:00")
CORRECTED_ON = datetime.fromisoformat("2013-06-12T03:00:00+00:00")
DOORS_OPEN = datetime.fromisoformat("2013-06-05T01:32:00+00:00")


def register_for_first_forum(forum: Forum, accounts: dict[str, Account], organiser: Account, door: Account) -> None:
    """Register the invented people for the forum of 2013, decide, and check most of them in. Flushes."""
    registrations = []
    for number, person in enumerate(PEOPLE):
        moment = FIRST_SUBMISSION + timedelta(hours=19 * number)
        registrations.append(_submit(forum, person, accounts[person.key], now=moment))
    decided = FIRST_SUBMISSION + timedelta(days=36)
    for number, registration in enumerate(registrations):
        moment = decided + timedelta(minutes=7 * number)
        if registration.state is not RegistrationState.PENDING:
            continue
        if number in (20, 33):
            reject_registration(
                registration, actor=organiser, now=moment, reason="The product shown is not yet on the market."
            )
        else:
            admit_registration(registration, actor=organiser, now=moment)
    for number in (6, 16):
        delegate = registrations[number]
        cancel_registration(delegate, actor=delegate.account, now=decided + timedelta(days=9), party=Party.DELEGATE)
    main_door = db.session.scalars(select(Checkpoint).where(Checkpoint.forum_id == forum.id)).one()
    for number, registration in enumerate(registrations):
        if registration.state is RegistrationState.CONFIRMED and number % 9 != 4:
            moment = DOORS_OPEN + timedelta(seconds=47 * number)
            sent = SentScan(nonce=new_nonce(), code=registration.reference, at=moment, station="Main door, left")
            scan_at_door(registration, main_door, sent, actor=door, now=moment)


def ask_for_half_of_the_days(forum: Forum, organiser: Account) -> None:
    """Set that half of the days is asked of whoever gets a certificate. Flushes."""
    set_rule(forum, Rule(AttendanceKind.DAYS, percent=50), actor=organiser, now=DOORS_OPEN)


def issue_certificates(forum: Forum, organiser: Account, *, secret_key: str) -> None:
    """Give those who came their numbered certificates, but for the last five: something is left to issue. Flushes."""
    for registration in list(attended_registrations(forum))[:-5]:
        request = certificate_request(registration, issued_on=CERTIFICATES_ON.date())
        issue_certificate(request, secret_key=secret_key, actor=organiser, now=CERTIFICATES_ON)


def correct_a_certificate(forum: Forum, organiser: Account, *, secret_key: str) -> None:
    """Take one certificate back as issued by mistake, and correct the given name on another. Flushes."""
    issued_here = select(Certificate).where(
        Certificate.scope_kind == forum.scope.kind, Certificate.scope_id == forum.scope.id
    )
    mistaken, misspelt = db.session.scalars(issued_here.order_by(Certificate.number).offset(2).limit(2))
    revoke_certificate(mistaken, reason="Issued by mistake.", actor=organiser, now=CORRECTED_ON)
    issued = misspelt.shown_facts
    names = HolderNames(
        given_name=f"{issued.given_name} A.",
        family_name=issued.family_name,
        own_script_name=issued.own_script_name,
        own_script_language=issued.own_script_language,
    )
    reason = "The middle initial was left out."
    reissue_certificate(misspelt, names, reason=reason, secret_key=secret_key, actor=organiser, now=CORRECTED_ON)


def register_for_next_forum(
    forum: Forum, accounts: dict[str, Account], organiser: Account, coordinator: Account, *, now: datetime
) -> None:
    """Register people in every state for the open forum, so that each list has something in it. Flushes."""
    ask_economies(forum)
    opened = forum.registration_opens_at
    step = (now - opened) / (len(PEOPLE) + 5)
    registrations = [
        _submit(forum, person, accounts[person.key], now=opened + step * (number + 1))
        for number, person in enumerate(PEOPLE)
    ]
    pending = [each for each in registrations if each.state is RegistrationState.PENDING]
    for number, registration in enumerate(pending):
        moment = registration.submitted_at + timedelta(hours=5)
        if not answer_for_economy(registration, coordinator, now=now):
            continue
        if number % 7 == 3:
            approve_registration(registration, actor=organiser, now=moment)
        elif number == 9:
            reject_registration(registration, actor=organiser, now=moment, reason="Registered twice by mistake.")
        elif number % 5 != 4:
            admit_registration(registration, actor=organiser, now=moment)
    _answer_offers(forum, now=now)
    keep_places(forum, organiser, coordinator, now=now)


def _answer_offers(forum: Forum, *, now: datetime) -> None:
    """Free two seats of the full category: one offer is declined and passes on, one still stands."""
    seated = _in_state(forum, "observer", RegistrationState.CONFIRMED)
    for registration in seated[:2]:
        cancel_registration(registration, actor=registration.account, now=now, party=Party.DELEGATE)
    offered = _in_state(forum, "observer", RegistrationState.OFFERED)
    if offered:
        decline_offer(offered[0], actor=offered[0].account, now=now)
    offer_freed_seats(forum, now=now)


def _in_state(forum: Forum, category: str, state: RegistrationState) -> list[Registration]:
    statement = (
        select(Registration)
        .join(ForumCategory, ForumCategory.id == Registration.category_id)
        .where(Registration.forum_id == forum.id, ForumCategory.key == category, Registration.state == state)
        .order_by(Registration.id)
    )
    return list(db.session.scalars(statement))


def _submit(forum: Forum, person: Person, account: Account, *, now: datetime) -> Registration:
    version = published_version(forum.questionnaire)
    if version is None:
        raise LookupError("the forum's questionnaire is not published")
    number = PEOPLE.index(person)
    organisation = account.organisation
    submission = Submission(
        category=_category(forum, person, number),
        particulars=Particulars(
            given_name=account.given_name,
            family_name=account.family_name,
            own_script_name=account.own_script_name,
            own_script_language=account.own_script_language,
            gender=account.gender.value,
            email=account.email,
            delegation_class=account.delegation_class,
            economy_code=account.economy_code,
            organisation_name=organisation.name if organisation else "",
            organisation_kind=organisation.kind.value if organisation else "",
            position=account.position,
            listed_publicly=number % 3 != 0,
        ),
        version=version,
        answers={"attendance_mode": "in-person", "roles": ["delegate"], "privacy_read": True},
        consent_text=forum.consent_texts[-1],
        side_events=_side_events(forum, account, number),
    )
    return submit_registration(forum, submission, actor=account, now=now)


def _category(forum: Forum, person: Person, number: int) -> ForumCategory:
    key = "observer" if number % 4 == 3 else "sme-exhibitor" if "Founder" in person.position else "delegate"
    return next(category for category in forum.categories if category.key == key)


def _side_events(forum: Forum, account: Account, number: int) -> list[SideEvent]:
    """Return the side event this person chooses, if any: one that is not while they speak."""
    if number % 3 == 2:
        return []
    busy = speaking_slots(forum_id=forum.id, account_id=account.id)
    statement = select(SideEvent).where(SideEvent.forum_id == forum.id, SideEvent.published).order_by(SideEvent.id)
    free = [
        side_event
        for side_event in db.session.scalars(statement)
        if not any(as_engagement(side_event).overlaps(each) for each in busy)
    ]
    return [free[number % len(free)]] if free else []
