"""Which mail about the match goes to whom besides the offers: hosts, and firms that got no place."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account, RoleGrant
from gtn_events.core.db import db
from gtn_events.core.outbox import enqueue_mail

from .models import Application, Intake, MatchRun, Offer
from .notifications import recipient_of, tell_applicant


def tell_of_match(
    run: MatchRun, offers: Sequence[Offer], without: Sequence[Application], *, first: bool, now: datetime
) -> None:
    """Tell the hosts what a published run gave them, and after the first match those who got nothing."""
    got = Counter(offer.intake_id for offer in offers)
    for intake, people in hosts_to_tell(run, got, first=first):
        for account in people:
            enqueue_mail(
                f"match:{run.id}:intake:{intake.id}:{account.id}",
                "incubation/match_host",
                to=recipient_of(account),
                context={"call": run.call, "host": intake.host, "intake": intake, "offers": got[intake.id]},
                now=now,
                scope=run.call.scope,
            )
    # Who waits is told once; a place that becomes free is an offer with its own mail.
    for application in without if first else ():
        tell_applicant(application, "incubation/match_no_place", now=now, occasion=f"run {run.number}")


def tell_host_of_answer(offer: Offer, *, now: datetime) -> None:
    """Tell the people of a host how an offer of its place ended."""
    for account in managers_of([offer.intake.host_id])[offer.intake.host_id]:
        enqueue_mail(
            f"offer:{offer.id}:host:{offer.state.value}:{account.id}",
            "incubation/offer_answered_host",
            to=recipient_of(account),
            context={
                "offer": offer,
                "application": offer.application,
                "call": offer.application.call,
                "host": offer.intake.host,
            },
            now=now,
            scope=offer.application.call.scope,
        )


def hosts_to_tell(run: MatchRun, got: Collection[int], *, first: bool) -> list[tuple[Intake, list[Account]]]:
    """Return whose hosts hear of a run, with their people: all after the first match, later those that got."""
    statement = select(Intake).where(Intake.call_id == run.call_id, Intake.withdrawn_at.is_(None))
    statement = statement.options(joinedload(Intake.host)).order_by(Intake.id)
    intakes = [each for each in db.session.scalars(statement) if first or each.id in got]
    people = managers_of([each.host_id for each in intakes])
    return [(each, people[each.host_id]) for each in intakes]


def managers_of(host_ids: Collection[int]) -> dict[int, list[Account]]:
    """Return who manages each of these hosts now."""
    statement = (
        select(RoleGrant.scope_id, Account)
        .join(Account, Account.id == RoleGrant.account_id)
        .where(
            RoleGrant.role == Role.HOST_MANAGER,
            RoleGrant.scope_kind == "host",
            RoleGrant.scope_id.in_(host_ids),
            RoleGrant.ended_at.is_(None),
        )
        .order_by(Account.id)
    )
    found: dict[int, list[Account]] = defaultdict(list)
    for host_id, account in db.session.execute(statement):
        found[host_id].append(account)
    return found
