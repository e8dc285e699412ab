"""A competition with one row of everything that an address can name, every text carrying one word."""

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from flask import current_app
from sqlalchemy import select

from gtn_events.accounts.domain.invitations import give_or_invite
from gtn_events.accounts.domain.signed_links import LinkSigner
from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account, Invitation
from gtn_events.competition.domain.appeal_window import contestable
from gtn_events.competition.domain.appeals import AppealTexts, save_appeal, send_appeal
from gtn_events.competition.domain.awards import AwardSpec, add_award, give_award
from gtn_events.competition.domain.conflicts import name_conflict
from gtn_events.competition.domain.decisions import decide_round
from gtn_events.competition.domain.endorsement import decline_entry
from gtn_events.competition.domain.entry_drafts import begin_draft, save_step
from gtn_events.competition.domain.given import Given
from gtn_events.competition.domain.live_rule import LiveRule, set_live_rule
from gtn_events.competition.domain.nominations import Nominee, nominate
from gtn_events.competition.domain.ranking import Computed, keep_result, ranking_task, review_task
from gtn_events.competition.domain.round_state import close_round
from gtn_events.competition.domain.scorecards import save_draft, submit_scorecard
from gtn_events.competition.domain.simulating import Design, add_simulation
from gtn_events.competition.enums import AppealGround, AwardKind, EntryPath, EntryState, RoundState
from gtn_events.competition.models import (
    Appeal,
    Assignment,
    Award,
    Competition,
    Entry,
    EntryDraft,
    EntryVersion,
    Judge,
    Nomination,
    Round,
    Simulation,
    TrainingEntry,
    TrainingScorecard,
)
from gtn_events.competition.results.reviewed import rank_and_review
from gtn_events.core.badges import badge_events
from gtn_events.core.db import db
from gtn_events.core.economies import Economy
from gtn_events.core.outbox import OutboxMail, Recipient, enqueue_mail
from gtn_events.core.permissions import Scope
from gtn_events.core.uploads import Upload
from gtn_events.questionnaire.domain.drafts import add_question
from gtn_events.questionnaire.domain.questions import QuestionSpec
from gtn_events.questionnaire.domain.steps import StepText, add_step
from gtn_events.questionnaire.domain.versions import draft_version_of, publish_version
from gtn_events.questionnaire.enums import QuestionKind
from gtn_events.questionnaire.models import Answer
from tests.competition.factories import make_assignment, make_competition, make_entry, make_judge, make_round
from tests.competition.panels import IN_TIME, OPENED_AT, sign
from tests.competition.results_rounds import CLOSED_AT
from tests.factories import MADE_AT, grant_role, make_account

# Whenever the tests run, entries are taken and the second round is open.
FAR = datetime(2099, 12, 31, 16, 59, tzinfo=UTC)
OF_SECOND_ROUND = ("assignment", "panel", "progress", "live", "training")
POINTS = ({"impact": 5, "market": 4}, {"impact": 3, "market": 2})


@dataclass(frozen=True)
class FullCompetition:
    """A competition, who entered what is judged, who speaks for their economy, what its addresses are filled with.

    Args:
        values: what stands in most addresses; the first round is decided.
        of_second_round: what stands instead where something is judged; that round is open.
        of_reserve: what stands instead where somebody may still go on.
    """

    competition: Competition
    entrant: Account
    coordinator: Account
    values: dict[str, Any]
    of_second_round: dict[str, Any]
    of_reserve: dict[str, Any]

    def values_of(self, endpoint: str) -> dict[str, Any]:
        """What the address of an endpoint is filled with."""
        name = endpoint.partition(".")[2]
        if endpoint.startswith(("competition_judge.", "competition_live.")) or name.startswith(OF_SECOND_ROUND):
            return self.values | self.of_second_round
        if endpoint.startswith("competition_economy."):
            return self.values | self.of_reserve
        if endpoint.startswith("competition_feedback."):
            return self.values | {"reference": self.of_second_round["reference"]}
        if name == "ranking_promote":
            return self.values | self.of_reserve
        return self.values | ({"step": "entry"} if endpoint.startswith("competition_enter.") else {})


def make_full_competition(
    slug: str, organiser: Account, delegate: Account, upload_id: int, word: str
) -> FullCompetition:
    """Make it; the organiser holds every role there, the delegate has an entry and a draft."""
    prefix = word[:5].upper()
    competition = make_competition(
        slug,
        title=f"Competition {word}",
        reference_prefix=prefix,
        entries_close_at=FAR,
        description=f"About {word}",
        entry_path=EntryPath.SHOWN,
    )
    keys = _form(competition, word)
    for role in (Role.ORGANISER, Role.INTEGRITY_OFFICER, Role.JUDGE):
        grant_role(organiser, role, competition.scope)
    helper = make_account(f"helper.{word}@gtn.example", family_name=f"Helper {word}")
    entrant = make_account(f"entrant.{word}@firm.example", family_name=f"Entrant {word}")
    coordinator = _coordinator(word)
    own = _entry(competition, delegate, f"Entry {word}", word, upload_id, state=EntryState.INELIGIBLE)
    judged = [
        _entry(competition, entrant, f"{place} {word}", word, upload_id, state=EntryState.ADMITTED)
        for place in ("First", "Second")
    ]
    judges = _judges(competition, organiser, word)
    award = _first_round(competition, judged, judges, organiser, word)
    _second_round(competition, judged[0], judges, organiser, word)
    decline_entry(judged[1], reason=f"Declined {word}", actor=coordinator, now=MADE_AT)
    conflict = name_conflict(judges[1], own, reason=f"Tie {word}", actor=organiser, now=MADE_AT)
    training = _trainings(competition, organiser, word)
    values = {
        "competition": slug,
        "category_id": competition.categories[0].id,
        "reference": own.reference,
        "upload_id": upload_id,
        "grant_id": grant_role(helper, Role.HELPER, competition.scope).id,
        "invitation_id": _invited(competition, organiser, word).id,
        "draft_id": _draft(competition, delegate, word).id,
        "award_id": award.id,
        "conflict_id": conflict.id,
        "mail_id": _mail(competition, word).id,
        "act": "release",
        "kind": "entry_received",
        "nomination_id": _nominated(competition, coordinator, word).id,
        "number": 1,
        "position": 1,
        "tie": 1,
        "simulation_id": _design(competition, organiser).id,
        "training_id": training["first"],
        "appeal_id": _appeal(own, word, upload_id).id,
        **keys,
    }
    db.session.commit()
    second = {"training_id": training["judged"], "number": 2, "reference": judged[0].reference, "step": "extend"}
    return FullCompetition(competition, entrant, coordinator, values, second, {"reference": judged[1].reference})


def _form(competition: Competition, word: str) -> dict[str, Any]:
    draft = draft_version_of(competition.questionnaire, actor=None, now=MADE_AT)
    question = add_question(draft, QuestionSpec(QuestionKind.FILE, f"Label {word}"), actor=None, now=MADE_AT)
    step = add_step(draft, StepText(f"Step {word}"), actor=None, now=MADE_AT)
    publish_version(draft, actor=None, now=MADE_AT)
    return {"key": question.key, "step_key": step.key}


def _design(competition: Competition, organiser: Account) -> Simulation:
    spreads = {"quality": Decimal(8), "noise": Decimal(6), "severity": Decimal(4)}
    design = Design(entries=10, judges=4, cards=2, shortlist=3, **spreads)
    return add_simulation(competition, design, actor=organiser, now=MADE_AT)


def _entry(
    competition: Competition, account: Account, title: str, word: str, upload_id: int, *, state: EntryState
) -> Entry:
    reference = f"{competition.reference_prefix}-{word[:4].upper()}-{title[:4].upper()}"
    texts = {"organisation_name": f"Firm {word}", "summary": f"Summary {word}", "state_reason": f"Reason {word}"}
    entry = make_entry(competition, account, title, reference=reference, state=state, **texts)
    file_key = competition.questionnaire.versions[-1].questions[-1].key
    entry.answer_set.answers = [
        Answer(key="solution", value=f"Solution {word}"),
        Answer(key=file_key, value=upload_id, upload_id=upload_id),
    ]
    entry.versions = [_version(account, number, word, file_key) for number in (1, 2)]
    return entry


def _version(account: Account, number: int, word: str, file_key: str) -> EntryVersion:
    file = {"file": f"{word}.pdf", "size": number, "sha256": f"{number:064d}"}
    answers = {"solution": f"Solution {word} {number}", file_key: file}
    content = {"title": f"Title {word} {number}", "questionnaire_version": 2, "answers": answers}
    return EntryVersion(number=number, sent_at=MADE_AT, sent_by_id=account.id, content=content, sha256=f"{number:064d}")


def _judges(competition: Competition, organiser: Account, word: str) -> list[Judge]:
    other = make_account(f"judge.{word}@jury.example", family_name=f"Judge {word}", economy_code="CHL")
    grant_role(other, Role.JUDGE, competition.scope)
    return [make_judge(competition, account, economy_code="CHL") for account in (organiser, other)]


def _mail(competition: Competition, word: str) -> OutboxMail:
    mail = enqueue_mail(
        f"results:{word}",
        "competition/results_published",
        to=Recipient(f"{word}@firm.example", f"Person {word}"),
        context={"competition": competition},
        now=MADE_AT,
        scope=competition.scope,
    )
    assert mail is not None
    return mail


def _seats(round_: Round, judges: list[Judge], entries: list[Entry]) -> list[Assignment]:
    for judge in judges:
        sign(judge, round_)
    return [make_assignment(round_, entry, judge) for entry in entries for judge in judges]


def _first_round(
    competition: Competition, entries: list[Entry], judges: list[Judge], organiser: Account, word: str
) -> Award:
    round_ = make_round(competition, entries, state=RoundState.OPEN, method_frozen_at=OPENED_AT, title=f"Review {word}")
    for number, seat in enumerate(_seats(round_, judges, entries)):
        given = Given(dict(POINTS[number // 2]), to_entrant=f"Comment {word}", to_jury=f"Jury {word}")
        assert seat.judge.account is not None
        submit_scorecard(seat, given, actor=seat.judge.account, now=IN_TIME)
    close_round(round_, actor=organiser, now=CLOSED_AT)
    ranking = rank_and_review(ranking_task(round_), *review_task(round_))
    computed = Computed(ranking.rows, ranking.facts, round_.chain_head, round_.chain_length)
    version = keep_result(round_, computed, reason=f"Why {word}", actor=organiser, now=CLOSED_AT)
    decide_round(round_, seen=version.number, actor=organiser, now=CLOSED_AT)
    award = add_award(competition, AwardSpec(AwardKind.GRAND, f"Prize {word}"), actor=organiser, now=CLOSED_AT)
    give_award(award, entries[0], citation=f"Citation {word}", actor=organiser, now=CLOSED_AT)
    return award


def _second_round(competition: Competition, entry: Entry, judges: list[Judge], organiser: Account, word: str) -> None:
    round_ = make_round(
        competition, [entry], state=RoundState.OPEN, method_frozen_at=OPENED_AT, title=f"Final {word}", closes_at=FAR
    )
    seat = _seats(round_, judges, [entry])[0]
    rule = LiveRule(audience=True, audience_weight=20, badge_event=badge_events()[0].key)
    set_live_rule(round_, rule, actor=organiser, now=MADE_AT)
    save_draft(seat, Given({"impact": 3}, to_jury=f"Begun {word}"), seen=0, actor=organiser, now=IN_TIME)


def _appeal(own: Entry, word: str, upload_id: int) -> Appeal:
    """Send an appeal with a file against the refusal of the delegate's entry."""
    own.competition.appeal_days, own.state_changed_at = 7, MADE_AT
    upload = db.session.get_one(Upload, upload_id)
    text = f"Appeal {word}: the entry was found not eligible by a rule that is none."
    appeal = save_appeal(
        own, contestable(own)[0], AppealTexts(AppealGround.ELIGIBILITY, text), upload=upload, now=MADE_AT
    )
    send_appeal(appeal, actor=own.account, now=MADE_AT)
    return appeal


def _trainings(competition: Competition, organiser: Account, word: str) -> dict[str, int]:
    """Put a sample before the judges of each round; none keeps them from their own entries."""
    made = [
        TrainingEntry(
            round=round_,
            number=1,
            title=f"Sample {word}",
            summary=f"Summary {word}",
            body=f"Body {word}",
            scores={"impact": 3, "market": 3},
            reasons={"impact": f"Why {word}", "market": f"Why {word}"},
            comes_first=False,
            created_at=MADE_AT,
        )
        for round_ in competition.rounds
    ]
    card = TrainingScorecard(scores={"impact": 2, "market": 3}, total=Decimal(50), submitted_at=MADE_AT)
    card.training, card.judge = made[1], db.session.scalars(select(Judge).where(Judge.account == organiser)).all()[-1]
    db.session.add_all([*made, card])
    db.session.flush()
    return {"first": made[0].id, "judged": made[1].id}


def _invited(competition: Competition, organiser: Account, word: str) -> Invitation:
    links = LinkSigner(current_app.config["SETTINGS"].secret_key)
    address = f"asked.{word}@gtn.example"
    given = give_or_invite(address, Role.HELPER, scope=competition.scope, links=links, actor=organiser, now=MADE_AT)
    assert isinstance(given, Invitation)
    return given


def _coordinator(word: str) -> Account:
    """Who speaks for the economy of everybody who entered."""
    account = make_account(f"coordinator.{word}@gtn.example", family_name=f"Coordinator {word}")
    grant_role(account, Role.ECONOMY_COORDINATOR, Scope("economy", db.session.get_one(Economy, "PE").rank))
    return account


def _nominated(competition: Competition, coordinator: Account, word: str) -> Nomination:
    links = LinkSigner(current_app.config["SETTINGS"].secret_key)
    firm = Nominee(organisation_name=f"Firm {word}", name=f"Person {word}", email=f"nominated.{word}@firm.example")
    economy = db.session.get_one(Economy, "PE")
    return nominate(competition, economy, firm, links=links, actor=coordinator, now=MADE_AT)


def _draft(competition: Competition, delegate: Account, word: str) -> EntryDraft:
    draft = begin_draft(competition, actor=delegate, now=MADE_AT)
    typed = {"title": [f"Draft {word}"], "summary": [f"Summary {word}"]}
    save_step(draft, "entry", typed=typed, answers={}, uploads={}, now=MADE_AT)
    return draft
