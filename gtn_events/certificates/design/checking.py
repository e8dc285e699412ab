"""Whether a design can be printed, told at the field that has to be changed."""

from sqlalchemy import select

from gtn_events.core.db import db
from gtn_events.core.permissions import Scope
from gtn_events.core.uploads import Upload

from ..enums import CertificateKind
from ..errors import DesignRefused
from .templates import CertificateTemplate, templates_for
from .values import Design


def check_design(design: Design, scope: Scope, kind: CertificateKind) -> None:
    """Raise ``DesignRefused`` at the first part that cannot be printed.

    Args:
        scope: the forum, competition or call; only pictures that were sent for it may be used.
    """
    template = next((each for each in templates_for(kind) if each.name == design.template), None)
    if template is None:
        raise DesignRefused("There is no such template for these certificates. Choose another one.", field="template")
    if design.orientation not in template.orientations:
        raise DesignRefused("This template is not made for that side up. Choose the other one.", field="orientation")
    _check_texts(design, template)
    _check_pictures(design, template, scope)


def picture_purpose(scope: Scope) -> str:
    """Return what a picture is stored for that designs of a forum, competition or call may use."""
    return f"certificates of {scope.kind} {scope.id}"


def _check_texts(design: Design, template: CertificateTemplate) -> None:
    longest = {each.key: each.longest for each in template.texts}
    for key, text in design.texts.items():
        if key not in longest:
            raise DesignRefused("This template has no such text.", field=key)
        if len(text) > longest[key]:
            raise DesignRefused(f"This text has {len(text)} letters; at most {longest[key]} fit the page.", field=key)


def _check_pictures(design: Design, template: CertificateTemplate, scope: Scope) -> None:
    if len(design.logos) > template.logos:
        raise DesignRefused(f"This template has room for {template.logos} logos.", field="logos")
    if len(design.signatories) > template.signatures:
        raise DesignRefused(f"This template has room for {template.signatures} signatures.", field="signatories")
    used = {f"logo-{number}": each.upload_id for number, each in enumerate(design.logos, 1)}
    signed = enumerate(design.signatories, 1)
    used |= {f"signatory-{number}": each.upload_id for number, each in signed if each.upload_id is not None}
    statement = select(Upload.id).where(
        Upload.id.in_(used.values()), Upload.purpose == picture_purpose(scope), Upload.deleted_at.is_(None)
    )
    kept = set(db.session.scalars(statement))
    for field, upload_id in used.items():
        if upload_id not in kept:
            raise DesignRefused("This picture is not there any more. Choose it again.", field=field)
