"""Who hears of a released version of the programme: those whose sessions are different now."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from gtn_events.core.db import db
from gtn_events.core.outbox import Recipient, enqueue_mail

from .models import ProgrammeRelease, Speaker
from .programme_differences import SessionDifference


def tell_of_release(release: ProgrammeRelease, found: Sequence[SessionDifference], *, now: datetime) -> None:
    """Mail every speaker with an account what is different in their own sessions; one mail each, once."""
    own: dict[int, list[SessionDifference]] = defaultdict(list)
    for difference in found:
        for speaker_id in difference.speaker_ids:
            own[speaker_id].append(difference)
    statement = (
        select(Speaker)
        .where(Speaker.forum_id == release.forum_id, Speaker.account_id.is_not(None), Speaker.id.in_(own))
        .options(joinedload(Speaker.account))
    )
    for speaker in db.session.scalars(statement):
        account, forum = speaker.account, release.forum
        if account is None:
            continue
        to = Recipient(
            address=account.email, name=account.display_name, language=account.language, time_zone=account.time_zone
        )
        enqueue_mail(
            f"programme-release:{release.id}:{account.id}",
            "forum/programme_changed",
            to=to,
            context={"forum": forum, "release": release, "differences": own[speaker.id]},
            now=now,
            scope=forum.scope,
            hold=forum.hold_mail,
        )
