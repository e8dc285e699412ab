"""A competition as the owner of designs of its documents."""

from collections.abc import Iterator

from flask import url_for
from flask_babel import gettext as _

from gtn_events.certificates.domain import IssueRequest
from gtn_events.certificates.enums import CertificateKind
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.permissions import Permission
from gtn_events.core.venue_time import day_at_venue
from gtn_events.designs.owners import DesignOwner

from .certificates import honours_due
from .models import Competition

KINDS = (CertificateKind.AWARD, CertificateKind.FINALIST, CertificateKind.JUDGE)
DESIGNERS = {kind.value: Permission.COMPETITION_RESULTS_DECIDE for kind in KINDS}


def competition_with_designs(competition_id: int) -> DesignOwner | None:
    """Return a competition as the pages of designs show it, below its awards."""
    competition = db.session.get(Competition, competition_id)
    if competition is None:
        return None
    return DesignOwner(
        scope=competition.scope,
        title=competition.title,
        time_zone=competition.time_zone,
        back=(_("Awards"), url_for("competition_manage.awards", competition=competition)),
        due=lambda kind: _due(competition, kind),
        frame=lambda: {"competition": competition, "section": "competition-manage", "tab": "awards"},
    )


def _due(competition: Competition, kind: str) -> Iterator[IssueRequest]:
    issued_on = day_at_venue(clock.now(), competition.time_zone).isoformat()
    due = honours_due({"competition_id": competition.id, "issued_on": issued_on})
    return (each for each in due if each.kind == kind)
