"""What stands on a list of participants, word for word: the organiser's texts or the template's own, filled in."""

from collections.abc import Mapping
from dataclasses import dataclass

from babel.numbers import format_decimal
from markupsafe import Markup, escape

from gtn_events.core.field_texts import fill
from gtn_events.core.text import clock_time
from gtn_events.designs.days import day_of, days_of
from gtn_events.designs.templates import DesignTemplate, templates
from gtn_events.designs.values import Design

from .listed import ListedGroup, ListFacts
from .words import days_in_words

FAMILY = "lists"
PARTICIPANTS_LIST = "participants-list"
STANDARD = "list"
FIELDS = ("forum", "place", "city", "host_economy", "dates", "people", "economies", "as_of")


@dataclass(frozen=True)
class ListWording:
    """The words of a list in a design.

    Words that stand for themselves, as heads of columns, are in ``own_language``: English where there are none in the
    document's own.
    """

    design: Design
    facts: ListFacts

    @property
    def template(self) -> DesignTemplate:
        """The template of the design."""
        return templates(FAMILY)[self.design.template]

    @property
    def own_language(self) -> str:
        """The language of the words that no organiser sets."""
        return self.design.language if self.design.language in self.template.languages else "en"

    def language_of(self, key: str) -> str:
        """Return the language of a text: the document's own, where the organiser wrote it."""
        return self.design.language if key in self.design.texts else self.own_language

    def text(self, key: str) -> Markup:
        """Return a text filled in, a new line where the organiser made one."""
        text, language = self.design.texts.get(key), self.language_of(key)
        if text is None:
            text = self.template.own_words(key, PARTICIPANTS_LIST, language)
        values = list_values(self.facts, language)
        shown = fill(text, values, optional_parts=True, literal=escape)
        return Markup("<br>").join(Markup(line.strip()) for line in shown.splitlines() if line.strip())  # noqa: S704  # each was escaped

    def word(self, key: str, **values: str) -> str:
        """Return words of the template's own."""
        return _word(self.own_language, key, **values)

    def value(self, name: str) -> Markup:
        """Return what stands for a field."""
        return list_values(self.facts, self.design.language)[name]

    def people(self, number: int) -> str:
        """Return how many people there are, in words."""
        return _counted("people", number, self.own_language)

    def heading(self, group: ListedGroup) -> str:
        """Return the name of an economy, or of a class of those without one."""
        return group.economy or self.word(f"class_{group.delegation_class.value}")

    def as_of(self) -> str:
        """Return in words of when and where the list tells."""
        return self.word("as_of", as_of=_moment(self.facts, self.own_language), city=self.facts.city)

    def title(self) -> str:
        """Return the title of the document, which readers show above it."""
        return f"{self.text('heading').striptags()}: {self.facts.forum_title}"


def list_values(facts: ListFacts, language: str) -> Mapping[str, Markup]:
    """Return what stands for each field of a list.

    Args:
        language: of the document. Where there are no words of ours, people and economies are bare numbers.
    """
    values = {
        "forum": facts.forum_title,
        "place": f"{facts.city}, {facts.host_economy_name}",
        "city": facts.city,
        "host_economy": facts.host_economy_name,
        "dates": _days(facts, language),
        "people": _counted("people", facts.people, language),
        "economies": _counted("economies", facts.economies, language) if facts.economies else "",
        "as_of": _moment(facts, language),
    }
    return {name: escape(text) for name, text in values.items()}


def _days(facts: ListFacts, language: str) -> str:
    if language == "en":
        return days_in_words(facts.first_day, facts.last_day)
    return days_of(facts.first_day, facts.last_day, language)


def _counted(sort: str, number: int, language: str) -> str:
    shown = format_decimal(number, locale=language.replace("-", "_"))
    if language not in templates(FAMILY)[STANDARD].languages:
        return shown
    return _word(language, f"{sort}_one" if number == 1 else f"{sort}_many", number=shown)


def _moment(facts: ListFacts, language: str) -> str:
    return _word(language, "moment", day=day_of(facts.as_of.date(), language), time=clock_time(facts.as_of))


def _word(language: str, key: str, **values: str) -> str:
    """Return words that all lists share."""
    return fill(templates(FAMILY)[STANDARD].own_words(key, PARTICIPANTS_LIST, language), values)
