"""Which hosts and applicants must not be matched: declared, found by the machine, or named by somebody."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload

from gtn_events.accounts.domain.ties import domain_of, folded
from gtn_events.accounts.models import Account
from gtn_events.core import journal
from gtn_events.core.db import db
from gtn_events.core.upsert import insert_unless_there

from ..enums import BlockSource, BlockState
from ..errors import ReasonMissing, TransitionRefused
from ..models import Application, Block, Call, Intake
from ..queries.applicant import LIVE
from ..queries.blocks import HostFacts, facts_of_hosts
from .application_particulars import Submission
from .locking import lock_application, lock_call

LONGEST_DETAIL = 300


def note_blocks(application: Application, submission: Submission, *, known: Collection[int], now: datetime) -> None:
    """Write down what the applicant declares and what the machine finds, in place of what was declared before.

    A block that somebody decided on stays as decided.

    Args:
        known: ids of the call's intakes among those that the submission names.

    Flushes; the caller commits.
    """
    declared = {
        BlockSource.EXISTING_LINK: {each: "" for each in submission.links if each in known},
        BlockSource.APPLICANT: {each: "" for each in submission.kept_from if each in known},
    }
    for source, found in declared.items():
        _drop_undecided(application, source, kept=found)
        _note(application, source, found, now=now)
    _note_ties(application, facts_of_hosts(application.call), now=now)


def look_for_ties(call: Call, *, now: datetime) -> None:
    """Note again which hosts of a call are of an applicant's own organisation or mail domain. Flushes."""
    lock_call(call)
    hosts = facts_of_hosts(call)
    statement = select(Application).where(Application.call_id == call.id, Application.state.in_(LIVE))
    for application in db.session.scalars(statement.options(joinedload(Application.account))).all():
        _note_ties(application, hosts, now=now)


def decide_block(block: Block, *, confirm: bool, reason: str, actor: Account, now: datetime) -> None:
    """Confirm a block, or dismiss it with a reason: then the two may be matched.

    Raises:
        ReasonMissing: dismissing needs a reason.
        TransitionRefused: it is decided like this already.

    Flushes; the caller commits.
    """
    lock_application(block.application)
    db.session.refresh(block)
    to = BlockState.CONFIRMED if confirm else BlockState.DISMISSED
    if block.state is to:
        raise TransitionRefused(f"This block is {to.label.lower()} already.")
    if not confirm and not reason.strip():
        raise ReasonMissing("Say why the two may be matched all the same.", field="reason")
    before, block.state = block.state, to
    block.reason, block.decided_at, block.decided_by_id = reason.strip(), now, actor.id
    db.session.flush()
    _journal(block, f"block {to.value}", before.value, actor=actor, now=now)


def name_block(
    application: Application, intake: Intake, source: BlockSource, *, reason: str, actor: Account, now: datetime
) -> Block:
    """Keep an applicant and a host apart: the organiser says so, or the host.

    Raises:
        ReasonMissing: there is no reason.
        TransitionRefused: they are kept apart from this side already.

    Flushes; the caller commits.
    """
    lock_application(application)
    if not reason.strip():
        raise ReasonMissing("Give a reason: it stands beside the block.", field="reason")
    values = _values(application, source, intake.id, reason.strip()[:LONGEST_DETAIL], now)
    decided = {"state": BlockState.CONFIRMED, "decided_at": now, "decided_by_id": actor.id}
    block = db.session.scalar(insert_unless_there(Block, **(values | decided)).returning(Block))
    if block is None:
        raise TransitionRefused("They are kept apart already. Look at the list of blocks.")
    _journal(block, "block named", None, actor=actor, now=now)
    return block


def _note_ties(application: Application, hosts: Collection[HostFacts], *, now: datetime) -> None:
    ties = dict(_ties(application, hosts))
    _drop_undecided(application, BlockSource.SAME_ORGANISATION, kept=ties)
    _note(application, BlockSource.SAME_ORGANISATION, ties, now=now)


def _ties(application: Application, hosts: Collection[HostFacts]) -> Iterator[tuple[int, str]]:
    firm, domain = folded(application.organisation_name), domain_of(application.account.email_key)
    for host in hosts:
        if firm and firm in host.organisations:
            yield host.intake_id, application.organisation_name
        elif domain and domain in host.domains:
            yield host.intake_id, domain


def _note(application: Application, source: BlockSource, found: Mapping[int, str], *, now: datetime) -> None:
    for intake_id, detail in found.items():
        db.session.execute(insert_unless_there(Block, **_values(application, source, intake_id, detail, now)))


def _values(
    application: Application, source: BlockSource, intake_id: int, detail: str, now: datetime
) -> dict[str, object]:
    return {
        "application_id": application.id,
        "intake_id": intake_id,
        "source": source,
        "state": BlockState.PROPOSED,
        "detail": detail,
        "reason": "",
        "noted_at": now,
    }


def _drop_undecided(application: Application, source: BlockSource, *, kept: Collection[int]) -> None:
    db.session.execute(
        delete(Block).where(
            Block.application_id == application.id,
            Block.source == source,
            Block.state == BlockState.PROPOSED,
            Block.intake_id.not_in(list(kept)),
        )
    )


def _journal(block: Block, action: str, before: str | None, *, actor: Account, now: datetime) -> None:
    host = db.session.scalar(select(Intake).where(Intake.id == block.intake_id))
    journal.record(
        action,
        block.application,
        actor=actor,
        now=now,
        scope=block.application.scope,
        changes={"host": (None, host.host.name if host else None), "block": (before, block.state.value)},
        reason=block.reason or block.detail or None,
    )
