"""The editor of the application form, mounted below the call."""

from flask import url_for

from gtn_events.core.permissions import Permission
from gtn_events.questionnaire.views.editor import mount_editor
from gtn_events.questionnaire.views.owner import Owner

from ...forms.application_wizard import OWN_PAGES
from ...models import Call
from .blueprint import blueprint


def _owner(call: Call) -> Owner:
    return Owner(
        call.questionnaire,
        url_args={"call": call},
        context={
            "call": call,
            "section": "call-manage",
            "tab": "questionnaire",
            "zone": call.time_zone,
        },
        breadcrumb=[(call.title, url_for(".overview", call=call))],
        reserved_steps=OWN_PAGES,
    )


mount_editor(blueprint, permission=Permission.CALL_QUESTIONNAIRE_EDIT, load=_owner)
