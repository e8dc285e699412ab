"""Which function does which kind of job."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..permissions import Permission

if TYPE_CHECKING:
    from .run import JobRun

Handler = Callable[["JobRun"], None]


class JobCancelled(Exception):
    """Somebody asked the job to stop, or another worker has taken it over; handlers let it pass."""


class JobInterrupted(Exception):
    """The worker is about to stop; the job goes back into the queue. Handlers let it pass."""


@dataclass(frozen=True)
class JobKind:
    """A handler, and the permission on the job's scope that lets others than its owner see it."""

    handler: Handler
    permission: Permission | None


_kinds: dict[str, JobKind] = {}


def job_handler(kind: str, *, permission: Permission | None = None) -> Callable[[Handler], Handler]:
    """Mark the function that does a kind of job.

    Args:
        permission: who holds it for the job's scope may see the job and its result;
            None leaves it to the owner and the administrators.

    The function may run twice for one job (its worker was killed), so each of its
    effects must be safe to repeat. It commits in small batches, or not at all: what is
    left uncommitted when it returns is committed together with the result.
    """

    def mark(handler: Handler) -> Handler:
        _kinds[kind] = JobKind(handler, permission)
        return handler

    return mark


def permission_of(name: str) -> Permission | None:
    """Return which permission lets others than the owner see jobs of a kind, None for nobody."""
    kind = _kinds.get(name)
    return kind.permission if kind else None


def kind_of(name: str) -> JobKind | None:
    """Return a registered kind."""
    return _kinds.get(name)
