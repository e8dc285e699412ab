"""The editor of the entry form, mounted below the competition."""

from flask import url_for

from gtn_events.core.permissions import Permission
from gtn_events.questionnaire.views.editor import mount_editor
from gtn_events.questionnaire.views.owner import Owner

from ...models import Competition
from .blueprint import blueprint


def _owner(competition: Competition) -> Owner:
    return Owner(
        competition.questionnaire,
        url_args={"competition": competition},
        context={
            "competition": competition,
            "section": "competition-manage",
            "tab": "questionnaire",
            "zone": competition.time_zone,
        },
        breadcrumb=[(competition.title, url_for(".overview", competition=competition))],
    )


mount_editor(blueprint, permission=Permission.COMPETITION_QUESTIONNAIRE_EDIT, load=_owner)
