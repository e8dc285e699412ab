"""What a certificate says, as plain values: the package above fills them in."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

_DAYS = ("first_day", "last_day")


@dataclass(frozen=True, kw_only=True)
class Signatory:
    """Somebody whose name stands under the line for a signature."""

    name: str
    role: str


@dataclass(frozen=True, kw_only=True)
class ParticipationFacts:
    """Everything that a certificate shows: of participation, an award, what somebody did, or a placement.

    ``economy_rank`` is the economy's place in protocol order, 1 to 21, lit in the seal;
    None for a person without a member economy. ``economy_in_sentence`` is its name as it
    stands in a sentence ("the Philippines"). ``dates`` is a phrase ("3 and 4 June 2027"), ``first_day`` and
    ``last_day`` are the same for other languages; older certificates do without.
    ``role`` is what follows "as" ("a delegate", "head of the delegation"), ``rule_met``
    one sentence a line. ``own_script_language`` is a language tag (``zh-Hant``). ``forum_title``
    is that of the competition where it was one; ``prize``, ``entry_title`` and ``organisation``
    are of what was won, and a judge's ``role`` is what was judged ("12 entries"). Of a placement
    ``forum_title`` is the call, ``role`` the host, ``entry_title`` the project, ``dates`` from when to when.
    A speaker's ``role`` follows "as" ("moderator and speaker"), the ``rule_met`` are the sessions; organisers and
    volunteers have neither.
    """

    given_name: str
    family_name: str
    own_script_name: str = ""
    own_script_language: str = ""
    economy_rank: int | None = None
    economy_name: str = ""
    economy_in_sentence: str = ""
    forum_title: str
    city: str
    host_economy_name: str
    dates: str
    role: str = ""
    prize: str = ""
    entry_title: str = ""
    organisation: str = ""
    rule_met: tuple[str, ...] = ()
    signatories: tuple[Signatory, ...] = ()
    issued_on: date
    first_day: date | None = None
    last_day: date | None = None

    @property
    def holder_name(self) -> str:
        """Given name and FAMILY NAME, as documents print it."""
        return f"{self.given_name} {self.family_name.upper()}".strip()

    def texts(self) -> list[str]:
        """Return every text that is printed in the language of the document."""
        printed = (
            self.holder_name,
            self.economy_name,
            self.economy_in_sentence,
            self.forum_title,
            self.city,
            self.host_economy_name,
            self.dates,
            self.role,
            self.prize,
            self.entry_title,
            self.organisation,
            *self.rule_met,
        )
        return [*printed, *(part for each in self.signatories for part in (each.name, each.role))]

    def as_dict(self) -> dict[str, Any]:
        """Return the facts as JSON-ready values."""
        values = asdict(self)
        for name in ("issued_on", *_DAYS):
            values[name] = values[name].isoformat() if values[name] else None
        values["rule_met"] = list(self.rule_met)
        values["signatories"] = [asdict(each) for each in self.signatories]
        return values

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> "ParticipationFacts":
        """Return the facts that ``as_dict`` wrote down."""
        return cls(
            **{
                **values,
                **{name: date.fromisoformat(values[name]) for name in ("issued_on", *_DAYS) if values.get(name)},
                "rule_met": tuple(values["rule_met"]),
                "signatories": tuple(Signatory(**each) for each in values["signatories"]),
            }
        )
