"""Sample mails and jobs for the tests of the ground; their templates are made up on the spot."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from flask import Flask
from jinja2 import ChoiceLoader, DictLoader

from gtn_events.core.db import db
from gtn_events.core.outbox import OutboxMail, Recipient, enqueue_mail

TEXT = '{% extends "email/base.txt" %}{% block content %}See you in {{ forum }}.{% endblock %}'
HTML = '{% extends "email/base.html" %}{% block content %}<p>See you in {{ forum }}.</p>{% endblock %}'
TEMPLATES = {
    "email/sample/hello/subject.txt": "Welcome to {{ forum }}\n",
    "email/sample/hello/body.txt": TEXT,
    "email/sample/hello/body.html": HTML,
}
ROSA = Recipient("rosa@firm.example", "Rosa HUAMÁN", "es", "America/Lima")


@contextmanager
def sample_templates(app: Flask) -> Iterator[None]:
    """Let the application find the sample mail."""
    before = app.jinja_env.loader
    assert before is not None
    app.jinja_env.loader = ChoiceLoader([DictLoader(TEMPLATES), before])
    try:
        yield
    finally:
        app.jinja_env.loader = before


def make_mail(key: str = "hello:1", *, now: datetime, **values: Any) -> OutboxMail:
    """One mail in the outbox, committed; ``values`` are arguments of enqueue_mail."""
    arguments: dict[str, Any] = {"to": ROSA, "context": {"forum": "Bali"}, "now": now} | values
    mail = enqueue_mail(key, "sample/hello", **arguments)
    assert mail is not None
    db.session.commit()
    return mail
