"""Sessions are called for, proposed and scored.

Revision 0050, after 0049.
"""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.create_table('forum_session_call',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('forum_id', sa.Integer(), nullable=False),
    sa.Column('questionnaire_id', sa.Integer(), nullable=True),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('opens_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closes_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('types', sa.JSON(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('lock_version', sa.Integer(), nullable=False),
    sa.CheckConstraint('closes_at > opens_at', name=op.f('ck_forum_session_call_in_order')),
    sa.ForeignKeyConstraint(['forum_id'], ['forum.id'], name=op.f('fk_forum_session_call_forum_id')),
    sa.ForeignKeyConstraint(['questionnaire_id'], ['questionnaire.id'], name=op.f('fk_forum_session_call_questionnaire_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_forum_session_call'))
    )
    op.create_index(op.f('ix_forum_session_call_forum_id'), 'forum_session_call', ['forum_id'], unique=False)
    op.create_table('forum_session_call_member',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('call_id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('named_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['accounts_account.id'], name=op.f('fk_forum_session_call_member_account_id')),
    sa.ForeignKeyConstraint(['call_id'], ['forum_session_call.id'], name=op.f('fk_forum_session_call_member_call_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_forum_session_call_member')),
    sa.UniqueConstraint('call_id', 'account_id', name=op.f('uq_forum_session_call_member_call_id_account_id'))
    )
    op.create_index(op.f('ix_forum_session_call_member_account_id'), 'forum_session_call_member', ['account_id'], unique=False)
    op.create_table('forum_session_criterion',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('call_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['call_id'], ['forum_session_call.id'], name=op.f('fk_forum_session_criterion_call_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_forum_session_criterion'))
    )
    op.create_index(op.f('ix_forum_session_criterion_call_id'), 'forum_session_criterion', ['call_id'], unique=False)
    op.create_table('forum_session_proposal',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('call_id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('answer_set_id', sa.Integer(), nullable=True),
    sa.Column('session_id', sa.Integer(), nullable=True),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('state_changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state_reason', sa.Text(), nullable=True),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('abstract', sa.Text(), nullable=False),
    sa.Column('type_name', sa.String(length=80), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=True),
    sa.Column('languages', sa.JSON(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('lock_version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['accounts_account.id'], name=op.f('fk_forum_session_proposal_account_id')),
    sa.ForeignKeyConstraint(['answer_set_id'], ['questionnaire_answer_set.id'], name=op.f('fk_forum_session_proposal_answer_set_id')),
    sa.ForeignKeyConstraint(['call_id'], ['forum_session_call.id'], name=op.f('fk_forum_session_proposal_call_id')),
    sa.ForeignKeyConstraint(['session_id'], ['forum_session.id'], name=op.f('fk_forum_session_proposal_session_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_forum_session_proposal')),
    sa.UniqueConstraint('answer_set_id', name=op.f('uq_forum_session_proposal_answer_set_id')),
    sa.UniqueConstraint('session_id', name=op.f('uq_forum_session_proposal_session_id'))
    )
    op.create_index(op.f('ix_forum_session_proposal_account_id'), 'forum_session_proposal', ['account_id'], unique=False)
    op.create_index('ix_forum_session_proposal_list', 'forum_session_proposal', ['call_id', 'state', 'id'], unique=False)
    op.create_table('forum_proposed_speaker',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('proposal_id', sa.Integer(), nullable=False),
    sa.Column('speaker_id', sa.Integer(), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('email', sa.String(length=320), nullable=False),
    sa.Column('email_key', sa.String(length=320), nullable=False),
    sa.Column('economy_code', sa.String(length=8), nullable=True),
    sa.Column('biography', sa.Text(), nullable=False),
    sa.Column('made', sa.Boolean(), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('declined_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['economy_code'], ['core_economy.code'], name=op.f('fk_forum_proposed_speaker_economy_code')),
    sa.ForeignKeyConstraint(['proposal_id'], ['forum_session_proposal.id'], name=op.f('fk_forum_proposed_speaker_proposal_id')),
    sa.ForeignKeyConstraint(['speaker_id'], ['forum_speaker.id'], name=op.f('fk_forum_proposed_speaker_speaker_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_forum_proposed_speaker')),
    sa.UniqueConstraint('proposal_id', 'email_key', name=op.f('uq_forum_proposed_speaker_proposal_id_email_key'))
    )
    op.create_index(op.f('ix_forum_proposed_speaker_email_key'), 'forum_proposed_speaker', ['email_key'], unique=False)
    op.create_index(op.f('ix_forum_proposed_speaker_speaker_id'), 'forum_proposed_speaker', ['speaker_id'], unique=False)
    op.create_table('forum_session_review',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('proposal_id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('comment', sa.Text(), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['accounts_account.id'], name=op.f('fk_forum_session_review_account_id')),
    sa.ForeignKeyConstraint(['proposal_id'], ['forum_session_proposal.id'], name=op.f('fk_forum_session_review_proposal_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_forum_session_review')),
    sa.UniqueConstraint('proposal_id', 'account_id', name=op.f('uq_forum_session_review_proposal_id_account_id'))
    )
    op.create_index(op.f('ix_forum_session_review_account_id'), 'forum_session_review', ['account_id'], unique=False)
    op.create_table('forum_session_score',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('review_id', sa.Integer(), nullable=False),
    sa.Column('criterion_id', sa.Integer(), nullable=False),
    sa.Column('score', sa.Integer(), nullable=False),
    sa.CheckConstraint('score >= 1 AND score <= 5', name=op.f('ck_forum_session_score_one_to_five')),
    sa.ForeignKeyConstraint(['criterion_id'], ['forum_session_criterion.id'], name=op.f('fk_forum_session_score_criterion_id')),
    sa.ForeignKeyConstraint(['review_id'], ['forum_session_review.id'], name=op.f('fk_forum_session_score_review_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_forum_session_score')),
    sa.UniqueConstraint('review_id', 'criterion_id', name=op.f('uq_forum_session_score_review_id_criterion_id'))
    )
    op.create_index(op.f('ix_forum_session_score_criterion_id'), 'forum_session_score', ['criterion_id'], unique=False)


def downgrade() -> None:
    """Go back to the one before."""
    op.drop_index(op.f('ix_forum_session_score_criterion_id'), table_name='forum_session_score')
    op.drop_table('forum_session_score')
    op.drop_index(op.f('ix_forum_session_review_account_id'), table_name='forum_session_review')
    op.drop_table('forum_session_review')
    op.drop_index(op.f('ix_forum_proposed_speaker_speaker_id'), table_name='forum_proposed_speaker')
    op.drop_index(op.f('ix_forum_proposed_speaker_email_key'), table_name='forum_proposed_speaker')
    op.drop_table('forum_proposed_speaker')
    op.drop_index('ix_forum_session_proposal_list', table_name='forum_session_proposal')
    op.drop_index(op.f('ix_forum_session_proposal_account_id'), table_name='forum_session_proposal')
    op.drop_table('forum_session_proposal')
    op.drop_index(op.f('ix_forum_session_criterion_call_id'), table_name='forum_session_criterion')
    op.drop_table('forum_session_criterion')
    op.drop_index(op.f('ix_forum_session_call_member_account_id'), table_name='forum_session_call_member')
    op.drop_table('forum_session_call_member')
    op.drop_index(op.f('ix_forum_session_call_forum_id'), table_name='forum_session_call')
    op.drop_table('forum_session_call')
