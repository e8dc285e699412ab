"""What an organiser's home page shows of competitions: entries to decide, what they organise, what they can open."""

from collections.abc import Iterator
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import func, select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.home import HomeItem, HomeSection
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.permissions import Permission, may

from .models import Competition, Entry
from .queries.figures import WAITING

WORDS = {
    Role.ORGANISER: lambda: _("You organise it"),
    Role.HELPER: lambda: _("You help its organisers"),
    Role.INTEGRITY_OFFICER: lambda: _("You watch over its integrity"),
}
DECIDING = (Role.ORGANISER, Role.HELPER)


def organiser_section(account: Account, now: datetime) -> HomeSection:
    """Return the organiser's part of the home page."""
    roles = _roles_by_competition(account)
    deciding = [competition_id for competition_id, role in roles.items() if role in DECIDING]
    return HomeSection(
        waiting=list(_to_decide(deciding, now)) if deciding else [],
        have=list(_staffed(roles, everywhere=may(Permission.COMPETITION_CREATE))),
        can_start=list(_new_competition()),
    )


def _roles_by_competition(account: Account) -> dict[int, Role]:
    """Return the foremost role that the person has at each competition."""
    order = list(WORDS)
    grants = [grant for grant in account.live_grants if grant.scope_kind == "competition" and grant.role in WORDS]
    # The foremost is written last.
    return {grant.scope_id: grant.role for grant in sorted(grants, key=lambda each: -order.index(each.role))}


def _to_decide(competition_ids: list[int], now: datetime) -> Iterator[HomeItem]:
    statement = (
        select(Competition, func.count(), func.min(Entry.submitted_at))
        .join(Entry, Entry.competition_id == Competition.id)
        .where(Competition.id.in_(competition_ids), Entry.state.in_(WAITING))
        .group_by(Competition.id)
        .order_by(Competition.id)
    )
    for competition, count, oldest in db.session.execute(statement):
        waits = ngettext("the oldest waits %(num)s day", "the oldest waits %(num)s days", (now - oldest).days)
        yield HomeItem(
            title=ngettext("%(num)s entry to decide", "%(num)s entries to decide", count),
            text=f"{competition.title} · {waits}",
            url=url_for(
                "competition_manage.entry_list", competition=competition, state=[each.value for each in WAITING]
            ),
            button=_("Decide"),
        )


def _staffed(roles: dict[int, Role], *, everywhere: bool) -> Iterator[HomeItem]:
    if not roles and not everywhere:
        return
    statement = select(Competition).order_by(Competition.entries_open_at.desc(), Competition.id.desc())
    if not everywhere:
        statement = statement.where(Competition.id.in_(roles))
    for competition in db.session.scalars(statement):
        role = WORDS[roles[competition.id]]() if competition.id in roles else _("You administer it")
        yield HomeItem(
            title=competition.title,
            text=f"{role} · {competition.city}",
            url=url_for("competition_manage.overview", competition=competition),
            state=competition.state,
        )


def _new_competition() -> Iterator[HomeItem]:
    if may(Permission.COMPETITION_CREATE):
        yield HomeItem(
            title=_("Open a competition"),
            text=_("It is a draft that only its organisers see until you publish it."),
            url=url_for("competition_opening.new"),
        )
