"""Staff who have no account yet: invited on the page of the forum."""

from flask import current_app
from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.accounts.domain.signed_links import LinkSigner
from gtn_events.accounts.domain.staff import add_staff
from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account, Invitation
from gtn_events.accounts.queries.staff import staff_grants
from gtn_events.core.db import db
from gtn_events.core.outbox import OutboxMail
from gtn_events.forum.models import Forum
from gtn_events.forum.queries.forums import STAFF_ROLES
from tests.accounts.mails import link_of_last_mail, outbox
from tests.accounts.pages import messages, words
from tests.accounts.test_invitations import NEW_PERSON
from tests.factories import MADE_AT, grant_role, make_account, make_forum, sign_in

ASKED = {"email": "Hana@firm.example", "role": "check-in-staff"}


def staff_page(forum: Forum) -> str:
    return f"/forums/{forum}/manage/staff"


def test_whoever_has_no_account_is_invited_and_stands_on_the_page(desk: FlaskClient, forum: Forum) -> None:
    reply = desk.post(staff_page(forum), data=ASKED, follow_redirects=True)
    assert messages(reply) == ["An invitation to Hana@firm.example is on its way."]
    assert "Hana@firm.example Invited by Dewi LESTARI Check-in staff" in words(reply.text)
    assert [grant.role for grant in staff_grants(forum.scope, STAFF_ROLES)] == [Role.ORGANISER]


def test_the_invited_person_works_at_the_forum_afterwards(desk: FlaskClient, forum: Forum) -> None:
    desk.post(staff_page(forum), data=ASKED)
    desk.delete_cookie("gtn-account")
    reply = desk.post(link_of_last_mail(), data=NEW_PERSON, follow_redirects=True)
    assert messages(reply) == ["You are now: Check-in staff, GTN Forum 2013."]
    assert [grant.role for grant in staff_grants(forum.scope, STAFF_ROLES)] == [Role.ORGANISER, Role.CHECK_IN_STAFF]
    assert "You check delegates in" in reply.text


def test_an_invitation_is_sent_again_until_the_limit_and_withdrawn(desk: FlaskClient, forum: Forum) -> None:
    desk.post(staff_page(forum), data=ASKED)
    invitation = db.session.scalars(select(Invitation)).one()
    act = f"{staff_page(forum)}/invitations/{invitation.id}"
    for _again in range(2):
        desk.post(f"{act}/resend")
    refused = desk.post(f"{act}/resend", headers={"Referer": f"http://localhost{staff_page(forum)}"})
    assert messages(desk.get(refused.location))[-1].startswith("There were too many attempts.")
    assert len(outbox()) == 3
    reply = desk.post(f"{act}/withdraw", follow_redirects=True)
    assert messages(reply) == ["The invitation to Hana@firm.example is withdrawn."]
    assert "Invited, not answered yet" not in reply.text


def test_whoever_ends_their_own_role_is_led_home_and_not_to_a_page_they_may_not_see(
    desk: FlaskClient, forum: Forum, organiser: Account
) -> None:
    grant_role(make_account("other@gtn.example"), Role.ORGANISER, forum.scope)
    own = next(each for each in staff_grants(forum.scope, STAFF_ROLES) if each.account_id == organiser.id)
    reply = desk.post(f"{staff_page(forum)}/{own.id}/end", follow_redirects=True)
    assert (reply.status_code, reply.request.path) == (200, "/home")
    assert messages(reply) == ["Dewi LESTARI is no longer Organiser here."]


def test_invitations_of_another_forum_do_not_exist(desk: FlaskClient, forum: Forum, organiser: Account) -> None:
    other = make_forum("other-forum", title="Other")
    desk.post(staff_page(forum), data=ASKED, follow_redirects=True)
    invitation = db.session.scalars(select(Invitation)).one()
    invitation.scope_id = other.id
    db.session.commit()
    assert "Hana@firm.example" not in desk.get(staff_page(forum)).text
    for act in ("resend", "withdraw"):
        assert desk.post(f"{staff_page(forum)}/invitations/{invitation.id}/{act}").status_code == 404


def test_the_link_stands_in_no_mail_that_staff_can_read(desk: FlaskClient, forum: Forum) -> None:
    """A helper who reads the forum's mails must not find the link that makes an organiser."""
    desk.post(staff_page(forum), data=ASKED | {"role": "organiser"})
    mail = db.session.scalars(select(OutboxMail)).one()
    assert (mail.scope_kind, mail.scope_id) == (None, None)
    assert desk.get(f"/forums/{forum}/manage/mail/{mail.id}").status_code == 404


def test_a_person_who_signed_up_by_themselves_finds_the_invitation(desk: FlaskClient, forum: Forum) -> None:
    desk.post(staff_page(forum), data=ASKED)
    sign_in(desk, make_account("hana@firm.example"))
    page = desk.get("/home").text
    assert "You are invited: Check-in staff" in page
    assert "GTN Forum 2013" in page


def test_an_invitation_to_a_forum_is_written_outside_a_request(forum: Forum, organiser: Account) -> None:
    links = LinkSigner(current_app.config["SETTINGS"].secret_key)
    roles, email = STAFF_ROLES, "hana@firm.example"
    add_staff(forum.scope, email, Role.HELPER, roles=roles, links=links, actor=organiser, now=MADE_AT)
    mail = db.session.scalars(select(OutboxMail)).one()
    assert "GTN Forum 2013" in mail.body_text
