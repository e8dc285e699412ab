"""Organisers and speakers act at one moment: limits of a session hold, and of what there is one there is one."""

import io
from datetime import datetime
from functools import partial

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage

from gtn_events.accounts.models import Account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.uploads import Upload
from gtn_events.forum.domain.favourite_feed import renew_favourite_feed
from gtn_events.forum.domain.programme_sessions import SessionDetails, SpeakerDetails, add_session, add_speaker
from gtn_events.forum.domain.session_materials import MOST_MATERIALS, MaterialDetails, add_material
from gtn_events.forum.domain.session_texts import write_session_text
from gtn_events.forum.domain.speakers import set_photo
from gtn_events.forum.domain.sponsors import SponsorDetails, add_sponsor, change_sponsor
from gtn_events.forum.enums import MaterialAccess, MaterialKind, SponsorLevel
from gtn_events.forum.models import (
    FavouriteFeed,
    Forum,
    ForumSession,
    SessionMaterial,
    SessionText,
    Speaker,
    SpeakerPhoto,
    Sponsor,
)
from tests.load.people import open_forum, people
from tests.load.test_last_place import Told

MANY = 6
LINK = MaterialDetails(
    kind=MaterialKind.SLIDES, title="A talk", access=MaterialAccess.PUBLIC, url="https://example.org/talk"
)

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("load")]


@pytest.fixture(scope="module")
def now() -> datetime:
    return clock.now()


def test_a_session_has_no_more_materials_than_it_may_however_many_add_one(site: Flask, now: datetime) -> None:
    forum = open_forum("materials-at-once", seats=50, now=now)
    [(organiser, _browser)] = people(1, name="materials", now=now)
    session = add_session(forum, SessionDetails(title="Cold stores"), actor=organiser, now=now)
    for _number in range(MOST_MATERIALS - 1):
        add_material(forum, session, LINK, None, actor=organiser, now=now)
    db.session.commit()
    ids = forum.id, session.id, organiser.id
    db.session.rollback()
    words = Told(site).all_at_once([partial(_add, *ids, now) for _time in range(MANY)])
    there = select(func.count()).where(SessionMaterial.session_id == ids[1])
    assert (words.count(""), db.session.scalar(there)) == (1, MOST_MATERIALS)


def test_a_speaker_who_gets_photos_at_once_has_one_and_no_file_is_left(site: Flask, now: datetime) -> None:
    forum = open_forum("photos-at-once", seats=50, now=now)
    [(organiser, _browser)] = people(1, name="photos", now=now)
    speaker = add_speaker(forum, SpeakerDetails(name="Rosa"), actor=organiser, now=now)
    db.session.commit()
    ids = forum.id, speaker.id, organiser.id
    before = db.session.scalar(select(func.count()).where(Upload.deleted_at.is_(None)))
    db.session.rollback()
    words = Told(site).all_at_once([partial(_show, *ids, now) for _time in range(MANY)])
    assert words == [""] * MANY
    assert db.session.scalar(select(func.count()).where(SpeakerPhoto.speaker_id == ids[1])) == 1
    assert db.session.scalar(select(func.count()).where(Upload.deleted_at.is_(None))) == (before or 0) + 1


def test_a_name_is_one_sponsor_however_many_are_renamed(site: Flask, now: datetime) -> None:
    forum = open_forum("sponsors-at-once", seats=50, now=now)
    [(organiser, _browser)] = people(1, name="sponsors", now=now)
    values = {"actor": organiser, "now": now}
    details = [SponsorDetails(name=f"Sponsor {number}", level=SponsorLevel.SPONSOR) for number in range(MANY)]
    ids, actor_id = [add_sponsor(forum, each, **values).id for each in details], organiser.id
    db.session.commit()
    db.session.rollback()
    words = Told(site).all_at_once([partial(_rename, each, actor_id, now) for each in ids])
    assert words.count("") == 1
    assert {each for each in words if each} == {"There is a sponsor Sun already."}


def test_texts_and_feeds_that_are_asked_for_at_once_are_one_each(site: Flask, now: datetime) -> None:
    forum = open_forum("texts-at-once", seats=50, now=now)
    [(organiser, _browser)] = people(1, name="texts", now=now)
    session = add_session(forum, SessionDetails(title="Cold stores"), actor=organiser, now=now)
    db.session.commit()
    ids = forum.id, session.id, organiser.id
    acts = [partial(_write, *ids, now) for _time in range(MANY)] + [partial(_feed, *ids, now) for _time in range(MANY)]
    assert Told(site).all_at_once(acts) == [""] * len(acts)
    assert db.session.scalar(select(func.count()).where(SessionText.session_id == ids[1])) == 1
    assert db.session.scalar(select(func.count()).where(FavouriteFeed.forum_id == ids[0])) == 1


def _write(forum_id: int, session_id: int, actor_id: int, now: datetime) -> None:
    forum, session = db.session.get_one(Forum, forum_id), db.session.get_one(ForumSession, session_id)
    actor = db.session.get_one(Account, actor_id)
    write_session_text(forum, session, "vi", title="Kho", abstract="", actor=actor, now=now)


def _feed(forum_id: int, _session_id: int, actor_id: int, now: datetime) -> None:
    renew_favourite_feed(db.session.get_one(Account, actor_id), db.session.get_one(Forum, forum_id), now=now)


def _add(forum_id: int, session_id: int, actor_id: int, now: datetime) -> None:
    forum, session = db.session.get_one(Forum, forum_id), db.session.get_one(ForumSession, session_id)
    add_material(forum, session, LINK, None, actor=db.session.get_one(Account, actor_id), now=now)


def _show(forum_id: int, speaker_id: int, actor_id: int, now: datetime) -> None:
    drawn = io.BytesIO()
    Image.new("RGB", (40, 40), "green").save(drawn, "PNG")
    drawn.seek(0)
    forum, speaker = db.session.get_one(Forum, forum_id), db.session.get_one(Speaker, speaker_id)
    file = FileStorage(drawn, filename="rosa.png")
    set_photo(forum, speaker, file, "A woman", actor=db.session.get_one(Account, actor_id), now=now)


def _rename(sponsor_id: int, actor_id: int, now: datetime) -> None:
    sponsor = db.session.get_one(Sponsor, sponsor_id)
    details = SponsorDetails(name="Sun", level=SponsorLevel.SPONSOR)
    change_sponsor(sponsor, details, actor=db.session.get_one(Account, actor_id), now=now)
