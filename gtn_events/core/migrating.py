"""Migrations: what runs them is held by the commands that do, not by a process that only serves."""

from flask import Flask
from flask_migrate import Migrate, upgrade
from flask_migrate.cli import db as commands

from .db import db

__all__ = ["bind", "bring_up_to_date", "commands"]


def bind(app: Flask) -> None:
    """Let Flask-Migrate's commands and functions work on this application."""
    Migrate(app, db, directory=f"{app.root_path}/migrations", render_as_batch=True, compare_type=True)


def bring_up_to_date(app: Flask) -> None:
    """Run every migration that the database lacks."""
    bind(app)
    upgrade()
