"""The badges of a forum, for whoever lets people act by badge: confirmed delegates of this forum, nobody else."""

import pytest

from gtn_events.core.badges import Badge, badge_events, read_badge
from gtn_events.core.db import db
from gtn_events.forum.enums import ForumState, RegistrationState
from tests.factories import make_account, make_category, make_forum, make_registration

pytestmark = pytest.mark.usefixtures("database")


def test_code_of_a_confirmed_delegate_is_a_badge_however_it_is_typed() -> None:
    forum = make_forum()
    account = make_account()
    registration = make_registration(make_category(forum), account, state=RegistrationState.CONFIRMED)
    key, code = f"forum:{forum.id}", registration.reference
    badge = Badge("forum", registration.id, account.id)
    for typed in (code, code.lower(), code.replace("-", " "), f"https://gtn.example/t/{code}"):
        assert read_badge(key, typed) == badge


@pytest.mark.parametrize("state", [each for each in RegistrationState if each is not RegistrationState.CONFIRMED])
def test_who_is_not_confirmed_has_no_badge(state: RegistrationState) -> None:
    forum = make_forum()
    registration = make_registration(make_category(forum), make_account(), state=state)
    assert read_badge(f"forum:{forum.id}", registration.reference) is None


def test_badge_of_another_forum_or_of_nothing_is_none_here() -> None:
    forum, other = make_forum(), make_forum("other-forum")
    registration = make_registration(make_category(other), make_account(), state=RegistrationState.CONFIRMED)
    for key, typed in (
        (f"forum:{forum.id}", registration.reference),
        (f"forum:{other.id}", ""),
        ("forum:999999", registration.reference),
        ("forum:x", registration.reference),
        ("concert:1", registration.reference),
        ("", ""),
    ):
        assert read_badge(key, typed) is None


def test_drafts_of_forums_are_not_offered() -> None:
    forum, draft = make_forum(), make_forum("draft-forum", state=ForumState.DRAFT)
    db.session.commit()
    keys = [each.key for each in badge_events()]
    assert f"forum:{forum.id}" in keys
    assert f"forum:{draft.id}" not in keys
