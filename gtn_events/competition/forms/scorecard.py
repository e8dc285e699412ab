"""What comes with a sent scorecard; the criteria of the round say which fields there are."""

import re
from collections.abc import Sequence

from werkzeug.datastructures import MultiDict

from ..domain.given import Given
from ..models import Criterion

SCORE, COMMENT = "score_", "comment_"
_NUMBER = re.compile(r"-?[0-9]{1,6}", re.ASCII)


def given_from(sent: "MultiDict[str, str]", criteria: Sequence[Criterion]) -> Given:
    """Return what a form holds; a point that is no number counts as not chosen."""
    scores = {each.key: sent.get(SCORE + each.key, "") for each in criteria}
    return Given(
        scores={key: int(text) for key, text in scores.items() if _NUMBER.fullmatch(text)},
        comments={each.key: sent.get(COMMENT + each.key, "") for each in criteria},
        to_entrant=sent.get("to_entrant", ""),
        to_jury=sent.get("to_jury", ""),
        private=sent.get("private", ""),
    )
