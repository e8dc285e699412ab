"""The pages of how certificates look in the demonstration: who opens what, and whose designs their addresses name."""

from sqlalchemy import select

from gtn_events.competition.models import Competition
from gtn_events.core.db import db
from gtn_events.forum.models import Forum
from gtn_events.incubation.models import Call
from tests.browser.visits import Visit

DESIGNS = "/designs"
LETTERED = f"{DESIGNS}/{{next_designs}}"
CHANGED = f"{DESIGNS}/{{past_designs}}"

VISITS = (
    Visit("organiser", CHANGED, dark=True),
    Visit("organiser", f"{CHANGED}/participation", dark=True),
    Visit("organiser", f"{CHANGED}/participation?show=longest"),
    Visit("organiser", f"{CHANGED}/participation/versions", dark=True),
    Visit("organiser", f"{CHANGED}/participation/copy"),
    Visit("organiser", f"{CHANGED}/speaker"),
    Visit("organiser", f"{CHANGED}/speaker/versions"),
    Visit("organiser", f"{CHANGED}/speaker/copy", dark=True),
    Visit("organiser", f"{CHANGED}/participants-list", dark=True),
    Visit("organiser", f"{CHANGED}/participants-list?show=empty"),
    Visit("organiser", f"{CHANGED}/participants-list/versions"),
    *(Visit("organiser", f"{DESIGNS}/{{competition_designs}}{page}") for page in ("", "/award", "/judge")),
    *(Visit("organiser", f"{DESIGNS}/{{call_designs}}{page}") for page in ("", "/placement")),
    *(Visit("organiser", f"{LETTERED}/{kind}", dark=True) for kind in ("letter-invitation", "letter-visa")),
    Visit("organiser", f"{LETTERED}/letter-invitation/versions"),
    Visit("organiser", f"{LETTERED}/letter-visa/copy"),
    Visit("delegate", CHANGED, status=404),
)


def design_rows() -> dict[str, str]:
    """Whose designs the addresses name."""
    past = db.session.scalars(select(Forum.id).where(Forum.slug == "gtn-forum-2013")).one()
    upcoming = db.session.scalars(select(Forum.id).where(Forum.slug == "gtn-forum-2027")).one()
    decided = db.session.scalars(select(Competition.id).where(Competition.slug == "sme-competition-2013")).one()
    call = db.session.scalars(select(Call.id).where(Call.slug == "co-incubation-2027")).one()
    return {
        "past_designs": f"forum-{past}",
        "next_designs": f"forum-{upcoming}",
        "competition_designs": f"competition-{decided}",
        "call_designs": f"call-{call}",
    }
