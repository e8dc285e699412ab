"""The pages of figures and of dashboards in the demonstration: who opens what, and the rows their addresses name."""

from sqlalchemy import select

from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.incubation.domain.figure_links import make_link
from gtn_events.incubation.enums import Moment
from gtn_events.incubation.models import FigureSet
from tests.browser.visits import Visit

OVER = "/co-incubation/co-incubation-2024"
FORM = f"{OVER}/placements/{{placed}}/figures"
MANAGE = f"{OVER}/manage/figures"

VISITS = (
    Visit("", "/co-incubation/figures/{figures_token}", dark=True),
    Visit("", "/co-incubation/figures/{figures_token}", press="Save and check"),
    Visit("", "/co-incubation/figures/{half_token}/check"),
    Visit("", "/co-incubation/figures/{half_token}/check", press="Confirm the figures"),
    Visit("", "/co-incubation/figures/{given_token}"),
    Visit("", "/co-incubation/figures/no-such-link", status=404),
    Visit("placed", "/home"),
    Visit("placed", FORM, dark=True),
    Visit("placed", f"{FORM}/start"),
    Visit("placed", f"{FORM}/after-24"),
    Visit("placed", f"{FORM}/after-6/check"),
    Visit("organiser", MANAGE, dark=True),
    Visit("organiser", f"{MANAGE}?q=nothing-of-the-kind"),
    Visit("organiser", "/co-incubation/co-incubation-2027/manage/figures"),
    Visit("organiser", f"{MANAGE}/{{late_figures}}"),
    Visit("organiser", f"{MANAGE}/{{late_figures}}", press="Save and check"),
    Visit("organiser", f"{MANAGE}/{{half_figures}}/check"),
    Visit("organiser", f"{MANAGE}/{{given_figures}}", dark=True),
    Visit("organiser", f"{MANAGE}/{{given_figures}}/open-again"),
    Visit("organiser", f"{OVER}/manage/dashboard", dark=True),
    Visit("organiser", "/co-incubation/co-incubation-2027/manage/dashboard"),
    Visit("organiser", "/co-incubation/dashboard"),
    Visit("coordinator", "/co-incubation/economy/THA/dashboard"),
)


def late_figures() -> FigureSet:
    """Return the figures of two years after that a firm of the demonstration owes the longest."""
    late = select(FigureSet).where(FigureSet.moment == Moment.AFTER_24, FigureSet.sent_at.is_(None))
    return db.session.scalars(late.order_by(FigureSet.due_on, FigureSet.id)).first() or _none()


def figure_rows() -> dict[str, str]:
    """Return name to address part of what the visits name."""
    now, late = clock.now(), late_figures()
    given = db.session.scalars(select(FigureSet).where(FigureSet.source != "")).one()
    half = db.session.scalars(
        select(FigureSet).where(FigureSet.placement_id == late.placement_id, FigureSet.moment == Moment.AFTER_6)
    ).one()
    # Filled in, and left before it was confirmed.
    half.values, half.note, half.saved_at = given.values, "The port was closed for a month.", now
    rows = {
        "placed": str(late.placement_id),
        "late_figures": str(late.id),
        "given_figures": str(given.id),
        "half_figures": str(half.id),
        "figures_token": make_link(late, now=now),
        "half_token": make_link(half, now=now),
        "given_token": make_link(given, now=now),
    }
    db.session.commit()
    return rows


def _none() -> FigureSet:
    raise LookupError("nobody owes figures in the demonstration")
