"""Names as parts of addresses."""

from collections.abc import Collection

from gtn_events.core.text import fold


def slug_of(name: str) -> str:
    """Return a name as part of an address: small letters without accents, digits, hyphens; empty for other scripts."""
    plain = "".join(char if char.isascii() and char.isalnum() else " " for char in fold(name))
    return "-".join(plain.split())[:100]


def free_slug(wanted: str, taken: Collection[str]) -> str:
    """Return ``wanted``, or with the first number that makes it free."""
    slug, number = wanted, 1
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    return slug
