"""Everything that the page of one entry shows, read once."""

from dataclasses import dataclass

from gtn_events.accounts.domain.names import NAME_LANGUAGES
from gtn_events.accounts.queries.people import names_of
from gtn_events.core.db import db
from gtn_events.core.journal import ShownEntry, entries_about, shown_entries
from gtn_events.core.outbox import OutboxMail
from gtn_events.core.uploads import Upload
from gtn_events.eligibility.domain.exceptions import LetPass, unmet, with_exceptions
from gtn_events.eligibility.domain.rules import Finding
from gtn_events.questionnaire.domain.questions import specs_of
from gtn_events.questionnaire.queries.personal_data import answers_in_words

from ...domain.entry_findings import findings_of
from ...domain.entry_transitions import Action, Party, actions_for
from ...models import Entry
from ...queries.entry_answers import files_shown, shown
from ...queries.mail import mails_about
from ...queries.near_duplicates import LookAlike, look_alikes

JOURNAL_SHOWN = 40


@dataclass(frozen=True)
class EntrySheet:
    """What stands on the page of an entry beside its own columns; ``sensitive_answers`` is None while masked."""

    languages: str
    answers: list[tuple[str, str]]
    sensitive: list[str]
    sensitive_answers: list[tuple[str, str]] | None
    files: list[tuple[str, Upload]]
    findings: list[tuple[Finding, LetPass | None]]
    broken: list[Finding]
    actions: list[Action]
    look_alikes: list[LookAlike]
    endorsed_by: str
    mails: list[OutboxMail]
    history: list[ShownEntry]


def sheet_of(entry: Entry, *, with_sensitive: bool) -> EntrySheet:
    """Return what the organiser's page of an entry shows."""
    specs, findings = specs_of(entry.answer_set.version), findings_of(entry)
    given = answers_in_words([entry.answer_set_id], with_sensitive=with_sensitive)[entry.answer_set_id]
    return EntrySheet(
        languages="; ".join(NAME_LANGUAGES.get(tag, tag) for tag in entry.languages),
        answers=shown(given),
        sensitive=[spec.label for spec in specs if spec.sensitive],
        sensitive_answers=[(each.question.label, each.text) for each in given if each.question.sensitive]
        if with_sensitive
        else None,
        files=files_shown(entry),
        findings=with_exceptions(entry, findings),
        broken=unmet(findings, entry.eligibility_override),
        actions=actions_for(entry.state, Party.ORGANISER),
        look_alikes=look_alikes(entry),
        endorsed_by=names_of([entry.endorsement_by_id]).get(entry.endorsement_by_id, "")
        if entry.endorsement_by_id
        else "",
        mails=mails_about(entry),
        history=shown_entries(list(db.session.scalars(entries_about(entry, limit=JOURNAL_SHOWN)))),
    )
