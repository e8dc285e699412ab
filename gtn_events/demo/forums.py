"""The two forums of the demonstration: the network's first, and the next one, open for registration."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select, update

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.text import fold
from gtn_events.forum.domain.categories import CategoryDetails, add_category
from gtn_events.forum.domain.cloning import NewEdition, clone_forum
from gtn_events.forum.domain.forums import ForumDetails, publish_forum
from gtn_events.forum.domain.opening import open_forum
from gtn_events.forum.domain.programme import add_room, add_track
from gtn_events.forum.domain.programme_releases import release_programme
from gtn_events.forum.domain.programme_rules import add_time_away, set_programme_rules
from gtn_events.forum.domain.programme_sessions import SessionDetails, add_session
from gtn_events.forum.domain.side_events import SideEventDetails, add_side_event
from gtn_events.forum.enums import Approval, SessionKind
from gtn_events.forum.models import Forum, ForumSession, SessionSpeaker, SideEvent, Slot, Speaker

from .programme import ROOMS, SESSIONS, SIDE_EVENTS, TRACKS
from .scheduling import edit_schedule
from .session_texts import add_texts

JAKARTA = ZoneInfo("Asia/Jakarta")
FIRST_DAY = date(2013, 6, 5)
OPENED = datetime(2013, 3, 15, 2, 0, tzinfo=UTC)

CONSENT = (
    "I agree that the organiser stores what I have given here, to hold the forum and to report on it, and that "
    "sensitive answers (meals, allergies, access needs, passport) are deleted after the forum. My data match my "
    "passport. I know that registration alone gives no right of access."
)
PRIVACY = """The organiser of the forum stores what you give here to hold the forum.

- **Seen by** the organiser and the helpers named by the organiser; at the door only your name, economy and category.
- **Reported** to the working group as totals by economy and gender; numbers below 3 are never published.
- **Deleted**: sensitive answers 30 days after the forum, the rest when you erase your account.
"""
DESCRIPTION = """Small firms of the APEC economies show green technology that already works: cold stores without a
grid, boards from husk and coir, water that is used twice. Public buyers, lenders and incubators come to look for
exactly that.

The forum was asked for by a workshop of ten economies in Bali in March 2013. It ends with recommendations to the
working group, and with a work plan for the network.
"""
PRACTICAL = """## Getting there

The venue is fifteen minutes by taxi from the central station; the doors open at 08:30. All rooms are step-free.

## Languages

English, with interpreting into Indonesian in Garuda Hall.

## Meals

Coffee, lunch and the host's dinner are free for registered delegates. Say on the form what you do not eat.
"""

CATEGORIES = tuple(
    CategoryDetails(label=label, description=description, capacity=capacity, approval=approval, open_to_public=public)
    for label, description, capacity, approval, public in (
        ("Delegate", "Officials, associations, incubators and researchers", 30, Approval.ORGANISER, True),
        ("SME exhibitor", "Firms that show a product or a process", 24, Approval.ORGANISER, True),
        ("Observer", "Registered at once, while there are places", 6, Approval.NONE, True),
        ("Speaker", "Given by the organiser", 20, Approval.ORGANISER, False),
    )
)


def open_first_forum(organiser: Account, people: dict[str, Account]) -> Forum:
    """Open the forum of 5 and 6 June 2013 with categories, side events and programme. Flushes."""
    forum = open_forum(_first_details(), consent_text=CONSENT, capacity=70, actor=organiser, now=OPENED)
    for category in CATEGORIES:
        add_category(forum, category, actor=organiser, now=OPENED)
    for title, topic, description, economy, room, day, start, minutes, capacity in SIDE_EVENTS:
        starts_at = _moment(day, start)
        details = SideEventDetails(
            title=title,
            topic=topic,
            description=description,
            host_name="",
            host_economy_code=economy,
            room_name=room,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=minutes),
            published=True,
        )
        add_side_event(forum, details, capacity=capacity, actor=organiser, now=OPENED)
    _add_programme(forum, organiser, people)
    publish_forum(forum, actor=organiser, now=OPENED)
    return forum


def open_next_forum(first: Forum, organiser: Account, *, now: datetime) -> Forum:
    """Open the edition that people can register for: a clone of the first, four months from now. Flushes."""
    starts_on = _next_wednesday((now + timedelta(days=120)).date())
    edition = NewEdition(
        title=f"GTN Forum {starts_on.year}",
        edition=f"GTN Forum {starts_on.year}",
        slug=f"gtn-forum-{starts_on.year}",
        reference_prefix=f"GTN{starts_on:%y}",
        starts_on=starts_on,
    )
    forum = clone_forum(first, edition, with_side_events=True, actor=organiser, now=now)
    forum.registration_opens_at = now - timedelta(days=30)
    forum.registration_closes_at = _end_of_day(starts_on - timedelta(days=21))
    db.session.execute(update(SideEvent).where(SideEvent.forum_id == forum.id).values(published=True))
    publish_forum(forum, actor=organiser, now=now)
    return forum


def _first_details() -> ForumDetails:
    return ForumDetails(
        slug="gtn-forum-2013",
        title="GTN Forum 2013",
        edition="First GTN Forum",
        tagline="Two days on which small firms of the APEC economies show green technology that already works, "
        "and look for the partner, buyer or incubator they came for.",
        description=DESCRIPTION,
        who_may_come="Green-technology SMEs, incubators and officials of the 21 member economies; guests by invitation",
        costs="Nothing. Travel and hotel are your own",
        practical=PRACTICAL,
        host_economy_code="INA",
        city="Jakarta",
        venue="Balai Cincin Hijau",
        venue_notes="Step-free; interpreting into Indonesian",
        time_zone="Asia/Jakarta",
        starts_on=FIRST_DAY,
        ends_on=FIRST_DAY + timedelta(days=1),
        registration_opens_at=OPENED,
        registration_closes_at=_end_of_day(date(2013, 5, 24)),
        changes_close_at=None,
        contact_name="The organiser's office",
        contact_email="organiser@gtn.example",
        privacy_notice=PRIVACY,
        offer_hours=48,
        hold_mail=False,
        purge_sensitive_on=date(2013, 7, 6),
        reference_prefix="GTN13",
    )


def _add_programme(forum: Forum, organiser: Account, people: dict[str, Account]) -> None:
    rooms = [add_room(forum, name=name, seats=seats, notes="", actor=organiser, now=OPENED).id for name, seats in ROOMS]
    tracks = [
        add_track(forum, name=name, colour=number, actor=organiser, now=OPENED).id
        for number, name in enumerate(TRACKS, start=1)
    ]
    speakers: dict[str, Speaker] = {}
    for each in SESSIONS:
        details = SessionDetails(
            title=each.title,
            kind=each.kind,
            abstract=each.abstract,
            language="en",
            level=each.level,
            interpretation=each.interpretation,
            track_id=None if each.track is None else tracks[each.track],
            room_id=None if each.room is None else rooms[each.room],
            starts_at=_moment(each.day, each.start),
            minutes=each.minutes,
        )
        session = add_session(forum, details, actor=organiser, now=OPENED)
        for position, (key, role) in enumerate(each.cast()):
            if key not in speakers:
                speakers[key] = _speaker(forum, people[key], key)
            link = SessionSpeaker(session=session, speaker=speakers[key], role=role, position=position)
            db.session.add(link)
    _add_rules(forum, organiser, speakers)
    add_texts(forum, organiser, now=OPENED)
    _release(forum, organiser)


def _add_rules(forum: Forum, organiser: Account, speakers: dict[str, Speaker]) -> None:
    """Say when the venue is open, and that a speaker leaves before the end."""
    days = [forum.starts_on, forum.ends_on]
    set_programme_rules(forum, {}, dict.fromkeys(days, (time(8), time(18))), actor=organiser, now=OPENED)
    db.session.flush()
    leaving = (_moment(1, "12:00"), _moment(1, "20:00"))
    add_time_away(next(iter(speakers.values())), *leaving, reason="Flies home at noon", actor=organiser, now=OPENED)


def _release(forum: Forum, organiser: Account) -> None:
    """Release the programme, and once more after a break became shorter; go on working on it."""
    first, second = OPENED + timedelta(days=20), OPENED + timedelta(days=40)
    release_programme(forum, notes="The provisional programme.", seen=0, actor=organiser, now=first)
    slot = db.session.scalars(
        select(Slot)
        .join(Slot.session)
        .where(Slot.forum_id == forum.id, ForumSession.kind == SessionKind.BREAK)
        .limit(1)
    ).one()
    slot.minutes -= 5
    db.session.flush()
    notes = "A shorter break, and time to walk over."
    release_programme(forum, notes=notes, seen=1, actor=organiser, now=second)
    edit_schedule(forum, organiser, starts_at=_moment(1, "15:30"), now=second + timedelta(days=2))


def _speaker(forum: Forum, account: Account, key: str) -> Speaker:
    speaker = Speaker(
        forum_id=forum.id,
        code=key,
        account_id=account.id,
        name=f"{account.given_name} {account.family_name}".strip(),
        family_name=account.family_name,
        own_script_name=account.own_script_name,
        own_script_language=account.own_script_language,
        organisation=account.organisation.name if account.organisation else "",
        economy_code=account.economy_code,
        sort_name=fold(f"{account.family_name} {account.given_name}"),
    )
    db.session.add(speaker)
    return speaker


def _moment(day: int, start: str) -> datetime:
    return datetime.combine(FIRST_DAY + timedelta(days=day), time.fromisoformat(start), JAKARTA).astimezone(UTC)


def _end_of_day(day: date) -> datetime:
    return datetime.combine(day, time(23, 59), JAKARTA).astimezone(UTC)


def _next_wednesday(day: date) -> date:
    return day + timedelta(days=(2 - day.weekday()) % 7)
