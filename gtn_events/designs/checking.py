"""Whether a design can be printed, told at the field that has to be changed."""

from unicodedata import east_asian_width

from sqlalchemy import select

from gtn_events.accounts.domain.names import NAME_LANGUAGES
from gtn_events.core.db import db
from gtn_events.core.field_texts import fault_of, stays
from gtn_events.core.pdf import MissingGlyphs, needed_families
from gtn_events.core.permissions import Scope
from gtn_events.core.text import as_read
from gtn_events.core.uploads import Upload

from .errors import DesignRefused
from .kinds import DesignedKind, designed_kind
from .templates import DesignTemplate, templates_for
from .values import Design

LONGEST_NAME, LONGEST_ROLE, LONGEST_DESCRIPTION = 60, 80, 120


def check_design(design: Design, scope: Scope, kind: str) -> None:
    """Raise ``DesignRefused`` at the first part that cannot be printed.

    Args:
        scope: the forum, competition or call; only pictures that were sent for it may be used.
    """
    template = next((each for each in templates_for(kind) if each.name == design.template), None)
    if template is None:
        raise DesignRefused("There is no such template for these documents. Choose another one.", field="template")
    if design.orientation not in template.orientations:
        raise DesignRefused("This template is not made for that side up. Choose the other one.", field="orientation")
    if design.language not in NAME_LANGUAGES:
        raise DesignRefused("There is no such language. Choose another one.", field="language")
    _check_texts(design, template, designed_kind(kind))
    _check_signatories(design, template)
    _check_pictures(design, template, scope)
    _check_letters(design)
    designed_kind(kind).check(design)


def picture_purpose(scope: Scope) -> str:
    """Return what a picture is stored for that designs of a forum, competition or call may use."""
    return f"designs of {scope.kind} {scope.id}"


def _check_texts(design: Design, template: DesignTemplate, kind: DesignedKind) -> None:
    longest = {each.key: each.longest for each in template.texts}
    for key, text in design.texts.items():
        if key not in longest:
            raise DesignRefused("This template has no such text.", field=key)
        if (letters := _letters(text)) > longest[key]:
            words = f"This text has {letters} letters; at most {longest[key]} fit the page."
            raise DesignRefused(f"{words} Han, kana and Hangul count twice.", field=key)
        if fault := fault_of(text, kind.fields_of(key), optional_parts=True):
            raise DesignRefused(fault, field=key)
    for key in kind.needed:
        text = design.texts.get(key, template.own_words(key, kind.key, design.language))
        if not as_read(stays(text, kind.fields_of(key))):
            words = "The document cannot do without this text; a part in square brackets may be left out."
            raise DesignRefused(words, field=key)
        if design.language not in template.languages and key not in design.texts:
            language = NAME_LANGUAGES[design.language]
            raise DesignRefused(f"There are no words of ours in this language ({language}): write your own.", field=key)


def _letters(text: str) -> int:
    return sum(2 if east_asian_width(each) in "WF" else 1 for each in text)


def _check_signatories(design: Design, template: DesignTemplate) -> None:
    if len(design.signatories) > template.signatures:
        raise DesignRefused(f"This template has room for {template.signatures} signatures.", field="signatories")
    for number, each in enumerate(design.signatories, 1):
        field = f"signatory-{number}"
        if not each.name.strip():
            raise DesignRefused("Say who signs: a line for a signature needs a name.", field=field)
        if _letters(each.name) > LONGEST_NAME or _letters(each.role) > LONGEST_ROLE:
            words = (
                f"A name has at most {LONGEST_NAME} letters here, a post {LONGEST_ROLE}: more does not fit the line."
            )
            raise DesignRefused(words, field=field)


def _check_letters(design: Design) -> None:
    """Name the letters that no font has, at the text they stand in."""
    written = dict(design.texts)
    written |= {f"signatory-{number}": f"{each.name} {each.role}" for number, each in enumerate(design.signatories, 1)}
    for field, text in written.items():
        try:
            needed_families([text], design.language)
        except MissingGlyphs as error:
            raise DesignRefused(error.message, field=field) from error


def _check_pictures(design: Design, template: DesignTemplate, scope: Scope) -> None:
    if len(design.logos) > template.logos:
        raise DesignRefused(f"This template has room for {template.logos} logos.", field="logos")
    for number, each in enumerate(design.logos, 1):
        if not each.description.strip() or len(each.description) > LONGEST_DESCRIPTION:
            words = (
                f"Say in at most {LONGEST_DESCRIPTION} letters whose logo it is: it is read out to who does not see it."
            )
            raise DesignRefused(words, field=f"logo-{number}")
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
