"""The role follows the post by the clock; a handover leaves nobody without access before the day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from gtn_events.accounts.domain.invitations import accept_invitation
from gtn_events.accounts.domain.personal_data import erase_person, export_person
from gtn_events.accounts.domain.roles import end_grant
from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account, Invitation, RoleGrant
from gtn_events.core.db import db
from gtn_events.core.economies import Economy
from gtn_events.core.outbox import OutboxMail
from gtn_events.core.permissions import Scope
from gtn_events.network.domain.groups import remove_group, save_group
from gtn_events.network.domain.handover import Handover, days_between, hand_over
from gtn_events.network.domain.posts import Place, edit_post, withdraw_post
from gtn_events.network.enums import PostKind, PostState
from gtn_events.network.errors import GroupRefused, HandoverToConfirm, PostRefused
from gtn_events.network.models import CoordinatorPost
from gtn_events.network.periodic import follow_posts
from gtn_events.network.queries.posts import PlacePosts, places

from ..factories import grant_role, make_account
from .posts import LINKS, details, make_post

PERU = Scope("economy", 14)
BEFORE = datetime(2013, 5, 2, 3, 0, tzinfo=UTC)
FIRST = datetime(2013, 5, 10, 3, 0, tzinfo=UTC)


@pytest.fixture
def admin(database: None) -> Account:
    return make_account("admin@gtn.example", given_name="Ayu", family_name="Kencana")


@pytest.fixture
def rosa(database: None) -> Account:
    return make_account()


def live(account: Account) -> list[tuple[Role, Scope]]:
    held = select(RoleGrant).where(RoleGrant.account_id == account.id, RoleGrant.ended_at.is_(None))
    return [(grant.role, grant.scope) for grant in db.session.scalars(held)]


def clock(at: datetime) -> None:
    follow_posts(at)
    db.session.commit()


def mails(prefix: str) -> list[tuple[str, str]]:
    found = db.session.scalars(select(OutboxMail).where(OutboxMail.template == prefix).order_by(OutboxMail.id))
    return [(mail.to_address, mail.subject) for mail in found]


def at_peru() -> PlacePosts:
    return next(each for each in places(FIRST) if each.economy and each.economy.code == "PE")


def test_the_role_is_given_on_the_first_day_and_once(admin: Account, rosa: Account) -> None:
    post = make_post(admin, now=BEFORE)
    clock(BEFORE)
    assert (live(rosa), post.state(BEFORE)) == ([], PostState.PLANNED)
    clock(FIRST)
    clock(FIRST + timedelta(hours=1))
    assert (live(rosa), post.state(FIRST)) == ([(Role.ECONOMY_COORDINATOR, PERU)], PostState.HELD)
    assert db.session.scalar(select(func.count()).select_from(RoleGrant)) == 1
    assert mails("network/post_entered") == [("rosa@firm.example", "You are entered as coordinator: Peru")]


def test_the_role_is_given_at_once_when_the_day_has_come(admin: Account, rosa: Account) -> None:
    make_post(admin, now=FIRST, kind=PostKind.DEPUTY)
    assert live(rosa) == [(Role.ECONOMY_COORDINATOR, PERU)]


def test_the_role_lasts_until_the_last_day_has_ended_everywhere(admin: Account, rosa: Account) -> None:
    make_post(admin, now=FIRST, ends_on=date(2013, 5, 20))
    clock(datetime(2013, 5, 21, 11, 59, tzinfo=UTC))  # 23:59 of the last day, twelve hours west of Greenwich
    assert live(rosa) == [(Role.ECONOMY_COORDINATOR, PERU)]
    clock(datetime(2013, 5, 21, 12, 0, tzinfo=UTC))
    assert live(rosa) == []


def test_the_role_begins_when_the_first_day_begins_anywhere(admin: Account, rosa: Account) -> None:
    make_post(admin, now=BEFORE)
    clock(datetime(2013, 5, 9, 9, 59, tzinfo=UTC))
    assert live(rosa) == []
    clock(datetime(2013, 5, 9, 10, 0, tzinfo=UTC))  # midnight fourteen hours east of Greenwich
    assert live(rosa) == [(Role.ECONOMY_COORDINATOR, PERU)]


def test_changed_days_change_the_role_at_once(admin: Account, rosa: Account) -> None:
    post = make_post(admin, now=FIRST)
    over = details(ends_on=date(2013, 5, 11))
    edit_post(post, over, links=LINKS, actor=admin, now=FIRST + timedelta(days=5))
    assert live(rosa) == []
    edit_post(post, details(), links=LINKS, actor=admin, now=FIRST + timedelta(days=5))
    assert live(rosa) == [(Role.ECONOMY_COORDINATOR, PERU)]


def test_a_role_taken_back_by_hand_is_not_given_again_by_the_clock(admin: Account, rosa: Account) -> None:
    post = make_post(admin, now=FIRST)
    assert post.grant is not None
    end_grant(post.grant, actor=admin, now=FIRST)
    db.session.commit()
    clock(FIRST + timedelta(days=1))
    assert live(rosa) == []


def test_a_deputy_who_became_coordinator_keeps_the_role(admin: Account, rosa: Account) -> None:
    make_post(admin, now=FIRST, kind=PostKind.DEPUTY, ends_on=date(2013, 5, 20))
    make_post(admin, now=FIRST, starts_on=date(2013, 5, 18))
    clock(datetime(2013, 5, 25, tzinfo=UTC))
    assert live(rosa) == [(Role.ECONOMY_COORDINATOR, PERU)]


def test_a_role_without_a_post_stays_and_is_shown(admin: Account, rosa: Account) -> None:
    grant_role(rosa, Role.ECONOMY_COORDINATOR, PERU)
    clock(FIRST)
    place = at_peru()
    assert ([grant.account_id for grant in place.grants], place.is_vacant) == ([rosa.id], False)
    make_post(admin, now=FIRST)
    assert (at_peru().grants, len(at_peru().held)) == ([], 1)


def test_whoever_has_no_account_is_invited_on_the_first_day(admin: Account) -> None:
    post = make_post(admin, now=BEFORE, holder="new@economy.example")
    assert db.session.scalar(select(func.count()).select_from(Invitation)) == 0
    clock(FIRST)
    clock(FIRST + timedelta(hours=1))
    invitation = db.session.scalars(select(Invitation)).one()
    assert (post.invitation_id, invitation.role, invitation.scope) == (invitation.id, Role.ECONOMY_COORDINATOR, PERU)
    new = make_account("new@economy.example")
    accept_invitation(invitation, new, now=FIRST + timedelta(days=1))
    db.session.commit()
    clock(FIRST + timedelta(days=1))
    assert (post.account_id, live(new)) == (new.id, [(Role.ECONOMY_COORDINATOR, PERU)])
    assert post.grant is not None


def test_an_invitation_nobody_answered_ends_with_the_post(admin: Account) -> None:
    make_post(admin, now=FIRST, holder="new@economy.example", ends_on=date(2013, 5, 12))
    clock(datetime(2013, 5, 14, tzinfo=UTC))
    assert db.session.scalars(select(Invitation)).one().withdrawn_at is not None


def test_a_handover_leaves_both_with_what_is_theirs(admin: Account, rosa: Account) -> None:
    luz = make_account("luz@firm.example", given_name="Luz", family_name="Quispe")
    post = make_post(admin, now=FIRST)
    handover = Handover(
        holder_email="luz@firm.example",
        details=details(office_name="Luz QUISPE", starts_on=date(2013, 6, 1)),
        last_day=date(2013, 5, 31),
    )
    following = hand_over(post, handover, links=LINKS, actor=admin, now=FIRST)
    db.session.commit()
    assert mails("network/handover") == [
        ("rosa@firm.example", "Handover: Peru"),
        ("luz@firm.example", "Handover: Peru"),
    ]
    assert (following.kind, following.economy_code, mails("network/post_entered")[1:]) == (post.kind, "PE", [])
    clock(datetime(2013, 5, 31, 8, 0, tzinfo=UTC))
    assert (live(rosa), live(luz)) == ([(Role.ECONOMY_COORDINATOR, PERU)], [])
    clock(datetime(2013, 6, 2, tzinfo=UTC))
    assert (live(rosa), live(luz)) == ([], [(Role.ECONOMY_COORDINATOR, PERU)])
    assert [each.state(datetime(2013, 6, 2, tzinfo=UTC)) for each in (post, following)] == [
        PostState.OVER,
        PostState.HELD,
    ]


@pytest.mark.parametrize(("first", "days"), [(date(2013, 6, 3), 2), (date(2013, 5, 30), -2), (date(2013, 6, 1), 0)])
def test_a_gap_or_an_overlap_has_to_be_meant(admin: Account, rosa: Account, first: date, days: int) -> None:
    post = make_post(admin, now=FIRST)
    last = date(2013, 5, 31)
    values = {"holder_email": "luz@firm.example", "details": details(starts_on=first), "last_day": last}
    assert days_between(last, first) == days
    if days:
        with pytest.raises(HandoverToConfirm):
            hand_over(post, Handover(**values), links=LINKS, actor=admin, now=FIRST)
    following = hand_over(post, Handover(**values, sure=bool(days)), links=LINKS, actor=admin, now=FIRST)
    assert (post.ends_on, following.starts_on) == (last, first)


def test_a_post_that_is_over_cannot_be_handed_over(admin: Account, rosa: Account) -> None:
    post = make_post(admin, now=FIRST, ends_on=date(2013, 5, 12))
    values = Handover(holder_email="luz@firm.example", details=details(), last_day=date(2013, 5, 12))
    with pytest.raises(PostRefused):
        hand_over(post, values, links=LINKS, actor=admin, now=FIRST + timedelta(days=9))


def test_only_what_has_not_begun_is_withdrawn(admin: Account, rosa: Account) -> None:
    planned, held = make_post(admin, now=BEFORE), make_post(admin, now=BEFORE, starts_on=date(2013, 4, 1))
    for _ in range(2):
        withdraw_post(planned, links=LINKS, actor=admin, now=BEFORE)
    with pytest.raises(PostRefused):
        withdraw_post(held, links=LINKS, actor=admin, now=BEFORE)
    db.session.commit()
    clock(FIRST)
    assert (planned.state(FIRST), planned.grant, mails("network/post_withdrawn")) == (
        PostState.WITHDRAWN,
        None,
        [("rosa@firm.example", "The post is withdrawn: Peru")],
    )


def test_days_are_in_order_in_form_and_database(admin: Account, rosa: Account) -> None:
    with pytest.raises(PostRefused):
        make_post(admin, now=BEFORE, ends_on=date(2013, 5, 9))
    post = make_post(admin, now=BEFORE)
    post.ends_on = date(2013, 5, 9)
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_a_regional_post_gives_a_role_that_reads_its_group_only(admin: Account, rosa: Account) -> None:
    chile = db.session.get_one(Economy, "CHL")
    group = save_group(None, "Pacific Americas", [chile], actor=admin, now=BEFORE)
    make_post(admin, now=FIRST, place=Place(group=group))
    assert live(rosa) == [(Role.REGIONAL_COORDINATOR, Scope("group", group.id))]
    with pytest.raises(GroupRefused):
        remove_group(group, actor=admin, now=FIRST)
    with pytest.raises(GroupRefused):
        save_group(None, "Pacific Americas", [chile], actor=admin, now=BEFORE)


def test_a_group_that_is_removed_leaves_nobody_a_role(admin: Account, rosa: Account) -> None:
    group = save_group(None, "Pacific Americas", [db.session.get_one(Economy, "CHL")], actor=admin, now=BEFORE)
    grant_role(rosa, Role.REGIONAL_COORDINATOR, group.scope)
    remove_group(group, actor=admin, now=FIRST)
    assert live(rosa) == []


def test_an_end_without_a_follower_is_a_handover_due(admin: Account, rosa: Account) -> None:
    post = make_post(admin, now=FIRST, ends_on=date(2013, 6, 30))
    assert at_peru().ending == [post]
    make_post(admin, now=FIRST, holder="luz@firm.example", starts_on=date(2013, 7, 1))
    assert at_peru().ending == []


def test_an_erased_person_leaves_days_but_no_contact(admin: Account, rosa: Account) -> None:
    make_post(admin, now=FIRST)
    assert export_person(rosa)["posts"][0]["phone"] == "+51 1 555 0100"
    erase_person(rosa, now=FIRST)
    db.session.commit()
    db.session.expire_all()
    post = db.session.scalars(select(CoordinatorPost)).one()
    assert (post.office_name, post.email, post.phone, post.account_id, post.consented) == ("", "", "", None, [])
    assert post.starts_on == date(2013, 5, 10)
    clock(FIRST + timedelta(days=2))
    assert live(rosa) == []
    assert mails("network/post_entered") == [("", "")]
