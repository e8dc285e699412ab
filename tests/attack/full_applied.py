"""An application to a call, with a review, a rank, a talk and a block; every text carries one word."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.incubation.domain.application_drafts import begin_draft
from gtn_events.incubation.enums import BlockSource, BlockState, InterviewState
from gtn_events.incubation.models import (
    Application,
    Block,
    HostRank,
    Intake,
    Interview,
    InterviewSlot,
    Review,
)
from gtn_events.questionnaire.models import Answer
from tests.attack.full_placed import make_placed
from tests.factories import MADE_AT, make_account
from tests.incubation.factories import make_application, make_host, make_intake

# Whenever the tests run, applications are taken and hosts rank.
OPENS = datetime(2013, 1, 1, tzinfo=UTC)
FAR, LATER = datetime(2099, 12, 1, tzinfo=UTC), datetime(2099, 12, 31, tzinfo=UTC)


def make_applied(
    intake: Intake, organiser: Account, delegate: Account, answers: Mapping[str, int], word: str
) -> dict[str, Any]:
    """Make it and return what addresses are filled with; the organiser has read for the host, the delegate has a draft.

    Args:
        answers: keys of file questions to uploads.
    """
    call = intake.call
    other = make_intake(call, make_host(f"Other {word}", "JPN"))
    applicant = make_account(f"applicant.{word}@firm.example", family_name=f"Applicant {word}")
    application = _application(intake, applicant, answers, word)
    pair = {"intake": intake, "application": application}
    talk = Interview(
        **pair,
        state=InterviewState.AGREED,
        asked_at=MADE_AT,
        starts_at=MADE_AT,
        message=f"Message {word}",
        slots=[InterviewSlot(starts_at=MADE_AT)],
    )
    block = Block(
        application=application,
        intake=other,
        source=BlockSource.ORGANISER,
        state=BlockState.CONFIRMED,
        detail=f"Detail {word}",
        noted_at=MADE_AT,
    )
    review = Review(**pair, account=organiser, points={"fit": 3}, note=f"Note {word}", saved_at=MADE_AT)
    db.session.add_all([talk, block, review, HostRank(**pair, tier=1)])
    begin_draft(call, actor=delegate, now=MADE_AT, data={"project": {"typed": {"title": [f"Draft {word}"]}}})
    db.session.commit()
    return {
        **make_placed(application, intake, organiser, next(iter(answers.values())), word),
        "reference": application.reference,
        "upload_id": next(iter(answers.values())),
        "interview_id": talk.id,
        "block_id": block.id,
        "step": "project",
    }


def _application(intake: Intake, applicant: Account, answers: Mapping[str, int], word: str) -> Application:
    call = intake.call
    application = make_application(
        call,
        applicant,
        [intake],
        f"Project {word}",
        reference=f"{call.reference_prefix}-{word[:4].upper()}-APPL",
        organisation_name=f"Firm {word}",
        summary=f"Summary {word}",
        plan=f"Plan {word}",
        people=[{"name": f"Person {word}", "role": f"Role {word}"}],
    )
    application.answer_set.answers = [
        Answer(key="tried", value=f"Tried {word}"),
        *(Answer(key=key, value=upload_id, upload_id=upload_id) for key, upload_id in answers.items()),
    ]
    db.session.commit()
    return application
