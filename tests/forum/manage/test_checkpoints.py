"""The organiser's page of checkpoints."""

from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.core.db import db
from gtn_events.forum.enums import CheckpointKind, CheckpointRule
from gtn_events.forum.models import Checkpoint, Forum
from gtn_events.forum.queries.forums import checkpoint_of
from tests.factories import make_category, make_side_event

FORM = {"label": "Dinner", "kind": "dinner", "side_event_id": "", "rule": "once"}


def test_a_checkpoint_is_added_changed_closed_and_opened(desk: FlaskClient, forum: Forum) -> None:
    make_category(forum, "Speaker")
    page = f"/forums/{forum}/manage/checkpoints"
    desk.post(f"{page}/new", data=FORM | {"category_keys": ["speaker"]})
    dinner = db.session.scalars(checkpoint_of(forum, "dinner")).one()
    assert (dinner.kind, dinner.rule, dinner.category_keys, dinner.counts) == (
        CheckpointKind.DINNER,
        CheckpointRule.ONCE,
        ["speaker"],
        False,
    )
    desk.post(f"{page}/dinner", data=FORM | {"label": "Gala dinner", "rule": "daily", "counts": "y", "seen": "1"})
    db.session.refresh(dinner)
    assert (dinner.label, dinner.key, dinner.rule, dinner.category_keys, dinner.counts) == (
        "Gala dinner",
        "dinner",
        CheckpointRule.DAILY,
        [],
        True,
    )
    desk.post(f"{page}/dinner/close")
    assert "Open again" in desk.get(page).get_data(as_text=True)
    desk.post(f"{page}/dinner/reopen")
    db.session.refresh(dinner)
    assert dinner.closed_at is None


def test_what_cannot_be_stands_at_its_field(desk: FlaskClient, forum: Forum) -> None:
    make_side_event(forum)
    page = f"/forums/{forum}/manage/checkpoints/new"
    refused = desk.post(page, data=FORM | {"label": "Main door"})
    assert refused.status_code == 422
    assert "There is a checkpoint Main door already." in refused.get_data(as_text=True)
    assert "Say which side event" in desk.post(page, data=FORM | {"kind": "side-event"}).get_data(as_text=True)
    assert len(list(db.session.scalars(select(Checkpoint)))) == 1


def test_the_last_open_one_is_not_closed(desk: FlaskClient, forum: Forum) -> None:
    page = f"/forums/{forum}/manage/checkpoints"
    answer = desk.post(f"{page}/main-door/close", follow_redirects=True).get_data(as_text=True)
    assert "A forum has at least one checkpoint." in answer


def test_a_checkpoint_of_another_forum_is_not_found(desk: FlaskClient, forum: Forum) -> None:
    assert desk.get(f"/forums/{forum}/manage/checkpoints/nothing").status_code == 404


def test_a_checkpoint_that_was_changed_meanwhile_is_not_overwritten_unseen(desk: FlaskClient, forum: Forum) -> None:
    page = f"/forums/{forum}/manage/checkpoints"
    desk.post(f"{page}/new", data=FORM)
    assert 'name="seen" type="hidden" value="1"' in desk.get(f"{page}/dinner").text
    sent = [desk.post(f"{page}/dinner", data=FORM | {"label": label, "seen": "1"}) for label in ("Gala", "Ball")]
    says = ("Somebody else saved this while you had it open.", "Stored now: Gala")
    assert (sent[1].status_code, [each in sent[1].text for each in says]) == (422, [True, True])
    assert db.session.scalars(checkpoint_of(forum, "dinner")).one().label == "Gala"
