"""What the home page shows of appeals: those a person was chosen to decide, and those without anybody."""

from collections.abc import Iterator
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from gtn_events.accounts.enums import Role
from gtn_events.accounts.home import HomeItem, HomeSection
from gtn_events.accounts.models import Account
from gtn_events.core.db import db

from .enums import AppealState
from .models import Appeal, Competition


def appeals_section(account: Account, now: datetime) -> HomeSection:  # noqa: ARG001  # every section has both
    """Return what waits for the person about appeals."""
    organised = [
        grant.scope_id
        for grant in account.live_grants
        if grant.scope_kind == "competition" and grant.role is Role.ORGANISER
    ]
    return HomeSection(waiting=[*_to_decide(account), *(_to_assign(organised) if organised else ())])


def _to_decide(account: Account) -> Iterator[HomeItem]:
    statement = (
        select(Appeal)
        .where(Appeal.decider_id == account.id, Appeal.state == AppealState.ASSIGNED)
        .options(joinedload(Appeal.competition), joinedload(Appeal.entry))
        .order_by(Appeal.id)
    )
    for appeal in db.session.scalars(statement):
        yield HomeItem(
            title=_("Decide an appeal: %(entry)s", entry=appeal.entry.title),
            text=appeal.competition.title,
            url=url_for("competition_manage.appeal", competition=appeal.competition, appeal_id=appeal.id),
            button=_("Decide"),
        )


def _to_assign(competition_ids: list[int]) -> Iterator[HomeItem]:
    statement = (
        select(Competition, func.count())
        .join(Appeal, Appeal.competition_id == Competition.id)
        .where(Competition.id.in_(competition_ids), Appeal.state == AppealState.RECEIVED)
        .group_by(Competition.id)
        .order_by(Competition.id)
    )
    for competition, count in db.session.execute(statement):
        yield HomeItem(
            title=ngettext(
                "%(num)s appeal has nobody to decide it", "%(num)s appeals have nobody to decide them", count
            ),
            text=competition.title,
            url=url_for("competition_manage.appeals", competition=competition, state=[AppealState.RECEIVED.value]),
            button=_("Choose who decides"),
        )
