"""A forum as the owner of designs of its documents."""

from collections.abc import Iterator, Mapping
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from gtn_events.certificates.domain import IssueRequest
from gtn_events.certificates.enums import CertificateKind
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.permissions import Permission, may
from gtn_events.core.venue_time import day_at_venue
from gtn_events.designs.owners import DesignOwner

from .certificates import participation_due
from .certificates_makers import makers_due
from .enums import LetterKind
from .list_wording import PARTICIPANTS_LIST
from .models import Forum
from .queries.makers import KINDS
from .views.loading import tab_counts

CERTIFICATES = (CertificateKind.PARTICIPATION, *KINDS)
DESIGNERS = {
    **{kind.value: Permission.FORUM_CERTIFICATES_ISSUE for kind in CERTIFICATES},
    **{kind.designed: Permission.FORUM_SENSITIVE_SEE for kind in LetterKind},
    PARTICIPANTS_LIST: Permission.FORUM_CERTIFICATES_ISSUE,
}


def forum_with_designs(forum_id: int) -> DesignOwner | None:
    """Return a forum as the pages of designs show it, below the documents of its organisers."""
    forum = db.session.get(Forum, forum_id)
    if forum is None:
        return None

    def frame() -> Mapping[str, Any]:
        return {
            "forum": forum,
            "section": "manage",
            "tab": "documents",
            "tab_counts": tab_counts(forum),
            "nav": "forum/manage/_documents_nav.html",
            "page_key": "looks",
        }

    return DesignOwner(
        scope=forum.scope,
        title=forum.title,
        time_zone=forum.time_zone,
        back=(_("Documents"), url_for(_documents_page(forum), forum=forum)),
        due=lambda kind: _due(forum, kind),
        frame=frame,
    )


def _documents_page(forum: Forum) -> str:
    issues = may(Permission.FORUM_CERTIFICATES_ISSUE, forum)
    return "forum_manage.certificates" if issues else "forum_manage.letters"


def _due(forum: Forum, kind: str) -> Iterator[IssueRequest]:
    params = {"forum_id": forum.id, "issued_on": day_at_venue(clock.now(), forum.time_zone).isoformat()}
    if kind == CertificateKind.PARTICIPATION:
        return participation_due(params)
    return (each for each in makers_due({**params, "chosen": []}) if each.kind == kind)
