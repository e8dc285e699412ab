"""The persons of a schedule file: listed once at its end, or only named in the sessions."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from gtn_events.core.text import clean_text, fold

from ...enums import SpeakerRole
from .raw import RawPerson
from .schedule import Appearance, ScheduledPerson
from .wording import MAX_TEXT, html_to_markdown, is_html, one_line

# Our own words first: they are whole. Of others a part is enough.
_OURS = {role.value: role for role in SpeakerRole}
_ROLES = (
    ("moderat", SpeakerRole.MODERATOR),
    ("panel", SpeakerRole.PANELLIST),
    ("keynote", SpeakerRole.KEYNOTE),
    ("co-chair", SpeakerRole.CO_CHAIR),
    ("chair", SpeakerRole.CHAIR),
)


class PersonBook:
    """Knows every person of the file, and which of them appear in a session.

    Args:
        listed: the file's own list of persons, often empty.
        note: takes (where, what) of a finding.
        counts: counts texts that were HTML, by name.
        is_ours: this system wrote the file: texts are Markdown, and a role that it does not say is not known.
    """

    def __init__(
        self,
        listed: Iterable[RawPerson],
        note: Callable[[str, str], None],
        counts: Counter[str],
        *,
        is_ours: bool = False,
    ) -> None:
        self._is_ours = is_ours
        self._note = note
        self._counts = counts
        self._persons: dict[str, ScheduledPerson] = {}
        self._used: dict[str, None] = {}
        for person in listed:
            self._add(person, "")

    def appearances(self, persons: Iterable[RawPerson], where: str) -> tuple[Appearance, ...]:
        """Return who appears in one session, each person once in each role, in the file's order."""
        found: dict[Appearance, None] = {}
        for person in persons:
            key = self._add(person, where)
            if key is None:
                continue
            appearance = Appearance(key, None if self._is_ours and not person.role else _role(person.role))
            if appearance in found:
                self._note(where, f"names {self._persons[key].name} twice; once is enough")
            self._used[key] = None
            found[appearance] = None
        return tuple(found)

    def used(self) -> Mapping[str, ScheduledPerson]:
        """Return the persons who appear in a session, by key."""
        return {key: self._persons[key] for key in self._used}

    def unused(self) -> int:
        """Return how many persons of the list appear in no session."""
        return len(self._persons) - len(self._used)

    def prose(self, text: str, name: str) -> str:
        """Return a long text as clean Markdown; ``name`` is what the summary counts it as."""
        if is_html(text) and not self._is_ours:
            self._counts[name] += 1
            text = html_to_markdown(text)
        return clean_text(text)

    def _add(self, person: RawPerson, where: str) -> str | None:
        name = one_line(person.name)[:200]
        key = one_line(person.guid or person.id)[:80] or fold(name)[:80]
        known = self._persons.get(key)
        if known is not None:
            if name and name != known.name:
                self._note(where, f"person {key} is {name} here and {known.name} before; the first name is used")
            return key
        if not name:
            self._note(where, "names a person without a name; left out")
            return None
        biography = self.prose(
            "\n\n".join(filter(None, (person.biography, person.extended_biography)))[:MAX_TEXT], "biography"
        )
        self._persons[key] = ScheduledPerson(key=key, name=name, biography=biography)
        return key


def _role(text: str) -> SpeakerRole:
    folded = text.casefold().strip()
    if folded in _OURS:
        return _OURS[folded]
    return next((role for part, role in _ROLES if part in folded), SpeakerRole.SPEAKER)
