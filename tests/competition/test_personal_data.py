"""What is kept about an entrant is told in the export and let go in the erasure."""

import json
from datetime import datetime

import pytest
from sqlalchemy import select

from gtn_events.accounts.domain.personal_data import erase_person, export_person
from gtn_events.competition.domain.entries import refuse_entry
from gtn_events.competition.enums import AwardKind, CompetitionState, EntryState
from gtn_events.competition.models import Award, Competition, Entry, EntryDraft, EntryMember, EntryVersion
from gtn_events.competition.personal_data import StillEntered
from gtn_events.core.db import db
from gtn_events.core.journal import JournalEntry
from gtn_events.core.outbox import OutboxMail
from gtn_events.core.uploads import Upload
from gtn_events.questionnaire.models import Answer
from tests.competition.factories import MADE_AT, make_competition, make_entry
from tests.factories import make_account

pytestmark = pytest.mark.usefixtures("database")
SECRETS = ("Rosa", "Huamán", "rosa@firm.example", "Minh Tran", "Presses husk", "husk.pdf", "Half a draft", "Boards")


def full_entry(competition: Competition, state: EntryState = EntryState.WITHDRAWN) -> Entry:
    """An entry with a team, an answer, a file, a version and a draft beside it."""
    account = make_account()
    entry = make_entry(competition, account, state=state)
    file = Upload(
        sha256="ab" * 32,
        size=9,
        content_type="application/pdf",
        name="husk.pdf",
        stored_as="0f",
        created_at=MADE_AT,
        owner_id=account.id,
    )
    db.session.add(file)
    db.session.flush()
    entry.answer_set.answers = [
        Answer(key="solution", value="Presses husk"),
        Answer(key="slides", value=file.id, upload_id=file.id),
    ]
    entry.members = [EntryMember(position=1, name="Minh Tran", email="minh@firm.example", gender="man")]
    content = {"title": entry.title, "team": [{"name": "Minh Tran"}]}
    entry.versions = [
        EntryVersion(
            number=1, sent_at=MADE_AT, sent_by_id=account.id, content=content, sha256="cd" * 32, declared_by="Rosa"
        )
    ]
    draft = {"entry": {"title": "Half a draft"}}
    db.session.add(
        EntryDraft(competition=competition, account=account, data=draft, created_at=MADE_AT, saved_at=MADE_AT)
    )
    db.session.commit()
    return entry


def test_export_tells_entries_versions_team_and_drafts() -> None:
    entry = full_entry(make_competition())
    told = export_person(entry.account)["entries"]
    assert told["entries"][0]["answers"] == {"What it does": "Presses husk"}
    assert told["entries"][0]["team"][0]["name"] == "Minh Tran"
    assert told["entries"][0]["versions"][0]["sha256"] == "cd" * 32
    assert told["drafts"][0]["data"] == {"entry": {"title": "Half a draft"}}
    json.dumps(told)


def test_erasure_waits_until_an_entry_is_withdrawn_or_the_competition_is_over(now: datetime) -> None:
    entry = full_entry(make_competition(), EntryState.SUBMITTED)
    with pytest.raises(StillEntered, match="may still be judged"):
        erase_person(entry.account, now=now)
    db.session.rollback()
    entry.competition.state = CompetitionState.CLOSED
    erase_person(entry.account, now=now)
    assert (entry.title, entry.economy_code) == ("Erased entry", "PE")


def test_erasure_leaves_nothing_of_person_team_and_texts(now: datetime) -> None:
    entry = full_entry(make_competition(), EntryState.SUBMITTED)
    organiser = make_account("organiser@gtn.example", given_name="Dewi", family_name="Lestari")
    refuse_entry(entry, actor=organiser, now=now, reason="Rosa is no SME.")
    db.session.commit()
    erase_person(entry.account, now=now)
    db.session.commit()
    db.session.expire_all()
    for table in (Entry, EntryMember, EntryVersion, EntryDraft, Answer, OutboxMail, Upload, JournalEntry):
        for row in db.session.scalars(select(table)):
            kept = json.dumps({key: str(value) for key, value in vars(row).items() if not key.startswith("_")})
            assert [secret for secret in SECRETS if secret in kept] == [], (table, kept)
    assert entry.versions[0].sha256 == "cd" * 32
    assert db.session.scalars(select(Upload.deleted_at)).one() == now


def test_title_and_firm_of_a_winner_stay(now: datetime) -> None:
    competition = make_competition(results_published_at=MADE_AT)
    entry = full_entry(competition, EntryState.ADMITTED)
    db.session.add(Award(competition=competition, kind=AwardKind.GRAND, label="Grand prize", entry=entry))
    db.session.commit()
    erase_person(entry.account, now=now)
    assert (entry.title, entry.organisation_name, entry.members[0].name) == (
        "Boards from rice husk",
        "Andes Cold Chain",
        "Erased person",
    )
