"""What the pages of a host's desk have in common: its places in the call, and one application that it sees."""

from flask import abort

from gtn_events.core.db import db

from ...models import Application, Call, Host, Intake
from ...queries.host_desk import intake_of, visible_application


def own_intake(host: Host, call: Call) -> Intake:
    """Return the places that the host gives in a call, or answer 404."""
    return intake_of(call, host) or abort(404)


def seen_application(intake: Intake, reference: str) -> Application:
    """Return an application that the host sees, or answer 404: a block makes it as if it were not there."""
    return db.session.scalar(visible_application(intake, reference)) or abort(404)
