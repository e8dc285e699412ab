"""The structure of the network: coordinators at each level, a deputy, a vacancy, and two handovers."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.accounts.views.tokens import signer
from gtn_events.core.db import db
from gtn_events.core.economies import Economy
from gtn_events.network.domain.groups import save_group
from gtn_events.network.domain.handover import Handover, hand_over
from gtn_events.network.domain.posts import Place, PostDetails, enter_post
from gtn_events.network.enums import PostKind
from gtn_events.network.models import CoordinatorPost

SOUTH_EAST_ASIA = ("BD", "INA", "MAS", "PHL", "SGP", "THA", "VN")
ALL = ("office_name", "post_title", "organisation", "email", "phone")
OFFICE = "Office of Green Enterprise (invented)"
# Economy, kind, name, address of the account, what everybody sees.
NATIONAL = (
    ("INA", PostKind.COORDINATOR, "Putri LESTARI", "putri.lestari@posts.example", ALL),
    ("JPN", PostKind.COORDINATOR, "Haruto KITAGAWA", "haruto.kitagawa@posts.example", ("post_title", "email")),
    ("MEX", PostKind.COORDINATOR, "Ximena OROZCO", "ximena.orozco@posts.example", ALL[:4]),
    ("PE", PostKind.COORDINATOR, "Rosa HUAMÁN", "rosa.huaman@posts.example", ALL[:4]),
    ("PE", PostKind.DEPUTY, "Kusi MAMANI", "kusi.mamani@posts.example", ()),
    ("VN", PostKind.DEPUTY, "Lan PHẠM", "lan.pham@posts.example", ALL[:3]),
)


def fill_posts(staff: Mapping[str, Account], *, now: datetime) -> None:
    """Enter the posts; the coordinator of Thailand holds the role already, which becomes that of the post. Flushes."""
    admin = staff["admin"]
    members = list(db.session.scalars(select(Economy).where(Economy.code.in_(SOUTH_EAST_ASIA)).order_by(Economy.rank)))
    group = save_group(None, "Southeast Asia", members, actor=admin, now=now)
    region = staff["region"]
    leads = PostKind.COORDINATOR
    _enter(Place(group=group), (leads, region.display_name, region.email, ALL), actor=admin, now=now)
    _enter(Place(), (leads, "Mei Ling TAN", "meiling.tan@posts.example", ALL[:4]), actor=admin, now=now)
    thailand = staff["coordinator"]
    own = _enter(_of("THA"), (leads, thailand.display_name, thailand.email, ALL), actor=admin, now=now)
    posts = {
        (code, kind): _enter(_of(code), (kind, name, email, shown), actor=admin, now=now)
        for code, kind, name, email, shown in NATIONAL
    }
    own.ends_on = now.date() + timedelta(days=45)
    following = Handover(
        holder_email="dewi.anggraini@posts.example",
        details=_details("Dewi ANGGRAINI", "dewi.anggraini@posts.example", ALL[:4], first=30, now=now),
        last_day=now.date() + timedelta(days=29),
    )
    hand_over(posts["INA", PostKind.COORDINATOR], following, links=signer(), actor=admin, now=now)
    earlier = _details("Alejandro VEGA", "alejandro.vega@posts.example", (), first=-800, now=now, last=-401)
    enter_post(
        *(_of("MEX"), PostKind.COORDINATOR, "alejandro.vega@posts.example", earlier),
        links=signer(),
        actor=admin,
        now=now,
    )
    db.session.flush()


def _of(code: str) -> Place:
    return Place(economy=db.session.get_one(Economy, code))


def _enter(
    place: Place, holder: tuple[PostKind, str, str, tuple[str, ...]], *, actor: Account, now: datetime
) -> CoordinatorPost:
    kind, name, email, shown = holder
    details = _details(name, email, shown, first=-400, now=now)
    return enter_post(place, kind, email, details, links=signer(), actor=actor, now=now)


def _details(
    name: str, email: str, shown: tuple[str, ...], *, first: int, now: datetime, last: int | None = None
) -> PostDetails:
    return PostDetails(
        office_name=name,
        post_title="Director for SMEs and green technology",
        organisation=OFFICE,
        email=f"office.{email}",
        phone="+00 555 0100",
        consented=shown,
        starts_on=now.date() + timedelta(days=first),
        ends_on=None if last is None else now.date() + timedelta(days=last),
    )
