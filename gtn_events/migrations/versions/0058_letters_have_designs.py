"""Letters have designs: the texts and the signatory of each forum become their first version.

Revision 0058, after 0057. Numbers stay, and letters that were issued show what was sealed with them.
"""

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None

# What stood there while nobody wrote anything else; the template has it from now on.
_STANDARD = {
    "invitation": (
        "We are pleased to invite {name}, {position}, {organisation}, {economy}, to take part in {forum} as {role}.\n\n"
        "The forum is held on {dates} at {venue}, {city}. Small firms of the APEC economies show green technology "
        "there and meet partners from other economies."
    ),
    "visa": (
        "We confirm that {name}, {position}, {organisation}, {economy}, is registered for {forum} as {role}. "
        "The registration is approved.\n\n"
        "The forum is held on {dates} at {venue}, {city}. The person named below intends to enter on {entry} and to "
        "leave on {exit}. We should be grateful if {consulate} would consider the application."
    ),
}
_SETTINGS = sa.table(
    "forum_letter_settings",
    sa.column("forum_id", sa.Integer),
    sa.column("invitation_text", sa.Text),
    sa.column("visa_text", sa.Text),
    sa.column("signatory_name", sa.String),
    sa.column("signatory_post", sa.String),
)
_DESIGNS = sa.table(
    "designs_design",
    sa.column("scope_kind", sa.String),
    sa.column("scope_id", sa.Integer),
    sa.column("kind", sa.String),
    sa.column("number", sa.Integer),
    sa.column("values", sa.JSON),
    sa.column("created_at", sa.DateTime(timezone=True)),
)
# A part in square brackets may be left out now; what stood in some stays in round ones.
_ROUND = str.maketrans("[]", "()")


def upgrade() -> None:
    """Go to this revision."""
    connection = op.get_bind()
    designs = [_version(row, kind) for row in connection.execute(sa.select(_SETTINGS)).all() for kind in _STANDARD]
    if kept := [each for each in designs if each["values"]["texts"] or each["values"]["signatories"]]:
        connection.execute(sa.insert(_DESIGNS), kept)
    with op.batch_alter_table("forum_letter_settings", schema=None) as batch_op:
        for name in ("invitation_text", "visa_text", "signatory_name", "signatory_post", "lock_version"):
            batch_op.drop_column(name)
    with op.batch_alter_table("forum_letter", schema=None) as batch_op:
        batch_op.add_column(sa.Column("design_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_forum_letter_design_id"), "designs_design", ["design_id"], ["id"]
        )


def downgrade() -> None:
    """Go back: the newest texts and the first signatory of each forum."""
    with op.batch_alter_table("forum_letter", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_forum_letter_design_id"), type_="foreignkey")
        batch_op.drop_column("design_id")
    with op.batch_alter_table("forum_letter_settings", schema=None) as batch_op:
        for kind in _STANDARD:
            batch_op.add_column(sa.Column(f"{kind}_text", sa.Text(), nullable=False, server_default=_STANDARD[kind]))
        batch_op.add_column(sa.Column("signatory_name", sa.String(120), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("signatory_post", sa.String(200), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("lock_version", sa.Integer(), nullable=False, server_default="1"))
    connection = op.get_bind()
    letters = sa.select(_DESIGNS).where(_DESIGNS.c.kind.like("letter-%")).order_by(_DESIGNS.c.number)
    for row in connection.execute(letters).all():
        kind, values = row.kind.removeprefix("letter-"), row.values
        signed = [(each["name"], each["role"]) for each in values["signatories"]] or [("", "")]
        told = {
            f"{kind}_text": values["texts"].get("text", _STANDARD[kind]),
            "signatory_name": signed[0][0],
            "signatory_post": signed[0][1],
        }
        connection.execute(sa.update(_SETTINGS).where(_SETTINGS.c.forum_id == row.scope_id).values(told))
    connection.execute(sa.delete(_DESIGNS).where(_DESIGNS.c.kind.like("letter-%")))
    with op.batch_alter_table("forum_letter_settings", schema=None) as batch_op:
        for name in ("invitation_text", "visa_text", "signatory_name", "signatory_post"):
            batch_op.alter_column(name, server_default=None)


def _version(row: Any, kind: str) -> dict[str, Any]:  # Any: a row, and values of every column
    text = getattr(row, f"{kind}_text")
    texts = {} if text in ("", _STANDARD[kind]) else {"text": text.translate(_ROUND)}
    signatory = {"name": row.signatory_name, "role": row.signatory_post, "upload_id": None}
    values = {
        "template": "mark",
        "orientation": "portrait",
        "language": "en",
        "texts": texts,
        "signatories": [signatory] if row.signatory_name else [],
        "logos": [],
    }
    return {
        "scope_kind": "forum",
        "scope_id": row.forum_id,
        "kind": f"letter-{kind}",
        "number": 1,
        "values": values,
        "created_at": datetime.now(UTC),
    }
