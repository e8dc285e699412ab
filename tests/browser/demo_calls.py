"""The pages of co-incubation in the demonstration: who opens what, and the rows their addresses name."""

from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.outbox import OutboxMail
from gtn_events.incubation.domain.match_runs import keep_run
from gtn_events.incubation.enums import ApplicationState, InterviewState, MilestoneState, OfferState
from gtn_events.incubation.matching import match
from gtn_events.incubation.models import Application, Call, Interview, Offer, Placement
from gtn_events.incubation.queries.market import market_of
from tests.browser.demo_figures import VISITS as FIGURE_VISITS
from tests.browser.demo_figures import figure_rows, late_figures
from tests.browser.visits import Visit

APPLY = "/co-incubation/co-incubation-2027"
RANKED = "/co-incubation/co-incubation-spring-2027"
HOST = "/co-incubation/hosts/korat-green-incubator/manage/calls/co-incubation-spring-2027"
MATCHED = "/co-incubation/co-incubation-winter-2027"
KORATS = "/co-incubation/hosts/korat-green-incubator/manage/calls"
PLACED = "/co-incubation/co-incubation-under-way"
RUNNING, SIGNING, DRAFTING, DONE, ENDED, DECLINED = (
    f"{PLACED}/placements/{{{name}_placement}}" for name in ("delegate", "tha2", "vn3", "mas2", "phl3", "rus1")
)
STEPS = ("firm", "project", "stay", "people", "aims", "money", "papers", "links", "declaration", "check")
STATES = tuple(ApplicationState)
OFFER = "offer-"
OFFERS = (OfferState.ACCEPTED, OfferState.DECLINED, OfferState.LAPSED)
NOBODY = ""

VISITS = (
    Visit("delegate", f"{APPLY}/apply/"),
    *(Visit("delegate", f"{APPLY}/apply/{step}") for step in STEPS),
    Visit("delegate", f"{APPLY}/apply/stay", press="Save and go on"),
    Visit("delegate", f"{APPLY}/apply/hosts", dark=True),
    *(Visit("delegate", f"{APPLY}/apply/{page}") for page in ("resume", "discard")),
    Visit("delegate", f"{APPLY}/my/"),
    Visit("delegate", f"{RANKED}/apply/", status=403),
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
    *(
        Visit("organiser", f"{APPLY}/manage/mail{page}")
        for page in ("", "/{application_mail}", "/{application_mail}/edit")
    ),
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
    Visit(NOBODY, f"{MATCHED}/result", dark=True),
    Visit(NOBODY, f"{RANKED}/result"),
    Visit("delegate", f"{MATCHED}/my/offer", dark=True),
    *(Visit("delegate", f"{MATCHED}/my/{page}") for page in ("", "offer/accept", "offer/decline")),
    *(Visit(f"{OFFER}{state}", f"{MATCHED}/my/offer") for state in OFFERS),
    Visit("waiting", f"{MATCHED}/my/offer", dark=True),
    Visit(f"{OFFER}{OfferState.ACCEPTED}", f"{MATCHED}/my/offer/decline", press="Give the place back"),
    Visit("applicant", f"{RANKED}/my/offer"),
    Visit("organiser", f"{RANKED}/manage/match"),
    Visit("organiser", f"{RANKED}/manage/offers"),
    Visit("organiser", f"{MATCHED}/manage/match", dark=True),
    Visit("organiser", f"{MATCHED}/manage/match/2", dark=True),
    *(Visit("organiser", f"{MATCHED}/manage/match/{page}") for page in ("1?show=without", "1?q=nothing-of-the-kind")),
    *(Visit("organiser", f"{MATCHED}/manage/match/{page}") for page in ("2/changes", "1/changes", "2/publish")),
    *(Visit("organiser", f"{MATCHED}/manage/match/3{page}") for page in ("", "/changes", "/publish")),
    Visit("organiser", f"{MATCHED}/manage/offers", dark=True),
    Visit("organiser", f"{MATCHED}/manage/offers/give"),
    Visit("organiser", f"{MATCHED}/manage/offers/give", press="Offer the place"),
    Visit("organiser", f"{MATCHED}/manage/offers/{{offered}}/take-back"),
    Visit("organiser", f"{MATCHED}/manage/offers/{{offered}}/take-back", press="Take the place back"),
    Visit("host", f"{KORATS}/co-incubation-winter-2027/result", dark=True),
    Visit("host", f"{KORATS}/co-incubation-spring-2027/result"),
    Visit("delegate", f"{RUNNING}/", dark=True),
    Visit("delegate", f"{RUNNING}/agreement"),
    Visit("delegate", f"{RUNNING}/milestones", dark=True),
    Visit("delegate", f"{RUNNING}/milestones", press="Add it"),
    Visit("delegate", f"{RUNNING}/milestones/{{open_milestone}}"),
    Visit("delegate", f"{RUNNING}/milestones/{{open_milestone}}", press="Ask the host to sign it off"),
    Visit("delegate", f"{RUNNING}/reports/mid-term/firm"),
    Visit("host", f"{RUNNING}/", dark=True),
    *(Visit("host", f"{RUNNING}/{page}") for page in ("stays", "end", "services", "reports", "reports/mid-term")),
    Visit("host", f"{RUNNING}/end", press="End the placement"),
    Visit("host", f"{RUNNING}/services", press="Note it"),
    Visit("host", f"{RUNNING}/reports/mid-term", press="Send the report"),
    Visit("host", f"{RUNNING}/milestones/{{done_milestone}}"),
    Visit("host", f"{DRAFTING}/agreement", dark=True),
    *(Visit("host", f"{DRAFTING}/agreement/edit/{part}") for part in ("plan", "means", "terms", "parties")),
    Visit("host", "/co-incubation/hosts/korat-green-incubator/manage/placements"),
    Visit("coordinator", f"{SIGNING}/agreement", dark=True),
    Visit("coordinator", f"{SIGNING}/agreement", press="Sign version 1"),
    Visit("coordinator", "/co-incubation/economy/THA/placements"),
    Visit("organiser", f"{DECLINED}/agreement"),
    *(Visit("organiser", f"{each}/") for each in (DONE, ENDED, DECLINED)),
    Visit("organiser", f"{PLACED}/manage/placements", dark=True),
    Visit("organiser", f"{PLACED}/manage/placements?q=nothing-of-the-kind"),
    *FIGURE_VISITS,
)


def call_rows() -> dict[str, str]:
    """Return name to address part of what the visits name."""
    match_again()
    talks = {state: _talk(state) for state in (InterviewState.AGREED, InterviewState.PROPOSED)}
    of_state = select(Application.reference).join(Call).where(Call.slug == "co-incubation-2027")
    fresh = select(Application.reference).join(Call).where(Call.slug == "co-incubation-spring-2027")
    offered = select(Offer.id).join(Application).where(Application.title == "Cold rooms without a grid")
    return {
        "offered": str(db.session.scalar(offered)),
        "agreed_talk": str(talks[InterviewState.AGREED].id),
        "proposed_talk": str(talks[InterviewState.PROPOSED].id),
        "desk_application": talks[InterviewState.AGREED].application.reference,
        "application_mail": str(_mail_of(APPLY.rpartition("/")[2]).id),
        **figure_rows(),
        "fresh_application": str(db.session.scalar(fresh.where(Application.title == "Husk boards for cold rooms"))),
        **_placed_rows(),
        **{
            f"{state}_application": str(db.session.scalars(of_state.where(Application.state == state)).first())
            for state in STATES
        },
    }


def _mail_of(slug: str) -> OutboxMail:
    call = db.session.scalars(select(Call).where(Call.slug == slug)).one()
    statement = select(OutboxMail).where(OutboxMail.scope_kind == call.scope.kind, OutboxMail.scope_id == call.id)
    return db.session.scalars(statement.order_by(OutboxMail.id).limit(1)).one()


def match_again() -> None:
    """Make a run that nobody has published."""
    call = db.session.scalars(select(Call).where(Call.slug == MATCHED.rpartition("/")[2])).one()
    rows = market_of(call)
    keep_run(call, rows, match(rows.market), actor=None, now=clock.now())
    db.session.commit()


def _placed_rows() -> dict[str, str]:
    placements = {
        each.application.account.email.partition("@")[0]: each for each in db.session.scalars(select(Placement))
    }
    waits = {each.state: each for each in placements["delegate"].milestones}
    return {
        "open_milestone": str(waits[MilestoneState.OPEN].id),
        "done_milestone": str(waits[MilestoneState.DONE].id),
        **{f"{key}_placement": str(placement.id) for key, placement in placements.items()},
    }


def applicant_of(who: str) -> Account | None:
    """Return the firm with a talk that is agreed (``applicant``) or waits (``asked``), or with an offer in a state.

    ``waiting`` got no place, ``placed`` a placement of years ago; None for others.
    """
    if who == "waiting":
        return (
            db.session.scalars(select(Application).where(Application.title == "Houses that are taken apart"))
            .one()
            .account
        )
    if who.startswith(OFFER):
        state = OfferState(who.removeprefix(OFFER))
        statement = select(Application).join(Offer).where(Offer.state == state).order_by(Offer.id)
        return db.session.scalars(statement.limit(1)).one().account
    if who == "placed":
        return late_figures().placement.application.account
    state = {"applicant": InterviewState.AGREED, "asked": InterviewState.PROPOSED}.get(who)
    return _talk(state).application.account if state else None


def _talk(state: InterviewState) -> Interview:
    return db.session.scalars(select(Interview).where(Interview.state == state)).one()
