"""The application with an editor mounted for an owner that is no forum."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Blueprint, Flask, url_for

from gtn_events.app import create_app
from gtn_events.core.db import Base, db
from gtn_events.core.permissions import Permission, Scope
from gtn_events.questionnaire.models import Questionnaire
from gtn_events.questionnaire.views.editor import mount_editor
from gtn_events.questionnaire.views.owner import Owner
from tests import databases


@dataclass
class Round:
    """An owner of questions, as a competition's round will be."""

    questionnaire: Questionnaire

    @property
    def scope(self) -> Scope:
        # Organisers are of forums so far, so the round passes for one.
        return Scope("forum", self.questionnaire.id)

    def __str__(self) -> str:
        return str(self.questionnaire.id)


def _owner(round_: Round) -> Owner:
    return Owner(round_.questionnaire, {"round_": round_}, breadcrumb=[("Home", url_for("core.landing"))])


def _mount(app: Flask) -> None:
    blueprint = Blueprint("rounds", __name__, url_prefix="/rounds/<round_>")

    @blueprint.url_value_preprocessor
    def load(_endpoint: str | None, values: dict[str, Any] | None) -> None:
        if values and isinstance(values.get("round_"), str):
            values["round_"] = Round(db.get_or_404(Questionnaire, int(values["round_"])))

    mount_editor(blueprint, permission=Permission.FORUM_QUESTIONNAIRE_EDIT, load=_owner)
    app.register_blueprint(blueprint)


@pytest.fixture(scope="session")
def app(new_database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application on a database of its own, with ``/rounds/<id>/questionnaire``."""
    application = create_app(databases.settings_on(new_database(), instance=tmp_path_factory.mktemp("instance")))
    application.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    _mount(application)
    with application.app_context():
        Base.metadata.create_all(db.engine)
    yield application
    with application.app_context():
        db.engine.dispose()
