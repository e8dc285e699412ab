"""What a letter says, word for word: the organiser's texts or the template's own, filled in and fixed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from markupsafe import Markup, escape

from gtn_events.core.economies import Economy
from gtn_events.core.field_texts import fill
from gtn_events.designs.days import day_of, days_of
from gtn_events.designs.templates import DesignTemplate, templates
from gtn_events.designs.values import Design

from ..enums import LetterKind
from ..models import Registration
from ..words import days_in_words
from .passports import PassportData

FAMILY = "letters"  # the folder of their templates
STANDARD = "mark"
FIELDS = ("name", "position", "organisation", "economy", "role", "forum", "dates", "venue", "city")
VISA_FIELDS = (*FIELDS, "entry", "exit", "consulate")
_FOR_ALL = {"network", "heading"}
_DAYS = ("born_on", "issued_on", "expires_on", "entry_on", "exit_on")


@dataclass(frozen=True, kw_only=True)
class LetterContent:
    """Whom a letter is about and what they come to, before it is put in words; ``passport`` is a visa letter's."""

    name: str
    own_script_name: str = ""
    own_script_language: str = ""
    position: str
    organisation: str
    economy: str
    economy_in_sentence: str
    role: str
    funding: str
    forum_title: str
    first_day: date
    last_day: date
    venue: str
    city: str
    host_economy: str
    contact_name: str = ""
    contact_email: str = ""
    issued_on: date
    passport: PassportData | None = None


@dataclass(frozen=True, kw_only=True)
class LetterFacts:
    """Everything a letter shows, fixed when it is issued. ``passport`` is empty on an invitation.

    ``design`` holds the template, the language, the texts beside ``text`` filled in, who signs, and the numbers of the
    pictures; it is empty in letters that are older than designs.
    """

    kind: str
    reference: str
    issued_on: str
    addressee: str
    text: str
    forum_title: str
    dates: str
    place: str
    name: str
    own_script_name: str
    own_script_language: str
    position: str
    organisation: str
    represents: str
    role: str
    funding: str
    contact_name: str
    contact_email: str
    signatory_name: str
    signatory_post: str
    passport: dict[str, str] = field(default_factory=dict)
    design: dict[str, Any] = field(default_factory=dict)

    @property
    def shown_design(self) -> Design:
        """How it looks; letters that are older than designs have the standard look and the signatory they name."""
        return Design.from_dict(self.design) if self.design else Design(template=STANDARD, texts=_OLD[self.kind])


# What stood in every letter while there were no designs.
_ABOVE = "APEC SMEs\nGreen Technology Network"
_OLD = {
    "invitation": {"network": _ABOVE, "heading": "Invitation", "closing": ""},
    "visa": {"network": _ABOVE, "heading": "Letter in support of a visa application", "closing": ""},
}


def content_of(registration: Registration, passport: PassportData | None, *, issued_on: date) -> LetterContent:
    """Return what a letter says of a delegate."""
    forum, economy = registration.forum, registration.economy
    return LetterContent(
        name=registration.delegate_name,
        own_script_name=registration.own_script_name,
        own_script_language=registration.own_script_language,
        position=registration.position,
        organisation=registration.organisation_name,
        economy=registration.representation,
        economy_in_sentence=_in_sentence(economy) or registration.delegation_class.label,
        role=registration.category.label,
        funding=registration.funding.value,
        forum_title=forum.title,
        first_day=forum.starts_on,
        last_day=forum.ends_on,
        venue=forum.venue,
        city=forum.city,
        host_economy=forum.host_economy.short_name,
        contact_name=forum.contact_name,
        contact_email=forum.contact_email,
        issued_on=issued_on,
        passport=passport,
    )


def worded(content: LetterContent, kind: LetterKind, design: Design, *, reference: str) -> LetterFacts:
    """Return what a letter of a design shows, every text filled in."""
    language, passport = design.language, content.passport
    template = templates(FAMILY)[design.template]
    values = _values(content, language)
    texts = {each.key: _filled(each.key, kind, design, template, values) for each in template.texts}
    shown = design.as_dict() | {"texts": {key: text for key, text in texts.items() if key != "text"}}
    return LetterFacts(
        kind=kind.value,
        reference=reference,
        issued_on=day_of(content.issued_on, language),
        addressee=passport.consulate if passport else content.name,
        text=texts["text"],
        forum_title=content.forum_title,
        dates=values["dates"],
        place=f"{content.venue}, {content.city}, {content.host_economy}",
        name=content.name,
        own_script_name=content.own_script_name,
        own_script_language=content.own_script_language,
        position=content.position,
        organisation=content.organisation,
        represents=content.economy,
        role=content.role,
        funding=content.funding,
        contact_name=content.contact_name,
        contact_email=content.contact_email,
        signatory_name="",
        signatory_post="",
        passport=_shown(passport, design) if passport else {},
        design=shown,
    )


def letter_words(design: Design) -> tuple[str, Callable[..., str]]:
    """Return the language of the words that no organiser sets, and what returns one of them."""
    template = templates(FAMILY)[design.template]
    language = design.language if design.language in template.languages else "en"
    return language, lambda key, **values: fill(template.own_words(key, "any", language), values)


def fields_of(kind: LetterKind, key: str) -> tuple[str, ...]:
    """Return the names that a text may have in braces; what stands on top is the same for everybody."""
    if key in _FOR_ALL:
        return ("forum",)
    return VISA_FIELDS if kind is LetterKind.VISA else FIELDS


def field_values(content: LetterContent, language: str) -> dict[str, Markup]:
    """Return what stands for each field."""
    return {name: escape(value) for name, value in _values(content, language).items()}


def _filled(key: str, kind: LetterKind, design: Design, template: DesignTemplate, values: dict[str, str]) -> str:
    text = design.texts.get(key)
    if text is None:
        text = template.own_words(key, kind.designed, design.language)
    return fill(text, values, optional_parts=True).strip()


def _values(content: LetterContent, language: str) -> dict[str, str]:
    english, passport = language == "en", content.passport
    days = days_in_words(content.first_day, content.last_day) if english else ""
    values = {
        "name": content.name,
        "position": content.position,
        "organisation": content.organisation,
        "economy": content.economy_in_sentence if english else content.economy.removeprefix("The "),
        "role": content.role,
        "forum": content.forum_title,
        "dates": days or days_of(content.first_day, content.last_day, language),
        "venue": content.venue,
        "city": content.city,
    }
    if passport:
        values |= {
            "entry": day_of(passport.entry_on, language),
            "exit": day_of(passport.exit_on, language),
            "consulate": passport.consulate,
        }
    return values


def _shown(passport: PassportData, design: Design) -> dict[str, str]:
    _language, word = letter_words(design)
    texts: dict[str, Any] = passport.as_json()  # Any: texts of every field
    days = {name: day_of(getattr(passport, name), design.language) for name in _DAYS}
    return texts | days | {"kind": word(f"passport_{passport.kind.value}")}


def _in_sentence(economy: Economy | None) -> str:
    return economy.in_sentence if economy else ""
