"""How the hosts of the demonstration read, talk and rank: some of it done, some of it to do."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from gtn_events.accounts.models import Account
from gtn_events.incubation.domain.host_ranking import keep_order, refuse_to_take
from gtn_events.incubation.domain.interviews import ask_for_interview, pick_slot
from gtn_events.incubation.domain.reviews import Given, save_review
from gtn_events.incubation.domain.weak_order import WeakOrder
from gtn_events.incubation.models import Application, Call, Intake
from gtn_events.incubation.queries.host_desk import desk_of

NOTES = {
    "mex1": Given(
        {"fit": 5, "plan": 4, "readiness": 4, "benefit": 4}, "The farm in the valley would take two of these at once."
    ),
    "phl1": Given({"fit": 4, "plan": 4, "readiness": 3, "benefit": 4}, "Ask who stays the whole time."),
    "vn2": Given({"fit": 4, "plan": 3}, ""),
}


def review_for_korat(call: Call, applications: Sequence[Application], manager: Account, *, now: datetime) -> None:
    """Let the people of one host score three applications, rank two, refuse one, and agree on a talk. Flushes."""
    intake = next(each for each in call.intakes if each.host.slug == "korat-green-incubator")
    by_key = {each.account.email.partition("@")[0]: each for each in applications}
    for key, given in NOTES.items():
        save_review(intake, by_key[key], given, seen=0, actor=manager, now=now - timedelta(days=1))
    _rank(intake, [by_key["mex1"], by_key["phl1"]], by_key["ina2"], manager, now=now)
    morning = (now + timedelta(days=2)).replace(hour=3, minute=0, second=0, microsecond=0)
    times = [morning + timedelta(days=number) for number in range(3)]
    for key in ("mex1", "phl1"):
        talk = ask_for_interview(
            intake,
            by_key[key],
            times,
            minutes=30,
            meeting_url="https://meet.gtn.example/korat",
            message="We like your plan and would like to hear who of you would stay here.",
            actor=manager,
            now=now - timedelta(days=1),
        )
        if key == "mex1":
            pick_slot(talk, talk.slots[1].id, actor=by_key[key].account, now=now - timedelta(hours=8))


def _rank(
    intake: Intake, best: Sequence[Application], refused: Application, manager: Account, *, now: datetime
) -> None:
    desk = desk_of(intake, manager.id)
    order = WeakOrder(tuple((application.id,) for application in best))
    keep_order(intake, order, desk, actor=manager, now=now - timedelta(hours=20))
    reason = "We have no press and nobody who knows boards."
    refuse_to_take(intake, refused, reason=reason, actor=manager, now=now - timedelta(hours=19))
