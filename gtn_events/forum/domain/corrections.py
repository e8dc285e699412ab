"""What a delegate gave, corrected by an organiser on their behalf: written down, and told to them once."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from gtn_events.accounts.domain.names import NAME_LANGUAGES
from gtn_events.accounts.enums import Gender, OrganisationKind
from gtn_events.accounts.models import Account
from gtn_events.core import journal
from gtn_events.core.economies import DelegationClass, economies_in_order
from gtn_events.questionnaire.domain.conditions import counting_answers
from gtn_events.questionnaire.domain.presenting import present
from gtn_events.questionnaire.domain.questions import QuestionSpec, specs_of
from gtn_events.questionnaire.queries.answers import file_names, read_answers

from ..errors import CorrectionRefused, ReasonMissing
from ..models import Registration
from ..notifications import Correction, tell_of_corrections
from .submission import Particulars, changed_particulars, lock_unchanged, write_change

HIDDEN = "…"
WORDS: dict[str, Callable[[str], str]] = {
    "gender": lambda value: Gender(value).label,
    "organisation_kind": lambda value: OrganisationKind(value).label,
    "delegation_class": lambda value: DelegationClass(value).label,
    "own_script_language": lambda value: NAME_LANGUAGES.get(value, value),
}


def correct_registration(
    registration: Registration,
    particulars: Particulars,
    *,
    answers: Mapping[str, Any],
    with_sensitive: bool,
    seen_version: int,
    reason: str,
    actor: Account,
    now: datetime,
) -> bool:
    """Correct what a delegate gave; the state stays, the delegate reads what was changed and why.

    Args:
        answers: key to value, under the version that the answers were given under.
        with_sensitive: True when ``answers`` holds the sensitive ones; otherwise those given stay.
        seen_version: ``lock_version`` of the registration when the form was shown.

    Returns:
        False when nothing was different; then nothing is written and nobody is told.

    Raises:
        Stale: somebody (the delegate, another organiser) changed it since.
        ReasonMissing: there is no reason.
        CorrectionRefused: the person's data was erased.

    Flushes; the caller commits. Neither journal nor mail holds a sensitive answer.
    """
    if registration.account.erased_at is not None:
        raise CorrectionRefused("This person's data was erased. There is nothing left to correct.")
    if not reason.strip():
        raise ReasonMissing("Give a reason: the delegate will read it.", field="reason")
    lock_unchanged(registration, seen_version=seen_version)
    specs = specs_of(registration.answer_set.version)
    before = read_answers(registration.answer_set, with_sensitive=True)
    kept = {} if with_sensitive else {spec.key: before[spec.key] for spec in specs if _is_kept(spec, before)}
    after = counting_answers(specs, {**answers, **kept})
    corrections = [*_of_particulars(registration, particulars), *_of_answers(specs, before, after)]
    if not corrections:
        return False
    write_change(registration, particulars, version=registration.answer_set.version, answers=after, now=now)
    journal.record(
        "registration corrected",
        registration,
        actor=actor,
        now=now,
        scope=registration.scope,
        changes={each.name: (each.before, each.after) for each in corrections},
        reason=reason.strip(),
    )
    tell_of_corrections(registration, corrections, reason=reason.strip(), now=now)
    return True


def _is_kept(spec: QuestionSpec, answers: Mapping[str, Any]) -> bool:
    return spec.sensitive and spec.key in answers


def _of_particulars(registration: Registration, particulars: Particulars) -> Iterator[Correction]:
    changed = changed_particulars(registration, particulars)
    words = WORDS
    if "economy_code" in changed:
        names = {each.code: each.short_name for each in economies_in_order()}
        words = WORDS | {"economy_code": lambda code: names.get(code, code)}
    for name, values in changed.items():
        before, after = (words.get(name, str)(value) if value else "" for value in values)
        yield Correction(name, before, after)


def _of_answers(
    specs: Sequence[QuestionSpec], before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[Correction]:
    changed = [spec for spec in specs if before.get(spec.key) != after.get(spec.key)]
    values = (given.get(spec.key) for spec in changed for given in (before, after))
    names = file_names(value for value in values if type(value) is int)
    for spec in changed:
        if spec.sensitive:
            yield Correction(spec.label, HIDDEN, HIDDEN)
        else:
            old, new = (present(spec, given.get(spec.key), file_names=names) for given in (before, after))
            yield Correction(spec.label, old, new)
