"""Where sealed files lie."""

from pathlib import Path

from flask import current_app

from gtn_events.config import Settings


def sealed_folder() -> Path:
    """Return the folder that holds every sealed file."""
    settings: Settings = current_app.config["SETTINGS"]
    return settings.instance_dir / "sealed"
