"""The number of a ticket or an entry: random, short enough to read out, never countable."""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LOOK_ALIKES = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})


def new_reference(prefix: str) -> str:
    """Return ``PREFIX-XXXX-XXXX``: 40 random bits in Crockford's base 32 (no I, L, O, U)."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"{prefix}-{letters[:4]}-{letters[4:]}"


def read_reference(typed: str, *, prefix: str) -> str:
    """Return the reference somebody meant: any case, spaces or no dashes, O for 0, with or without the prefix.

    Text that cannot be a reference comes back upper-cased and matches nothing.
    """
    text = "".join(typed.upper().split()).replace("-", "")
    bare = text.removeprefix(prefix.upper().replace("-", ""))
    letters = bare.translate(LOOK_ALIKES)
    if len(letters) != 8:
        return typed.strip().upper()
    return f"{prefix}-{letters[:4]}-{letters[4:]}"
