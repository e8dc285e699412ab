"""What the package brings to the application: the task that purges, and words for templates."""

from flask import Flask

from . import housekeeping as housekeeping  # importing it registers the task
from .domain.presenting import present


def init_app(app: Flask) -> None:
    """Register everything of this package."""
    app.jinja_env.globals["present_answer"] = present
