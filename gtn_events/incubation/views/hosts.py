"""The public catalogue of hosts, the page of one, and its photos."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from gtn_events.accounts.domain.names import guess_language
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.pages import paginate
from gtn_events.core.permissions import public
from gtn_events.core.uploads import send_upload

from ..domain.intake_limits import limits_in_words
from ..domain.verification import verification_of
from ..models import Host
from ..queries.catalogue import choices_of_catalogue, listed_hosts, places_in_open_calls, read_catalogue
from ..queries.hosts import photo_of
from .loading import load_host

blueprint = Blueprint("incubation_hosts", __name__, url_prefix="/co-incubation/hosts")
load_host(blueprint)


@blueprint.get("/")
@public
def index() -> ResponseReturnValue:
    """Show the hosts of the catalogue that the address asks for."""
    now = clock.now()
    choices = choices_of_catalogue(now=now)
    listing = read_catalogue(request.path, request.args, choices)
    page = paginate(listed_hosts(listing), listing)
    return render_template(
        "incubation/hosts/index.html",
        listing=listing,
        choices=choices,
        page=page,
        places=places_in_open_calls([host.id for host in page.items], now=now),
        verifications={host.id: verification_of(host, now=now) for host in page.items},
    )


@blueprint.get("/<host>/")
@public
def show(host: Host) -> ResponseReturnValue:
    """Show one host: what it does, for whom, what it costs, what it gives in calls that are open."""
    now = clock.now()
    intakes = places_in_open_calls([host.id], now=now).get(host.id, [])
    return render_template(
        "incubation/hosts/show.html",
        host=host,
        own_language=guess_language(host.own_script_name, economy_code=host.economy_code),
        verification=verification_of(host, now=now),
        intakes=[(intake, limits_in_words(intake.call, intake)) for intake in intakes],
    )


@blueprint.get("/<host>/photos/<int:photo_id>")
@public
def photo(host: Host, photo_id: int) -> ResponseReturnValue:
    """Send the file of a photo."""
    return send_upload(db.one_or_404(photo_of(host, photo_id)).upload)
