"""The pages of accounts."""

from . import (
    data,
    home,
    invitations,
    inviting,
    organisation,
    people,
    profile,
    reset,
    sessions,
    sign_in,
    sign_up,
)
from .blueprint import blueprint

__all__ = [
    "blueprint",
    "data",
    "home",
    "invitations",
    "inviting",
    "organisation",
    "people",
    "profile",
    "reset",
    "sessions",
    "sign_in",
    "sign_up",
]
