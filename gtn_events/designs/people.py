"""Previews of documents that name one person each: real recipients, the longest name, and a name in each script."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice

from flask_babel import gettext as _

from gtn_events.core.pdf import text_width
from gtn_events.core.pdf.families import SERIF

from .kinds import Example, Subject
from .owners import DesignOwner
from .sample_names import LONG_NAME, SAMPLE_NAMES, SampleName

MOST_REAL = 3
LONGEST = "longest"


@dataclass(frozen=True)
class PeopleExamples:
    """Examples from who is due a document.

    ``due`` yields a subject for each of them, ``name_of`` is the name on it. ``named_after`` returns the same for an
    invented person; for None, of an invented event.
    """

    due: Callable[[DesignOwner], Iterable[Subject]]
    name_of: Callable[[Subject], str]
    named_after: Callable[[Subject | None, SampleName], Subject]

    def every(self, owner: DesignOwner) -> list[Example]:
        """Return the first three and the one with the longest name, then an invented name in each script.

        Only invented ones, with a long one, when nobody is due a document yet.
        """
        people = list(self.due(owner))
        return [*self._real(people[:MOST_REAL]), self._longest(people), *self._invented(people)]

    def one(self, owner: DesignOwner, key: str) -> Example:
        """Return the one of a key, the first one for a key that nobody has; reads no more than that needs."""
        people = iter(self.due(owner))
        if key == LONGEST:
            return self._longest(list(people))
        first = list(islice(people, MOST_REAL))
        found = [*self._real(first), *self._invented(first)]
        return next((each for each in found if each.key == key), found[0])

    def invented(self) -> Example:
        """Return the first invented person of an invented event."""
        return self._invented([])[0]

    def _real(self, people: list[Subject]) -> list[Example]:
        names = [self.name_of(each) for each in people]
        return [
            Example(key=f"person-{number}", label=name, name=name, subject=each)
            for number, (name, each) in enumerate(zip(names, people, strict=True), 1)
        ]

    def _longest(self, people: list[Subject]) -> Example:
        if not people:
            return self._sample(None, LONG_NAME, LONGEST)
        widest = max(people, key=lambda each: text_width(self.name_of(each), SERIF))
        name = self.name_of(widest)
        return Example(key=LONGEST, label=_("Longest name: %(name)s", name=name), name=name, subject=widest)

    def _invented(self, people: list[Subject]) -> list[Example]:
        first = people[0] if people else None
        return [self._sample(first, each, each.script) for each in SAMPLE_NAMES]

    def _sample(self, subject: Subject | None, sample: SampleName, key: str) -> Example:
        made = self.named_after(subject, sample)
        return Example(key=key, label=sample.label, name=self.name_of(made), subject=made)
