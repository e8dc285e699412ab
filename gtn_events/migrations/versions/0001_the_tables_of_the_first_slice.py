"""The tables of the first slice.

Revision 0001, the first.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "accounts_sign_in_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=340), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts_sign_in_attempt")),
    )
    with op.batch_alter_table("accounts_sign_in_attempt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_accounts_sign_in_attempt_at"), ["at"], unique=False)
        batch_op.create_index("ix_accounts_sign_in_attempt_subject", ["subject", "at"], unique=False)

    op.create_table(
        "certificates_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("prefix", sa.String(length=12), nullable=False),
        sa.Column("next_number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificates_series")),
        sa.UniqueConstraint("prefix", name=op.f("uq_certificates_series_prefix")),
    )
    op.create_table(
        "core_economy",
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("formal_name", sa.String(length=80), nullable=False),
        sa.Column("short_name", sa.String(length=80), nullable=False),
        sa.Column("in_sentence", sa.String(length=80), nullable=False),
        sa.Column("travel_eligible", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_core_economy")),
        sa.UniqueConstraint("rank", name=op.f("uq_core_economy_rank")),
    )
    op.create_table(
        "core_job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("params", sa.JSON(), nullable=False),
        sa.Column("unique_key", sa.String(length=200), nullable=True),
        sa.Column("scope_kind", sa.String(length=30), nullable=True),
        sa.Column("scope_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("failures", sa.JSON(), nullable=False),
        sa.Column("message", sa.Text(), nullable=True),
        sa.Column("result_upload_id", sa.Integer(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("cancel_requested", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_job")),
        sa.UniqueConstraint("unique_key", name=op.f("uq_core_job_unique_key")),
    )
    with op.batch_alter_table("core_job", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_core_job_created_by_id"), ["created_by_id"], unique=False)
        batch_op.create_index("ix_core_job_due", ["state", "lease_until"], unique=False)

    op.create_table(
        "core_journal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("subject_type", sa.String(length=60), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("scope_kind", sa.String(length=30), nullable=True),
        sa.Column("scope_id", sa.Integer(), nullable=True),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_journal")),
    )
    with op.batch_alter_table("core_journal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_core_journal_actor_id"), ["actor_id"], unique=False)
        batch_op.create_index("ix_core_journal_scope", ["scope_kind", "scope_id", "id"], unique=False)
        batch_op.create_index("ix_core_journal_subject", ["subject_type", "subject_id", "id"], unique=False)

    op.create_table(
        "core_outbox_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("template", sa.String(length=100), nullable=False),
        sa.Column("to_address", sa.String(length=320), nullable=False),
        sa.Column("to_name", sa.String(length=200), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("search_key", sa.Text(), nullable=False),
        sa.Column("body_text", sa.Text(), nullable=False),
        sa.Column("body_html", sa.Text(), nullable=False),
        sa.Column("attachments", sa.JSON(), nullable=False),
        sa.Column("scope_kind", sa.String(length=30), nullable=True),
        sa.Column("scope_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_outbox_mail")),
        sa.UniqueConstraint("key", name=op.f("uq_core_outbox_mail_key")),
    )
    with op.batch_alter_table("core_outbox_mail", schema=None) as batch_op:
        batch_op.create_index("ix_core_outbox_mail_due", ["state", "next_attempt_at"], unique=False)
        batch_op.create_index("ix_core_outbox_mail_scope", ["scope_kind", "scope_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_core_outbox_mail_to_address"), ["to_address"], unique=False)

    op.create_table(
        "core_periodic_run",
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_core_periodic_run")),
    )
    op.create_table(
        "core_seat_pool",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("taken <= capacity", name=op.f("ck_core_seat_pool_taken_within_capacity")),
        sa.CheckConstraint("taken >= 0", name=op.f("ck_core_seat_pool_taken_not_negative")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_seat_pool")),
    )
    op.create_table(
        "core_upload",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("content_type", sa.String(length=100), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("stored_as", sa.String(length=200), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_upload")),
        sa.UniqueConstraint("stored_as", name=op.f("uq_core_upload_stored_as")),
    )
    with op.batch_alter_table("core_upload", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_core_upload_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_core_upload_sha256"), ["sha256"], unique=False)

    op.create_table(
        "questionnaire",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("scope_kind", sa.String(length=30), nullable=True),
        sa.Column("scope_id", sa.Integer(), nullable=True),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questionnaire")),
    )
    op.create_table(
        "accounts_organisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("economy_code", sa.String(length=8), nullable=True),
        sa.Column("size", sa.String(length=40), nullable=True),
        sa.Column("sector", sa.String(length=100), nullable=False),
        sa.Column("website", sa.String(length=300), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["economy_code"], ["core_economy.code"], name=op.f("fk_accounts_organisation_economy_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts_organisation")),
    )
    with op.batch_alter_table("accounts_organisation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_accounts_organisation_economy_code"), ["economy_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_accounts_organisation_name"), ["name"], unique=False)

    op.create_table(
        "certificates_certificate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("serial", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("template", sa.String(length=60), nullable=False),
        sa.Column("scope_kind", sa.String(length=30), nullable=False),
        sa.Column("scope_id", sa.Integer(), nullable=False),
        sa.Column("subject_type", sa.String(length=60), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("holder_account_id", sa.Integer(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by_id", sa.Integer(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_by_id", sa.Integer(), nullable=True),
        sa.Column("revoke_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["series_id"], ["certificates_series.id"], name=op.f("fk_certificates_certificate_series_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificates_certificate")),
        sa.UniqueConstraint("serial", name=op.f("uq_certificates_certificate_serial")),
        sa.UniqueConstraint("series_id", "number", name=op.f("uq_certificates_certificate_series_id_number")),
    )
    with op.batch_alter_table("certificates_certificate", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_certificates_certificate_holder_account_id"), ["holder_account_id"], unique=False
        )
        batch_op.create_index("ix_certificates_certificate_scope", ["scope_kind", "scope_id", "number"], unique=False)
        batch_op.create_index(batch_op.f("ix_certificates_certificate_series_id"), ["series_id"], unique=False)
        batch_op.create_index(
            "uq_certificates_certificate_live",
            ["kind", "subject_type", "subject_id"],
            unique=True,
            sqlite_where=sa.text("revoked_at IS NULL"),
            postgresql_where=sa.text("revoked_at IS NULL"),
        )

    op.create_table(
        "forum",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("edition", sa.String(length=60), nullable=False),
        sa.Column("tagline", sa.String(length=300), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("who_may_come", sa.String(length=300), nullable=False),
        sa.Column("costs", sa.String(length=300), nullable=False),
        sa.Column("practical", sa.Text(), nullable=False),
        sa.Column("host_economy_code", sa.String(length=8), nullable=False),
        sa.Column("city", sa.String(length=80), nullable=False),
        sa.Column("venue", sa.String(length=200), nullable=False),
        sa.Column("venue_notes", sa.String(length=300), nullable=False),
        sa.Column("time_zone", sa.String(length=60), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("registration_opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("registration_closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changes_close_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("contact_name", sa.String(length=120), nullable=False),
        sa.Column("contact_email", sa.String(length=320), nullable=False),
        sa.Column("privacy_notice", sa.Text(), nullable=False),
        sa.Column("offer_hours", sa.Integer(), nullable=False),
        sa.Column("hold_mail", sa.Boolean(), nullable=False),
        sa.Column("purge_sensitive_on", sa.Date(), nullable=True),
        sa.Column("reference_prefix", sa.String(length=8), nullable=False),
        sa.Column("questionnaire_id", sa.Integer(), nullable=False),
        sa.Column("pool_id", sa.Integer(), nullable=True),
        sa.Column("programme_changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lock_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_forum_ends_after_start")),
        sa.CheckConstraint("registration_closes_at > registration_opens_at", name=op.f("ck_forum_window_in_order")),
        sa.ForeignKeyConstraint(["host_economy_code"], ["core_economy.code"], name=op.f("fk_forum_host_economy_code")),
        sa.ForeignKeyConstraint(["pool_id"], ["core_seat_pool.id"], name=op.f("fk_forum_pool_id")),
        sa.ForeignKeyConstraint(["questionnaire_id"], ["questionnaire.id"], name=op.f("fk_forum_questionnaire_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum")),
        sa.UniqueConstraint("slug", name=op.f("uq_forum_slug")),
    )
    op.create_table(
        "questionnaire_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("questionnaire_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["questionnaire_id"], ["questionnaire.id"], name=op.f("fk_questionnaire_version_questionnaire_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questionnaire_version")),
        sa.UniqueConstraint(
            "questionnaire_id", "number", name=op.f("uq_questionnaire_version_questionnaire_id_number")
        ),
    )
    with op.batch_alter_table("questionnaire_version", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_questionnaire_version_questionnaire_id"), ["questionnaire_id"], unique=False
        )
        batch_op.create_index(
            "uq_questionnaire_version_draft",
            ["questionnaire_id"],
            unique=True,
            sqlite_where=sa.text("state = 'draft'"),
            postgresql_where=sa.text("state = 'draft'"),
        )
        batch_op.create_index(
            "uq_questionnaire_version_published",
            ["questionnaire_id"],
            unique=True,
            sqlite_where=sa.text("state = 'published'"),
            postgresql_where=sa.text("state = 'published'"),
        )

    op.create_table(
        "accounts_account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("email_key", sa.String(length=320), nullable=False),
        sa.Column("email_confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("password_hash", sa.String(length=255), nullable=True),
        sa.Column("honorific", sa.String(length=30), nullable=False),
        sa.Column("given_name", sa.String(length=100), nullable=False),
        sa.Column("family_name", sa.String(length=100), nullable=False),
        sa.Column("own_script_name", sa.String(length=150), nullable=False),
        sa.Column("own_script_language", sa.String(length=20), nullable=False),
        sa.Column("gender", sa.String(length=40), nullable=False),
        sa.Column("position", sa.String(length=150), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("delegation_class", sa.String(length=40), nullable=False),
        sa.Column("economy_code", sa.String(length=8), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("time_zone", sa.String(length=60), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sort_name", sa.String(length=320), nullable=False),
        sa.Column("search_text", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(["economy_code"], ["core_economy.code"], name=op.f("fk_accounts_account_economy_code")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["accounts_organisation.id"], name=op.f("fk_accounts_account_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts_account")),
        sa.UniqueConstraint("email_key", name=op.f("uq_accounts_account_email_key")),
    )
    with op.batch_alter_table("accounts_account", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_accounts_account_economy_code"), ["economy_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_accounts_account_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_accounts_account_sort_name"), ["sort_name"], unique=False)

    op.create_table(
        "forum_category",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("description", sa.String(length=300), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("approval", sa.String(length=40), nullable=False),
        sa.Column("open_to_public", sa.Boolean(), nullable=False),
        sa.Column("pool_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"], name=op.f("fk_forum_category_forum_id")),
        sa.ForeignKeyConstraint(["pool_id"], ["core_seat_pool.id"], name=op.f("fk_forum_category_pool_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_category")),
        sa.UniqueConstraint("forum_id", "key", name=op.f("uq_forum_category_forum_id_key")),
    )
    with op.batch_alter_table("forum_category", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_forum_category_forum_id"), ["forum_id"], unique=False)

    op.create_table(
        "forum_checkpoint",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"], name=op.f("fk_forum_checkpoint_forum_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_checkpoint")),
        sa.UniqueConstraint("forum_id", "key", name=op.f("uq_forum_checkpoint_forum_id_key")),
    )
    with op.batch_alter_table("forum_checkpoint", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_forum_checkpoint_forum_id"), ["forum_id"], unique=False)

    op.create_table(
        "forum_consent_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"], name=op.f("fk_forum_consent_text_forum_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_consent_text")),
        sa.UniqueConstraint("forum_id", "number", name=op.f("uq_forum_consent_text_forum_id_number")),
    )
    with op.batch_alter_table("forum_consent_text", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_forum_consent_text_forum_id"), ["forum_id"], unique=False)

    op.create_table(
        "forum_room",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("notes", sa.String(length=200), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"], name=op.f("fk_forum_room_forum_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_room")),
        sa.UniqueConstraint("forum_id", "name", name=op.f("uq_forum_room_forum_id_name")),
    )
    with op.batch_alter_table("forum_room", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_forum_room_forum_id"), ["forum_id"], unique=False)

    op.create_table(
        "forum_side_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("topic", sa.String(length=200), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("host_name", sa.String(length=200), nullable=False),
        sa.Column("host_economy_code", sa.String(length=8), nullable=True),
        sa.Column("room_name", sa.String(length=120), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published", sa.Boolean(), nullable=False),
        sa.Column("pool_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_forum_side_event_ends_after_start")),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"], name=op.f("fk_forum_side_event_forum_id")),
        sa.ForeignKeyConstraint(
            ["host_economy_code"], ["core_economy.code"], name=op.f("fk_forum_side_event_host_economy_code")
        ),
        sa.ForeignKeyConstraint(["pool_id"], ["core_seat_pool.id"], name=op.f("fk_forum_side_event_pool_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_side_event")),
        sa.UniqueConstraint("forum_id", "slug", name=op.f("uq_forum_side_event_forum_id_slug")),
    )
    with op.batch_alter_table("forum_side_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_forum_side_event_forum_id"), ["forum_id"], unique=False)

    op.create_table(
        "forum_track",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("colour", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"], name=op.f("fk_forum_track_forum_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_track")),
        sa.UniqueConstraint("forum_id", "name", name=op.f("uq_forum_track_forum_id_name")),
        sa.UniqueConstraint("forum_id", "slug", name=op.f("uq_forum_track_forum_id_slug")),
    )
    with op.batch_alter_table("forum_track", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_forum_track_forum_id"), ["forum_id"], unique=False)

    op.create_table(
        "questionnaire_answer_set",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["questionnaire_version.id"], name=op.f("fk_questionnaire_answer_set_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questionnaire_answer_set")),
    )
    with op.batch_alter_table("questionnaire_answer_set", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_questionnaire_answer_set_version_id"), ["version_id"], unique=False)

    op.create_table(
        "questionnaire_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String(length=300), nullable=False),
        sa.Column("help", sa.Text(), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("sensitive", sa.Boolean(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("limits", sa.JSON(), nullable=False),
        sa.Column("condition_key", sa.String(length=60), nullable=True),
        sa.Column("condition_comparison", sa.String(length=40), nullable=True),
        sa.Column("condition_value", sa.String(length=300), nullable=True),
        sa.ForeignKeyConstraint(
            ["version_id"], ["questionnaire_version.id"], name=op.f("fk_questionnaire_question_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questionnaire_question")),
        sa.UniqueConstraint("version_id", "key", name=op.f("uq_questionnaire_question_version_id_key")),
    )
    with op.batch_alter_table("questionnaire_question", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_questionnaire_question_version_id"), ["version_id"], unique=False)

    op.create_table(
        "accounts_role_grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("scope_kind", sa.String(length=30), nullable=False),
        sa.Column("scope_id", sa.Integer(), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("granted_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts_account.id"], name=op.f("fk_accounts_role_grant_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts_role_grant")),
    )
    with op.batch_alter_table("accounts_role_grant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_accounts_role_grant_account_id"), ["account_id"], unique=False)
        batch_op.create_index("ix_accounts_role_grant_scope", ["scope_kind", "scope_id"], unique=False)
        batch_op.create_index(
            "uq_accounts_role_grant_live",
            ["account_id", "role", "scope_kind", "scope_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "accounts_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("client", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=45), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts_account.id"], name=op.f("fk_accounts_session_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts_session")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_accounts_session_token_sha256")),
    )
    with op.batch_alter_table("accounts_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_accounts_session_account_id"), ["account_id"], unique=False)

    op.create_table(
        "forum_registration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=24), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("honorific", sa.String(length=30), nullable=False),
        sa.Column("given_name", sa.String(length=100), nullable=False),
        sa.Column("family_name", sa.String(length=100), nullable=False),
        sa.Column("own_script_name", sa.String(length=150), nullable=False),
        sa.Column("own_script_language", sa.String(length=20), nullable=False),
        sa.Column("sort_name", sa.String(length=220), nullable=False),
        sa.Column("search_text", sa.String(length=1200), nullable=False),
        sa.Column("gender", sa.String(length=20), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("delegation_class", sa.String(length=40), nullable=False),
        sa.Column("economy_code", sa.String(length=8), nullable=True),
        sa.Column("organisation_name", sa.String(length=200), nullable=False),
        sa.Column("organisation_kind", sa.String(length=40), nullable=False),
        sa.Column("position", sa.String(length=150), nullable=False),
        sa.Column("photo_upload_id", sa.Integer(), nullable=True),
        sa.Column("answer_set_id", sa.Integer(), nullable=False),
        sa.Column("consent_text_id", sa.Integer(), nullable=True),
        sa.Column("consented_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("listed_publicly", sa.Boolean(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state_changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("waitlisted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("offer_ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state_reason", sa.Text(), nullable=True),
        sa.Column("came_from_waiting_list", sa.Boolean(), nullable=False),
        sa.Column("lock_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts_account.id"], name=op.f("fk_forum_registration_account_id")),
        sa.ForeignKeyConstraint(
            ["answer_set_id"], ["questionnaire_answer_set.id"], name=op.f("fk_forum_registration_answer_set_id")
        ),
        sa.ForeignKeyConstraint(["category_id"], ["forum_category.id"], name=op.f("fk_forum_registration_category_id")),
        sa.ForeignKeyConstraint(
            ["consent_text_id"], ["forum_consent_text.id"], name=op.f("fk_forum_registration_consent_text_id")
        ),
        sa.ForeignKeyConstraint(
            ["economy_code"], ["core_economy.code"], name=op.f("fk_forum_registration_economy_code")
        ),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"], name=op.f("fk_forum_registration_forum_id")),
        sa.ForeignKeyConstraint(
            ["photo_upload_id"], ["core_upload.id"], name=op.f("fk_forum_registration_photo_upload_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_registration")),
        sa.UniqueConstraint("reference", name=op.f("uq_forum_registration_reference")),
    )
    with op.batch_alter_table("forum_registration", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_forum_registration_account_id"), ["account_id"], unique=False)
        batch_op.create_index("ix_forum_registration_asked", ["forum_id", "submitted_at", "id"], unique=False)
        batch_op.create_index(
            "ix_forum_registration_economy", ["forum_id", "economy_code", "state", "sort_name", "id"], unique=False
        )
        batch_op.create_index("ix_forum_registration_list", ["forum_id", "sort_name", "id"], unique=False)
        batch_op.create_index("ix_forum_registration_offers", ["state", "offer_ends_at"], unique=False)
        batch_op.create_index("ix_forum_registration_state", ["forum_id", "state", "sort_name", "id"], unique=False)
        batch_op.create_index(
            "ix_forum_registration_waiting", ["category_id", "state", "priority", "waitlisted_at", "id"], unique=False
        )
        batch_op.create_index(
            "uq_forum_registration_active",
            ["forum_id", "account_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('approved', 'confirmed', 'offered', 'pending', 'waitlisted')"),
            postgresql_where=sa.text("state IN ('approved', 'confirmed', 'offered', 'pending', 'waitlisted')"),
        )

    op.create_table(
        "forum_registration_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lock_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts_account.id"], name=op.f("fk_forum_registration_draft_account_id")
        ),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"], name=op.f("fk_forum_registration_draft_forum_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_registration_draft")),
        sa.UniqueConstraint("forum_id", "account_id", name=op.f("uq_forum_registration_draft_forum_id_account_id")),
    )
    with op.batch_alter_table("forum_registration_draft", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_forum_registration_draft_account_id"), ["account_id"], unique=False)

    op.create_table(
        "forum_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("guid", sa.String(length=36), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=True),
        sa.Column("source_id", sa.String(length=80), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("type_label", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=400), nullable=False),
        sa.Column("subtitle", sa.String(length=400), nullable=False),
        sa.Column("abstract", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("track_id", sa.Integer(), nullable=True),
        sa.Column("links", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"], name=op.f("fk_forum_session_forum_id")),
        sa.ForeignKeyConstraint(["track_id"], ["forum_track.id"], name=op.f("fk_forum_session_track_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_session")),
        sa.UniqueConstraint("forum_id", "code", name=op.f("uq_forum_session_forum_id_code")),
        sa.UniqueConstraint("forum_id", "guid", name=op.f("uq_forum_session_forum_id_guid")),
    )
    with op.batch_alter_table("forum_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_forum_session_forum_id"), ["forum_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_forum_session_track_id"), ["track_id"], unique=False)

    op.create_table(
        "forum_speaker",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("source_id", sa.String(length=80), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("family_name", sa.String(length=100), nullable=False),
        sa.Column("own_script_name", sa.String(length=150), nullable=False),
        sa.Column("own_script_language", sa.String(length=20), nullable=False),
        sa.Column("organisation", sa.String(length=200), nullable=False),
        sa.Column("economy_code", sa.String(length=8), nullable=True),
        sa.Column("biography", sa.Text(), nullable=False),
        sa.Column("sort_name", sa.String(length=220), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts_account.id"], name=op.f("fk_forum_speaker_account_id")),
        sa.ForeignKeyConstraint(["economy_code"], ["core_economy.code"], name=op.f("fk_forum_speaker_economy_code")),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"], name=op.f("fk_forum_speaker_forum_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_speaker")),
        sa.UniqueConstraint("forum_id", "code", name=op.f("uq_forum_speaker_forum_id_code")),
    )
    with op.batch_alter_table("forum_speaker", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_forum_speaker_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_forum_speaker_forum_id"), ["forum_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_forum_speaker_sort_name"), ["sort_name"], unique=False)

    op.create_table(
        "questionnaire_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("answer_set_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("upload_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["answer_set_id"], ["questionnaire_answer_set.id"], name=op.f("fk_questionnaire_answer_answer_set_id")
        ),
        sa.ForeignKeyConstraint(["upload_id"], ["core_upload.id"], name=op.f("fk_questionnaire_answer_upload_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questionnaire_answer")),
        sa.UniqueConstraint("answer_set_id", "key", name=op.f("uq_questionnaire_answer_answer_set_id_key")),
    )
    with op.batch_alter_table("questionnaire_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_questionnaire_answer_answer_set_id"), ["answer_set_id"], unique=False)

    op.create_table(
        "questionnaire_sensitive_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("answer_set_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("upload_id", sa.Integer(), nullable=True),
        sa.Column("purge_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["answer_set_id"],
            ["questionnaire_answer_set.id"],
            name=op.f("fk_questionnaire_sensitive_answer_answer_set_id"),
        ),
        sa.ForeignKeyConstraint(
            ["upload_id"], ["core_upload.id"], name=op.f("fk_questionnaire_sensitive_answer_upload_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questionnaire_sensitive_answer")),
        sa.UniqueConstraint("answer_set_id", "key", name=op.f("uq_questionnaire_sensitive_answer_answer_set_id_key")),
    )
    with op.batch_alter_table("questionnaire_sensitive_answer", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_questionnaire_sensitive_answer_answer_set_id"), ["answer_set_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_questionnaire_sensitive_answer_purge_on"), ["purge_on"], unique=False)

    op.create_table(
        "forum_check_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("checkpoint_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("station", sa.String(length=80), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["checkpoint_id"], ["forum_checkpoint.id"], name=op.f("fk_forum_check_in_checkpoint_id")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["forum_registration.id"], name=op.f("fk_forum_check_in_registration_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_check_in")),
    )
    with op.batch_alter_table("forum_check_in", schema=None) as batch_op:
        batch_op.create_index("ix_forum_check_in_recent", ["checkpoint_id", "at"], unique=False)
        batch_op.create_index(batch_op.f("ix_forum_check_in_registration_id"), ["registration_id"], unique=False)
        batch_op.create_index(
            "uq_forum_check_in_live",
            ["checkpoint_id", "registration_id"],
            unique=True,
            sqlite_where=sa.text("undone_at IS NULL"),
            postgresql_where=sa.text("undone_at IS NULL"),
        )

    op.create_table(
        "forum_session_speaker",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("speaker_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["session_id"], ["forum_session.id"], name=op.f("fk_forum_session_speaker_session_id")),
        sa.ForeignKeyConstraint(["speaker_id"], ["forum_speaker.id"], name=op.f("fk_forum_session_speaker_speaker_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_session_speaker")),
        sa.UniqueConstraint(
            "session_id", "speaker_id", "role", name=op.f("uq_forum_session_speaker_session_id_speaker_id_role")
        ),
    )
    with op.batch_alter_table("forum_session_speaker", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_forum_session_speaker_session_id"), ["session_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_forum_session_speaker_speaker_id"), ["speaker_id"], unique=False)

    op.create_table(
        "forum_side_event_booking",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("side_event_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("waitlisted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("offer_ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("came_from_waiting_list", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["forum_registration.id"], name=op.f("fk_forum_side_event_booking_registration_id")
        ),
        sa.ForeignKeyConstraint(
            ["side_event_id"], ["forum_side_event.id"], name=op.f("fk_forum_side_event_booking_side_event_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_side_event_booking")),
        sa.UniqueConstraint(
            "registration_id", "side_event_id", name=op.f("uq_forum_side_event_booking_registration_id_side_event_id")
        ),
    )
    with op.batch_alter_table("forum_side_event_booking", schema=None) as batch_op:
        batch_op.create_index("ix_forum_side_event_booking_offers", ["state", "offer_ends_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_forum_side_event_booking_registration_id"), ["registration_id"], unique=False
        )
        batch_op.create_index(
            "ix_forum_side_event_booking_waiting", ["side_event_id", "state", "waitlisted_at", "id"], unique=False
        )

    op.create_table(
        "forum_slot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("guid", sa.String(length=36), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.CheckConstraint("minutes > 0 AND minutes <= 1440", name=op.f("ck_forum_slot_within_a_day")),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"], name=op.f("fk_forum_slot_forum_id")),
        sa.ForeignKeyConstraint(["room_id"], ["forum_room.id"], name=op.f("fk_forum_slot_room_id")),
        sa.ForeignKeyConstraint(["session_id"], ["forum_session.id"], name=op.f("fk_forum_slot_session_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_slot")),
        sa.UniqueConstraint("guid", name=op.f("uq_forum_slot_guid")),
        sa.UniqueConstraint("session_id", name=op.f("uq_forum_slot_session_id")),
    )
    with op.batch_alter_table("forum_slot", schema=None) as batch_op:
        batch_op.create_index("ix_forum_slot_day", ["forum_id", "starts_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_forum_slot_room_id"), ["room_id"], unique=False)


def downgrade() -> None:
    """Go back to the one before."""
    with op.batch_alter_table("forum_slot", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_forum_slot_room_id"))
        batch_op.drop_index("ix_forum_slot_day")

    op.drop_table("forum_slot")
    with op.batch_alter_table("forum_side_event_booking", schema=None) as batch_op:
        batch_op.drop_index("ix_forum_side_event_booking_waiting")
        batch_op.drop_index(batch_op.f("ix_forum_side_event_booking_registration_id"))
        batch_op.drop_index("ix_forum_side_event_booking_offers")

    op.drop_table("forum_side_event_booking")
    with op.batch_alter_table("forum_session_speaker", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_forum_session_speaker_speaker_id"))
        batch_op.drop_index(batch_op.f("ix_forum_session_speaker_session_id"))

    op.drop_table("forum_session_speaker")
    with op.batch_alter_table("forum_check_in", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_forum_check_in_live",
            sqlite_where=sa.text("undone_at IS NULL"),
            postgresql_where=sa.text("undone_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_forum_check_in_registration_id"))
        batch_op.drop_index("ix_forum_check_in_recent")

    op.drop_table("forum_check_in")
    with op.batch_alter_table("questionnaire_sensitive_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_questionnaire_sensitive_answer_purge_on"))
        batch_op.drop_index(batch_op.f("ix_questionnaire_sensitive_answer_answer_set_id"))

    op.drop_table("questionnaire_sensitive_answer")
    with op.batch_alter_table("questionnaire_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_questionnaire_answer_answer_set_id"))

    op.drop_table("questionnaire_answer")
    with op.batch_alter_table("forum_speaker", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_forum_speaker_sort_name"))
        batch_op.drop_index(batch_op.f("ix_forum_speaker_forum_id"))
        batch_op.drop_index(batch_op.f("ix_forum_speaker_account_id"))

    op.drop_table("forum_speaker")
    with op.batch_alter_table("forum_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_forum_session_track_id"))
        batch_op.drop_index(batch_op.f("ix_forum_session_forum_id"))

    op.drop_table("forum_session")
    with op.batch_alter_table("forum_registration_draft", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_forum_registration_draft_account_id"))

    op.drop_table("forum_registration_draft")
    with op.batch_alter_table("forum_registration", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_forum_registration_active",
            sqlite_where=sa.text("state IN ('approved', 'confirmed', 'offered', 'pending', 'waitlisted')"),
            postgresql_where=sa.text("state IN ('approved', 'confirmed', 'offered', 'pending', 'waitlisted')"),
        )
        batch_op.drop_index("ix_forum_registration_waiting")
        batch_op.drop_index("ix_forum_registration_state")
        batch_op.drop_index("ix_forum_registration_offers")
        batch_op.drop_index("ix_forum_registration_list")
        batch_op.drop_index("ix_forum_registration_economy")
        batch_op.drop_index("ix_forum_registration_asked")
        batch_op.drop_index(batch_op.f("ix_forum_registration_account_id"))

    op.drop_table("forum_registration")
    with op.batch_alter_table("accounts_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_accounts_session_account_id"))

    op.drop_table("accounts_session")
    with op.batch_alter_table("accounts_role_grant", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_accounts_role_grant_live",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index("ix_accounts_role_grant_scope")
        batch_op.drop_index(batch_op.f("ix_accounts_role_grant_account_id"))

    op.drop_table("accounts_role_grant")
    with op.batch_alter_table("questionnaire_question", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_questionnaire_question_version_id"))

    op.drop_table("questionnaire_question")
    with op.batch_alter_table("questionnaire_answer_set", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_questionnaire_answer_set_version_id"))

    op.drop_table("questionnaire_answer_set")
    with op.batch_alter_table("forum_track", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_forum_track_forum_id"))

    op.drop_table("forum_track")
    with op.batch_alter_table("forum_side_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_forum_side_event_forum_id"))

    op.drop_table("forum_side_event")
    with op.batch_alter_table("forum_room", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_forum_room_forum_id"))

    op.drop_table("forum_room")
    with op.batch_alter_table("forum_consent_text", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_forum_consent_text_forum_id"))

    op.drop_table("forum_consent_text")
    with op.batch_alter_table("forum_checkpoint", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_forum_checkpoint_forum_id"))

    op.drop_table("forum_checkpoint")
    with op.batch_alter_table("forum_category", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_forum_category_forum_id"))

    op.drop_table("forum_category")
    with op.batch_alter_table("accounts_account", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_accounts_account_sort_name"))
        batch_op.drop_index(batch_op.f("ix_accounts_account_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_accounts_account_economy_code"))

    op.drop_table("accounts_account")
    with op.batch_alter_table("questionnaire_version", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_questionnaire_version_published",
            sqlite_where=sa.text("state = 'published'"),
            postgresql_where=sa.text("state = 'published'"),
        )
        batch_op.drop_index(
            "uq_questionnaire_version_draft",
            sqlite_where=sa.text("state = 'draft'"),
            postgresql_where=sa.text("state = 'draft'"),
        )
        batch_op.drop_index(batch_op.f("ix_questionnaire_version_questionnaire_id"))

    op.drop_table("questionnaire_version")
    op.drop_table("forum")
    with op.batch_alter_table("certificates_certificate", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_certificates_certificate_live",
            sqlite_where=sa.text("revoked_at IS NULL"),
            postgresql_where=sa.text("revoked_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_certificates_certificate_series_id"))
        batch_op.drop_index("ix_certificates_certificate_scope")
        batch_op.drop_index(batch_op.f("ix_certificates_certificate_holder_account_id"))

    op.drop_table("certificates_certificate")
    with op.batch_alter_table("accounts_organisation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_accounts_organisation_name"))
        batch_op.drop_index(batch_op.f("ix_accounts_organisation_economy_code"))

    op.drop_table("accounts_organisation")
    op.drop_table("questionnaire")
    with op.batch_alter_table("core_upload", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_core_upload_sha256"))
        batch_op.drop_index(batch_op.f("ix_core_upload_owner_id"))

    op.drop_table("core_upload")
    op.drop_table("core_seat_pool")
    op.drop_table("core_periodic_run")
    with op.batch_alter_table("core_outbox_mail", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_core_outbox_mail_to_address"))
        batch_op.drop_index("ix_core_outbox_mail_scope")
        batch_op.drop_index("ix_core_outbox_mail_due")

    op.drop_table("core_outbox_mail")
    with op.batch_alter_table("core_journal", schema=None) as batch_op:
        batch_op.drop_index("ix_core_journal_subject")
        batch_op.drop_index("ix_core_journal_scope")
        batch_op.drop_index(batch_op.f("ix_core_journal_actor_id"))

    op.drop_table("core_journal")
    with op.batch_alter_table("core_job", schema=None) as batch_op:
        batch_op.drop_index("ix_core_job_due")
        batch_op.drop_index(batch_op.f("ix_core_job_created_by_id"))

    op.drop_table("core_job")
    op.drop_table("core_economy")
    op.drop_table("certificates_series")
    with op.batch_alter_table("accounts_sign_in_attempt", schema=None) as batch_op:
        batch_op.drop_index("ix_accounts_sign_in_attempt_subject")
        batch_op.drop_index(batch_op.f("ix_accounts_sign_in_attempt_at"))

    op.drop_table("accounts_sign_in_attempt")
