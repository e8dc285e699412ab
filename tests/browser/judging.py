"""A round that is open now, for a judge with a queue in every state, and an entry that has everything."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from gtn_events.competition.domain.given import Given
from gtn_events.competition.domain.recusal import Declared, recuse
from gtn_events.competition.domain.scorecards import save_draft, submit_scorecard
from gtn_events.competition.enums import ConflictKind
from gtn_events.competition.models import Criterion, CriterionLevel, EntryMember, Rubric
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.questionnaire.models import Answer
from tests.competition.panels import Panel, make_panel

LEVELS = {
    "effect": ("Environmental effect", 30, "What does it change, and how do we know?"),
    "new": ("New against what is sold today", 20, ""),
    "business": ("Business", 30, "Would the firm live without the prize?"),
    "borders": ("Ready to cross borders", 20, ""),
}
WORDS = {
    "effect": (
        "No figure",
        "A claim",
        "An estimate with its method",
        "Measured over time, with the method given",
        "Checked",
    ),
    "new": (
        "Sold everywhere",
        "A small change",
        "New in the entrant’s economy",
        "New in the region",
        "New to the world",
    ),
    "business": (
        "No buyer yet and no plan",
        "A plan, nobody has paid",
        "First paying buyers",
        "Repeat buyers; costs covered",
        "Profitable and growing",
    ),
    "borders": ("Only local", "A vague plan", "A plan for one market", "Partners named", "Under way"),
}
ANSWER = """Viet Nam’s delta mills burn or dump about a fifth of their husk. We buy it at the mill, press it at
165 °C with a binder from paper-mill lignin, and sell boards of 1.25 by 2.5 metres to building contractors.

| Per 1 000 m² of shuttering | Plywood | Husk board |
|---|---|---|
| Pours before it is given up | 8 | 31 |
| CO₂e over its life, t | 2.9 | 0.7 |
"""
FULL = Given({"effect": 4, "new": 3, "business": 4, "borders": 2})


def open_panel(*, judges: int = 1, entries: int = 4, **values: Any) -> Panel:
    """A round that closes in twelve days, with the four criteria of a paper sheet."""
    now = clock.now()
    panel = make_panel(
        judges=judges, entries=entries, opens_at=now - timedelta(days=3), closes_at=now + timedelta(days=12), **values
    )
    panel.round.rubrics.append(Rubric(version=2, created_at=now, criteria=_criteria()))
    first = panel.entries[0]
    first.summary = "A board pressed from rice husk and lignin binder replaces plywood in concrete shuttering."
    first.organisation_name, first.economy_code = "Thảo Nguyên Materials", "VN"
    first.answer_set.answers.append(Answer(key="solution", value=ANSWER))
    first.members = [
        EntryMember(position=1, name="Thảo Nguyễn", role="Founder", organisation_name="Thảo Nguyên Materials"),
        EntryMember(position=2, name="Rosa Huamán", role="Partner", organisation_name="Andes Board", economy_code="PE"),
    ]
    first.video_url = "https://video.example/boards"
    db.session.commit()
    return panel


def queue_in_every_state(panel: Panel) -> None:
    """Let the first judge have submitted, drafted and given up some of at least eight entries."""
    now, account = clock.now(), panel.account()
    for index in range(3, 6):
        submit_scorecard(panel.seat(0, index), FULL, actor=account, now=now - timedelta(minutes=25 * (7 - index)))
    save_draft(panel.seat(0, 2), Given({"effect": 3}), seen=0, actor=account, now=now)
    recuse(panel.seat(0, 6), Declared(ConflictKind.FAMILY), actor=account, now=now)
    db.session.commit()


def _criteria() -> list[Criterion]:
    return [
        Criterion(
            key=key,
            position=position,
            label=label,
            question=question,
            weight=Decimal(weight),
            comment_required_below=2 if key == "borders" else None,
            levels=[CriterionLevel(point=point, description=text) for point, text in enumerate(WORDS[key], start=1)],
        )
        for position, (key, (label, weight, question)) in enumerate(LEVELS.items(), start=1)
    ]
