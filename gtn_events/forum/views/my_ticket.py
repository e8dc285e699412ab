"""The delegate's ticket: on the screen, as a PDF, and the calendar file."""

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.core import clock
from gtn_events.core.downloads import send_attachment
from gtn_events.core.pdf.qr import qr_svg
from gtn_events.core.permissions import Permission, requires

from ..calendar import registration_calendar
from ..documents import ticket_of
from ..enums import RegistrationState
from ..models import Forum, Registration
from .my import blueprint, own_registration


@blueprint.get("/ticket")
@requires(Permission.SIGNED_IN)
def ticket(forum: Forum) -> ResponseReturnValue:
    """Show the code for the door, as large as the screen allows."""
    registration = _confirmed(forum)
    return render_template(
        "forum/my/ticket.html",
        forum=forum,
        registration=registration,
        qr=qr_svg(registration.reference, label=_("Code for the door")),
    )


@blueprint.get("/ticket.pdf")
@requires(Permission.SIGNED_IN)
def ticket_pdf(forum: Forum) -> ResponseReturnValue:
    """Send the ticket as a PDF."""
    return send_attachment(ticket_of(_confirmed(forum)))


@blueprint.get("/calendar.ics")
@requires(Permission.SIGNED_IN)
def calendar(forum: Forum) -> ResponseReturnValue:
    """Send the forum and the delegate's side events as a calendar file."""
    return send_attachment(registration_calendar(_confirmed(forum), now=clock.now()))


def _confirmed(forum: Forum) -> Registration:
    registration = own_registration(forum)
    if registration.state is not RegistrationState.CONFIRMED:
        abort(404)
    return registration
