"""Who may use a view: every one says so, and the application refuses one that does not."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from flask import Flask, Response, abort, current_app, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

View = TypeVar("View", bound=Callable[..., Any])
EXTENSION = "gtn-access"


class Permission(StrEnum):
    """What a view can ask for; accounts.roles says which role gives which."""

    SIGNED_IN = "signed-in"
    SITE_ADMINISTER = "site-administer"
    FORUM_CREATE = "forum-create"
    FORUM_SEE = "forum-see"
    FORUM_EDIT = "forum-edit"
    FORUM_CLONE = "forum-clone"
    FORUM_HELPERS_EDIT = "forum-helpers-edit"
    FORUM_REGISTRATIONS_SEE = "forum-registrations-see"
    FORUM_REGISTRATIONS_MANAGE = "forum-registrations-manage"
    FORUM_SENSITIVE_SEE = "forum-sensitive-see"
    FORUM_QUESTIONNAIRE_EDIT = "forum-questionnaire-edit"
    FORUM_SIDE_EVENTS_EDIT = "forum-side-events-edit"
    FORUM_SIDE_EVENT_HOST = "forum-side-event-host"
    FORUM_PROGRAMME_EDIT = "forum-programme-edit"
    FORUM_CHECK_IN = "forum-check-in"
    FORUM_WALK_IN = "forum-walk-in"
    FORUM_CERTIFICATES_ISSUE = "forum-certificates-issue"
    FORUM_TRAVEL_SEE = "forum-travel-see"
    FORUM_MAIL_MANAGE = "forum-mail-manage"
    DELEGATION_MANAGE = "delegation-manage"
    DELEGATION_BADGES_SEE = "delegation-badges-see"
    COMPETITION_CREATE = "competition-create"
    COMPETITION_SEE = "competition-see"
    COMPETITION_EDIT = "competition-edit"
    COMPETITION_STAFF_EDIT = "competition-staff-edit"
    COMPETITION_QUESTIONNAIRE_EDIT = "competition-questionnaire-edit"
    COMPETITION_ENTRIES_SEE = "competition-entries-see"
    COMPETITION_ENTRIES_MANAGE = "competition-entries-manage"
    COMPETITION_MAIL_MANAGE = "competition-mail-manage"
    COMPETITION_JUDGES_MANAGE = "competition-judges-manage"
    COMPETITION_RESULTS_SEE = "competition-results-see"
    COMPETITION_RESULTS_DECIDE = "competition-results-decide"
    COMPETITION_INTEGRITY_SEE = "competition-integrity-see"
    COMPETITION_JUDGE = "competition-judge"
    CALL_CREATE = "call-create"
    CALL_SEE = "call-see"
    CALL_EDIT = "call-edit"
    CALL_STAFF_EDIT = "call-staff-edit"
    CALL_QUESTIONNAIRE_EDIT = "call-questionnaire-edit"
    CALL_APPLICATIONS_SEE = "call-applications-see"
    CALL_APPLICATIONS_MANAGE = "call-applications-manage"
    CALL_MAIL_MANAGE = "call-mail-manage"
    CALL_MATCH = "call-match"
    CALL_PLACEMENTS_MANAGE = "call-placements-manage"
    DELEGATION_TRAVEL_SEE = "delegation-travel-see"
    HOST_CREATE = "host-create"
    HOST_MANAGE = "host-manage"
    HOST_VERIFY = "host-verify"
    GROUP_SEE = "group-see"


@dataclass(frozen=True)
class Scope:
    """The thing a role or a permission is about: one forum, one economy, one competition."""

    kind: str
    id: int


class Scoped(Protocol):
    """Anything that roles can be given for."""

    @property
    def scope(self) -> Scope: ...


class Verdict(StrEnum):
    """What the access check found."""

    ALLOWED = "allowed"
    SIGN_IN = "sign-in"
    REFUSED = "refused"


Checker = Callable[[Permission, Scope | None], Verdict]


def public(view: View) -> View:
    """Mark a view that anybody may use, signed in or not."""
    view.access = None  # type: ignore[attr-defined]  # a mark on the function, read by the guard
    return view


def requires(permission: Permission) -> Callable[[View], View]:
    """Mark a view that needs a permission.

    The scope is the first view argument that is ``Scoped`` (a ``Forum`` put there by
    the blueprint); without one the permission has to be held for the whole site.
    """

    def mark(view: View) -> View:
        view.access = permission  # type: ignore[attr-defined]  # see public()
        return view

    return mark


def init_app(app: Flask, check: Checker) -> None:
    """Refuse every request whose view has no mark, or whose mark the person does not satisfy."""
    app.extensions[EXTENSION] = check
    app.before_request(_guard)
    app.jinja_env.globals["may"] = may


def may(permission: Permission | str, scoped: Scoped | None = None) -> bool:
    """Say whether the present person holds a permission for this thing."""
    check: Checker = current_app.extensions[EXTENSION]
    return check(Permission(permission), scoped.scope if scoped else None) is Verdict.ALLOWED


def is_marked(view: Callable[..., Any]) -> bool:
    """Say whether a view states who may use it."""
    return hasattr(view, "access")


def _guard() -> BaseResponse | Response | None:
    if request.endpoint is None or request.endpoint == "static" or request.endpoint.endswith(".static"):
        return None
    view = current_app.view_functions[request.endpoint]
    if not is_marked(view):
        current_app.logger.error("view %s does not say who may use it", request.endpoint)
        abort(403)
    permission: Permission | None = getattr(view, "access", None)
    if permission is None:
        return None
    check: Checker = current_app.extensions[EXTENSION]
    verdict = check(permission, _scope_of_request())
    if verdict is Verdict.SIGN_IN:
        return redirect(url_for("accounts.sign_in", next=_page_of_request()))
    if verdict is Verdict.REFUSED:
        abort(403)
    return None


def _page_of_request() -> str | None:
    """Return the address of the page that was wanted or, for a form that was sent, of the page that shows it."""
    adapter = current_app.create_url_adapter(request)
    if adapter is None or not adapter.test(method="GET"):
        return None
    return request.full_path.rstrip("?")


def _scope_of_request() -> Scope | None:
    for value in (request.view_args or {}).values():
        scope = getattr(value, "scope", None)
        if isinstance(scope, Scope):
            return scope
    return None
