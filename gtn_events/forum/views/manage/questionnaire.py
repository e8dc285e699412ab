"""The editor of the registration's questions, mounted below the forum."""

from flask import url_for

from gtn_events.core.permissions import Permission
from gtn_events.questionnaire.views.editor import mount_editor
from gtn_events.questionnaire.views.owner import Owner

from ...forms.wizard import OWN_PAGES
from ...models import Forum
from .blueprint import blueprint


def _owner(forum: Forum) -> Owner:
    return Owner(
        forum.questionnaire,
        url_args={"forum": forum},
        context={"forum": forum, "section": "manage", "tab": "questionnaire", "zone": forum.time_zone},
        breadcrumb=[(forum.title, url_for("forum_public.show", forum=forum))],
        reserved_steps=OWN_PAGES,
    )


mount_editor(blueprint, permission=Permission.FORUM_QUESTIONNAIRE_EDIT, load=_owner)
