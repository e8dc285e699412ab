"""A file serves the one place that it was sent to: its number, sent elsewhere by its own owner, does nothing."""

from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from gtn_events.accounts.enums import Role
from gtn_events.core.db import db
from gtn_events.core.economies import economies_in_order
from gtn_events.core.uploads import Upload, upload_path
from tests.attack.full_forum import FullForum, make_full_forum
from tests.attack.test_wrong_person import address, rules
from tests.factories import grant_role, sign_in
from tests.forum.programme.schedules import event, schedule

SCHEDULE = schedule(event(title="From the file"))


@pytest.fixture
def place(database: None) -> FullForum:
    return make_full_forum("upload-forum", "uploadword")


@pytest.fixture
def owner(client: FlaskClient, place: FullForum) -> FlaskClient:
    """The browser of somebody who may do everything."""
    grant_role(place.organiser, Role.ADMINISTRATOR)
    for economy in economies_in_order():
        grant_role(place.organiser, Role.ECONOMY_COORDINATOR, economy.scope)
    sign_in(client, place.organiser)
    return client


@pytest.mark.parametrize(
    "kept",
    [
        {"content_type": "text/xml", "purpose": ""},
        {"content_type": "text/xml", "purpose": "programme of forum 0"},
        {"content_type": "text/csv", "purpose": ""},
        {"content_type": "text/csv", "purpose": "spreadsheet of forum 0"},
    ],
)
def test_a_file_of_another_place_is_neither_read_nor_used_nor_deleted(
    app: Flask, owner: FlaskClient, place: FullForum, now: datetime, kept: dict[str, str]
) -> None:
    upload = Upload(
        sha256="0" * 64,
        size=len(SCHEDULE),
        name="schedule.xml",
        stored_as="aa/bb/elsewhere",
        owner_id=place.organiser.id,
        **kept,
        created_at=now,
    )
    db.session.add(upload)
    db.session.commit()
    path = upload_path(upload)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(SCHEDULE)
    answered = []
    for rule, method in rules(app):
        named = rule.arguments & {"upload_id", "sheet_id"}
        if not named:
            continue
        for fields in ({}, {"go": "discard"}, {"go": "draft"}, {"go": "nominate"}):
            with owner.open(
                address(app, place, rule, **dict.fromkeys(named, upload.id)), method=method, data=fields
            ) as reply:
                answered.append((rule.endpoint, method, reply.status_code))
    db.session.expire_all()
    # Whoever judges a competition has no desk of their economy there.
    assert {status for _endpoint, _method, status in answered} == {403, 404}, answered
    assert len({endpoint for endpoint, _method, _status in answered}) > 4
    assert (upload.deleted_at, path.is_file()) == (None, True)
