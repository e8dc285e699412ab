"""Hosts of a side event keep its page and its guests, and reach nothing else; guests take seats of its pool."""

import io
from datetime import datetime

import pytest
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select

from gtn_events.accounts.domain.invitations import give_or_invite
from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account, Invitation, RoleGrant
from gtn_events.accounts.queries.invitations import open_invitations
from gtn_events.core.db import db
from gtn_events.core.journal import JournalEntry
from gtn_events.core.outbox import OutboxMail
from gtn_events.core.permissions import Scope
from gtn_events.forum.domain.bookings import choose_side_event
from gtn_events.forum.domain.guests import (
    GuestParticulars,
    decline_as_guest,
    guest_of_link,
    invite_again,
    invite_guests,
    register_guest,
    withdraw_guest,
)
from gtn_events.forum.domain.hosting import HostTexts, edit_host_texts
from gtn_events.forum.domain.integrity import seat_differences
from gtn_events.forum.domain.places import leave_booking
from gtn_events.forum.domain.proposals.co_hosts import answer_as_co_host
from gtn_events.forum.domain.proposals.deciding import agree_to_proposal
from gtn_events.forum.domain.proposals.drafts import NamedCoHost
from gtn_events.forum.domain.proposals.sending import send_proposal
from gtn_events.forum.domain.side_events import delete_side_event
from gtn_events.forum.enums import Audience, BookingState, GuestState, RegistrationState
from gtn_events.forum.errors import BookingRefused, GuestLinkRefused, GuestRefused, SideEventRefused
from gtn_events.forum.models import Forum, Registration, SideEvent, SideEventBooking, SideEventGuest
from gtn_events.forum.personal_data import erase_forum, export_forum
from gtn_events.forum.queries.bookings import active_bookings
from tests.factories import (
    MADE_AT,
    grant_role,
    make_account,
    make_category,
    make_forum,
    make_registration,
    make_side_event,
    sign_in,
)
from tests.forum.proposing import FAR, LINKS, PLACE, make_proposal, open_window

WHO = GuestParticulars(name="Tika Wulandari", organisation_name="Sagu Biomaterials", economy_code="INA")
PAGES = ("", "/page", "/guests", "/staff")


@pytest.fixture
def forum(database: None) -> Forum:
    return make_forum()


@pytest.fixture
def event(forum: Forum) -> SideEvent:
    return make_side_event(forum, capacity=1, audience=Audience.BOTH, ends_at=FAR)


@pytest.fixture
def host(event: SideEvent) -> Account:
    account = make_account("host@firm.example")
    grant_role(account, Role.SIDE_EVENT_HOST, event.host_scope)
    return account


def invited(event: SideEvent, host: Account, address: str = "guest@firm.example") -> SideEventGuest:
    invite_guests(event, [address], actor=host, now=MADE_AT)
    db.session.commit()
    statement = select(SideEventGuest).where(SideEventGuest.email_key == address.lower())
    return db.session.scalars(statement.execution_options(populate_existing=True)).one()


def token_in_mail() -> str:
    mail = db.session.scalars(
        select(OutboxMail).where(OutboxMail.template == "forum/guest_invited").order_by(OutboxMail.id.desc())
    ).first()
    assert mail is not None
    return mail.body_text.partition("/guest/")[2].split()[0]


def delegate(forum: Forum, email: str = "delegate@firm.example") -> Registration:
    category = forum.categories[0] if forum.categories else make_category(forum)
    return make_registration(category, make_account(email), RegistrationState.CONFIRMED)


def base(forum: Forum, event: SideEvent) -> str:
    return f"/forums/{forum}/side-events/{event}/host"


@pytest.mark.parametrize(
    "who", ["host of another side event", "delegate", "coordinator", "organiser", "check-in staff", "another forum's"]
)
def test_nobody_but_its_hosts_reaches_the_desk(client: FlaskClient, forum: Forum, event: SideEvent, who: str) -> None:
    person = make_account("other@firm.example")
    guest = invited(event, person)
    scopes = {
        "host of another side event": (Role.SIDE_EVENT_HOST, make_side_event(forum, "Other event").host_scope),
        "coordinator": (Role.ECONOMY_COORDINATOR, Scope("economy", 7)),
        "organiser": (Role.ORGANISER, forum.scope),
        "check-in staff": (Role.CHECK_IN_STAFF, forum.scope),
        "another forum's": (Role.ORGANISER, make_forum("other-forum", title="Other").scope),
    }
    if who in scopes:
        grant_role(person, *scopes[who])
    sign_in(client, person)
    for page in PAGES:
        assert client.get(base(forum, event) + page).status_code == 403
    for act in (
        "",
        "/page",
        "/guests",
        "/people.csv",
        "/logo/remove",
        f"/guests/{guest.id}/again",
        f"/guests/{guest.id}/withdraw",
    ):
        assert client.post(base(forum, event) + act).status_code == 403


def test_a_host_reaches_the_desk_and_not_the_forum(
    client: FlaskClient, forum: Forum, event: SideEvent, host: Account
) -> None:
    sign_in(client, host)
    assert [client.get(base(forum, event) + page).status_code for page in PAGES] == [200] * len(PAGES)
    assert base(forum, event) in client.get("/home").text
    for page in ("", "side-events", f"side-events/{event}", f"side-events/{event}/edit", "registrations", "proposals"):
        assert client.get(f"/forums/{forum}/manage/{page}").status_code == 403


def test_a_guest_of_another_side_event_is_not_found(
    client: FlaskClient, forum: Forum, event: SideEvent, host: Account
) -> None:
    theirs = invited(make_side_event(forum, "Other event", ends_at=FAR), host)
    sign_in(client, host)
    for act in ("again", "withdraw"):
        assert client.post(f"{base(forum, event)}/guests/{theirs.id}/{act}").status_code == 404


def test_the_desk_shows_name_economy_and_organisation_only(
    client: FlaskClient, forum: Forum, event: SideEvent, host: Account
) -> None:
    booked = delegate(forum)
    choose_side_event(booked, event, actor=booked.account, now=MADE_AT)
    db.session.commit()
    sign_in(client, host)
    page, file = client.get(base(forum, event)).text, client.post(f"{base(forum, event)}/people.csv").text
    assert ("Andes Cold Chain" in page, "Andes Cold Chain" in file, "HUAMÁN" in file) == (True, True, True)
    for hidden in (booked.email, booked.reference):
        assert (hidden in page, hidden in file) == (False, False)
    taken = db.session.scalars(select(JournalEntry).where(JournalEntry.action == "list exported")).one()
    assert (taken.actor_id, taken.subject_type, taken.subject_id) == (host.id, "forum_side_event", event.id)
    assert client.get(f"{base(forum, event)}/people.csv").status_code == 405


def test_a_host_changes_texts_and_logo_but_not_time_room_or_places(
    client: FlaskClient, forum: Forum, event: SideEvent, host: Account
) -> None:
    sign_in(client, host)
    before = (event.title, event.room_name, event.starts_at, event.pool.capacity)
    picture = io.BytesIO()
    Image.new("RGB", (40, 20), "green").save(picture, "PNG")
    picture.seek(0)
    typed = {"topic": "New", "description": "Text", "speakers": "Rosa Huamán, founder", "capacity": "900", "title": "X"}
    typed["seen"] = str(event.lock_version)
    sent = client.post(f"{base(forum, event)}/page", data=typed | {"logo": (picture, "logo.png")})
    assert sent.status_code == 302
    assert (event.topic, event.speakers) == ("New", "Rosa Huamán, founder")
    assert (event.title, event.room_name, event.starts_at, event.pool.capacity) == before
    public = f"/forums/{forum}/side-events/{event}"
    assert "Rosa Huamán, founder" in client.get(public).text
    with client.get(f"{public}/logo") as logo:
        assert (logo.status_code, logo.mimetype) == (200, "image/png")
    client.post(f"{base(forum, event)}/logo/remove")
    assert client.get(f"{public}/logo").status_code == 404


def test_agreement_gives_the_desk_to_the_proposer_and_to_confirmed_co_hosts(forum: Forum) -> None:
    open_window(forum)
    proposer, organiser = make_account(), make_account("organiser@gtn.example")
    named = [NamedCoHost("Bukit", "bukit@incubator.example"), NamedCoHost("No", "no@firm.example")]
    proposal = make_proposal(forum, proposer, co_hosts=named)
    send_proposal(proposal, links=LINKS, actor=proposer, now=MADE_AT)
    for co_host, confirms in zip(proposal.co_hosts, (True, False), strict=True):
        answer_as_co_host(co_host, confirms=confirms, actor=None, now=MADE_AT)
    scope = agree_to_proposal(proposal, PLACE, links=LINKS, actor=organiser, now=MADE_AT).host_scope
    granted = select(RoleGrant.account_id).where(RoleGrant.scope_kind == scope.kind, RoleGrant.scope_id == scope.id)
    assert list(db.session.scalars(granted)) == [proposer.id]
    assert list(db.session.scalars(select(Invitation.email))) == ["bukit@incubator.example"]


def test_a_list_of_guests_is_taken_whole_or_not_at_all(event: SideEvent, host: Account) -> None:
    with pytest.raises(GuestRefused, match="Line 2"):
        invite_guests(event, ["one@firm.example", "nothing"], actor=host, now=MADE_AT)
    db.session.rollback()
    assert db.session.scalar(select(SideEventGuest.id)) is None
    assert invite_guests(event, ["one@firm.example", "ONE@firm.example", ""], actor=host, now=MADE_AT) == 1
    assert invite_guests(event, ["one@firm.example", "two@firm.example"], actor=host, now=MADE_AT) == 1


def test_a_new_link_ends_the_earlier_one_and_only_its_digest_is_kept(event: SideEvent, host: Account) -> None:
    guest = invited(event, host)
    first = token_in_mail()
    assert (guest_of_link(first), first in guest.token_sha256) == (guest, False)
    invite_again(guest, actor=host, now=FAR.replace(year=2014))
    second = token_in_mail()
    assert guest_of_link(second) is guest
    with pytest.raises(GuestLinkRefused):
        guest_of_link(first)
    withdraw_guest(guest, actor=host, now=MADE_AT)
    with pytest.raises(GuestLinkRefused):
        guest_of_link(second)


def test_a_guest_takes_a_seat_and_gives_it_to_whoever_waits(forum: Forum, event: SideEvent, host: Account) -> None:
    guest = invited(event, host)
    register_guest(guest, WHO, now=MADE_AT)
    assert (event.pool.taken, list(seat_differences())) == (1, [])
    waiting = delegate(forum)
    assert choose_side_event(waiting, event, actor=waiting.account, now=MADE_AT) is BookingState.WAITLISTED
    decline_as_guest(guest, now=MADE_AT)
    assert [each.state for each in active_bookings(waiting)] == [BookingState.OFFERED]
    assert (event.pool.taken, guest.state, list(seat_differences())) == (1, GuestState.DECLINED, [])
    with pytest.raises(GuestRefused, match="taken now"):
        register_guest(guest, WHO, now=MADE_AT)


def test_a_guest_does_not_pass_those_who_wait(forum: Forum, event: SideEvent, host: Account) -> None:
    first, second = delegate(forum), delegate(forum, "second@firm.example")
    for each in (first, second):
        choose_side_event(each, event, actor=each.account, now=MADE_AT)
    leave_booking(active_bookings(first)[0], actor=first.account, now=MADE_AT)
    with pytest.raises(GuestRefused):
        register_guest(invited(event, host), WHO, now=MADE_AT)


@pytest.mark.parametrize(
    ("audience", "published"), [(Audience.DELEGATES, True), (Audience.BOTH, False), (Audience.GUESTS, False)]
)
def test_a_guest_registers_only_where_guests_are_taken(
    event: SideEvent, host: Account, audience: Audience, published: bool
) -> None:
    guest = invited(event, host)
    event.audience, event.published = audience, published
    db.session.commit()
    with pytest.raises(GuestRefused, match="takes no guests now"):
        register_guest(guest, WHO, now=MADE_AT)
    assert event.pool.taken == 0


def test_a_delegate_on_the_list_chooses_like_every_delegate(forum: Forum, event: SideEvent, host: Account) -> None:
    event.audience = Audience.GUESTS
    invitee, other = delegate(forum), delegate(forum, "other@firm.example")
    guest = invited(event, host, "Delegate@firm.example")
    with pytest.raises(GuestRefused, match="on your own page"):
        register_guest(guest, WHO, now=MADE_AT)
    with pytest.raises(BookingRefused, match="invited guests only"):
        choose_side_event(other, event, actor=other.account, now=MADE_AT)
    assert choose_side_event(invitee, event, actor=invitee.account, now=MADE_AT) is BookingState.CONFIRMED
    assert db.session.scalars(select(SideEventBooking.registration_id)).all() == [invitee.id]


def test_a_side_event_with_guests_is_hidden_and_not_taken_away(event: SideEvent, host: Account) -> None:
    invited(event, host)
    with pytest.raises(SideEventRefused, match="Guests are invited"):
        delete_side_event(event, actor=host, now=MADE_AT)


def test_who_hosts_a_side_event_that_is_taken_away_hosts_no_later_one(
    client: FlaskClient, forum: Forum, event: SideEvent, host: Account
) -> None:
    """SQLite gives the number of a row that went to the next one, and roles are held for a number."""
    scope = event.host_scope
    give_or_invite("invited@firm.example", Role.SIDE_EVENT_HOST, scope=scope, links=LINKS, actor=host, now=MADE_AT)
    delete_side_event(event, actor=host, now=MADE_AT)
    later = make_side_event(forum, "A later one", ends_at=FAR)
    db.session.commit()
    live = select(RoleGrant).where(RoleGrant.scope_kind == scope.kind, RoleGrant.ended_at.is_(None))
    assert (db.session.scalars(live).all(), db.session.scalars(open_invitations(scope)).all()) == ([], [])
    sign_in(client, host)
    assert client.get(base(forum, later)).status_code == 403


def test_a_guest_who_is_taken_off_the_list_at_this_moment_gets_no_place(event: SideEvent, host: Account) -> None:
    guest = guest_of_link((invited(event, host), token_in_mail())[1])
    withdraw_guest(guest, actor=host, now=MADE_AT)
    with pytest.raises(GuestLinkRefused):
        register_guest(guest, WHO, now=MADE_AT)
    with pytest.raises(GuestLinkRefused):
        decline_as_guest(guest, now=MADE_AT)
    assert (guest.state, event.pool.taken) == (GuestState.WITHDRAWN, 0)


def test_a_guest_registers_on_the_page_of_the_link(
    client: FlaskClient, forum: Forum, event: SideEvent, host: Account
) -> None:
    guest = invited(event, host)
    where = f"/forums/{forum}/guest/{token_in_mail()}"
    assert "You are invited to" in client.get(where).text
    assert client.post(where, data={"name": " "}).status_code == 422
    sent = client.post(where, data={"name": "Tika Wulandari", "economy_code": "INA", "organisation_name": "Sagu"})
    assert (sent.status_code, guest.state, guest.economy_code) == (302, GuestState.REGISTERED, "INA")
    assert "Give the place back" in client.get(where).text
    other = make_forum("other-forum", title="Other")
    assert client.get(f"/forums/{other}/guest/{where.rpartition('/')[2]}").status_code == 404
    client.post(f"{where}/decline")
    assert (guest.state, event.pool.taken) == (GuestState.DECLINED, 0)
    assert client.get(f"/forums/{forum}/guest/nothing").status_code == 410


def test_hosts_invite_and_open_on_their_pages(
    client: FlaskClient, forum: Forum, event: SideEvent, host: Account
) -> None:
    sign_in(client, host)
    desk = base(forum, event)
    wrong = client.post(f"{desk}/guests", data={"addresses": "nothing"})
    assert (wrong.status_code, "Nobody was invited yet." in wrong.text) == (422, True)
    client.post(f"{desk}/guests", data={"addresses": "one@firm.example\ntwo@firm.example"})
    assert "two@firm.example" in client.get(f"{desk}/guests").text
    client.post(desk, data={"audience": "guests"})
    assert event.audience is Audience.GUESTS
    assert client.post(desk, data={"audience": "everybody"}).status_code == 422


def test_a_guest_is_exported_and_let_go_by_address(event: SideEvent, host: Account) -> None:
    guest = invited(event, host, "rosa@firm.example")
    register_guest(guest, WHO, now=MADE_AT)
    person = make_account()
    assert [each["name"] for each in export_forum(person)["guest_of_side_events"]] == ["Tika Wulandari"]
    erase_forum(person, MADE_AT)
    assert (guest.name, guest.email, guest.organisation_name) == ("Erased person", "", "")


def test_a_page_that_the_organiser_changed_meanwhile_is_not_overwritten_unseen(
    client: FlaskClient, forum: Forum, event: SideEvent, host: Account, now: datetime
) -> None:
    sign_in(client, host)
    seen = event.lock_version
    assert f'name="seen" type="hidden" value="{seen}"' in client.get(f"{base(forum, event)}/page").text
    edit_host_texts(event, HostTexts(topic="Theirs", description="", speakers=""), actor=host, now=now)
    db.session.commit()
    typed = {"topic": "Mine", "description": "", "speakers": "", "seen": str(seen)}
    page = client.post(f"{base(forum, event)}/page", data=typed)
    assert (page.status_code, "Stored now: Theirs" in page.text, event.topic) == (422, True, "Theirs")
