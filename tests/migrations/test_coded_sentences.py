"""Reasons that were stored as sentences are found again as codes with their values."""

import re

import pytest
from alembic.script import ScriptDirectory

from gtn_events.competition.domain.decisions import NOT_RANKED
from gtn_events.competition.results.cut import Reason
from tests.migrations.test_migrations import MIGRATIONS


@pytest.mark.parametrize(
    ("sentence", "code", "values"),
    [
        ("Place 3 of those that go on.", Reason.PLACE, {"number": "3"}),
        (
            "Place 1 of those that go on in the category Clean energy.",
            Reason.CATEGORY_PLACE,
            {"number": "1", "detail": "Clean energy"},
        ),
        ("The total reaches what the rule asks for.", Reason.ABOVE_THRESHOLD, {}),
        ("Number 2 of the reserve list.", Reason.RESERVE, {"number": "2"}),
        (
            "From the reserve list: The first one withdrew.",
            Reason.RESERVE,
            {"departure": "The first one withdrew."},
        ),
        ("The total is below what the rule asks for.", Reason.BELOW_THRESHOLD, {}),
        (
            "The places of the economy (2) were taken by entries that stand higher.",
            Reason.ECONOMY_FULL,
            {"number": "2"},
        ),
        ("The 10 places were taken by entries that stand higher.", Reason.PLACES_FULL, {"number": "10"}),
        ("The places of the category were taken by entries that stand higher.", Reason.CATEGORY_FULL, {}),
        ("No scorecard counts for this entry, or it was withdrawn.", NOT_RANKED, {}),
    ],
)
def test_stored_sentence_becomes_its_code(sentence: str, code: str, values: dict[str, str]) -> None:
    script = ScriptDirectory(str(MIGRATIONS))
    (patterns,) = (each.module.SENTENCES for each in script.walk_revisions() if hasattr(each.module, "SENTENCES"))
    found = [(name, match) for name, pattern in patterns if (match := re.fullmatch(pattern, sentence, re.DOTALL))]
    name, match = found[0]
    assert (name, match.groupdict()) == (code, values)
