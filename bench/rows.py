"""Rows in bulk: programmes and registrations of any size, the same at every run."""

from datetime import UTC, datetime, time, timedelta
from uuid import UUID, uuid5

from sqlalchemy import func, insert, select

from gtn_events.accounts.domain.sessions import start_session
from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.accounts.signed_in import COOKIE
from gtn_events.core.db import db
from gtn_events.core.economies import ECONOMIES
from gtn_events.core.seats import SeatPool
from gtn_events.core.text import fold
from gtn_events.forum.enums import MaterialAccess, MaterialKind, RegistrationState, SessionLevel
from gtn_events.forum.models import (
    Forum,
    ForumCategory,
    ForumSession,
    LimitedSession,
    Registration,
    Room,
    SessionMaterial,
    SessionSpeaker,
    SessionText,
    Slot,
    Speaker,
    Track,
)
from gtn_events.questionnaire.models import AnswerSet
from instance import ROOT  # noqa: F401  # puts the factories of the tests in reach
from tests.factories import grant_role, make_account

NAMESPACE = UUID("6f6f3c1e-0d59-4f4e-9a0b-0c4f1d9c2013")
FAMILY_NAMES = ("Huamán", "Wattanakul", "Nguyễn", "陳", "Kim", "Yamada", "Щербакова", "Fernández de Córdoba")
OWN_SCRIPT = ("", "สิริพร วัฒนากุล", "", "陳美玲", "김민준", "山田 直樹", "Анна Щербакова", "")
ABSTRACT = (
    "How small producers keep fish cold without diesel: **three years of figures** from harbours of four economies, "
    "what the stores cost, who maintains them, and which of the promised savings came true. "
) * 3
STATES = (
    *(RegistrationState.CONFIRMED,) * 6,
    *(RegistrationState.PENDING,) * 2,
    RegistrationState.WAITLISTED,
    RegistrationState.CANCELLED,
)
PART = 5_000


def add_programme(forum: Forum, sessions: int, *, rooms: int = 12, tracks: int = 8) -> None:
    """Give a forum that many sessions, spread evenly over its days and rooms, with a speaker each."""
    room_rows = [Room(forum_id=forum.id, name=f"Hall {number + 1}", position=number) for number in range(rooms)]
    track_rows = [
        Track(
            forum_id=forum.id,
            name=f"Track {number + 1}",
            slug=f"track-{number + 1}",
            colour=number + 1,
            position=number,
        )
        for number in range(tracks)
    ]
    db.session.add_all([*room_rows, *track_rows])
    db.session.flush()
    days = (forum.ends_on - forum.starts_on).days + 1
    for number in range(sessions):
        day, place = number % days, number // days
        opening = datetime.combine(forum.starts_on + timedelta(days=day), time(8, 0), forum.zone)
        session = ForumSession(
            forum_id=forum.id,
            guid=str(uuid5(NAMESPACE, f"{forum.slug} session {number}")),
            code=f"S{number:05}",
            title=f"Cold stores, part {number}: what small producers can do",
            abstract=ABSTRACT,
            track_id=track_rows[number % tracks].id,
            slot=Slot(
                forum_id=forum.id,
                guid=str(uuid5(NAMESPACE, f"{forum.slug} slot {number}")),
                room_id=room_rows[place % rooms].id,
                starts_at=(opening + timedelta(minutes=30 * (place // rooms))).astimezone(UTC),
                minutes=30,
            ),
        )
        speaker = Speaker(
            forum_id=forum.id,
            code=f"P{number:05}",
            name=f"Rosa {FAMILY_NAMES[number % 8]} {number}",
            family_name=FAMILY_NAMES[number % 8],
            organisation="Andina Cold Store",
            economy_code=ECONOMIES[number % 21].code,
            sort_name=fold(f"{FAMILY_NAMES[number % 8]} {number}"),
        )
        session.speaker_links = [SessionSpeaker(speaker=speaker)]
        db.session.add(session)
    forum.programme_changed_at = forum.created_at
    db.session.commit()


def add_particulars(forum: Forum) -> None:
    """Give every session of a forum a level, interpretation, materials and another language, and every third places."""
    sessions = db.session.scalars(select(ForumSession).where(ForumSession.forum_id == forum.id)).all()
    levels = list(SessionLevel)
    for number, session in enumerate(sessions):
        session.level, session.language, session.interpretation = levels[number % 3], "en", ["es", "zh-Hans", "ru"]
        db.session.add(SessionText(session=session, language="es", title=f"{session.title} (es)", abstract=ABSTRACT))
        db.session.add_all(
            SessionMaterial(
                session=session,
                kind=MaterialKind.SLIDES,
                title=f"Slides {part}",
                url=f"https://forum.example/{session.code}/{part}",
                access=access,
                added_at=forum.created_at,
            )
            for part, access in enumerate(MaterialAccess)
        )
        if number % 3 == 0:
            pool = SeatPool(label=session.title[:80], capacity=30, taken=number % 31, created_at=forum.created_at)
            db.session.add(LimitedSession(session=session, pool=pool, opened_at=forum.created_at))
    db.session.commit()


def add_registrations(category: ForumCategory, count: int) -> None:
    """Give a category that many registrations, in the proportions of a real forum, each of a person of their own."""
    forum, version = category.forum, category.forum.questionnaire.versions[-1]
    offset = db.session.scalar(select(func.max(Account.id))) or 0
    moment = forum.created_at
    for start in range(0, count, PART):
        numbers = range(start + 1, min(start + PART, count) + 1)
        db.session.execute(
            insert(Account),
            [
                {
                    "id": offset + number,
                    "email": f"p{number}@firm.example",
                    "email_key": f"p{number}@firm.example",
                    "given_name": f"Rosa {number}",
                    "family_name": FAMILY_NAMES[number % 8],
                    "created_at": moment,
                    "sort_name": "",
                    "search_text": "",
                }
                for number in numbers
            ],
        )
        db.session.execute(
            insert(AnswerSet),
            [
                {"id": number, "version_id": version.id, "created_at": moment, "updated_at": moment}
                for number in numbers
            ],
        )
        db.session.execute(insert(Registration), [_registration(category, number, offset) for number in numbers])
    seated = (Registration.category_id == category.id, Registration.state == RegistrationState.CONFIRMED)
    category.pool.capacity = category.pool.taken = db.session.scalar(select(func.count()).where(*seated)) or 0
    db.session.commit()
    assert version.questionnaire_id == forum.questionnaire_id


def _registration(category: ForumCategory, number: int, offset: int) -> dict[str, object]:
    family_name, state = FAMILY_NAMES[number % 8], STATES[number % 10]
    moment = category.forum.created_at + timedelta(minutes=number)
    return {
        "forum_id": category.forum_id,
        "category_id": category.id,
        "account_id": offset + number,
        "reference": f"GTN13-{number:08}",
        "state": state,
        "given_name": f"Rosa {number}",
        "family_name": family_name,
        "own_script_name": OWN_SCRIPT[number % 8],
        "sort_name": fold(f"{family_name} Rosa {number}"),
        "search_text": fold(f"Rosa {number} {family_name} Andina Cold Store p{number}@firm.example GTN13-{number:08}"),
        "gender": ("woman", "man", "not-said")[number % 3],
        "email": f"p{number}@firm.example",
        "economy_code": ECONOMIES[number % 21].code,
        "organisation_name": f"Andina Cold Store {number % 997}",
        "organisation_kind": "sme",
        "position": "Founder",
        "answer_set_id": number,
        "submitted_at": moment,
        "state_changed_at": moment,
        "waitlisted_at": moment if state is RegistrationState.WAITLISTED else None,
        "confirmed_at": moment if state is RegistrationState.CONFIRMED else None,
    }


def administrator_cookie(now: datetime) -> str:
    """Return the cookie of a signed-in administrator."""
    account = make_account("administrator@gtn.example")
    grant_role(account, Role.ADMINISTRATOR)
    _session, token = start_session(account, lifetime=timedelta(days=1), now=now)
    db.session.commit()
    return f"{COOKIE}={token}"
