"""Health for machines: does the process live, and can it do its work."""

import os
from functools import cache
from pathlib import Path

from alembic.config import Config
from alembic.script import ScriptDirectory
from flask import Blueprint, current_app, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import select, text
from sqlalchemy.exc import SQLAlchemyError

from gtn_events.config import Settings

from ..db import db
from ..permissions import public

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
    heads = _heads(f"{current_app.root_path}/migrations")
    if not heads:
        return "ok"
    try:
        applied = set(db.session.scalars(text("SELECT version_num FROM alembic_version")))
    except SQLAlchemyError:
        db.session.rollback()
        return "were never run: gtn-events db upgrade"
    return "ok" if applied == heads else "are behind: gtn-events db upgrade"


def _instance() -> str:
    settings: Settings = current_app.config["SETTINGS"]
    return "ok" if os.access(settings.instance_dir, os.W_OK | os.X_OK) else "cannot be written"


@cache
def _heads(folder: str) -> frozenset[str]:
    """Return the newest migrations that this code knows; they cannot change while it runs."""
    if not Path(folder, "versions").is_dir():
        return frozenset()
    config = Config()
    config.set_main_option("script_location", folder)
    return frozenset(ScriptDirectory.from_config(config).get_heads())
