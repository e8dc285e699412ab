"""The pages of co-incubation in the demonstration: who opens what, and the rows their addresses name."""

from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.incubation.enums import ApplicationState, InterviewState
from gtn_events.incubation.models import Application, Call, Interview
from tests.browser.visits import Visit

APPLY = "/co-incubation/co-incubation-2027"
RANKED = "/co-incubation/co-incubation-spring-2027"
HOST = "/co-incubation/hosts/korat-green-incubator/manage/calls/co-incubation-spring-2027"
STEPS = ("firm", "project", "stay", "people", "aims", "money", "papers", "links", "declaration", "check")
STATES = tuple(ApplicationState)

VISITS = (
    Visit("delegate", f"{APPLY}/apply/"),
    *(Visit("delegate", f"{APPLY}/apply/{step}") for step in STEPS),
    Visit("delegate", f"{APPLY}/apply/stay", press="Save and go on"),
    Visit("delegate", f"{APPLY}/apply/hosts", dark=True),
    *(Visit("delegate", f"{APPLY}/apply/{page}") for page in ("resume", "discard")),
    Visit("delegate", f"{APPLY}/my/"),
    Visit("delegate", f"{RANKED}/apply/"),
    Visit("delegate", f"{RANKED}/my/"),
    Visit("applicant", f"{RANKED}/my/", dark=True),
    Visit("applicant", f"{RANKED}/my/withdraw"),
    Visit("applicant", f"{RANKED}/my/interviews/{{agreed_talk}}"),
    Visit("asked", f"{RANKED}/my/interviews/{{proposed_talk}}", dark=True),
    Visit("asked", "/home"),
    Visit("organiser", f"{APPLY}/manage/applications", dark=True),
    Visit("organiser", f"{APPLY}/manage/applications?q=nothing-of-the-kind"),
    *(Visit("organiser", f"{APPLY}/manage/applications/{{{state}_application}}") for state in STATES),
    Visit("organiser", f"{APPLY}/manage/blocks"),
    Visit("organiser", f"{APPLY}/manage/mail"),
    Visit("organiser", f"{APPLY}/manage/mail/words"),
    Visit("organiser", f"{APPLY}/manage/mail/words/application_admitted"),
    Visit("host", "/home"),
    Visit("host", f"{HOST}/applications", dark=True),
    Visit("host", f"{HOST}/applications/{{desk_application}}", dark=True),
    Visit("host", f"{HOST}/applications/{{fresh_application}}"),
    Visit("host", f"{HOST}/applications/{{fresh_application}}/interview"),
    Visit("host", f"{HOST}/applications/{{fresh_application}}/interview", press="Send these times"),
    Visit("host", f"{HOST}/ranking", dark=True),
    Visit("coordinator", "/co-incubation/economy/THA/applications", dark=True),
)


def call_rows() -> dict[str, str]:
    """Return name to address part of what the visits name."""
    talks = {state: _talk(state) for state in (InterviewState.AGREED, InterviewState.PROPOSED)}
    of_state = select(Application.reference).join(Call).where(Call.slug == "co-incubation-2027")
    fresh = select(Application.reference).join(Call).where(Call.slug == "co-incubation-spring-2027")
    return {
        "agreed_talk": str(talks[InterviewState.AGREED].id),
        "proposed_talk": str(talks[InterviewState.PROPOSED].id),
        "desk_application": talks[InterviewState.AGREED].application.reference,
        "fresh_application": str(db.session.scalar(fresh.where(Application.title == "Husk boards for cold rooms"))),
        **{
            f"{state}_application": str(db.session.scalars(of_state.where(Application.state == state)).first())
            for state in STATES
        },
    }


def applicant_of(who: str) -> Account | None:
    """Return the firm with an agreed talk (``applicant``), or with one that waits (``asked``); None for others."""
    state = {"applicant": InterviewState.AGREED, "asked": InterviewState.PROPOSED}.get(who)
    return _talk(state).application.account if state else None


def _talk(state: InterviewState) -> Interview:
    return db.session.scalars(select(Interview).where(Interview.state == state)).one()
