"""From a checked draft to an entry and its versions: sending it once, changing it until the close."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete

from gtn_events.accounts.models import Account
from gtn_events.core import journal
from gtn_events.core.canonical import sha256_of
from gtn_events.core.db import db
from gtn_events.core.errors import Stale
from gtn_events.core.references import new_reference
from gtn_events.questionnaire.domain.answers import store_answers

from ..errors import AlreadySent, EntriesClosed, EntryRefused
from ..models import Competition, Entry, EntryDraft, EntryVersion
from ..notifications import tell_entrant
from .endorsement import fill_places, forget_endorsement
from .entry_content import content_of, receipt_seal
from .entry_drafts import newest_number
from .entry_limits import require_room
from .entry_particulars import Submission, write_particulars
from .entry_window import may_change, state_when_sent
from .locking import lock_competition, lock_entry
from .nomination_use import nomination_for, refuse_another_economy, use_nomination

MOST_MEMBERS = 10


def send_entry(draft: EntryDraft, submission: Submission, *, secret_key: str, actor: Account, now: datetime) -> Entry:
    """Make a draft an entry with its first version, and send the receipt.

    Args:
        secret_key: the key behind the seal of the receipt.
        now: when it was sent; decides whether it is in time.

    Returns:
        The entry: ``SUBMITTED``, or ``LATE`` where late entries wait for the organiser.

    Raises:
        EntriesClosed: nothing is taken at this moment.
        AlreadySent: the draft has become an entry already.
        EntryRefused: the economy has as many entries as it may or did not nominate the firm, or the entry breaks a
            rule of the call.

    Flushes; the caller commits.
    """
    competition = draft.competition
    state = state_when_sent(competition, now=now)
    _refuse_what_does_not_fit(competition, submission)
    # Whoever counts the entries of an economy, and the other half of a double click, waits here.
    lock_competition(competition)
    _take(draft)
    nomination = nomination_for(competition, actor, economy_code=submission.economy_code)
    require_room(competition, submission.economy_code, nomination=nomination)
    entry = Entry(
        competition=competition,
        account=actor,
        reference=new_reference(competition.reference_prefix),
        state=state,
        submitted_at=now,
        state_changed_at=now,
        answer_set=store_answers(None, submission.version, submission.answers, now=now, purge_on=None),
        versions=[],
    )
    write_particulars(entry, submission)
    db.session.add(entry)
    db.session.flush()
    version = _add_version(entry, submission, number=1, actor=actor, now=now)
    journal.record("entry sent", entry, actor=actor, now=now, scope=entry.scope)
    _send_receipt(entry, version, secret_key=secret_key, now=now)
    if nomination is not None:
        use_nomination(nomination, entry, now=now)
    return entry


def change_entry(
    draft: EntryDraft, submission: Submission, *, secret_key: str, actor: Account, now: datetime
) -> EntryVersion:
    """Put another version in place of the one that stands, and send its receipt; the state of the entry stays.

    Raises:
        EntriesClosed: the entry cannot be changed any more.
        Stale: another version was sent since the change began.
        AlreadySent: this change was sent already.
        EntryRefused: the other economy has as many entries as it may, or the entry breaks a rule of the call.

    Flushes; the caller commits.
    """
    entry = draft.entry
    if entry is None:
        raise ValueError("the draft changes no entry")
    lock_entry(entry)
    db.session.refresh(entry, ["versions"])
    if not may_change(entry, now=now):
        raise EntriesClosed("This entry cannot be changed any more. The version you sent before stands.")
    _refuse_what_does_not_fit(entry.competition, submission)
    from_version = draft.from_version
    _take(draft)
    if newest_number(entry) != from_version:
        raise Stale(
            f"Version {newest_number(entry)} of this entry was sent since you began to change it. "
            "What you typed is kept: compare it, then send it again to replace the other one."
        )
    left = entry.economy_code
    if submission.economy_code != left:
        refuse_another_economy(entry)
        require_room(entry.competition, submission.economy_code)
        forget_endorsement(entry)
    changed = _changed_columns(entry, submission)
    write_particulars(entry, submission)
    entry.answer_set = store_answers(entry.answer_set, submission.version, submission.answers, now=now, purge_on=None)
    # Changed answers or people alone must also make another tab's page stale.
    entry.lock_version += 1
    db.session.flush()
    version = _add_version(entry, submission, number=newest_number(entry) + 1, actor=actor, now=now)
    journal.record("entry changed", entry, actor=actor, now=now, scope=entry.scope, changes=changed)
    _send_receipt(entry, version, secret_key=secret_key, now=now)
    if entry.economy_code != left:
        fill_places(entry.competition, left, actor=actor, now=now)
    return version


def accept_newest(draft: EntryDraft) -> None:
    """Let a change replace the version that stands by now, after its person was told of it. Flushes."""
    if draft.entry is not None:
        draft.from_version = newest_number(draft.entry)
        db.session.flush()


def _refuse_what_does_not_fit(competition: Competition, submission: Submission) -> None:
    if not submission.categories or any(each.competition_id != competition.id for each in submission.categories):
        raise EntryRefused("Choose a category of this competition.", field="category")
    if len(submission.categories) > 1 and not competition.several_categories:
        raise EntryRefused("An entry stands in one category.", field="category")
    if not 1 <= len(submission.members) <= MOST_MEMBERS:
        raise EntryRefused(f"A team has 1 to {MOST_MEMBERS} people.", field="members")


def _take(draft: EntryDraft) -> None:
    taken = db.session.execute(delete(EntryDraft).where(EntryDraft.id == draft.id).returning(EntryDraft.id))
    if taken.first() is None:
        raise AlreadySent("This was sent already; nothing was sent twice.")


def _changed_columns(entry: Entry, submission: Submission) -> dict[str, tuple[object, object]]:
    names: Collection[str] = ("title", "organisation_name", "organisation_size", "founded_in", "economy_code")
    pairs = {name: (getattr(entry, name), getattr(submission, name)) for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _add_version(entry: Entry, submission: Submission, *, number: int, actor: Account, now: datetime) -> EntryVersion:
    content = content_of(entry, submission, number=number, now=now)
    version = EntryVersion(
        number=number,
        sent_at=now,
        sent_by_id=actor.id,
        declaration_text=submission.declaration_text,
        declared_by=submission.declared_by,
        content=content,
        sha256=sha256_of(content),
    )
    entry.versions.append(version)
    db.session.flush()
    return version


def _send_receipt(entry: Entry, version: EntryVersion, *, secret_key: str, now: datetime) -> None:
    tell_entrant(
        entry,
        "competition/entry_received",
        now=now,
        occasion=f"version {version.number}",
        version=version,
        seal=receipt_seal(entry.reference, version.sha256, secret_key=secret_key),
    )
