"""Sealed data open for their own row and a key of the ring only, are nowhere in plain, and go on their day."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from werkzeug.datastructures import FileStorage

from gtn_events.config import ConfigError, Settings, load_settings
from gtn_events.core.db import db
from gtn_events.core.errors import UploadRefused
from gtn_events.core.jobs import run_due_periodic_tasks
from gtn_events.core.sealing import (
    SealBroken,
    SealedItem,
    SealingUnavailable,
    Shredded,
    live_item,
    open_file,
    open_values,
    remove_dead_files,
    reseal_all,
    seal_file,
    seal_values,
    shred,
    shred_due,
)
from gtn_events.core.sealing.folder import sealed_folder
from gtn_events.core.sealing.rotation import sealed_differences
from gtn_events.core.seats import SeatPool
from gtn_events.core.uploads import FileKind

pytestmark = pytest.mark.usefixtures("database")
PDF = b"%PDF-1.7\n% PASSPORT-PAGE-X1234567\ntrailer\n%%EOF\n"
SHRED_ON = date(2013, 7, 6)
KEY = ("second", b"2" * 32)


@pytest.fixture
def owner(now: datetime) -> SeatPool:
    for path in sealed_folder().glob("*"):
        path.unlink()
    pool = SeatPool(label="Delegates", capacity=1, created_at=now)
    db.session.add(pool)
    db.session.flush()
    return pool


@pytest.fixture
def ring(app: Flask) -> Iterator[Settings]:
    """The settings of the application, put back after a test that changed the keys."""
    before: Settings = app.config["SETTINGS"]
    yield before
    app.config["SETTINGS"] = before


def paper(owner: SeatPool, now: datetime, *, data: bytes = PDF, name: str = "passport of Ana.pdf") -> SealedItem:
    file = FileStorage(io.BytesIO(data), filename=name)
    return seal_file(
        owner, "page", file, allowed=(FileKind.PDF, FileKind.PNG), max_bytes=4096, shred_on=SHRED_ON, now=now
    )


def test_values_come_back_as_they_were_given(owner: SeatPool, now: datetime) -> None:
    item = seal_values(owner, "passport", {"number": "X1234567", "name": "Nguyễn Ánh"}, shred_on=SHRED_ON, now=now)
    assert open_values(item) == {"number": "X1234567", "name": "Nguyễn Ánh"}


def test_file_comes_back_as_it_was_given(owner: SeatPool, now: datetime) -> None:
    opened = open_file(paper(owner, now))
    assert (opened.name, opened.content_type, opened.data) == ("passport of Ana.pdf", "application/pdf", PDF)


@pytest.mark.parametrize("column", ["owner_id", "owner_type", "name"])
def test_seal_does_not_open_for_another_record(owner: SeatPool, now: datetime, column: str) -> None:
    item = seal_values(owner, "passport", {"number": "X1"}, shred_on=SHRED_ON, now=now)
    setattr(item, column, 999_999 if column == "owner_id" else "other")
    with pytest.raises(SealBroken):
        open_values(item)


def test_box_moved_to_another_row_does_not_open(owner: SeatPool, now: datetime) -> None:
    one = seal_values(owner, "one", {"number": "X1"}, shred_on=SHRED_ON, now=now)
    two = seal_values(owner, "two", {"number": "X2"}, shred_on=SHRED_ON, now=now)
    two.box = one.box
    with pytest.raises(SealBroken):
        open_values(two)


def test_file_exchanged_on_the_disk_does_not_open(owner: SeatPool, now: datetime) -> None:
    one = paper(owner, now)
    other = SeatPool(label="Others", capacity=2, created_at=now)
    db.session.add(other)
    db.session.flush()
    two = paper(other, now)
    (sealed_folder() / str(one.stored_as)).write_bytes((sealed_folder() / str(two.stored_as)).read_bytes())
    with pytest.raises(SealBroken):
        open_file(one)


def test_error_shows_nothing_of_what_is_sealed(owner: SeatPool, now: datetime, ring: Settings, app: Flask) -> None:
    item = seal_values(owner, "passport", {"number": "X1234567"}, shred_on=SHRED_ON, now=now)
    app.config["SETTINGS"] = replace(ring, sealing_keys=(("tests", b"9" * 32),))
    with pytest.raises(SealBroken) as broken:
        open_values(item)
    assert "X1234567" not in broken.value.message
    assert list(sealed_differences()) == [
        f"sealed item {item.id} (passport of core_seat_pool {owner.id}) does not open"
    ]


def test_missing_key_says_so(owner: SeatPool, now: datetime, ring: Settings, app: Flask) -> None:
    item = seal_values(owner, "passport", {"number": "X1"}, shred_on=SHRED_ON, now=now)
    app.config["SETTINGS"] = replace(ring, sealing_keys=(KEY,))
    with pytest.raises(SealBroken):
        open_values(item)
    app.config["SETTINGS"] = replace(ring, sealing_keys=())
    with pytest.raises(SealingUnavailable, match="GTN_SEALING_KEYS"):
        seal_values(owner, "other", {}, shred_on=SHRED_ON, now=now)


def test_demonstration_derives_its_key_and_another_site_does_not(ring: Settings, app: Flask) -> None:
    from gtn_events.core.sealing.keys import key_ring  # noqa: PLC0415  # what is tested

    app.config["SETTINGS"] = replace(ring, sealing_keys=(), demo=True)
    assert key_ring().newest == "derived"
    assert len(key_ring().keys["derived"]) == 32


def test_rotation_seals_everything_with_the_first_key(
    owner: SeatPool, now: datetime, ring: Settings, app: Flask
) -> None:
    values = seal_values(owner, "passport", {"number": "X1"}, shred_on=SHRED_ON, now=now)
    file = paper(owner, now)
    app.config["SETTINGS"] = replace(ring, sealing_keys=(KEY, *ring.sealing_keys))
    assert open_values(values) == {"number": "X1"}
    assert reseal_all() == (2, 0)
    app.config["SETTINGS"] = replace(ring, sealing_keys=(KEY,))
    assert (open_values(values), open_file(file).data) == ({"number": "X1"}, PDF)
    assert reseal_all() == (0, 0)


def test_rotation_counts_what_no_key_opens(owner: SeatPool, now: datetime, ring: Settings, app: Flask) -> None:
    seal_values(owner, "passport", {"number": "X1"}, shred_on=SHRED_ON, now=now)
    app.config["SETTINGS"] = replace(ring, sealing_keys=(KEY,))
    assert reseal_all() == (0, 1)


def test_new_values_shred_those_before(owner: SeatPool, now: datetime) -> None:
    before = seal_values(owner, "passport", {"number": "X1"}, shred_on=SHRED_ON, now=now)
    after = seal_values(owner, "passport", {"number": "X2"}, shred_on=SHRED_ON, now=now)
    assert (before.box, before.shredded_at, live_item(owner, "passport")) == (None, now, after)


def test_shredding_deletes_the_content_and_keeps_the_fact(owner: SeatPool, now: datetime) -> None:
    item = paper(owner, now)
    path = sealed_folder() / str(item.stored_as)
    assert shred_due(SHRED_ON - timedelta(days=1), now=now) == 0
    assert shred_due(SHRED_ON, now=now) == 1
    assert remove_dead_files(now) == 1
    assert (path.exists(), item.box, item.shredded_at) == (False, None, now)
    with pytest.raises(Shredded):
        open_file(item)


def test_clock_shreds_on_the_day(owner: SeatPool, now: datetime) -> None:
    item = paper(owner, now)
    db.session.commit()
    run_due_periodic_tasks(datetime(2013, 7, 6, tzinfo=now.tzinfo))
    db.session.refresh(item)
    assert item.shredded_at is not None
    assert not (sealed_folder() / str(item.stored_as)).exists()


def test_file_without_a_row_goes_after_a_day(owner: SeatPool, now: datetime) -> None:
    paper(owner, now)
    db.session.rollback()
    assert remove_dead_files(datetime.now(tz=now.tzinfo)) == 0
    assert remove_dead_files(datetime.now(tz=now.tzinfo) + timedelta(days=2)) == 1


def test_database_refuses_a_shredded_row_with_content(owner: SeatPool, now: datetime) -> None:
    item = seal_values(owner, "passport", {"number": "X1"}, shred_on=SHRED_ON, now=now)
    shred(item, now=now)
    with pytest.raises(IntegrityError):
        db.session.execute(update(SealedItem).where(SealedItem.id == item.id).values(box=b"x"))
    db.session.rollback()


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "page.pdf", "is empty"),
        (b"MZ\x00\x00", "page.pdf", "a Windows program"),
        (b"%PDF-1.7" + b"x" * 5000 + b"%%EOF", "page.pdf", "the limit is"),
        (b"\x89PNG\r\n\x1a\nrubbish", "page.png", "is broken"),
    ],
)
def test_file_is_looked_at_before_it_is_kept(
    owner: SeatPool, now: datetime, data: bytes, name: str, words: str
) -> None:
    before = set(sealed_folder().glob("*"))
    with pytest.raises(UploadRefused, match=words):
        paper(owner, now, data=data, name=name)
    assert set(sealed_folder().glob("*")) == before


def test_nothing_sealed_is_in_plain_on_the_disk(owner: SeatPool, now: datetime, app: Flask) -> None:
    seal_values(owner, "passport", {"number": "X7654321"}, shred_on=SHRED_ON, now=now)
    paper(owner, now)
    db.session.commit()
    url = db.engine.url
    files = [path for path in Path(app.instance_path).rglob("*") if path.is_file()]
    if url.database and db.engine.dialect.name == "sqlite":
        files += Path(url.database).parent.glob(Path(url.database).name + "*")
        assert len(files) >= 2
    for path in files:
        content = path.read_bytes()
        assert not any(secret in content for secret in (b"X7654321", b"X1234567", b"passport of Ana")), path


@pytest.mark.parametrize("text", ["short:QUJD", "nokey", "a:" + "QUJD" * 10 + "QUI=,a:" + "QUJD" * 10 + "QUI=", ":x"])
def test_key_that_cannot_be_read_is_one_readable_line(tmp_path: Path, text: str) -> None:
    with pytest.raises(ConfigError, match="GTN_SEALING_KEYS") as wrong:
        load_settings({"GTN_INSTANCE_DIR": str(tmp_path), "GTN_SECRET_KEY": "x", "GTN_SEALING_KEYS": text})
    assert "QUJD" not in str(wrong.value)
