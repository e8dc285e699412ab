"""One working programme, released versions: what people see, what changed, who hears of it, what calendars are told."""

import re
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.outbox import OutboxMail
from gtn_events.forum.domain.programme_releases import (
    go_back_to,
    release_programme,
    tell_of_due_releases,
    version_of,
)
from gtn_events.forum.domain.programme_sessions import (
    SessionDetails,
    add_session,
    change_session,
    place_speaker,
    remove_session,
)
from gtn_events.forum.enums import ForumState, SpeakerRole
from gtn_events.forum.errors import ProgrammeRefused
from gtn_events.forum.models import Forum, ForumSession, ProgrammeRelease, Room, Speaker
from gtn_events.forum.programme_differences import Difference, differences
from gtn_events.forum.programme_snapshot import programme_from
from gtn_events.forum.queries.programme import load_programme
from gtn_events.forum.queries.programme_editions import edition_of
from gtn_events.forum.queries.programme_releases import newest_release, release_numbered, working_snapshot
from tests.factories import MADE_AT, grant_role, make_account, sign_in

from .sample import FIRST, make_programme

NOW = MADE_AT + timedelta(days=10)
PUBLIC = "/forums/gtn-forum-2013/programme"
VERSIONS = "/forums/gtn-forum-2013/manage/programme/versions"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gtn_events.core.clock.now", lambda: NOW)


@pytest.fixture
def forum(database: None) -> Forum:
    """A published forum with a small programme."""
    return make_programme()


@pytest.fixture
def actor(forum: Forum) -> Account:
    """Its organiser."""
    account = make_account("organiser@gtn.example")
    grant_role(account, Role.ORGANISER, forum.scope)
    return account


def named(title: str) -> ForumSession:
    return db.session.scalars(select(ForumSession).where(ForumSession.title == title)).one()


def release(forum: Forum, actor: Account, *, now: datetime = NOW, public_from: datetime | None = None) -> int:
    newest = newest_release(forum)
    seen = newest.number if newest else 0
    made = release_programme(forum, notes="", public_from=public_from, seen=seen, actor=actor, now=now)
    db.session.commit()
    return made.number


def details_of(session: ForumSession, **values: object) -> SessionDetails:
    slot = session.slot
    stored = {
        "title": session.title,
        "kind": session.kind,
        "track_id": session.track_id,
        "abstract": session.abstract,
        "room_id": slot.room_id if slot else None,
        "starts_at": slot.starts_at if slot else None,
        "minutes": slot.minutes if slot else None,
    }
    return SessionDetails(**(stored | values))  # type: ignore[arg-type]  # fields of a session


def move(forum: Forum, which: str, actor: Account, **values: object) -> None:
    session = named(which)
    change_session(forum, session, details_of(session, **values), actor=actor, now=NOW)
    db.session.commit()


def titles(forum: Forum, *, now: datetime = NOW) -> set[str]:
    return {each.title for each in edition_of(forum, now=now).programme.sessions}


def events(client: FlaskClient) -> dict[str, tuple[int | None, str]]:
    """Sequence and status of every event of the public calendar, by title."""
    calendar = Calendar.from_ical(client.get(f"{PUBLIC}/calendar.ics").data)
    return {str(each["summary"]): (each.get("sequence"), str(each["status"])) for each in calendar.walk("VEVENT")}


def test_snapshot_holds_the_whole_programme(forum: Forum) -> None:
    assert programme_from(working_snapshot(forum), forum.zone) == load_programme(forum)


def test_people_see_the_working_programme_until_the_first_release(forum: Forum, actor: Account) -> None:
    move(forum, "Lunch", actor, title="Long lunch")
    assert "Long lunch" in titles(forum)
    release(forum, actor)
    move(forum, "Long lunch", actor, title="Short lunch")
    assert "Long lunch" in titles(forum)
    assert "Short lunch" not in titles(forum)
    release(forum, actor)
    assert "Short lunch" in titles(forum)


def test_pages_texts_and_search_are_those_of_the_version(client: FlaskClient, forum: Forum, actor: Account) -> None:
    release(forum, actor)
    code = named("Cold chains off the grid").code
    move(forum, "Cold chains off the grid", actor, title="Warm chains", abstract="Quite another text.")
    page = client.get(f"{PUBLIC}/sessions/{code}").text
    assert ("Cold chains off the grid" in page, "frias" in page, "another text" in page) == (True, True, False)
    assert "Cold chains" in client.get(f"{PUBLIC}/search?q=camaras").text
    assert "Warm chains" not in client.get(f"{PUBLIC}/list").text
    release(forum, actor)
    assert "another text" in client.get(f"{PUBLIC}/sessions/{code}").text
    assert "Warm chains" in client.get(f"{PUBLIC}/list").text


def test_session_that_was_removed_stays_in_the_version_people_see(
    client: FlaskClient, forum: Forum, actor: Account
) -> None:
    release(forum, actor)
    session = named("Cold chains off the grid")
    code = session.code
    remove_session(forum, session, actor=actor, now=NOW)
    db.session.commit()
    assert "frias" in client.get(f"{PUBLIC}/sessions/{code}").text
    release(forum, actor)
    assert client.get(f"{PUBLIC}/sessions/{code}").status_code == 404


def test_embargo_hides_the_first_version_and_keeps_the_one_before(
    client: FlaskClient, forum: Forum, actor: Account
) -> None:
    release(forum, actor, public_from=NOW + timedelta(hours=2))
    assert titles(forum) == set()
    assert "It is published on Thursday 11 April at 17:00" in client.get(PUBLIC).text
    assert "Opening" in titles(forum, now=NOW + timedelta(hours=2))
    move(forum, "Lunch", actor, title="Long lunch")
    release(forum, actor, now=NOW + timedelta(hours=3), public_from=NOW + timedelta(hours=5))
    assert "Lunch" in titles(forum, now=NOW + timedelta(hours=4))
    assert "Long lunch" in titles(forum, now=NOW + timedelta(hours=5))


def test_calendars_are_told_what_moved_and_what_was_dropped(client: FlaskClient, forum: Forum, actor: Account) -> None:
    release(forum, actor)
    assert events(client)["Buying green"] == (0, "CONFIRMED")
    move(forum, "Buying green", actor, minutes=60)
    move(forum, "Cold chains off the grid", actor, abstract="Only the text.")
    remove_session(forum, named("Second day"), actor=actor, now=NOW)
    release(forum, actor)
    assert events(client) == {
        "Opening": (0, "CONFIRMED"),
        "Cold chains off the grid": (0, "CONFIRMED"),
        "Buying green": (1, "CONFIRMED"),
        "Lunch": (0, "CONFIRMED"),
        "Second day": (1, "CANCELLED"),
    }
    go_back_to(forum, release_numbered(forum, 1), notes="", seen=2, actor=actor, now=NOW)  # type: ignore[arg-type]  # it is there
    db.session.commit()
    assert events(client) == {
        "Opening": (0, "CONFIRMED"),
        "Cold chains off the grid": (0, "CONFIRMED"),
        "Buying green": (2, "CONFIRMED"),
        "Lunch": (0, "CONFIRMED"),
        "Second day": (2, "CONFIRMED"),
    }
    third = newest_release(forum)
    assert third is not None
    assert (third.number, third.repeats) == (3, 1)


def test_differences_in_words(forum: Forum, actor: Account) -> None:
    release(forum, actor)
    small = db.session.scalars(select(Room).where(Room.name == "Room 201")).one()
    move(forum, "Buying green", actor, title="Buying greener", starts_at=FIRST + timedelta(hours=5), room_id=small.id)
    move(forum, "Second day", actor, starts_at=None, minutes=None, room_id=None)
    remove_session(forum, named("Lunch"), actor=actor, now=NOW)
    add_session(forum, SessionDetails(title="New talk"), actor=actor, now=NOW)
    hana = db.session.scalars(select(Speaker).where(Speaker.name == "Hana Mori")).one()
    place_speaker(forum, named("Opening"), hana, role=SpeakerRole.MODERATOR, actor=actor, now=NOW)
    db.session.commit()
    release(forum, actor)
    versions = [release_numbered(forum, number) for number in (1, 2)]
    before, after = (version_of(each) for each in versions)
    assert after is not None
    found = {each.title: (each.what, " ".join(each.sentences)) for each in differences(before, after, forum.zone)}
    assert found == {
        "Opening": (Difference.CHANGED, "New: Hana Mori (moderator)."),
        "Buying greener": (
            Difference.CHANGED,
            "It moved from Wed 5 Jun, 11:00–12:15 to Wed 5 Jun, 14:00–15:15. Room: “Room 201” instead of “Hall A”. "
            "Title: “Buying greener” instead of “Buying green”.",
        ),
        "Second day": (
            Difference.CHANGED,
            "It has no time any more; it was Thu 6 Jun, 09:00–09:45.",
        ),
        "New talk": (Difference.ADDED, "It has no time."),
        "Lunch": (Difference.REMOVED, "Wed 5 Jun, 12:15–13:15, Hall A."),
    }


def test_nothing_new_is_not_released(forum: Forum, actor: Account) -> None:
    release(forum, actor)
    with pytest.raises(ProgrammeRefused, match="the same as the newest version"):
        release(forum, actor)


def test_conflict_that_blocks_stands_in_the_way(forum: Forum, actor: Account) -> None:
    move(forum, "Lunch", actor, starts_at=FIRST)
    with pytest.raises(ProgrammeRefused, match="Conflicts block the release"):
        release(forum, actor)


def test_two_who_release_at_once_see_each_other(forum: Forum, actor: Account) -> None:
    release(forum, actor)
    move(forum, "Lunch", actor, title="Long lunch")
    with pytest.raises(ProgrammeRefused, match="Somebody released"):
        release_programme(forum, notes="", seen=0, actor=actor, now=NOW)


def speakers_with_accounts(forum: Forum) -> None:
    for name in ("Hana Mori", "Rosa Huamán", "Elena Sokolova"):
        speaker = db.session.scalars(select(Speaker).where(Speaker.name == name)).one()
        speaker.account = make_account(f"{name.split()[0].lower()}@firm.example")
    db.session.commit()


def mailed() -> list[tuple[str, str]]:
    mails = db.session.scalars(select(OutboxMail).where(OutboxMail.template == "forum/programme_changed"))
    return sorted((each.to_address, each.body_text) for each in mails)


def test_only_those_whose_session_changed_are_told(forum: Forum, actor: Account) -> None:
    speakers_with_accounts(forum)
    release(forum, actor)
    move(forum, "Cold chains off the grid", actor, minutes=60)
    release(forum, actor)
    found = mailed()
    assert [address for address, _body in found] == ["hana@firm.example", "rosa@firm.example"]
    assert "It moved from Wed 5 Jun, 11:00–12:15 to Wed 5 Jun, 11:00–12:00." in found[0][1]
    tell_of_due_releases(now=NOW + timedelta(days=1))
    assert mailed() == found


def test_mails_wait_for_the_end_of_the_embargo(forum: Forum, actor: Account) -> None:
    speakers_with_accounts(forum)
    release(forum, actor)
    move(forum, "Cold chains off the grid", actor, minutes=60)
    release(forum, actor, public_from=NOW + timedelta(hours=2))
    tell_of_due_releases(now=NOW + timedelta(hours=1))
    assert mailed() == []
    for _twice in range(2):
        tell_of_due_releases(now=NOW + timedelta(hours=2))
        db.session.commit()
        assert len(mailed()) == 2


def test_version_that_was_overtaken_tells_nobody(forum: Forum, actor: Account) -> None:
    speakers_with_accounts(forum)
    release(forum, actor)
    move(forum, "Cold chains off the grid", actor, minutes=60)
    release(forum, actor, public_from=NOW + timedelta(hours=2))
    move(forum, "Cold chains off the grid", actor, minutes=75)
    release(forum, actor, now=NOW + timedelta(hours=1))
    tell_of_due_releases(now=NOW + timedelta(hours=2))
    assert mailed() == []
    assert db.session.scalars(select(ProgrammeRelease).where(ProgrammeRelease.told_at.is_(None))).all() == []


def test_organiser_releases_compares_and_goes_back(client: FlaskClient, forum: Forum, actor: Account) -> None:
    sign_in(client, actor)
    assert client.get(f"{VERSIONS}/compare").location == VERSIONS
    assert "People see the working programme as it stands." in client.get(VERSIONS).text
    assert client.post(f"{VERSIONS}/new", data={"notes": "The first one", "seen": "0"}).status_code == 302
    move(forum, "Lunch", actor, title="Long lunch")
    page = client.get(f"{VERSIONS}/new").text
    assert ("Release version 2" in page, "Title: “Long lunch” instead of “Lunch”." in page) == (True, True)
    stale = client.post(f"{VERSIONS}/new", data={"notes": "kept", "seen": "0"})
    assert (stale.status_code, "Somebody released" in stale.text, "kept</textarea>" in stale.text) == (422, True, True)
    assert client.post(f"{VERSIONS}/new", data={"notes": "", "seen": "1"}).status_code == 302
    assert "“Long lunch”" in client.get(f"{VERSIONS}/compare?from=1&to=2").text
    assert "Both say the same." in client.get(f"{VERSIONS}/compare").text
    for number in ("9", "0", str(2**31), "9" * 30):
        assert client.get(f"{VERSIONS}/compare?from={number}").status_code == 404
    assert "Title: “Lunch” instead of “Long lunch”." in client.get(f"{VERSIONS}/1/again").text
    assert client.post(f"{VERSIONS}/1/again", data={"notes": "", "seen": "2"}).status_code == 302
    assert "Version 1 again" in client.get(VERSIONS).text
    assert "Lunch" in titles(forum)


def test_organiser_reads_when_a_version_is_public_and_which_one_nobody_will_see(
    client: FlaskClient, forum: Forum, actor: Account
) -> None:
    release(forum, actor)
    move(forum, "Lunch", actor, title="Long lunch")
    db.session.commit()
    sign_in(client, actor)
    waits = {"seen": "1", "notes": "", "public_from": "2013-06-05T09:00"}
    told = client.post(f"{VERSIONS}/new", data=waits, follow_redirects=True).text
    assert "Version 2 is released. People see it from Wed 5 Jun 2013, 09:00 in Jakarta." in told
    asked = client.get(f"{VERSIONS}/1/again").text
    assert "Version 2 waits until Wed 5 Jun 2013, 09:00 in Jakarta: people will never see it." in asked
    move(forum, "Long lunch", actor, title="Longest lunch")
    db.session.commit()
    next_one = "Version 2 waits until Wed 5 Jun 2013, 09:00 in Jakarta: people will not see it if this one"
    assert next_one in client.get(f"{VERSIONS}/new").text
    back = client.post(f"{VERSIONS}/1/again", data={"seen": "2", "notes": ""}, follow_redirects=True).text
    assert "Version 3 is released." in back
    assert ("Version 2 waits" in client.get(f"{VERSIONS}/1/again").text, "Since then" in back) == (False, False)
    assert "Never public: version 3 came before" in back
    assert "From Wed 5 Jun" not in back


def test_moment_that_cannot_be_is_refused_at_its_field(client: FlaskClient, forum: Forum, actor: Account) -> None:
    sign_in(client, actor)
    for moment in ("soon", "2199-01-01T08:00"):
        answer = client.post(f"{VERSIONS}/new", data={"seen": "0", "notes": "kept", "public_from": moment})
        assert (answer.status_code, 'id="public_from-error"' in answer.text) == (422, True)
    assert newest_release(forum) is None


def test_nobody_is_told_to_see_the_programme_of_a_draft(client: FlaskClient, forum: Forum, actor: Account) -> None:
    sign_in(client, actor)
    pages = (VERSIONS, f"{VERSIONS}/new", VERSIONS.replace("versions", "day"))

    def told() -> list[tuple[bool, bool]]:
        texts = [client.get(page).text for page in pages]
        seen = re.compile("[Pp]eople see the working programme as it stands|the public sees what stands here")
        return [("The forum is a draft: " in text, bool(seen.search(text))) for text in texts]

    public = told()
    forum.state = ForumState.DRAFT
    db.session.commit()
    draft = told()
    assert (public, draft) == ([(False, True)] * 3, [(True, False)] * 3)
    release(forum, actor)
    assert [each[0] for each in told()][::2] == [True, True]
