"""Drawing lots that an outsider can repeat: a seed, promised by its hash before anybody knows the result."""

import hashlib
import hmac


def commitment(seed: str) -> str:
    """Return the SHA-256 of the seed in hex: what is published before the round opens.

    The seed needs at least 128 bits of chance (``secrets.token_hex(32)``), or it could be found from its hash.
    """
    return hashlib.sha256(seed.encode()).hexdigest()


def keeps_promise(seed: str, published: str) -> bool:
    """Say whether a seed is the one that was promised."""
    return hmac.compare_digest(commitment(seed), published.strip().lower())


def lot(seed: str, key: str) -> str:
    """Return the lot of one entry, in hex; the lowest wins.

    SHA-256 of seed, line break and key: it depends on nothing else, neither on who else draws nor on any order.
    """
    return hashlib.sha256(f"{seed}\n{key}".encode()).hexdigest()
