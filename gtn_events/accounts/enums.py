"""The words of accounts that are stored."""

from enum import StrEnum


class Gender(StrEnum):
    """As people declare it themselves; reported only as totals."""

    WOMAN = "woman"
    MAN = "man"
    ANOTHER = "another"
    NOT_SAID = "not-said"

    @property
    def label(self) -> str:
        return {
            "woman": "Woman",
            "man": "Man",
            "another": "Another",
            "not-said": "I prefer not to say",
        }[self.value]


class OrganisationKind(StrEnum):
    """What an organisation is."""

    SME = "sme"
    MINISTRY = "ministry"
    INCUBATOR = "incubator"
    RESEARCH_CENTRE = "research-centre"
    LARGE_BUSINESS = "large-business"
    ASSOCIATION = "association"
    INTERNATIONAL = "international"
    MEDIA = "media"
    OTHER = "other"

    @property
    def label(self) -> str:
        return {
            "sme": "SME",
            "ministry": "Ministry or agency",
            "incubator": "Incubator or science park",
            "research-centre": "University or research centre",
            "large-business": "Large business",
            "association": "Business association",
            "international": "International organisation",
            "media": "Media",
            "other": "Other",
        }[self.value]


class OrganisationSize(StrEnum):
    """Employees, in bands; which band counts as an SME is a rule of each economy."""

    MICRO = "1-9"
    SMALL = "10-49"
    MEDIUM = "50-249"
    LARGE = "250+"

    @property
    def label(self) -> str:
        return {
            "1-9": "1 to 9 employees",
            "10-49": "10 to 49 employees",
            "50-249": "50 to 249 employees",
            "250+": "250 employees or more",
        }[self.value]


class Role(StrEnum):
    """What an account may be; each but ADMINISTRATOR holds for one scope."""

    ADMINISTRATOR = "administrator"
    ORGANISER = "organiser"
    HELPER = "helper"
    ECONOMY_COORDINATOR = "economy-coordinator"
    REGIONAL_COORDINATOR = "regional-coordinator"
    CHECK_IN_STAFF = "check-in-staff"
    TRAVEL_OFFICER = "travel-officer"
    JUDGE = "judge"
    INTEGRITY_OFFICER = "integrity-officer"
    HOST_MANAGER = "host-manager"
    SIDE_EVENT_HOST = "side-event-host"

    @property
    def label(self) -> str:
        return {
            "administrator": "Administrator",
            "organiser": "Organiser",
            "helper": "Organiser's helper",
            "economy-coordinator": "Economy coordinator",
            "regional-coordinator": "Regional coordinator",
            "check-in-staff": "Check-in staff",
            "travel-officer": "Travel officer",
            "judge": "Judge",
            "integrity-officer": "Integrity officer",
            "host-manager": "Host manager",
            "side-event-host": "Host of a side event",
        }[self.value]
