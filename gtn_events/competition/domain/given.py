"""What a judge gives one entry: points and texts, and whether they fit the criteria."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from gtn_events.core.text import clean_text

from ..errors import ScoreRefused
from ..models import Criterion, Scorecard, ScorecardDraft

LONGEST_COMMENT = 2_000
LONGEST_TEXT = 5_000


@dataclass(frozen=True)
class Given:
    """Points by the key of their criterion, comments by the same keys, and three texts."""

    scores: Mapping[str, int] = field(default_factory=dict)
    comments: Mapping[str, str] = field(default_factory=dict)
    to_entrant: str = ""
    to_jury: str = ""
    private: str = ""

    @classmethod
    def of(cls, kept: Scorecard | ScorecardDraft) -> "Given":
        """Return what a draft or a submitted version holds."""
        return cls(dict(kept.scores), dict(kept.comments), kept.to_entrant, kept.to_jury, kept.private)

    def cleaned(self) -> "Given":
        """Return the same with cleaned texts and without empty comments."""
        comments = {key: clean_text(text) for key, text in self.comments.items()}
        return Given(
            dict(self.scores),
            {key: text for key, text in comments.items() if text},
            clean_text(self.to_entrant),
            clean_text(self.to_jury),
            clean_text(self.private),
        )


@dataclass(frozen=True)
class Gap:
    """What keeps a scorecard from being submitted; ``key`` names the criterion."""

    key: str
    text: str


def check_given(criteria: Sequence[Criterion], given: Given) -> None:
    """Refuse what no scorecard can hold, finished or not.

    Raises:
        ScoreRefused: a point is not on its scale, a criterion is none of this round, or a text is too long.
    """
    known = {each.key: each for each in criteria}
    for key in [*given.scores, *given.comments]:
        if key not in known:
            raise ScoreRefused("The criteria were changed while you had them open. Load the page again.")
    for key, point in given.scores.items():
        if type(point) is not int or not known[key].lowest <= point <= known[key].highest:
            scale = f"from {known[key].lowest} to {known[key].highest}"
            raise ScoreRefused(f"{known[key].label}: choose a whole number {scale}.", field=key)
    for key, text in given.comments.items():
        if len(text) > LONGEST_COMMENT:
            raise ScoreRefused(f"{known[key].label}: the comment has more than {LONGEST_COMMENT} signs.", field=key)
    if max(map(len, (given.to_entrant, given.to_jury, given.private))) > LONGEST_TEXT:
        raise ScoreRefused(f"A text has more than {LONGEST_TEXT} signs. Shorten it.")


def gaps(criteria: Sequence[Criterion], given: Given) -> list[Gap]:
    """Return what is missing before the scorecard can be submitted, in the order of the criteria."""
    found = []
    for each in criteria:
        point = given.scores.get(each.key)
        if point is None:
            found.append(Gap(each.key, f"{each.label} is not scored yet."))
        elif needs_comment(each, point) and not given.comments.get(each.key, "").strip():
            found.append(Gap(each.key, f"{each.label}: say why it gets {point}."))
    return found


def needs_comment(criterion: Criterion, point: int) -> bool:
    """Say whether this point asks for a comment."""
    below, above = criterion.comment_required_below, criterion.comment_required_above
    return (below is not None and point < below) or (above is not None and point > above)
