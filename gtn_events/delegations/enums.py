"""The words of delegations that are stored or sent."""

from enum import StrEnum

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l


class Answer(StrEnum):
    """What an economy says to one of its people who asked to come."""

    APPROVE = "approve"
    REJECT = "reject"


class NominationState(StrEnum):
    """Where a nomination stands; see delegations.domain.nomination_transitions for the one table."""

    DRAFT = "draft"
    NOMINATED = "nominated"
    INVITED = "invited"
    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"

    @property
    def label(self) -> str:
        return {
            "draft": "Draft",
            "nominated": "Nominated",
            "invited": "Invited",
            "completed": "Registered",
            "withdrawn": "Withdrawn",
            "expired": "Link too old",
        }[self.value]

    @property
    def is_open(self) -> bool:
        """True while the person can still be asked to register: no other nomination of the address then."""
        return self in OPEN_NOMINATIONS


class OfficerKind(StrEnum):
    """What somebody is reached for; HOST is of the host, who looks after one economy."""

    ACCREDITATION = "accreditation"
    LIAISON = "liaison"
    MEDIA = "media"
    HOST = "host"

    @property
    def label(self) -> LazyString:
        return {
            "accreditation": _l("Accreditation officer"),
            "liaison": _l("Liaison officer"),
            "media": _l("Media liaison officer"),
            "host": _l("Liaison officer of the host"),
        }[self.value]

    @property
    def duty(self) -> LazyString:
        """What the officer does, in a sentence."""
        return {
            "accreditation": _l("Answers for who is registered for the economy."),
            "liaison": _l("Collects the badges of the delegation and signs for them."),
            "media": _l("Looks after the journalists who come with the delegation."),
            "host": _l("Looks after the economy for the host: arrival, rooms, what to ask."),
        }[self.value]


OPEN_NOMINATIONS = frozenset(
    {NominationState.DRAFT, NominationState.NOMINATED, NominationState.INVITED, NominationState.EXPIRED}
)
