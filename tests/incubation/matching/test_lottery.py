"""The lottery is bound by its commitment and depends on nothing but seed and keys."""

import hashlib

from gtn_events.incubation.matching import commitment, draw


def test_commitment_is_the_hash_of_the_seed() -> None:
    assert commitment("Bali 2013") == hashlib.sha256(b"Bali 2013").hexdigest()


def test_numbers_follow_the_hashes_of_seed_and_key() -> None:
    keys = ["A-1", "A-2", "A-3"]
    hashes = [hashlib.sha256(f"Bali 2013:{key}".encode()).hexdigest() for key in keys]

    assert draw("Bali 2013", keys) == tuple(sorted(hashes).index(each) for each in hashes)


def test_order_of_applications_does_not_matter() -> None:
    keys = [f"A-{number}" for number in range(50)]
    forward, backward = draw("seed", keys), draw("seed", keys[::-1])

    assert forward == backward[::-1]
    assert sorted(forward) == list(range(50))
