"""Officers of some delegations to the next forum, and who looks after them for the host."""

from datetime import datetime, timedelta

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.economies import Economy
from gtn_events.delegations.domain.officers import OfficerDetails, name_officer
from gtn_events.delegations.enums import OfficerKind
from gtn_events.delegations.models import Delegation
from gtn_events.forum.models import Forum

NAMED = (
    ("THA", OfficerKind.ACCREDITATION, "Anchalee Example", "Head of section"),
    ("THA", OfficerKind.LIAISON, "Prasert Example", "Second secretary"),
    ("THA", OfficerKind.HOST, "Sri Example", "Protocol officer"),
    ("PE", OfficerKind.LIAISON, "Elena Example", "Attachée"),
    ("PE", OfficerKind.MEDIA, "Jorge Example", "Press officer"),
    ("MAS", OfficerKind.HOST, "Sri Example", "Protocol officer"),
)


def name_officers(forum: Forum, organiser: Account, *, now: datetime) -> None:
    """Name officers of three economies; the others have none yet. Flushes."""
    for code, kind, name, post in NAMED:
        delegation = Delegation(forum, db.session.get_one(Economy, code))
        details = OfficerDetails(
            name=name,
            post=post,
            email=f"{name.partition(' ')[0].lower()}@delegation.example",
            phone="+62 21 0000 000" if kind is OfficerKind.HOST else "",
            starts_on=forum.starts_on - timedelta(days=1),
            ends_on=forum.ends_on + timedelta(days=1),
        )
        name_officer(delegation, kind, details, actor=organiser, now=now)
