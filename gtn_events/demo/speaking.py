"""Somebody who comes to the next forum and speaks there: a confirmed place, a session, slides that are not for all."""

from datetime import datetime, time, timedelta

from gtn_events.accounts.models import Account
from gtn_events.core.venue_time import moment_at_venue
from gtn_events.forum.domain.programme_sessions import (
    SessionDetails,
    SpeakerDetails,
    add_session,
    add_speaker,
    place_speaker,
)
from gtn_events.forum.domain.registrations import admit_registration
from gtn_events.forum.domain.session_materials import MaterialDetails, add_material
from gtn_events.forum.domain.speakers import give_account
from gtn_events.forum.domain.submission import Particulars, Submission, submit_registration
from gtn_events.forum.enums import MaterialAccess, MaterialKind, SpeakerRole
from gtn_events.forum.models import Forum, ForumSession, Registration, Speaker
from gtn_events.questionnaire.queries.versions import published_version

from .talks import drawn_page

TITLE = "A loan against next year's harvest"
ABSTRACT = "What two lenders asked a cold store of six people, what it could answer, and what the loan cost in the end."
AFTERNOON = time(14)
MATERIALS = (
    (MaterialKind.SLIDES, "Slides: a loan in nine pictures", MaterialAccess.PUBLIC),
    (MaterialKind.PAPER, "The contract, with our notes", MaterialAccess.CONFIRMED),
)


def speak_at_next_forum(forum: Forum, account: Account, organiser: Account, *, now: datetime) -> None:
    """Give the person a confirmed place and a session in the afternoon of the second day. Flushes."""
    registration = _registered(forum, account, now=now - timedelta(days=3))
    admit_registration(registration, actor=organiser, now=now - timedelta(days=2))
    session = _session(forum, organiser, now=now)
    speaker = _speaker(forum, account, organiser, now=now)
    place_speaker(forum, session, speaker, role=SpeakerRole.SPEAKER, actor=organiser, now=now)
    for kind, title, access in MATERIALS:
        details = MaterialDetails(kind=kind, title=title, access=access)
        add_material(forum, session, details, drawn_page(title), actor=account, now=now)


def _registered(forum: Forum, account: Account, *, now: datetime) -> Registration:
    version = published_version(forum.questionnaire)
    if version is None:
        raise LookupError("the forum's questionnaire is not published")
    submission = Submission(
        category=next(category for category in forum.categories if category.key == "delegate"),
        particulars=Particulars(
            given_name=account.given_name,
            family_name=account.family_name,
            gender=account.gender.value,
            email=account.email,
            delegation_class=account.delegation_class,
            economy_code=account.economy_code,
            organisation_name="Lumbung Cold Store (invented)",
            organisation_kind="sme",
            position="Founder",
        ),
        version=version,
        answers={"attendance_mode": "in-person", "roles": ["delegate"], "privacy_read": True},
        consent_text=forum.consent_texts[-1],
    )
    return submit_registration(forum, submission, actor=account, now=now)


def _session(forum: Forum, organiser: Account, *, now: datetime) -> ForumSession:
    starts_at = datetime.combine(forum.starts_on + timedelta(days=1), AFTERNOON)
    details = SessionDetails(
        title=TITLE,
        abstract=ABSTRACT,
        language="en",
        starts_at=moment_at_venue(starts_at, forum.time_zone),
        minutes=60,
    )
    return add_session(forum, details, actor=organiser, now=now)


def _speaker(forum: Forum, account: Account, organiser: Account, *, now: datetime) -> Speaker:
    details = SpeakerDetails(
        name=f"{account.given_name} {account.family_name}",
        family_name=account.family_name,
        organisation="Lumbung Cold Store (invented)",
        economy_code=account.economy_code,
    )
    speaker = add_speaker(forum, details, actor=organiser, now=now)
    give_account(forum, speaker, account.email, actor=organiser, now=now)
    return speaker
