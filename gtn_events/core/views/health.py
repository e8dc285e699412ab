"""Health for machines: does the process live, and can it do its work."""

import os
from functools import cache

from flask import Blueprint, current_app, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import select, text
from sqlalchemy.exc import SQLAlchemyError

from gtn_events.config import Settings

from ..db import db
from ..permissions import public
from ..templating import PACKAGE

blueprint = Blueprint("core_health", __name__)


@blueprint.get("/healthz")
@public
def alive() -> ResponseReturnValue:
    """Say that the process answers; touches nothing else."""
    return "ok\n", 200, {"Content-Type": "text/plain", "Cache-Control": "no-store"}


@blueprint.get("/readyz")
@public
def ready() -> ResponseReturnValue:
    """Say whether database, migrations and instance folder are as they must be: 200, or 503 with the reason."""
    found = {"database": _database(), "migrations": _migrations(), "instance": _instance()}
    status = 200 if set(found.values()) == {"ok"} else 503
    return jsonify(found), status, {"Cache-Control": "no-store"}


def _database() -> str:
    try:
        db.session.execute(select(1))
    except SQLAlchemyError:
        db.session.rollback()
        return "cannot be reached"
    return "ok"


def _migrations() -> str:
    newest = newest_migration()
    try:
        applied = set(db.session.scalars(text("SELECT version_num FROM alembic_version")))
    except SQLAlchemyError:
        db.session.rollback()
        return "were never run: gtn-events db upgrade"
    return "ok" if applied == {newest} else "are behind: gtn-events db upgrade"


def _instance() -> str:
    settings: Settings = current_app.config["SETTINGS"]
    return "ok" if os.access(settings.instance_dir, os.W_OK | os.X_OK) else "cannot be written"


@cache
def newest_migration() -> str:
    """Return the number of the newest migration that this code knows: files begin with theirs."""
    return max(path.name.partition("_")[0] for path in (PACKAGE / "migrations" / "versions").glob("[0-9]*.py"))
