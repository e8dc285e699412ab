"""Printing badges in the background: hundreds take some seconds."""

import hashlib
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

from gtn_events.accounts.models import Account
from gtn_events.core.db import db, snapshot
from gtn_events.core.jobs import JobRun, job_handler
from gtn_events.core.pdf import MissingGlyphs
from gtn_events.core.permissions import Permission
from gtn_events.core.text import local
from gtn_events.core.uploads import work_folder

from .documents_badges import BadgeEntry, BadgeFacts, badges_pdf, check_letters
from .domain.badges import plan_prints, record_prints
from .enums import BadgeFormat
from .errors import BadgesRefused
from .models import Forum, Registration
from .queries.badge_texts import Engagement, engagements_of, people_of_badges
from .queries.badges import back_text_of, badges_among
from .words import days_in_words, weekday

BADGES = "forum.badges"
IN_A_FILE = 500
Badge = tuple[int, BadgeFacts]
"""Whose registration it is, and what stands on it."""


@job_handler(BADGES, permission=Permission.FORUM_REGISTRATIONS_MANAGE)
def print_badges(job: JobRun) -> None:
    """Draw the badges that were asked for and count them as printed; a name that cannot be printed stops no other.

    They count when the file is ready, in the same transaction: a second run counts nothing twice. What a killed
    run has drawn is kept, and the next one goes on from there.
    """
    paper, ids = BadgeFormat(job.params["paper"]), job.params["ids"]
    # As a reader: drawing takes seconds, in which a writer would keep everybody else from writing.
    with snapshot():
        forum = db.session.get_one(Forum, job.params["forum_id"])
        slug, title = forum.slug, f"Badges, {forum.title}"
        wanted = plan_prints(badges_among(forum, ids)).ids(again=bool(job.params["again"]))
        badges = list(badges_of(forum, wanted))
    job.set_total(len(badges))
    badges = [each for each in badges if _is_printable(job, each[1])]
    if not badges:
        raise BadgesRefused("There is no badge to print.")
    name, path = _file(job, slug, badges, paper, title)
    _count(job, [registration_id for registration_id, _facts in badges])
    job.save_result(name, "application/zip" if path.suffix == ".zip" else "application/pdf", path)
    shutil.rmtree(_kept(job), ignore_errors=True)


def badges_of(forum: Forum, registration_ids: Sequence[int]) -> Iterator[Badge]:
    """Yield what stands on the badges of registrations of a forum, in their order."""
    people = people_of_badges(registration_ids)
    engagements = engagements_of(forum, people)
    back_text = back_text_of(forum)
    for each in people:
        yield each.id, _facts(forum, each, engagements[each.id], back_text)


def sample_badge(forum: Forum) -> BadgeFacts:
    """Return the badge of an invented person in the first category of a forum."""
    category = next(iter(forum.categories), None)
    return BadgeFacts(
        forum_title=forum.title,
        place_and_dates=f"{forum.city} · {days_in_words(forum.starts_on, forum.ends_on)}",
        venue=forum.venue,
        given_name="Ana",
        family_name="Example",
        own_script_name="安娜",
        own_script_language="zh-Hans",
        organisation_name="Example Green Works",
        representation=forum.host_economy.short_name,
        category_label=category.label if category else "Delegate",
        reference=f"{forum.reference_prefix}-0000-0000",
        back_text=back_text_of(forum),
    )


def _facts(forum: Forum, registration: Registration, engagements: Sequence[Engagement], back_text: str) -> BadgeFacts:
    return BadgeFacts(
        forum_title=forum.title,
        place_and_dates=f"{forum.city} · {days_in_words(forum.starts_on, forum.ends_on)}",
        venue=forum.venue,
        given_name=registration.given_name,
        family_name=registration.family_name,
        own_script_name=registration.own_script_name,
        own_script_language=registration.own_script_language,
        organisation_name=registration.organisation_name,
        representation=registration.representation,
        category_label=registration.category.label,
        category_position=registration.category.position,
        reference=registration.reference,
        entries=tuple(_entry(forum, each) for each in engagements),
        back_text=back_text,
    )


def _entry(forum: Forum, engagement: Engagement) -> BadgeEntry:
    starts_at, title, place = engagement
    at = local(starts_at, forum.time_zone)
    return BadgeEntry(day=weekday(at.date()), time=f"{at:%H:%M}", title=title, place=place)


def _is_printable(job: JobRun, facts: BadgeFacts) -> bool:
    try:
        check_letters(facts)
    except MissingGlyphs as missing:
        job.fail_item(f"{facts.holder_name}, {facts.reference}: {missing.message}")
        return False
    return True


def _file(job: JobRun, slug: str, badges: Sequence[Badge], paper: BadgeFormat, title: str) -> tuple[str, Path]:
    """Draw one PDF, or a ZIP of several when there are very many."""
    parts = [badges[start : start + IN_A_FILE] for start in range(0, len(badges), IN_A_FILE)]
    with tempfile.NamedTemporaryFile(suffix=".zip" if len(parts) > 1 else ".pdf", delete=False) as file:
        path = Path(file.name)
        try:
            if len(parts) == 1:
                file.write(_drawn(job, parts[0], paper, title))
            else:
                with ZipFile(file, "w", ZIP_STORED) as archive:
                    for number, part in enumerate(parts, start=1):
                        archive.writestr(f"badges-{number:02}.pdf", _drawn(job, part, paper, title))
        except BaseException:
            path.unlink(missing_ok=True)
            raise
    return f"{slug}-badges{path.suffix}", path


def _drawn(job: JobRun, part: Sequence[Badge], paper: BadgeFormat, title: str) -> bytes:
    job.check_cancelled()
    facts = [each for _registration_id, each in part]
    # Named by what stands on them: a badge that was corrected since is drawn anew.
    kept = _kept(job) / hashlib.sha256(repr((title, paper, job.params["back"], facts)).encode()).hexdigest()
    if not kept.is_file():
        unfinished = kept.with_suffix(".part")
        unfinished.write_bytes(badges_pdf(facts, paper, with_back=bool(job.params["back"]), title=title))
        unfinished.replace(kept)
    job.advance(len(part))
    return kept.read_bytes()


def _kept(job: JobRun) -> Path:
    """Return the folder that holds what this job has drawn, for its next try."""
    return work_folder(f"badges-{job.job_id}")


def _count(job: JobRun, registration_ids: Sequence[int]) -> None:
    forum = db.session.get_one(Forum, job.params["forum_id"])
    actor = db.session.get(Account, job.owner_id) if job.owner_id is not None else None
    doubled = record_prints(forum, registration_ids, reason=job.params["reason"], actor=actor, now=job.now())
    if not job.params["again"]:
        for each in doubled:
            job.fail_item(f"{each.delegate_name}: was printed by another job meanwhile; this is one copy more.")
