"""Documents of all kinds have designs: those of certificates move to a table of their own package.

Revision 0057, after 0056. Their numbers stay, and so do those of what was issued with them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None

_COLUMNS = ("id", "scope_kind", "scope_id", "kind", "number", "values", "created_at", "created_by_id")
_CERTIFICATES = ("participation", "award", "finalist", "judge", "placement", "speaker", "organiser", "volunteer")
_OLD, _NEW = "certificates_design", "designs_design"


def upgrade() -> None:
    """Go to this revision."""
    _move(_OLD, _NEW)
    _name_pictures("certificates of ", "designs of ")


def downgrade() -> None:
    """Go back."""
    of_certificates = ", ".join(f"'{kind}'" for kind in _CERTIFICATES)
    op.execute(sa.text(f"DELETE FROM designs_design WHERE kind NOT IN ({of_certificates})"))  # noqa: S608  # words of ours
    _move(_NEW, _OLD)
    _name_pictures("designs of ", "certificates of ")


def _move(old: str, new: str) -> None:
    """Copy the versions to a table of another name, let certificates point to that, and drop the old one."""
    op.create_table(
        new,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scope_kind", sa.String(length=30), nullable=False),
        sa.Column("scope_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["accounts_account.id"], name=op.f(f"fk_{new}_created_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{new}")),
        sa.UniqueConstraint(
            "scope_kind", "scope_id", "kind", "number", name=op.f(f"uq_{new}_scope_kind_scope_id_kind_number")
        ),
    )
    columns = ", ".join(f'"{name}"' for name in _COLUMNS)
    op.execute(sa.text(f"INSERT INTO {new} ({columns}) SELECT {columns} FROM {old}"))  # noqa: S608  # names of ours
    if op.get_bind().dialect.name == "postgresql":
        last = f"SELECT setval(pg_get_serial_sequence('{new}', 'id'), max(id)) FROM {new} HAVING max(id) IS NOT NULL"  # noqa: S608  # as above
        op.execute(sa.text(last))
    with op.batch_alter_table("certificates_certificate", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_certificates_certificate_design_id"), type_="foreignkey")
        batch_op.create_foreign_key(batch_op.f("fk_certificates_certificate_design_id"), new, ["design_id"], ["id"])
    op.drop_table(old)
    rename = sa.text("UPDATE core_journal SET subject_type = :new WHERE subject_type = :old")
    op.get_bind().execute(rename, {"new": new, "old": old})


def _name_pictures(old: str, new: str) -> None:
    """Let pictures be for designs of whatever kind."""
    rename = sa.text("UPDATE core_upload SET purpose = :new || substr(purpose, :length) WHERE purpose LIKE :old || '%'")
    op.get_bind().execute(rename, {"new": new, "old": old, "length": len(old) + 1})
