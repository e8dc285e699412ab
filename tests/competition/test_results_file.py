"""The signed file of results: what is in it, what is not, and that no byte can be changed unseen."""

import json
import shutil
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from gtn_events.accounts.models import Account
from gtn_events.cli import group
from gtn_events.competition.domain.chain import canonical
from gtn_events.competition.domain.decisions import decide_round
from gtn_events.competition.domain.given import Given
from gtn_events.competition.domain.publication import publish_results
from gtn_events.competition.domain.results_file import results_file
from gtn_events.competition.domain.scorecards import change_after_submission
from gtn_events.competition.domain.signing import public_pem, signing_key
from gtn_events.competition.domain.verification import verify_results
from gtn_events.competition.enums import Method, RoundState
from gtn_events.competition.results_mail_job import RESULTS_MAIL
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.jobs import enqueue_job, run_due_jobs
from tests.competition.panels import IN_TIME, Panel
from tests.competition.results_rounds import CLOSED_AT, compute, make_scored_round
from tests.factories import make_account

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


@pytest.fixture(autouse=True)
def after_the_close(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: CLOSED_AT)


@pytest.fixture(autouse=True)
def no_file_of_an_earlier_test(app: Flask) -> None:
    # Every test publishes at one moment a competition with one id, which happens once in an instance.
    shutil.rmtree(app.config["SETTINGS"].instance_dir / "results", ignore_errors=True)


@pytest.fixture
def organiser(database: None) -> Account:
    return make_account("organiser@gtn.example")


@pytest.fixture
def panel(organiser: Account) -> Panel:
    panel = make_scored_round(method=Method.CALIBRATED)
    panel.round.state = RoundState.OPEN
    db.session.commit()
    other = Given({"impact": 4, "market": 5}, private="Between us.")
    change_after_submission(panel.seat(0, 0), other, reason="Read again.", seen=1, actor=panel.account(), now=IN_TIME)
    panel.round.state = RoundState.SCORED
    db.session.commit()
    compute(panel)
    decide_round(panel.round, seen=1, actor=organiser, now=CLOSED_AT)
    publish_results(panel.competition, embargo_until=None, actor=organiser, now=CLOSED_AT)
    db.session.commit()
    return panel


def fails(data: bytes) -> bool:
    return not all(check.holds for check in verify_results(data))


def resigned(data: bytes, change: object) -> bytes:
    """The same file with something changed by whoever holds the key."""
    results = json.loads(data)["results"]
    change(results)  # type: ignore[operator]
    signature = {"algorithm": "Ed25519", "key": public_pem(KEY), "value": KEY.sign(canonical(results)).hex()}
    return canonical({"results": results, "signature": signature})


def test_published_file_holds_in_every_respect(panel: Panel) -> None:
    checks = verify_results(results_file(panel.competition, KEY))
    assert [check.text for check in checks if not check.holds] == []
    assert len(checks) == 7
    assert checks[3].text == "Review: the chain of 10 scorecards holds."
    assert checks[5].text == "Review: 9 scorecards count, each the newest version of its seat."


def test_file_is_the_same_bytes_every_time(panel: Panel) -> None:
    assert results_file(panel.competition, KEY) == results_file(panel.competition, KEY)


def test_file_names_no_judge_and_holds_no_text_and_no_title_of_the_unplaced(panel: Panel) -> None:
    text = results_file(panel.competition, KEY).decode()
    secret = (
        "Catalina",
        "Vergara",
        "Strong in its field",
        "Between us",
        "Read again",
        '"salt"',
        "Boards from rice husk 2",
    )
    assert [word for word in secret if word in text] == []
    assert '"Boards from rice husk"' in text


def test_no_byte_can_be_changed_unseen(panel: Panel) -> None:
    data = results_file(panel.competition, KEY)

    @settings(max_examples=400, deadline=None, database=None)
    @given(st.integers(0, len(data) - 1), st.integers(1, 255))
    def changed(place: int, by: int) -> None:
        assert fails(data[:place] + bytes([data[place] ^ by]) + data[place + 1 :])

    changed()
    assert fails(data + b"\n")
    assert fails(data[:-1])


def test_another_key_is_not_ours(panel: Panel) -> None:
    data = results_file(panel.competition, KEY)
    other = public_pem(Ed25519PrivateKey.from_private_bytes(bytes(32))).encode()
    assert [check.holds for check in verify_results(data, public_key=other)] == [False]
    assert not fails(data)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            lambda r: r["rounds"][0]["scorecards"][2]["content"]["scores"].update(impact=1),
            "the chain breaks at scorecard 3",
        ),
        (lambda r: r["rounds"][0]["scorecards"].pop(), "the chain breaks at scorecard 9"),
        (lambda r: r["rounds"][0]["lot"].update(seed="another"), "the lot seed is the one promised"),
        (lambda r: r["rounds"][0]["ranking"]["rows"][0].update(total="99.00"), "differs at rank 1"),
        (lambda r: r["rounds"][0]["scorecards"][0].update(counts=True), "a newer version stands"),
        (lambda r: r["rounds"][0]["scorecards"][1].update(counts=False), "differs at rank"),
        (lambda r: r["rounds"][0]["rubrics"][0]["criteria"][0].update(weight="50"), "is not that of its points"),
        (lambda r: r["rounds"][0]["seats"].pop(0), "belongs to another seat"),
        (lambda r: r["rounds"][0].pop("chain"), "cannot be read"),
    ],
)
def test_who_holds_the_key_cannot_change_the_results_either(panel: Panel, change: object, words: str) -> None:
    data = resigned(results_file(panel.competition, KEY), change)
    failed = [check.text for check in verify_results(data) if not check.holds]
    assert any(words in text for text in failed)


def test_key_is_made_once_and_read_by_its_owner_only(tmp_path: Path) -> None:
    first, second = signing_key(tmp_path), signing_key(tmp_path)
    assert public_pem(first) == public_pem(second)
    (path,) = tmp_path.iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_file_and_key_are_public_once_results_are(
    panel: Panel, client: FlaskClient, app: Flask, tmp_path: Path
) -> None:
    address = f"/competitions/{panel.competition.slug}"
    assert client.get(f"{address}/results.json").status_code == 503
    params = {"competition_id": panel.competition.id}
    enqueue_job(RESULTS_MAIL, title="Mails", params=params, actor=None, now=CLOSED_AT)
    db.session.commit()
    run_due_jobs(CLOSED_AT)
    with client.get(f"{address}/results.json") as answer:
        data = answer.data
    key = client.get(f"{address}/signing-key.pem").data
    assert [check.holds for check in verify_results(data, public_key=key)] == [True] * 7
    file, pem = tmp_path / "results.json", tmp_path / "key.pem"
    file.write_bytes(data)
    pem.write_bytes(key)
    told = CliRunner().invoke(group, ["verify-results", str(file), "--key", str(pem)])
    assert (told.exit_code, told.output.count("holds: ")) == (0, 7)
    file.write_bytes(data.replace(b'"total":"', b'"total":"1', 1))
    told = CliRunner().invoke(group, ["verify-results", str(file)])
    assert (told.exit_code, told.output.startswith("FAILS: ")) == (1, True)


def test_file_is_not_there_before_the_results_are_public(panel: Panel, client: FlaskClient) -> None:
    panel.competition.results_published_at = None
    db.session.commit()
    assert client.get(f"/competitions/{panel.competition.slug}/results.json").status_code == 404
