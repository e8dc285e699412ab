"""A live final on its day, for tests: an open round with a jury, entries in a running order, and badges."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from gtn_events.accounts.models import Account
from gtn_events.competition.domain.given import Given
from gtn_events.competition.domain.live import act_live
from gtn_events.competition.domain.live_rule import LiveRule, set_live_rule
from gtn_events.competition.enums import LiveAct, Method, RoundKind
from gtn_events.competition.models import LiveFinal, LiveSlot
from gtn_events.competition.queries.live import next_up, slots_of
from gtn_events.core import badges
from gtn_events.core.badges import Badge, BadgeEvent
from gtn_events.core.db import db
from tests.competition.panels import Panel, make_panel, submit
from tests.factories import make_account

DAY = datetime(2013, 6, 6, 5, 0, tzinfo=UTC)
EVENT = "test:hall"
SECRET = "a key for tests only"
# Points for impact and market, by entry (rows) and judge.
POINTS = (((5, 5), (4, 5)), ((4, 4), (4, 3)), ((2, 3), (3, 2)))


@dataclass
class Final:
    """The panel of a final, the final, and who runs it."""

    panel: Panel
    live: LiveFinal
    organiser: Account

    @property
    def slots(self) -> list[LiveSlot]:
        """The running order as it stands."""
        db.session.expire_all()
        return slots_of(self.live)

    def entry(self, number: int) -> int:
        """The id of an entry, counted from 0."""
        return self.panel.entries[number].id

    def act(self, *acts: LiveAct, now: datetime = DAY) -> None:
        """Do what the organiser would press, one after the other, and commit."""
        for act in acts:
            act_live(self.live, act, seen=self.live.lock_version, actor=self.organiser, now=now)
            db.session.commit()

    def pitch_all(self, now: datetime = DAY) -> None:
        """Let everybody pitch and answer questions."""
        while next_up(self.slots) is not None:
            self.act(LiveAct.START, LiveAct.QUESTIONS, LiveAct.FINISH, now=now)

    def score_all(self) -> None:
        """Let every judge submit a scorecard for every entry."""
        for entry, row in enumerate(POINTS[: len(self.panel.entries)]):
            for judge, (impact, market) in enumerate(row[: len(self.panel.judges)]):
                submit(self.panel.seat(judge, entry), Given({"impact": impact, "market": market}), now=DAY)


def make_final(*, entries: int = 3, judges: int = 2, rule: dict[str, Any] | None = None, **values: Any) -> Final:
    """A final that has not begun; ``rule`` are fields of LiveRule, ``values`` columns of Round."""
    defaults = {"title": "Final", "kind": RoundKind.FINAL, "method": Method.RAW_MEAN}
    panel = make_panel(entries=entries, judges=judges, **(defaults | values))
    organiser = make_account(f"presenter@{panel.competition.slug}.example", given_name="Dewi", family_name="Presenter")
    live = set_live_rule(panel.round, LiveRule(**(rule or {})), actor=organiser, now=DAY - timedelta(days=9))
    db.session.commit()
    return Final(panel, live, organiser)


def make_voted_final(*, entries: int = 3, weight: int = 20, **rule: Any) -> Final:
    """The same with an audience whose votes count; use it inside ``hall``."""
    return make_final(entries=entries, rule={"audience": True, "audience_weight": weight, "badge_event": EVENT, **rule})


@contextmanager
def hall(owners: dict[str, int] | None = None) -> Iterator[None]:
    """A hall in which ``badge 1`` and so on are valid; ``owners`` maps such a code to its holder's account."""

    def read(_event: str, typed: str) -> Badge | None:
        word, _, number = typed.strip().partition(" ")
        if word != "badge" or not number.isdecimal():
            return None
        return Badge("test", int(number), (owners or {}).get(typed))

    kept = dict(badges._issuers)
    badges.register_badges("test", lambda: [BadgeEvent(EVENT, "The hall")], read)
    try:
        yield
    finally:
        badges._issuers.clear()
        badges._issuers.update(kept)
