"""How well an application fits the places of a host: what both have said, added up to 100.

The parts are published with the call: field 40, services asked for 30, a common language 15, the
stay 10, technology readiness 5.
"""

from collections.abc import Mapping
from types import MappingProxyType

from .models import Application, Intake

PARTS: Mapping[str, int] = MappingProxyType({"field": 40, "services": 30, "language": 15, "stay": 10, "readiness": 5})


def fit_of(application: Application, intake: Intake) -> int:
    """Return 0 to 100."""
    return round(sum(PARTS[part] * share for part, share in parts_of(application, intake).items()))


def parts_of(application: Application, intake: Intake) -> dict[str, float]:
    """Return for each part how far it fits, 0 to 1."""
    host = intake.host
    given = {each["code"] for each in host.services}
    asked = set(application.needs)
    days = (intake.stay_until - max(intake.stay_from, application.preferred_from)).days
    return {
        "field": 1.0 if not intake.only_sectors or application.sector in intake.only_sectors else 0.0,
        "services": len(asked & given) / len(asked) if asked else 1.0,
        "language": 1.0 if set(application.languages) & set(host.languages) else 0.0,
        "stay": min(max(days, 0) / (7 * application.weeks), 1.0),
        "readiness": 1.0 if host.trl_from <= application.trl <= host.trl_until else 0.0,
    }
