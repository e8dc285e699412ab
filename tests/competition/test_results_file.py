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
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gtn_events.accounts.models import Account
from gtn_events.cli import group
from gtn_events.competition.domain.awards import AwardSpec, add_award, give_award
from gtn_events.competition.domain.chain import canonical
from gtn_events.competition.domain.decisions import decide_round
from gtn_events.competition.domain.given import Given
from gtn_events.competition.domain.publication import publish_results
from gtn_events.competition.domain.results_file import results_file
from gtn_events.competition.domain.round_state import close_round
from gtn_events.competition.domain.scorecards import change_after_submission
from gtn_events.competition.domain.signing import public_pem, signing_key
from gtn_events.competition.domain.verification import verify_results
from gtn_events.competition.enums import AwardKind, Method
from gtn_events.competition.results_mail_job import RESULTS_MAIL
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.jobs import enqueue_job, run_due_jobs
from tests.competition.panels import IN_TIME, Panel
from tests.competition.results_rounds import CLOSED_AT, compute, make_scored_round
from tests.factories import make_account

LATE = "2013-06-20T00:00:00+00:00"
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
    panel = make_scored_round(method=Method.CALIBRATED, closed=False)
    db.session.commit()
    other = Given({"impact": 4, "market": 5}, private="Between us.")
    change_after_submission(panel.seat(0, 0), other, reason="Read again.", seen=1, actor=panel.account(), now=IN_TIME)
    close_round(panel.round, actor=organiser, now=CLOSED_AT)
    db.session.commit()
    compute(panel)
    decide_round(panel.round, seen=1, actor=organiser, now=CLOSED_AT)
    award = add_award(panel.competition, AwardSpec(AwardKind.GRAND, "Grand prize"), actor=organiser, now=CLOSED_AT)
    give_award(award, panel.entries[0], citation="A clear gain.", actor=organiser, now=CLOSED_AT)
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
    assert [check.text.partition(": ")[2] or check.text for check in checks[1:]] == [
        "All 4 recorded roots are those of their lines, in the order in which they were recorded.",
        "Rankings, decisions and prizes are those that were fixed when the results were published.",
        "3 versions stand as when the call closed; 0 were sent later.",
        "the lot seed is the one promised.",
        "9 seats are those that were released.",
        "the chain of 10 scorecards holds.",
        "the chain is the one that closed; 0 scorecards came later.",
        "every total is that of its points and weights.",
        "9 scorecards count, each the newest version of its seat; two persons excluded 0.",
        "computed anew by the method calibrated, all 3 places are the same.",
        "decided anew by the published rule, 1 go on; 0 were not ranked.",
        "1; the jury's own choice: 0.",
    ]


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
    """One bit of every byte, all bits of every sign between the words, and all bits of the signature and its key."""
    data = results_file(panel.competition, KEY)
    signature = data.index(b'"signature"')
    places = [(place, 1 << place % 8) for place in range(len(data))]
    places += [(place, 1 << bit) for place in range(signature, len(data)) for bit in range(8)]
    structure = [place for place in range(len(data)) if data[place] in b'{}[]:,"\\'][::7]
    places += [(place, 1 << bit) for place in structure for bit in range(8)]
    unseen = [
        place for place, bit in places if not fails(data[:place] + bytes([data[place] ^ bit]) + data[place + 1 :])
    ]
    assert unseen == []


@pytest.mark.parametrize("more", [b" ", b"\n", b"\r\n", b"\t", b"\0", b"}", b"\xef\xbb\xbf", b"{}"])
def test_nothing_can_be_put_around_the_file_or_into_it(panel: Panel, more: bytes) -> None:
    data = results_file(panel.competition, KEY)
    inside = data.index(b":") + 1
    assert all(fails(changed) for changed in (data + more, more + data, data[:inside] + more + data[inside:]))
    assert fails(data[:-1])


def test_no_run_of_bytes_can_be_changed_unseen(panel: Panel) -> None:
    file = results_file(panel.competition, KEY)

    @settings(max_examples=300, deadline=None, database=None)
    @given(st.integers(0, len(file) - 1), st.integers(0, 40), st.binary(max_size=40))
    def changed(start: int, length: int, put: bytes) -> None:
        assume(put != file[start : start + length])
        assert fails(file[:start] + put + file[start + length :])

    changed()


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
        (lambda r: r["rounds"][0]["scorecards"][0].update(counts=True, left_out=""), "a newer version stands"),
        (lambda r: r["rounds"][0]["scorecards"][1].update(counts=False), "is left out without a word"),
        (lambda r: r["rounds"][0]["scorecards"][1].update(counts=False, left_out="excluded"), "differs at rank"),
        (lambda r: r["rounds"][0]["scorecards"][1].update(counts=False, left_out="superseded"), "no newer version"),
        (lambda r: r["rounds"][0]["rubrics"][0]["criteria"][0].update(weight="50"), "is not that of its points"),
        (lambda r: r["rounds"][0]["seats"].pop(0), "belongs to another seat"),
        (lambda r: r["rounds"][0]["seats"].pop(0), "was released and is missing"),
        (lambda r: r["rounds"][0]["seats"][4].__setitem__(2, 3), "is not the one that was released"),
        (lambda r: r["roots"][1]["lines"].pop(), "recorded roots are those of their lines"),
        (lambda r: r["roots"].reverse(), "in the order in which they were recorded"),
        (lambda r: r["roots"][2].update(sha256="0" * 64), "the chain is another one than when scoring closed"),
        (lambda r: r["roots"].pop(2), "no root was recorded when scoring closed"),
        (lambda r: r["roots"].pop(0), "No root was recorded when the call closed"),
        (lambda r: r["sent"][1].__setitem__(2, "0" * 64), "Version 1 of entry ISC13-0000-0002 is not what was sent"),
        (lambda r: r["sent"].append(["ISC13-0000-0009", 1, "0" * 64, "2013-05-01T00:00:00+00:00"]), "is missing in"),
        (lambda r: r["sent"].append(["ISC13-0000-0001", 2, "0" * 64, LATE]), "was not judged as it was sent last"),
        (lambda r: r["rounds"][0]["decision"]["rows"][1].update(standing="advanced"), "departs from the rule without"),
        (lambda r: r["rounds"][0]["decision"]["rows"][2].update(reason="reserve"), "is places-full 1, not reserve"),
        (lambda r: r["rounds"][0]["decision"]["rows"].pop(), "not every entry has one standing"),
        (lambda r: r["rounds"][0]["cut"].update(top=2), "is place 2, not reserve"),
        (lambda r: r["awards"].append(r["awards"].pop(0) | {"entry": "ISC13-0000-0003"}), "without a reason"),
        (lambda r: r["awards"].clear(), "prizes are those that were fixed"),
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
    assert "The file could not be made yet." in client.get(f"{address}/results").text
    params = {"competition_id": panel.competition.id}
    enqueue_job(RESULTS_MAIL, title="Mails", params=params, actor=None, now=CLOSED_AT, scope=panel.competition.scope)
    db.session.commit()
    page = client.get(f"{address}/results").text
    assert ("The file waits for its turn to be made." in page, "results.json" in page) == (True, False)
    run_due_jobs(CLOSED_AT)
    assert f'href="{address}/results.json"' in client.get(f"{address}/results").text
    with client.get(f"{address}/results.json") as answer:
        data = answer.data
    key = client.get(f"{address}/signing-key.pem").data
    assert [check.holds for check in verify_results(data, public_key=key)] == [True] * 13
    file, pem = tmp_path / "results.json", tmp_path / "key.pem"
    file.write_bytes(data)
    pem.write_bytes(key)
    told = CliRunner().invoke(group, ["verify-results", str(file), "--key", str(pem)])
    assert (told.exit_code, told.output.count("holds: ")) == (0, 13)
    file.write_bytes(data.replace(b'"total":"', b'"total":"1', 1))
    told = CliRunner().invoke(group, ["verify-results", str(file)])
    assert (told.exit_code, told.output.startswith("FAILS: ")) == (1, True)


def test_file_is_not_there_before_the_results_are_public(panel: Panel, client: FlaskClient) -> None:
    panel.competition.results_published_at = None
    db.session.commit()
    assert client.get(f"/competitions/{panel.competition.slug}/results.json").status_code == 404
