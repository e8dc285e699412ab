"""Check-ins outlive the change to checkpoints with rules, there and back."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import text

from gtn_events.app import create_app
from gtn_events.core.db import db
from gtn_events.core.migrating import bind
from gtn_events.forum.domain.check_in import check_in
from gtn_events.forum.domain.checkpoints import CheckpointDetails, add_checkpoint
from gtn_events.forum.enums import CheckpointKind, CheckpointRule, Direction, RegistrationState
from gtn_events.forum.queries.forums import checkpoint_of
from tests.databases import settings_on
from tests.factories import MADE_AT, make_account, make_category, make_forum, make_registration

BEFORE = "0019"
ROWS = "SELECT checkpoint_id, station FROM forum_check_in WHERE undone_at IS NULL ORDER BY id"


@pytest.fixture
def unmigrated(new_database: Callable[[], str], tmp_path: Path) -> Iterator[Flask]:
    """An application in its context, on a database without tables."""
    app = create_app(settings_on(new_database(), instance=tmp_path))
    bind(app)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def test_check_ins_stay_and_the_first_of_several_counts(unmigrated: Flask) -> None:
    upgrade()
    forum = make_forum()
    rosa = make_registration(make_category(forum), make_account(), RegistrationState.CONFIRMED)
    staff = make_account("door@gtn.example")
    main = db.session.scalars(checkpoint_of(forum, "main-door")).one()
    hall_details = CheckpointDetails(
        label="Hall",
        kind=CheckpointKind.OTHER,
        rule=CheckpointRule.IN_AND_OUT,
        side_event=None,
        category_keys=(),
        counts=True,
    )
    hall = add_checkpoint(forum, hall_details, actor=staff, now=MADE_AT)
    check_in(rosa, main, station="main", actor=staff, now=MADE_AT)
    for number, way in enumerate((Direction.IN, Direction.OUT, Direction.IN)):
        check_in(
            rosa, hall, station=f"hall {number}", actor=staff, now=MADE_AT + timedelta(minutes=number), direction=way
        )
    places = (main.id, hall.id)
    db.session.commit()
    db.session.remove()
    downgrade(revision=BEFORE)
    assert _rows() == [(places[0], "main"), (places[1], "hall 0")]
    upgrade()
    assert _rows() == [(places[0], "main"), (places[1], "hall 0")]


def _rows() -> list[tuple[int, str]]:
    with db.engine.connect() as connection:
        return [(place, station) for place, station in connection.execute(text(ROWS))]
