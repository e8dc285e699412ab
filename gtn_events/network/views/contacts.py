"""The contacts as coordinators and organisers see them: everybody, vacancies, handovers due, history."""

from collections.abc import Iterator

from flask import Response, abort, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import RoleGrant
from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.exports import Cell, csv_response, xlsx_response
from gtn_events.core.permissions import Permission, requires

from ..models import CoordinatorPost
from ..queries.posts import places, places_of, posts_in_order
from .blueprint import GroupPage, blueprint

READERS = {Role.ADMINISTRATOR, Role.ORGANISER, Role.ECONOMY_COORDINATOR, Role.REGIONAL_COORDINATOR}


@blueprint.get("/network/contacts")
@requires(Permission.SIGNED_IN)
def contacts() -> ResponseReturnValue:
    """Show every post with its holder, what is vacant, what ends without a follower, and who held it before."""
    _require_reader()
    found = places(clock.now())
    return render_template(
        "network/contacts.html",
        places=found,
        vacant=[each for each in found if each.economy is not None and each.is_vacant],
        ending=[(each, post) for each in found for post in each.ending],
        now=clock.now(),
    )


@blueprint.get("/network/contacts.csv")
@requires(Permission.SIGNED_IN)
def contacts_csv() -> Response:
    """Return every post, also those that are over, as CSV."""
    _require_reader()
    return csv_response(f"network-contacts-{clock.now():%Y-%m-%d}.csv", *_table())


@blueprint.get("/network/contacts.xlsx")
@requires(Permission.SIGNED_IN)
def contacts_xlsx() -> Response:
    """Return every post, also those that are over, as a spreadsheet."""
    _require_reader()
    return xlsx_response(f"network-contacts-{clock.now():%Y-%m-%d}.xlsx", *_table())


@blueprint.get("/network/groups/<group>")
@requires(Permission.GROUP_SEE)
def group_economies(group: GroupPage) -> ResponseReturnValue:
    """Show a regional coordinator the economies of the group: who coordinates each, vacancies, handovers due."""
    now = clock.now()
    return render_template("network/group.html", group=group, places=places_of(group.row, now), now=now)


def reads_contacts() -> bool:
    """Say whether the signed-in person may see contacts that are not public: whoever works here."""
    return any(grant.role in READERS for grant in current_account().live_grants)


def _require_reader() -> None:
    if not reads_contacts():
        abort(403)


def _table() -> tuple[list[str], list[list[Cell]]]:
    now = clock.now()
    rows = [_row(post, post.state(now).label) for post in db.session.scalars(posts_in_order())]
    heads = [
        *(_("Level"), _("Coordinates"), _("As"), _("State"), _("Name"), _("Title of the post"), _("Organisation")),
        *(_("E-mail address"), _("Phone"), _("First day"), _("Last day")),
    ]
    return heads, rows + [_grant_row(name, grant) for name, grant in _grants_alone()]


def _grants_alone() -> Iterator[tuple[str, RoleGrant]]:
    for place in places(clock.now()):
        yield from ((place.name, grant) for grant in place.grants)


def _row(post: CoordinatorPost, state: str) -> list[Cell]:
    return [
        *(post.level.label, post.place, post.kind.label, state, post.office_name, post.post_title),
        *(post.organisation, post.email or post.holder_email, post.phone, post.starts_on, post.ends_on),
    ]


def _grant_row(place: str, grant: RoleGrant) -> list[Cell]:
    account = grant.account
    return [
        *(_("One economy"), place, grant.role.label, _("Role without a post"), account.display_name),
        *(account.position, "", account.email, "", grant.granted_at.date(), None),
    ]
