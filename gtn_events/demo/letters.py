"""Letters for the next forum: words, some who asked, and what was issued, replaced and revoked."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.designs.enums import Orientation
from gtn_events.designs.keeping import keep_design
from gtn_events.designs.values import Design, DesignPicture, DesignSignatory
from gtn_events.forum.domain.letters import issue_letter, revoke_letter
from gtn_events.forum.domain.passports import PassportData, ask_for_letter
from gtn_events.forum.enums import LetterKind, PassportKind, RegistrationState
from gtn_events.forum.models import Forum, Registration
from gtn_events.forum.notifications_letters import tell_of_letter, tell_of_revoked_letter

from .designs import LOGO_OF, kept_logo, kept_signature

SIGNATORY = ("Dewi Lestari", "Head of the organiser's office")
CHAIR = ("Melati Wiranata", "Chair of the host committee")
# Asked, issued, issued twice, revoked.
ASKED = 4


def write_letters(forum: Forum, organiser: Account, *, now: datetime) -> None:
    """Design them, let four confirmed people ask, and issue to three of them. Flushes."""
    _design_letters(forum, organiser, now=now)
    confirmed = select(Registration).where(
        Registration.forum_id == forum.id, Registration.state == RegistrationState.CONFIRMED
    )
    people = db.session.scalars(confirmed.order_by(Registration.id).limit(ASKED)).all()
    for number, registration in enumerate(people):
        ask_for_letter(registration, _passport(forum, number, registration), actor=registration.account, now=now)
    for registration in (people[0], people[0], *people[2:]):
        letter = issue_letter(registration, LetterKind.VISA, actor=organiser, now=now)
        tell_of_letter(letter, now=now)
    revoke_letter(letter, reason="The passport was exchanged meanwhile.", actor=organiser, now=now)
    tell_of_revoked_letter(letter, now=now)
    tell_of_letter(issue_letter(people[0], LetterKind.INVITATION, actor=organiser, now=now), now=now)


def _design_letters(forum: Forum, organiser: Account, *, now: datetime) -> None:
    """Give visa letters who signs, and invitations a letterhead with a logo and two who sign."""
    office = DesignSignatory(name=SIGNATORY[0], role=SIGNATORY[1])
    chair = DesignSignatory(name=CHAIR[0], role=CHAIR[1], upload_id=kept_signature(forum))
    visa = Design(template="mark", orientation=Orientation.PORTRAIT, signatories=(office,))
    logo = DesignPicture(upload_id=kept_logo(forum), description=LOGO_OF)
    invitation = replace(visa, template="letterhead", signatories=(chair, office), logos=(logo,))
    for kind, design in ((LetterKind.VISA, visa), (LetterKind.INVITATION, invitation)):
        keep_design(forum.scope, kind.designed, design, seen=None, actor=organiser, now=now)


def _passport(forum: Forum, number: int, registration: Registration) -> PassportData:
    economy = registration.economy.short_name if registration.economy else "none"
    return PassportData(
        full_name=f"EXAMPLE {'ABCDEFGH'[number]}",
        number=f"X000000{number}",
        kind=PassportKind.ORDINARY,
        nationality=f"As in the passport ({economy})",
        issued_on=date(2024, 3, 1),
        expires_on=forum.ends_on + timedelta(days=1500),
        born_on=date(1980 + number, 5, 17),
        birth_place="",
        sex="X",
        consulate="Consulate of the host economy",
        entry_on=forum.starts_on - timedelta(days=1),
        exit_on=forum.ends_on + timedelta(days=2),
        pays=registration.organisation_name,
    )
