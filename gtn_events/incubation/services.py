"""What hosts give and firms ask for: one catalogue, so that the two can be compared."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l


@dataclass(frozen=True)
class Service:
    """One line of the catalogue, with the unit in which it is counted during a placement."""

    code: str
    label: LazyString
    unit: LazyString


SERVICES: Mapping[str, Service] = {
    service.code: service
    for service in (
        Service("desk", _l("Desk"), _l("months")),
        Service("office", _l("Office"), _l("m² for a month")),
        Service("meeting-room", _l("Meeting room"), _l("hours")),
        Service("laboratory", _l("Laboratory or prototype workshop"), _l("hours")),
        Service("mentoring", _l("Mentoring"), _l("hours")),
        Service("market-study", _l("Market study"), _l("reports")),
        Service("company-set-up", _l("Setting up a firm"), _l("cases")),
        Service("visa-letter", _l("Visa letter"), _l("cases")),
        Service("accounting", _l("Accounting"), _l("hours")),
        Service("certification", _l("Guidance on certification"), _l("cases")),
        Service("intellectual-property", _l("Advice on intellectual property"), _l("hours")),
        Service("business-matching", _l("Business matching"), _l("meetings")),
        Service("investor-pitch", _l("Pitch to investors"), _l("events")),
        Service("test-bed", _l("Test bed or pilot site"), _l("cases")),
        Service("training", _l("Training"), _l("days")),
        Service("translation", _l("Translation"), _l("pages")),
        Service("accommodation", _l("Help with accommodation"), _l("cases")),
        Service("publicity", _l("Publicity"), _l("items")),
    )
}
