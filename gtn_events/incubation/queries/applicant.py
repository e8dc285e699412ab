"""What one person has in one call: a draft, applications and their versions."""

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from ..enums import ApplicationState
from ..models import Application, ApplicationDraft, Intake, Interview, Wish

LIVE = [state for state in ApplicationState if state.is_live]


def draft_of(*, call_id: int, account_id: int) -> Select[ApplicationDraft]:
    """Select the draft of this person: of a new application, or of a change."""
    return (
        select(ApplicationDraft)
        .where(ApplicationDraft.call_id == call_id, ApplicationDraft.account_id == account_id)
        .options(joinedload(ApplicationDraft.application), joinedload(ApplicationDraft.account))
    )


def live_application_of(*, call_id: int, account_id: int) -> Select[Application]:
    """Select the application of this person that may still be matched."""
    return select(Application).where(
        Application.call_id == call_id, Application.account_id == account_id, Application.state.in_(LIVE)
    )


def applications_of(*, call_id: int, account_id: int) -> Select[Application]:
    """Select a person's applications with everything their page shows, the newest first."""
    return (
        select(Application)
        .where(Application.call_id == call_id, Application.account_id == account_id)
        .options(
            joinedload(Application.economy),
            joinedload(Application.answer_set),
            selectinload(Application.versions),
            selectinload(Application.wishes).joinedload(Wish.intake).joinedload(Intake.host),
        )
        .order_by(Application.submitted_at.desc(), Application.id.desc())
    )


def interview_of(interview_id: int, *, call_id: int, account_id: int) -> Select[Interview]:
    """Select a talk that a host asked this person for."""
    return (
        select(Interview)
        .join(Interview.application)
        .where(Interview.id == interview_id, Application.call_id == call_id, Application.account_id == account_id)
        .options(joinedload(Interview.intake).joinedload(Intake.host), selectinload(Interview.slots))
    )


def interviews_about(application: Application) -> Select[Interview]:
    """Select the talks of an application with their hosts, the newest first."""
    return (
        select(Interview)
        .where(Interview.application_id == application.id)
        .options(joinedload(Interview.intake).joinedload(Intake.host))
        .order_by(Interview.id.desc())
    )
