"""Inviting people who have no account: by mail, for one address, once, in time."""

from datetime import datetime, timedelta

import pytest
from flask import current_app
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from gtn_events.accounts.domain.invitations import (
    LIFETIME,
    accept_invitation,
    give_or_invite,
    invitation_of_link,
    send_again,
    withdraw_invitation,
)
from gtn_events.accounts.domain.passwords import hash_password
from gtn_events.accounts.domain.personal_data import erase_person, export_account
from gtn_events.accounts.domain.roles import SITE
from gtn_events.accounts.domain.signed_links import LinkSigner
from gtn_events.accounts.enums import Role
from gtn_events.accounts.errors import GrantRefused, InvitationClosed, LinkRefused, TooManyAttempts
from gtn_events.accounts.models import Account, Invitation, RoleGrant
from gtn_events.accounts.queries.invitations import open_rows
from gtn_events.accounts.sweep import sweep_accounts
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.journal import JournalEntry
from gtn_events.core.outbox import OutboxMail
from gtn_events.core.permissions import Scope
from tests.queries import count_queries

from ..factories import MADE_AT, grant_role, make_account, sign_in
from .mails import link_of_last_mail, outbox
from .pages import field_errors, messages, words

FORUM = Scope("forum", 7)
PASSWORD = "three words together"
NEW_PERSON = {
    "given_name": "Hana",
    "family_name": "Mori",
    "origin": "economy:JPN",
    "time_zone": "Asia/Tokyo",
    "password": PASSWORD,
}


def inviter() -> Account:
    return make_account("dewi@gtn.example", given_name="Dewi", family_name="Sari", economy_code="INA")


def links() -> LinkSigner:
    return LinkSigner(current_app.config["SETTINGS"].secret_key)


def invited(
    actor: Account,
    email: str = "hana@firm.example",
    *,
    role: Role = Role.HELPER,
    scope: Scope = FORUM,
    now: datetime = MADE_AT,
) -> Invitation:
    given = give_or_invite(email, role, scope=scope, links=links(), actor=actor, now=now)
    assert isinstance(given, Invitation)
    db.session.commit()
    return given


def journal() -> list[tuple[str, int | None]]:
    statement = select(JournalEntry.action, JournalEntry.actor_id).order_by(JournalEntry.id)
    return [(action, actor_id) for action, actor_id in db.session.execute(statement)]


def grants() -> list[tuple[int, Role, str, int, int | None]]:
    rows = db.session.scalars(select(RoleGrant).order_by(RoleGrant.id))
    return [(each.account_id, each.role, each.scope_kind, each.scope_id, each.granted_by_id) for each in rows]


def test_a_confirmed_account_gets_the_role_at_once(database: None) -> None:
    dewi, rosa = inviter(), make_account()
    given = give_or_invite(" ROSA@Firm.example ", Role.HELPER, scope=FORUM, links=links(), actor=dewi, now=MADE_AT)
    assert isinstance(given, RoleGrant)
    assert (grants(), outbox()) == ([(rosa.id, Role.HELPER, "forum", 7, dewi.id)], [])


def test_an_unknown_address_is_invited_for_fourteen_days(database: None) -> None:
    dewi = inviter()
    invitation = invited(dewi, "Hana@Firm.example")
    assert (invitation.email, invitation.email_key) == ("Hana@firm.example", "hana@firm.example")
    assert (invitation.role, invitation.scope, invitation.invited_by_id) == (Role.HELPER, FORUM, dewi.id)
    assert (invitation.invited_at, invitation.expires_at) == (MADE_AT, MADE_AT + timedelta(days=14))
    assert (grants(), outbox()) == ([], [("Hana@firm.example", "accounts/invitation")])
    assert journal() == [("person invited", dewi.id)]


def test_an_address_that_nobody_confirmed_is_invited_too(database: None) -> None:
    make_account("hana@firm.example", email_confirmed_at=None)
    assert invited(inviter()).email == "hana@firm.example"


def test_inviting_again_mails_the_open_invitation_again(database: None) -> None:
    dewi, later = inviter(), MADE_AT + timedelta(days=20)
    first = invited(dewi)
    second = invited(dewi, "HANA@firm.example", now=later)
    assert (second.id, second.expires_at, len(outbox())) == (first.id, later + LIFETIME, 2)


def test_an_address_has_one_open_invitation_for_a_role_and_a_scope(database: None) -> None:
    first = invited(inviter())
    values = {
        "email": "x",
        "email_key": first.email_key,
        "role": first.role,
        "invited_at": MADE_AT,
        "expires_at": MADE_AT,
    }
    for scope_id in (7, 8):
        db.session.add(Invitation(scope_kind="forum", scope_id=scope_id, **values))
        if scope_id == 7:
            with pytest.raises(IntegrityError):
                db.session.flush()
            db.session.rollback()
    db.session.flush()
    first.withdrawn_at = MADE_AT
    db.session.flush()
    db.session.add(Invitation(scope_kind="forum", scope_id=7, **values))
    db.session.flush()
    assert db.session.scalar(select(func.count()).select_from(Invitation)) == 3


@pytest.mark.parametrize(
    ("role", "scope"), [(Role.ADMINISTRATOR, FORUM), (Role.JUDGE, FORUM), (Role.ECONOMY_COORDINATOR, SITE)]
)
def test_a_role_is_offered_only_for_its_kind_of_scope(database: None, role: Role, scope: Scope) -> None:
    with pytest.raises(GrantRefused):
        invited(inviter(), role=role, scope=scope)
    assert outbox() == []


@pytest.mark.parametrize(
    ("role", "scope"),
    [
        (Role.JUDGE, Scope("competition", 3)),
        (Role.HOST_MANAGER, Scope("host", 4)),
        (Role.ECONOMY_COORDINATOR, Scope("economy", 14)),
        (Role.ADMINISTRATOR, SITE),
    ],
)
def test_every_role_can_be_offered(database: None, role: Role, scope: Scope) -> None:
    hana = make_account("hana@firm.example", email_confirmed_at=None)
    dewi = inviter()
    accept_invitation(invited(dewi, role=role, scope=scope), hana, now=MADE_AT)
    assert grants() == [(hana.id, role, scope.kind, scope.id, dewi.id)]


def test_what_is_no_address_is_refused(database: None) -> None:
    with pytest.raises(DomainError) as refused:
        invited(inviter(), "hana")
    assert refused.value.field == "email"


def test_accepting_gives_the_role_confirms_the_address_and_is_written_down(database: None) -> None:
    dewi, hana = inviter(), make_account("hana@firm.example", email_confirmed_at=None)
    invitation, later = invited(dewi), MADE_AT + timedelta(days=1)
    accept_invitation(invitation, hana, now=later)
    assert grants() == [(hana.id, Role.HELPER, "forum", 7, dewi.id)]
    assert (hana.email_confirmed_at, invitation.accepted_at, invitation.accepted_by_id) == (later, later, hana.id)
    assert journal() == [
        ("person invited", dewi.id),
        ("address confirmed", hana.id),
        ("role granted", dewi.id),
        ("invitation accepted", hana.id),
    ]


def test_only_the_invited_address_accepts(database: None) -> None:
    invitation = invited(inviter())
    with pytest.raises(InvitationClosed, match=r"This invitation is for hana@firm\.example\."):
        accept_invitation(invitation, make_account(), now=MADE_AT)
    assert grants() == []


def test_a_link_says_what_became_of_its_invitation(database: None) -> None:
    dewi, hana = inviter(), make_account("hana@firm.example", email_confirmed_at=None)
    used, withdrawn, old = (invited(dewi, role=role) for role in (Role.HELPER, Role.ORGANISER, Role.CHECK_IN_STAFF))
    accept_invitation(used, hana, now=MADE_AT)
    withdraw_invitation(withdrawn, actor=dewi, now=MADE_AT)
    for invitation, moment, text in (
        (used, MADE_AT, "was accepted already"),
        (withdrawn, MADE_AT, "was withdrawn"),
        (old, MADE_AT + LIFETIME, "is too old"),
    ):
        with pytest.raises(LinkRefused, match=text):
            invitation_of_link(invitation.id, now=moment)
        with pytest.raises(LinkRefused, match=text):
            accept_invitation(invitation, hana, now=moment)
    with pytest.raises(LinkRefused, match="is no longer there"):
        invitation_of_link(0, now=MADE_AT)
    assert len(grants()) == 1


def test_an_expired_invitation_sent_again_runs_anew(database: None) -> None:
    dewi = inviter()
    invitation, later = invited(dewi), MADE_AT + timedelta(days=15)
    assert [row.expired for row in open_rows(FORUM, now=later)] == [True]
    send_again(invitation, links=links(), actor=dewi, now=later)
    assert invitation_of_link(invitation.id, now=later + timedelta(days=13)) is invitation
    assert [row.expired for row in open_rows(FORUM, now=later)] == [False]
    assert journal()[-1] == ("invitation sent again", dewi.id)


def test_what_is_answered_is_neither_sent_nor_withdrawn(database: None) -> None:
    dewi, hana = inviter(), make_account("hana@firm.example", email_confirmed_at=None)
    accepted, withdrawn = invited(dewi), invited(dewi, role=Role.ORGANISER)
    accept_invitation(accepted, hana, now=MADE_AT)
    for _twice in range(2):
        withdraw_invitation(withdrawn, actor=dewi, now=MADE_AT)
    assert [action for action, _actor in journal()].count("invitation withdrawn") == 1
    with pytest.raises(InvitationClosed):
        withdraw_invitation(accepted, actor=dewi, now=MADE_AT)
    for invitation in (accepted, withdrawn):
        with pytest.raises(InvitationClosed):
            send_again(invitation, links=links(), actor=dewi, now=MADE_AT)
    assert len(outbox()) == 2


def test_mails_to_one_invited_address_are_limited(database: None) -> None:
    dewi = inviter()
    invitation = invited(dewi)
    for _again in range(2):
        send_again(invitation, links=links(), actor=dewi, now=MADE_AT)
    with pytest.raises(TooManyAttempts):
        send_again(invitation, links=links(), actor=dewi, now=MADE_AT)
    send_again(invitation, links=links(), actor=dewi, now=MADE_AT + timedelta(hours=1))


def test_a_direct_grant_settles_the_open_invitation(database: None) -> None:
    dewi = inviter()
    invitation = invited(dewi)
    hana = make_account("hana@firm.example")
    give_or_invite("hana@firm.example", Role.HELPER, scope=FORUM, links=links(), actor=dewi, now=MADE_AT)
    assert (invitation.accepted_by_id, open_rows(FORUM, now=MADE_AT)) == (hana.id, [])


def test_the_list_asks_as_often_for_many_as_for_few(database: None) -> None:
    counts = []
    for size in (2, 9):
        for number in range(size):
            invited(make_account(f"inviter{size}-{number}@gtn.example"), f"i{size}-{number}@firm.example")
        db.session.expire_all()
        with count_queries() as queries:
            assert len(open_rows(now=MADE_AT)) >= size
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_export_tells_and_the_erasure_forgets_invitations(database: None) -> None:
    dewi, hana = inviter(), make_account("hana@firm.example", email_confirmed_at=None)
    accepted, waiting = invited(dewi), invited(dewi, role=Role.ORGANISER)
    accept_invitation(accepted, hana, now=MADE_AT)
    told = export_account(hana)["invitations"]
    assert [(each["role"], each["accepted_at"] is not None) for each in told] == [
        ("helper", True),
        ("organiser", False),
    ]
    erase_person(hana, now=MADE_AT)
    db.session.commit()
    assert {accepted.email_key, waiting.email, waiting.email_key} == {f"erased-{hana.id}@invalid"}
    assert waiting.withdrawn_at == MADE_AT
    mails = db.session.scalars(select(OutboxMail.body_text)).all()
    assert mails == ["", ""]


def test_the_name_of_an_erased_inviter_stands_in_no_mail(database: None) -> None:
    dewi, rosa = inviter(), make_account()
    invited(dewi)
    invited(rosa, "kei@firm.example")
    erase_person(dewi, now=MADE_AT)
    db.session.commit()
    texts = db.session.scalars(select(OutboxMail.body_text).order_by(OutboxMail.id))
    assert [("Dewi" in text, "Rosa" in text) for text in texts] == [
        (False, False),
        (False, True),
    ]
    assert [row.invited_by for row in open_rows(now=MADE_AT)] == ["Rosa HUAMÁN", "Erased person"]


def test_unanswered_invitations_leave_ninety_days_after_their_end(database: None) -> None:
    dewi, hana = inviter(), make_account("hana@firm.example", email_confirmed_at=None)
    invited(dewi, role=Role.ORGANISER)
    accept_invitation(invited(dewi), hana, now=MADE_AT)
    for days, left in ((103, 2), (105, 1)):
        sweep_accounts(MADE_AT + timedelta(days=days))
        assert db.session.scalar(select(func.count()).select_from(Invitation)) == left


def administrator(client: FlaskClient) -> Account:
    admin = make_account("admin@gtn.example", given_name="Dewi", family_name="Sari", economy_code="INA")
    grant_role(admin, Role.ADMINISTRATOR)
    sign_in(client, admin)
    return admin


def test_a_new_person_follows_the_link_signs_up_and_has_the_role(client: FlaskClient) -> None:
    administrator(client)
    sent = {"email": "Hana@firm.example", "role": "economy-coordinator", "economy": "8"}
    page = client.post("/admin/invitations", data=sent, follow_redirects=True)
    assert messages(page) == ["An invitation to Hana@firm.example is on its way."]
    assert "Hana@firm.example Invited by Dewi SARI Economy coordinator Japan" in words(page.text)
    link = link_of_last_mail()
    client.delete_cookie("gtn-account")
    shown = words(client.get(link).text)
    assert "Economy coordinator" in shown
    assert "Make my account and accept" in shown
    assert field_errors(client.post(link, data=NEW_PERSON | {"family_name": ""})) == {
        "family_name": "Write your family name. It is empty."
    }
    reply = client.post(link, data=NEW_PERSON, follow_redirects=True)
    assert messages(reply) == ["You are now: Economy coordinator, Japan."]
    hana = db.session.scalars(select(Account).where(Account.email_key == "hana@firm.example")).one()
    assert hana.email_confirmed_at is not None
    assert grants()[-1][:4] == (hana.id, Role.ECONOMY_COORDINATOR, "economy", 8)
    again = client.get(link)
    assert (again.status_code, "This invitation was accepted already." in words(again.text)) == (410, True)


def test_a_person_with_an_account_signs_in_and_accepts(client: FlaskClient) -> None:
    dewi = inviter()
    invited(dewi, now=clock.now())
    link = link_of_last_mail()
    make_account("hana@firm.example", email_confirmed_at=None, password_hash=hash_password(PASSWORD))
    assert f"/sign-in?next={link}" in client.get(link).text
    reply = client.post(link, data=NEW_PERSON)
    assert reply.location == f"/sign-in?next={link}"
    reply = client.post(reply.location, data={"email": "hana@firm.example", "password": PASSWORD})
    assert reply.location == link
    assert "Accept the invitation" in words(client.get(link).text)
    assert grants() == []
    assert messages(client.post(link, follow_redirects=True)) == [
        "You are now: Organiser's helper, One forum, number 7."
    ]
    assert len(grants()) == 1


def test_somebody_else_who_is_signed_in_cannot_accept(client: FlaskClient) -> None:
    invited(inviter(), now=clock.now())
    link = link_of_last_mail()
    sign_in(client, make_account())
    assert "You are signed in as rosa@firm.example, but the invitation is for hana@firm.example." in words(
        client.get(link).text
    )
    client.post(link)
    assert grants() == []


def test_the_home_page_of_the_invited_person_asks_for_an_answer(client: FlaskClient) -> None:
    invited(inviter(), now=clock.now())
    sign_in(client, make_account("hana@firm.example"))
    page = client.get("/home").text
    assert "You are invited: Organiser&#39;s helper" in page
    assert "/invitations/" in page


def test_an_expired_or_withdrawn_link_says_so(client: FlaskClient) -> None:
    dewi, now = inviter(), clock.now()
    invited(dewi, now=now - timedelta(days=15))
    old = client.get(link_of_last_mail())
    withdrawn = invited(dewi, role=Role.ORGANISER, now=now)
    link = link_of_last_mail()
    withdraw_invitation(withdrawn, actor=dewi, now=now)
    db.session.commit()
    gone = client.get(link)
    assert (old.status_code, gone.status_code) == (410, 410)
    assert "This invitation is too old." in words(old.text)
    assert "This invitation was withdrawn." in words(gone.text)


def test_an_administrator_sends_again_and_withdraws(client: FlaskClient) -> None:
    invitation = invited(administrator(client), now=clock.now())
    path = f"/admin/invitations/{invitation.id}"
    assert messages(client.post(f"{path}/resend", follow_redirects=True)) == [
        "An invitation to hana@firm.example is on its way."
    ]
    assert messages(client.post(f"{path}/withdraw", follow_redirects=True)) == [
        "The invitation to hana@firm.example is withdrawn."
    ]
    assert "hana@firm.example" not in client.get("/admin/invitations").text.partition("toast")[0]
    assert (len(outbox()), client.post("/admin/invitations/0/resend").status_code) == (2, 404)


def test_an_administrator_gives_a_role_to_whoever_has_an_account(client: FlaskClient) -> None:
    administrator(client)
    rosa = make_account()
    reply = client.post("/admin/invitations", data={"email": "ROSA@firm.example", "role": "organiser", "economy": ""})
    assert reply.location == f"/admin/people/{rosa.id}"
    assert (grants()[-1][:2], outbox()) == ((rosa.id, Role.ORGANISER), [])
