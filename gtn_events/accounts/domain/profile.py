"""Changing a profile."""

from dataclasses import dataclass
from datetime import datetime

from gtn_events.core import journal
from gtn_events.core.db import db
from gtn_events.core.economies import DelegationClass

from ..enums import Gender
from ..models import Account
from .names import guess_language


@dataclass(frozen=True, kw_only=True)
class Profile:
    """What a person says of themselves; ``own_script_language`` empty means: find it from the script."""

    honorific: str
    given_name: str
    family_name: str
    own_script_name: str
    own_script_language: str
    gender: Gender
    delegation_class: DelegationClass
    economy_code: str | None
    position: str
    phone: str
    time_zone: str
    language: str


def edit_profile(account: Account, profile: Profile, *, now: datetime) -> bool:
    """Change a person's own profile.

    The journal says which fields changed and not their values: they are personal, and an
    erasure must not leave them there.

    Returns:
        False when nothing was different.

    Flushes; the caller commits.
    """
    values = dict(vars(profile))
    if not profile.own_script_name:
        values["own_script_language"] = ""
    elif not profile.own_script_language:
        values["own_script_language"] = guess_language(profile.own_script_name, economy_code=profile.economy_code)
    changed = sorted(name for name, value in values.items() if getattr(account, name) != value)
    for name in changed:
        setattr(account, name, values[name])
    db.session.flush()
    if changed:
        journal.record("profile edited", account, actor=account, now=now, changes=dict.fromkeys(changed, ("…", "…")))
    return bool(changed)
