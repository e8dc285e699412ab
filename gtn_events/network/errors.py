"""The rules of the network that can say no."""

from gtn_events.core.errors import DomainError


class PostRefused(DomainError):
    """A post cannot be entered or changed like this."""

    http_status = 422


class HandoverToConfirm(DomainError):
    """A handover leaves the post empty for some days, or held twice; somebody has to say that this is meant."""

    http_status = 422


class GroupRefused(DomainError):
    """A group of economies cannot be changed or removed like this."""

    http_status = 422
