"""What a stranger can compute anew: the published file carries the rule, the votes, and both parts of every total."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from gtn_events.competition.domain.chain import canonical
from gtn_events.competition.domain.decisions import decide_round
from gtn_events.competition.domain.publication import publish_results
from gtn_events.competition.domain.results_file import results_file
from gtn_events.competition.domain.roots import record_call_root, record_seats_root
from gtn_events.competition.domain.verification import verify_results
from gtn_events.competition.domain.voting import cast_ballot
from gtn_events.competition.enums import LiveAct, Method
from gtn_events.core.badges import Badge
from gtn_events.core.db import db
from tests.competition.live.finals import DAY, SECRET, hall, make_voted_final
from tests.competition.panels import OPENED_AT
from tests.competition.results_rounds import CLOSED_AT, compute

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
Change = Callable[[dict[str, Any]], object]  # Any: what a file holds


@pytest.fixture
def published(database: None) -> bytes:
    """The file of a final in which five badges voted and the audience has 30 per cent."""
    with hall():
        final = make_voted_final(weight=30, votes_per_badge=2)
    final.panel.round.method = Method.BORDA
    record_call_root(final.panel.competition, now=OPENED_AT)
    record_seats_root(final.panel.round, [seat.id for seat in final.panel.seats.values()], now=OPENED_AT)
    db.session.commit()
    final.score_all()
    final.pitch_all()
    final.act(LiveAct.OPEN_VOTE)
    for number in range(5):
        entries = [final.entry(1), final.entry(2)][: 1 + number % 2]
        cast_ballot(final.live, Badge("test", number), entries, secret_key=SECRET)
    final.act(LiveAct.CLOSE_VOTE, LiveAct.FREEZE)
    compute(final.panel)
    decide_round(final.panel.round, seen=1, actor=final.organiser, now=CLOSED_AT)
    publish_results(final.panel.competition, embargo_until=None, actor=final.organiser, now=CLOSED_AT)
    db.session.commit()
    return results_file(final.panel.competition, KEY)


def resigned(data: bytes, change: Change) -> bytes:
    whole = json.loads(data)
    change(whole["results"]["rounds"][0]["ranking"])
    whole["signature"]["value"] = KEY.sign(canonical(whole["results"])).hex()
    return canonical(whole)


def test_stranger_computes_the_combined_result_from_the_published_votes(published: bytes) -> None:
    assert [check.text for check in verify_results(published) if not check.holds] == []
    audience = json.loads(published)["results"]["rounds"][0]["ranking"]["audience"]
    assert (audience["weight"], audience["points"]) == (30, "share")
    assert sorted(audience["votes"].values()) == [0, 2, 5]
    assert set(audience["parts"]) == set(audience["votes"])


def test_published_file_tells_no_ballot(published: bytes) -> None:
    assert b"voter" not in published
    assert b"ballot" not in published
    assert DAY.isoformat().encode() in published  # when scorecards came in is part of their chain


@pytest.mark.parametrize(
    "change",
    [
        lambda ranking: ranking["audience"]["votes"].update(dict.fromkeys(ranking["audience"]["votes"], 3)),
        lambda ranking: ranking["audience"].update(weight=10),
        lambda ranking: ranking["audience"].update(points="ranks"),
        lambda ranking: next(iter(ranking["audience"]["parts"].values())).update(audience="99.00"),
        lambda ranking: ranking.pop("audience"),
    ],
)
def test_who_holds_the_key_cannot_change_votes_or_weight_either(published: bytes, change: Change) -> None:
    failed = [check.text for check in verify_results(resigned(published, change)) if not check.holds]
    assert len(failed) == 1
    assert "computed anew" in failed[0]
