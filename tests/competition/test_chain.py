"""The chain of scorecards: what it hashes, that any change of it is found, and where."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from gtn_events.competition.domain.chain import Link, canonical, content_of, hash_of, link_of, verify_chain
from gtn_events.competition.domain.given import Given
from gtn_events.competition.domain.scorecards import change_after_submission
from gtn_events.competition.models import Round, Scorecard
from gtn_events.core.db import db
from gtn_events.core.integrity import differences
from tests.competition.panels import IN_TIME, make_panel, submit


def chain_of(count: int) -> list[Link]:
    """A chain of that many versions."""
    links: list[Link] = []
    for position in range(1, count + 1):
        content = {"position": position, "scores": {"impact": position % 5, "márket": 3}, "total": "72.0000"}
        before = links[-1].sha256 if links else ""
        links.append(Link(position, content, before, hash_of(content, before)))
    return links


def broken_at(links: list[Link], *, head: str, length: int) -> int | None:
    found = verify_chain(links, head=head, length=length)
    return found.position if found else None


def test_canonical_json_has_one_form() -> None:
    assert canonical({"b": [1, "é"], "a": {"z": None, "y": True}}) == '{"a":{"y":true,"z":null},"b":[1,"é"]}'.encode()


@pytest.mark.parametrize("value", [1.0, {"a": 0.5}, [{"a": [float("nan")]}]])
def test_canonical_json_refuses_floats(value: Any) -> None:
    with pytest.raises(TypeError, match="no canonical form"):
        canonical(value)


@given(st.integers(0, 12))
def test_whole_chain_holds(count: int) -> None:
    links = chain_of(count)
    assert broken_at(links, head=links[-1].sha256 if links else "", length=count) is None


@settings(max_examples=300)
@given(st.data())
def test_one_changed_byte_is_found_where_it_is(data: st.DataObject) -> None:
    links = chain_of(6)
    head = links[-1].sha256
    at = data.draw(st.integers(0, 5))
    stored = bytearray(canonical(links[at].content))
    byte = data.draw(st.integers(0, len(stored) - 1))
    stored[byte] ^= data.draw(st.integers(1, 255))
    try:
        content = json.loads(stored.decode())
    except ValueError:
        return
    if not isinstance(content, dict) or content == links[at].content:
        return
    if canonical(content) == canonical(links[at].content):
        return
    links[at] = replace(links[at], content=content)
    assert broken_at(links, head=head, length=6) == at + 1


@given(st.integers(0, 5), st.sampled_from(["previous_sha256", "sha256"]), st.integers(0, 63))
def test_one_changed_digit_of_a_hash_is_found(at: int, name: str, digit: int) -> None:
    links = chain_of(6)
    head = links[-1].sha256
    old = getattr(links[at], name) or "0" * 64
    new = old[:digit] + ("0" if old[digit] != "0" else "1") + old[digit + 1 :]
    links[at] = replace(links[at], **{name: new})
    assert broken_at(links, head=head, length=6) == at + 1


@pytest.mark.parametrize(
    ("spoil", "place"),
    [
        (lambda links: links[:-1], 5),
        (lambda links: links[1:], 1),
        (lambda links: [*links[:2], *links[3:]], 3),
        (lambda links: [links[1], links[0], *links[2:]], 1),
        (lambda links: [*links, *chain_of(7)[6:]], 7),
    ],
    ids=["last-gone", "first-gone", "one-gone", "swapped", "one-more"],
)
def test_missing_moved_and_added_versions_are_found(spoil: Callable[[list[Link]], list[Link]], place: int) -> None:
    links = chain_of(6)
    assert broken_at(spoil(links), head=links[-1].sha256, length=6) == place


def test_chain_that_was_rewritten_whole_does_not_end_in_the_head() -> None:
    assert broken_at(chain_of(5), head=chain_of(6)[-1].sha256, length=5) == 5


def test_scorecards_of_a_round_make_one_chain(database: None) -> None:
    panel = make_panel(judges=2, entries=2)
    for judge in range(2):
        for entry in range(2):
            submit(panel.seat(judge, entry))
    change_after_submission(
        panel.seat(),
        Given({"impact": 5, "market": 5}),
        reason="I misread it",
        seen=1,
        actor=panel.account(),
        now=IN_TIME + timedelta(hours=1),
    )
    db.session.commit()
    db.session.expire_all()
    links = [link_of(each) for each in db.session.scalars(select(Scorecard).order_by(Scorecard.position))]
    assert [link.position for link in links] == [1, 2, 3, 4, 5]
    assert verify_chain(links, head=panel.round.chain_head, length=5) is None
    assert list(differences()) == []


def test_what_is_hashed_does_not_tell_the_texts(database: None) -> None:
    panel = make_panel()
    scorecard = submit(panel.seat(), Given({"impact": 4, "market": 3}, {"impact": "Loud"}, private="Weak"))
    told = canonical(content_of(scorecard)).decode()
    assert ("Loud" in told, "Weak" in told, '"total":"72.0000"' in told) == (False, False, True)


@pytest.mark.parametrize(
    "change",
    [
        {"scores": {"impact": 5, "market": 3}},
        {"comments": {"impact": "Other words"}},
        {"total": Decimal("72.0001")},
        {"private": "Other words"},
        {"submitted_at": IN_TIME + timedelta(microseconds=1)},
        {"previous_sha256": "0" * 64},
    ],
    ids=lambda change: next(iter(change)),
)
def test_check_names_the_changed_scorecard(database: None, change: dict[str, Any]) -> None:
    panel = make_panel(judges=3)
    for judge in range(3):
        submit(panel.seat(judge))
    db.session.execute(update(Scorecard).where(Scorecard.position == 2).values(**change))
    db.session.commit()
    db.session.expire_all()
    (found,) = differences()
    assert found[0] == "scorecards"
    assert found[1].startswith("Chain of sme-competition-2013, round 1, scorecard 2: ")


def test_check_finds_a_head_that_was_moved(database: None) -> None:
    panel = make_panel()
    submit(panel.seat())
    db.session.execute(update(Round).values(chain_head="0" * 64))
    db.session.commit()
    db.session.expire_all()
    assert [name for name, _ in differences()] == ["scorecards"]
