"""When applications are taken and can be changed."""

from datetime import datetime

from ..enums import CallState
from ..errors import ApplicationsClosed
from ..models import Application, Call


def is_open(call: Call, *, now: datetime) -> bool:
    """Say whether applications are taken at this moment."""
    return call.state is CallState.PUBLISHED and call.opens_at <= now < call.closes_at


def require_open(call: Call, *, now: datetime) -> None:
    """Do nothing while applications are taken.

    Raises:
        ApplicationsClosed: nothing is taken at this moment; the text says whether it will be.
    """
    if is_open(call, now=now):
        return
    if call.state is CallState.PUBLISHED and now < call.opens_at:
        raise ApplicationsClosed(f"{call.title} does not take applications yet. Your draft is kept until it does.")
    raise ApplicationsClosed(f"{call.title} takes no applications any more. Your draft is kept; nothing was sent.")


def may_change(application: Application, *, now: datetime) -> bool:
    """Say whether the applicant can send another version."""
    return application.state.is_live and is_open(application.call, now=now)
