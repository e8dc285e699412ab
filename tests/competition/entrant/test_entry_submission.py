"""From a draft to an entry: once, within the limit and the window; versions, receipts, changes until the close."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.competition.domain.entry_content import receipt_seal
from gtn_events.competition.domain.entry_drafts import MOST_DRAFTS, begin_change, begin_draft
from gtn_events.competition.domain.entry_submission import accept_newest, change_entry, send_entry
from gtn_events.competition.domain.entry_window import may_change
from gtn_events.competition.domain.receipts import is_genuine
from gtn_events.competition.enums import CompetitionState, EntryState, LatePolicy, RoundState
from gtn_events.competition.errors import AlreadySent, EntriesClosed, EntryRefused
from gtn_events.competition.models import Competition, CompetitionCategory, Entry, EntryDraft, EntryVersion
from gtn_events.core.canonical import sha256_of
from gtn_events.core.db import db
from gtn_events.core.errors import Stale
from gtn_events.core.journal import JournalEntry
from gtn_events.core.outbox import OutboxMail
from gtn_events.questionnaire.domain.drafts import add_question
from gtn_events.questionnaire.domain.questions import QuestionSpec
from gtn_events.questionnaire.domain.versions import draft_version_of, publish_version
from gtn_events.questionnaire.enums import QuestionKind
from tests.competition.entrant.submitting import SECRET, make_draft, submission
from tests.competition.factories import make_competition, make_round
from tests.conftest import NOW
from tests.factories import make_account

pytestmark = pytest.mark.usefixtures("database")
DAY = timedelta(days=1)


@pytest.fixture
def competition(database: None) -> Competition:
    return make_competition()


@pytest.fixture
def rosa(database: None) -> Account:
    return make_account()


def sent(competition: Competition, account: Account, now: datetime = NOW) -> Entry:
    draft = make_draft(competition, account)
    entry = send_entry(draft, submission(competition), secret_key=SECRET, actor=account, now=now)
    db.session.commit()
    return entry


def changing(entry: Entry, now: datetime = NOW) -> EntryDraft:
    draft = begin_change(entry, {}, actor=entry.account, now=now)
    db.session.commit()
    return draft


def test_a_version_keeps_everything_and_its_fingerprint(competition: Competition, rosa: Account) -> None:
    entry = sent(competition, rosa)
    db.session.expire_all()
    version = db.session.scalars(select(EntryVersion)).one()
    assert version.sha256 == sha256_of(version.content)
    assert version.content["answers"] == {"solution": "It keeps fish cold."}
    assert version.content["team"][0]["name"] == "Rosa"
    assert (version.content["reference"], version.content["categories"]) == (entry.reference, ["energy"])
    assert (version.declared_by, version.declaration_text_id) == ("Rosa Huamán", competition.declaration_texts[0].id)


def test_a_fingerprint_does_not_depend_on_the_order_of_keys_and_on_nothing_less_than_a_letter() -> None:
    assert sha256_of({"a": 1, "b": "森"}) == sha256_of({"b": "森", "a": 1})
    assert sha256_of({"a": "x"}) != sha256_of({"a": "X"})


def test_sensitive_answers_stay_out_of_a_version(competition: Competition, rosa: Account) -> None:
    version = draft_version_of(competition.questionnaire, actor=None, now=NOW)
    spec = QuestionSpec(QuestionKind.SHORT_TEXT, "Diet", key="diet", sensitive=True)
    add_question(version, spec, actor=None, now=NOW)
    publish_version(version, actor=None, now=NOW)
    db.session.commit()
    whole = submission(competition, version=version, answers={"solution": "x", "diet": "vegan"})
    entry = send_entry(make_draft(competition, rosa), whole, secret_key=SECRET, actor=rosa, now=NOW)
    assert entry.versions[0].content["answers"] == {"solution": "x"}


def test_a_receipt_names_the_version_the_fingerprint_and_both_times(competition: Competition, rosa: Account) -> None:
    entry = sent(competition, rosa)
    mail = db.session.scalars(select(OutboxMail)).one()
    seal = receipt_seal(entry.reference, entry.versions[0].sha256, secret_key=SECRET)
    for text in (entry.reference, entry.versions[0].sha256, seal, "Wed 1 May 2013, 22:00 in Lima", "in Jakarta"):
        assert text in mail.body_text
    assert "Thu 2 May 2013, 10:00" in mail.body_text


def test_a_receipt_is_genuine_only_as_it_was_sent(competition: Competition, rosa: Account) -> None:
    entry = sent(competition, rosa)
    sha256 = entry.versions[0].sha256
    seal = receipt_seal(entry.reference, sha256, secret_key=SECRET)
    assert is_genuine(entry.reference, sha256, seal, secret_key=SECRET)
    assert is_genuine(f" {entry.reference.lower()} ", sha256.upper(), seal.lower().replace("-", " "), secret_key=SECRET)
    assert is_genuine(entry.reference, sha256, "", secret_key=SECRET)
    assert not is_genuine(entry.reference, sha256[:-1] + ("0" if sha256[-1] != "0" else "1"), "", secret_key=SECRET)
    assert not is_genuine(entry.reference, sha256, "AAAA-AAAA-AAAA-AAAA", secret_key=SECRET)
    assert not is_genuine("ISC13-0000-0000", sha256, "", secret_key=SECRET)
    assert not is_genuine(entry.reference, sha256, seal, secret_key="another key")


def test_a_draft_becomes_one_entry_only(competition: Competition, rosa: Account) -> None:
    draft = make_draft(competition, rosa)
    send_entry(draft, submission(competition), secret_key=SECRET, actor=rosa, now=NOW)
    db.session.commit()
    with pytest.raises(AlreadySent):
        send_entry(draft, submission(competition), secret_key=SECRET, actor=rosa, now=NOW)
    db.session.rollback()
    assert len(db.session.scalars(select(Entry)).all()) == 1


@pytest.mark.parametrize(
    ("policy", "seconds", "state"),
    [
        (LatePolicy.NONE, -1, EntryState.SUBMITTED),
        (LatePolicy.NONE, 0, None),
        (LatePolicy.GRACE, 299, EntryState.SUBMITTED),
        (LatePolicy.GRACE, 300, None),
        (LatePolicy.ASK, 299, EntryState.SUBMITTED),
        (LatePolicy.ASK, 300, EntryState.LATE),
    ],
)
def test_the_second_of_the_close_decides(
    rosa: Account, policy: LatePolicy, seconds: int, state: EntryState | None
) -> None:
    competition = make_competition(grace_minutes=5, late_policy=policy)
    moment = competition.entries_close_at + timedelta(seconds=seconds)
    if state is None:
        with pytest.raises(EntriesClosed):
            sent(competition, rosa, moment)
    else:
        assert sent(competition, rosa, moment).state is state


def test_before_the_call_opens_and_after_it_was_closed_nothing_is_taken(
    competition: Competition, rosa: Account
) -> None:
    with pytest.raises(EntriesClosed):
        sent(competition, rosa, competition.entries_open_at - timedelta(seconds=1))
    competition.state = CompetitionState.CLOSED
    with pytest.raises(EntriesClosed):
        sent(competition, rosa)


def test_an_economy_has_its_limit_and_the_host_its_own(rosa: Account) -> None:
    competition = make_competition(economy_limit=1, host_limit=2)
    sent(competition, rosa)
    with pytest.raises(EntryRefused):
        sent(competition, rosa)
    db.session.rollback()
    for _number in range(2):
        draft = make_draft(competition, rosa)
        host = submission(competition, economy_code="INA")
        send_entry(draft, host, secret_key=SECRET, actor=rosa, now=NOW)
        db.session.commit()
    with pytest.raises(EntryRefused):
        send_entry(make_draft(competition, rosa), host, secret_key=SECRET, actor=rosa, now=NOW)


def test_a_withdrawn_entry_makes_room(rosa: Account) -> None:
    competition = make_competition(economy_limit=1)
    sent(competition, rosa).state = EntryState.WITHDRAWN
    db.session.commit()
    assert sent(competition, rosa).state is EntryState.SUBMITTED


def test_categories_of_another_competition_and_too_many_are_refused(competition: Competition, rosa: Account) -> None:
    other = make_competition("other", title="Other")
    draft = make_draft(competition, rosa)
    for categories in ([], other.categories, [*competition.categories, CompetitionCategory(competition_id=1)]):
        wrong = submission(competition, categories=categories)
        with pytest.raises(EntryRefused):
            send_entry(draft, wrong, secret_key=SECRET, actor=rosa, now=NOW)


def test_a_change_is_another_version_with_its_own_receipt(competition: Competition, rosa: Account) -> None:
    entry = sent(competition, rosa)
    better = submission(competition, title="Better boards", answers={"solution": "Even longer."})
    change_entry(changing(entry), better, secret_key=SECRET, actor=rosa, now=NOW + DAY)
    db.session.commit()
    db.session.expire_all()
    assert [version.number for version in entry.versions] == [1, 2]
    assert (entry.title, entry.state, entry.submitted_at) == ("Better boards", EntryState.SUBMITTED, NOW)
    assert entry.versions[0].content["title"] == "Boards from rice husk"
    assert [answer.value for answer in entry.answer_set.answers] == ["Even longer."]
    assert len(db.session.scalars(select(OutboxMail)).all()) == 2
    changed = db.session.scalars(select(JournalEntry).where(JournalEntry.action == "entry changed")).one()
    assert changed.changes == {"title": ["Boards from rice husk", "Better boards"]}


def test_a_change_does_not_cover_one_it_has_not_seen(competition: Competition, rosa: Account) -> None:
    entry = sent(competition, rosa)
    first = changing(entry)
    change_entry(first, submission(competition, title="One"), secret_key=SECRET, actor=rosa, now=NOW)
    late = changing(entry)
    late.from_version = 1
    db.session.commit()
    with pytest.raises(Stale):
        change_entry(late, submission(competition, title="Two"), secret_key=SECRET, actor=rosa, now=NOW)
    db.session.rollback()
    assert entry.title == "One"
    accept_newest(late)
    change_entry(late, submission(competition, title="Two"), secret_key=SECRET, actor=rosa, now=NOW)
    assert [version.number for version in entry.versions] == [1, 2, 3]


def test_an_entry_is_changed_in_one_draft_only(competition: Competition, rosa: Account) -> None:
    entry = sent(competition, rosa)
    assert changing(entry) is changing(entry)


@pytest.mark.parametrize(
    ("extended", "minutes", "allowed"), [(0, -1, True), (0, 1, False), (60, 59, True), (60, 60, False)]
)
def test_changes_end_with_the_close_or_with_the_time_that_was_given(
    competition: Competition, rosa: Account, *, extended: int, minutes: int, allowed: bool
) -> None:
    entry = sent(competition, rosa)
    draft = changing(entry)
    close = competition.entries_close_at
    entry.extended_until = close + timedelta(minutes=extended) if extended else None
    db.session.commit()
    moment = close + timedelta(minutes=minutes)
    if allowed:
        change_entry(draft, submission(competition), secret_key=SECRET, actor=rosa, now=moment)
        return
    with pytest.raises(EntriesClosed):
        change_entry(draft, submission(competition), secret_key=SECRET, actor=rosa, now=moment)
    with pytest.raises(EntriesClosed):
        begin_change(entry, {}, actor=rosa, now=moment)


@pytest.mark.parametrize(
    ("state", "round_state", "extended", "allowed"),
    [
        (EntryState.ADMITTED, RoundState.PLANNED, False, True),
        (EntryState.ADMITTED, RoundState.OPEN, False, False),
        (EntryState.ADMITTED, RoundState.DECIDED, False, False),
        (EntryState.ADMITTED, RoundState.OPEN, True, True),
        (EntryState.SUBMITTED, RoundState.OPEN, False, True),
    ],
)
def test_what_judges_read_stays_from_the_opening_of_a_round(
    competition: Competition,
    rosa: Account,
    *,
    state: EntryState,
    round_state: RoundState,
    extended: bool,
    allowed: bool,
) -> None:
    entry = sent(competition, rosa)
    entry.state = state
    entry.extended_until = competition.entries_close_at + timedelta(days=1) if extended else None
    make_round(competition, [entry], state=round_state)
    assert may_change(entry, now=NOW) is allowed


def test_another_economy_needs_room_there(rosa: Account) -> None:
    competition = make_competition(economy_limit=1)
    draft = make_draft(competition, rosa)
    chilean = submission(competition, economy_code="CHL")
    send_entry(draft, chilean, secret_key=SECRET, actor=rosa, now=NOW)
    entry = sent(competition, rosa)
    with pytest.raises(EntryRefused):
        change_entry(changing(entry), chilean, secret_key=SECRET, actor=rosa, now=NOW)
    db.session.rollback()
    same = submission(competition, title="Still here")
    change_entry(changing(entry), same, secret_key=SECRET, actor=rosa, now=NOW)
    assert entry.title == "Still here"


def test_a_person_has_so_many_drafts_and_no_more(competition: Competition, rosa: Account) -> None:
    for _number in range(MOST_DRAFTS):
        begin_draft(competition, actor=rosa, now=NOW)
    with pytest.raises(EntryRefused):
        begin_draft(competition, actor=rosa, now=NOW)
