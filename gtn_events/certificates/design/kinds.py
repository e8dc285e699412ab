"""Certificates as kinds of documents that organisers design."""

from collections.abc import Iterator
from functools import partial

from sqlalchemy import func, select

from gtn_events.core.db import db
from gtn_events.core.permissions import Scope
from gtn_events.designs.kinds import DesignedKind
from gtn_events.designs.owners import DesignOwner
from gtn_events.designs.people import PeopleExamples
from gtn_events.designs.sample_names import SampleName

from ..documents import FAMILY
from ..enums import CertificateKind
from ..facts import ParticipationFacts
from ..models import Certificate
from .fields import field_values, fields_of
from .previews import preview_certificate
from .samples import named_after, sample_facts


def certificate_kinds() -> list[DesignedKind]:
    """Return every kind of certificate as one that can be designed."""
    return [_designed(kind) for kind in CertificateKind]


def issued_by_version(kind: CertificateKind, scope: Scope) -> dict[int | None, int]:
    """Return how many certificates were issued with each version, by its id; None is the standard one."""
    statement = (
        select(Certificate.design_id, func.count().label("certificates"))
        .where(
            Certificate.scope_kind == scope.kind,
            Certificate.scope_id == scope.id,
            Certificate.kind == kind,
        )
        .group_by(Certificate.design_id)
    )
    return {row.design_id: row.certificates for row in db.session.execute(statement)}


def _designed(kind: CertificateKind) -> DesignedKind:
    return DesignedKind(
        key=kind.value,
        label=kind.label,
        family=FAMILY,
        standard=kind.template,
        needed=("heading", "sentence"),
        fields_of=partial(fields_of, kind),
        field_values=lambda facts, language: field_values(facts, kind, language),
        examples=PeopleExamples(partial(_due, kind), lambda facts: facts.holder_name, partial(_named_after, kind)),
        draw=partial(preview_certificate, kind),
        issued_by_version=partial(issued_by_version, kind),
    )


def _due(kind: CertificateKind, owner: DesignOwner) -> Iterator[ParticipationFacts]:
    return (each.facts for each in owner.due(kind.value) if each.kind is kind)


def _named_after(kind: CertificateKind, facts: ParticipationFacts | None, sample: SampleName) -> ParticipationFacts:
    return named_after(facts or sample_facts(kind), sample)
