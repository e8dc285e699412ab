"""What a firm's home page shows of its figures: those that are due, and where to see what it gave."""

from datetime import UTC, datetime, time

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from gtn_events.accounts.home import HomeItem, HomeSection
from gtn_events.accounts.models import Account
from gtn_events.core.db import db

from .domain.figure_sets import can_be_given
from .models import Application, FigureSet, Intake, Placement


def figures_section(account: Account, now: datetime) -> HomeSection:
    """Return the part of the home page about the figures of a person's firm."""
    sets = _sets_of(account)
    given = {each.placement_id: each.placement for each in sets if each.sent_at is not None}
    return HomeSection(
        waiting=[_due(each, now) for each in sets if can_be_given(each, now=now)],
        have=[_given(each) for each in given.values()],
    )


def _sets_of(account: Account) -> list[FigureSet]:
    statement = (
        select(FigureSet)
        .join(FigureSet.placement)
        .join(Placement.application)
        .where(Application.account_id == account.id)
        .options(
            contains_eager(FigureSet.placement).options(
                contains_eager(Placement.application).joinedload(Application.call),
                joinedload(Placement.intake).joinedload(Intake.host),
            )
        )
        .order_by(FigureSet.due_on, FigureSet.id)
    )
    return list(db.session.scalars(statement))


def _due(figures: FigureSet, now: datetime) -> HomeItem:
    moment, placement = figures.moment.label.lower(), figures.placement
    late = figures.due_on < now.date()
    return HomeItem(
        title=_("Your figures are late: %(moment)s", moment=moment)
        if late
        else _("Your figures are due: %(moment)s", moment=moment),
        text=_("What became of your stay at %(host)s; it takes ten minutes.", host=placement.intake.host.name),
        url=url_for(
            "incubation_figures.own_form",
            call=placement.application.call,
            placement_id=placement.id,
            moment=figures.moment.value,
        ),
        button=_("Give the figures"),
        deadline=None if late else datetime.combine(figures.due_on, time(23, 59), UTC),
    )


def _given(placement: Placement) -> HomeItem:
    call = placement.application.call
    return HomeItem(
        title=_("Your figures after %(host)s", host=placement.intake.host.name),
        text=call.title,
        url=url_for("incubation_figures.own", call=call, placement_id=placement.id),
    )
