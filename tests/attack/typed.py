"""Puts one text into every column of the database that people type into."""

import re

from sqlalchemy import JSON, Enum, String, update

from gtn_events.competition.models import Competition
from gtn_events.core.db import Base, db
from gtn_events.forum.views.programme.cache import forget_programmes
from tests.factories import MADE_AT

# Columns that hold a word of ours and not a person's text: changing them would break what they lead to.
WORDS = re.compile(
    r"(^|_)(slug|code|key|guid|state|kind|verb|template|scope|type|time_zone|language|sha256|stored_as|serial|prefix|"
    r"reference|reference_prefix|email|email_key|to_address|address|hash|colour|name_key|gender|size|role|"
    r"own_script_language|subject_type|subject|content_type|password_hash|token_sha256|body_html|source|decided_by)$"
)


def type_everywhere(text: str) -> None:
    """Let every text that somebody typed be this one; a column that is too short for it keeps what it has."""
    for table in Base.metadata.sorted_tables:
        texts = {
            column.name: text[: column.type.length] if column.type.length else text
            for column in table.columns
            if isinstance(column.type, String)
            and not isinstance(column.type, Enum | JSON)
            and not column.unique
            and not column.primary_key
            and not column.foreign_keys
            and not WORDS.search(column.name)
            and (column.type.length or 1000) >= len(text)
        }
        if texts and not table.name.startswith(("core_economy", "certificates_", "core_periodic")):
            db.session.execute(update(table).values(texts))
    db.session.execute(update(Competition).values(results_published_at=MADE_AT))
    db.session.commit()
    db.session.expire_all()
    forget_programmes()
