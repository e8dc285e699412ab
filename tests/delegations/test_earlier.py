"""People of an earlier delegation become drafts; not those who asked to be erased, and of the own economy alone."""

from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.core.db import db
from gtn_events.delegations.enums import NominationState
from gtn_events.delegations.models import Nomination
from gtn_events.forum.enums import RegistrationState
from gtn_events.forum.models import Forum, ForumCategory
from tests.delegations.conftest import DESK, Register
from tests.factories import MADE_AT, make_category, make_forum, make_registration

COPY = f"{DESK}/nominations/copy"


def earlier_category() -> ForumCategory:
    return make_category(make_forum("gtn-forum-2012", title="GTN Forum 2012", reference_prefix="GTN12"))


def test_the_ticked_become_drafts(desk: FlaskClient, forum: Forum, category: ForumCategory, register: Register) -> None:
    then = earlier_category()
    people = [register(name, RegistrationState.CONFIRMED, category=then) for name in ("Abad", "Quispe", "Torres")]
    register("Zebra", RegistrationState.CONFIRMED, category=then, economy_code="CHL")
    register("Mamani", RegistrationState.CANCELLED, category=then)
    page = desk.get(COPY).text
    shown = [name for name in ("Abad", "Quispe", "Torres", "Zebra", "Mamani") if name in page]
    desk.post(COPY, data={"ids": [each.id for each in people[:2]], "from": then.forum.slug})
    drafts = list(db.session.scalars(select(Nomination).order_by(Nomination.family_name)))
    assert shown == ["Abad", "Quispe", "Torres"]
    assert [(each.family_name, each.email, each.state, each.category) for each in drafts] == [
        ("Abad", "abad@firm.example", NominationState.DRAFT, category),
        ("Quispe", "quispe@firm.example", NominationState.DRAFT, category),
    ]


def test_who_is_erased_or_of_another_economy_cannot_be_copied(
    desk: FlaskClient, category: ForumCategory, register: Register
) -> None:
    then = earlier_category()
    erased = register("Abad", RegistrationState.CONFIRMED, category=then)
    other = register("Zebra", RegistrationState.CONFIRMED, category=then, economy_code="CHL")
    register("Quispe", RegistrationState.CONFIRMED, category=then)
    erased.account.erased_at = MADE_AT
    db.session.commit()
    desk.post(COPY, data={"ids": [erased.id, other.id], "from": then.forum.slug})
    assert ("Abad" in desk.get(COPY).text, db.session.scalar(select(Nomination))) == (False, None)


def test_who_is_nominated_already_is_left_out(desk: FlaskClient, category: ForumCategory, register: Register) -> None:
    then = earlier_category()
    found = register("Abad", RegistrationState.CONFIRMED, category=then)
    for _ in range(2):
        answer = desk.post(COPY, data={"ids": [found.id]})
    assert "Rosa ABAD was left out" in desk.get(answer.location).text
    assert len(db.session.scalars(select(Nomination)).all()) == 1


def test_who_is_here_already_is_named_and_cannot_be_ticked(
    desk: FlaskClient, category: ForumCategory, register: Register
) -> None:
    then = earlier_category()
    abad, quispe, torres = (register(name, RegistrationState.CONFIRMED, category=then) for name in ("A", "Q", "T"))
    make_registration(category, abad.account)
    make_registration(category, torres.account, RegistrationState.CANCELLED)
    desk.post(COPY, data={"ids": [quispe.id]})
    page = desk.get(COPY).text
    assert (page.count("registered or nominated already"), f'value="{torres.id}"' in page) == (2, True)
    assert [each.id for each in (abad, quispe) if f'name="ids" value="{each.id}"' in page] == []
