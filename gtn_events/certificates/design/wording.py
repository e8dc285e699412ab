"""What stands on one certificate, word for word: the organiser's texts or the template's own, filled in."""

from dataclasses import dataclass, field

from markupsafe import Markup, escape

from gtn_events.core.field_texts import fill
from gtn_events.designs.days import day_of
from gtn_events.designs.templates import DesignTemplate
from gtn_events.designs.values import Design

from ..enums import CertificateKind
from ..facts import ParticipationFacts
from .fields import field_values


@dataclass(frozen=True)
class Wording:
    """The words of a certificate.

    Words that stand for themselves, as "Check it at", are in ``own_language``: English where there are none in the
    document's own.
    """

    template: DesignTemplate
    design: Design
    kind: CertificateKind
    facts: ParticipationFacts
    standard: bool = False
    _values: dict[str, Markup] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        values = field_values(self.facts, self.kind, self.design.language, keep_long=self.standard)
        object.__setattr__(self, "_values", values)

    @property
    def own_language(self) -> str:
        """The language of the words that no organiser sets."""
        return self.design.language if self.design.language in self.template.languages else "en"

    def text(self, key: str) -> Markup:
        """Return a text filled in, a new line where the organiser made one."""
        text = self.design.texts.get(key)
        if text is None:
            text = self.template.own_words(key, self.kind.value, self.design.language)
        shown = fill(text, self._values, optional_parts=True, literal=escape)
        return Markup("<br>").join(Markup(line.strip()) for line in shown.splitlines() if line.strip())  # noqa: S704  # each was escaped

    def lines(self, key: str) -> list[str]:
        """Return a text filled in as plain lines."""
        return [Markup(each).striptags() for each in self.text(key).split("<br>") if each]  # noqa: S704  # as above

    def word(self, key: str, **values: str) -> str:
        """Return words of the template's own."""
        return fill(self.template.own_words(key, self.kind.value, self.own_language), values)

    def issued_day(self) -> str:
        """Return the day of issue."""
        return day_of(self.facts.issued_on, self.own_language)

    def title(self) -> str:
        """Return the title of the document, which readers show above it."""
        own = self.word("title") or self.word("heading")
        return f"{own}: {self.facts.holder_name}, {self.facts.forum_title}"
