"""The lottery that breaks ties: anyone can draw it again once its seed is told."""

import hashlib
from collections.abc import Sequence


def commitment(seed: str) -> str:
    """Return what is published beforehand: the SHA-256 of the seed, in hexadecimal."""
    return hashlib.sha256(seed.encode()).hexdigest()


def draw(seed: str, keys: Sequence[str]) -> tuple[int, ...]:
    """Return each key's lottery number, 0 is best: the order of the SHA-256 of ``seed:key``.

    It depends on nothing but seed and keys, not on the order in which these are given.
    """
    digests = [hashlib.sha256(f"{seed}:{key}".encode()).digest() for key in keys]
    numbers = [0] * len(keys)
    for number, place in enumerate(sorted(range(len(keys)), key=lambda place: (digests[place], keys[place]))):
        numbers[place] = number
    return tuple(numbers)
