"""Thailand's delegation to the next forum: places kept for it, people in every state, what its coordinator said."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from gtn_events.accounts.enums import Gender
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.economies import Economy
from gtn_events.core.seats import SeatPool
from gtn_events.delegations.domain.nominations import Nominee, draft_nomination, nominate
from gtn_events.delegations.domain.nominee_links import invite_nominee
from gtn_events.delegations.models import Delegation
from gtn_events.forum.domain.categories import CategoryDetails, add_category
from gtn_events.forum.domain.economy_stage import endorse_registration, refuse_for_economy
from gtn_events.forum.domain.registrations import admit_registration, approve_registration, withdraw_registration
from gtn_events.forum.domain.submission import Particulars, Submission, submit_registration
from gtn_events.forum.domain.substitutions import substitute
from gtn_events.forum.enums import Approval, DelegationFunction, Funding
from gtn_events.forum.models import Allotment, Forum, ForumCategory, Registration
from gtn_events.questionnaire.queries.versions import published_version

from .people import Person

W, M = Gender.WOMAN, Gender.MAN
ECONOMY = "THA"
OFFICE, MINISTRY = "Office of Small Firms (invented)", "Ministry of Industry (invented)"
PEOPLE = (
    Person("malee", "Malee", "Wattanasin", "มาลี วัฒนสิน", W, ECONOMY, OFFICE, "Director"),
    Person("anan", "Anan", "Chaiyasook", "อนันต์ ไชยสุข", M, ECONOMY, MINISTRY, "Adviser to the Permanent Secretary"),
    Person("nattaya", "Nattaya", "Boonsri", "ณัฐยา บุญศรี", W, ECONOMY, "Chao Phraya Membranes", "Managing director"),
    Person("achara", "Achara", "Detsombat", "อัจฉรา เดชสมบัติ", W, ECONOMY, OFFICE, "Analyst"),
    Person(
        "duangjai", "Duangjai", "Intharasuk", "ดวงใจ อินทรสุข", W, ECONOMY, "Isan Institute of Materials", "Researcher"
    ),
    Person("prasert", "Prasert", "Limsakul", "ประเสริฐ ลิ้มสกุล", M, ECONOMY, "Limsakul Pumps", "Founder"),
    Person("wirot", "Wirot", "Saetung", "วิโรจน์ แซ่ตึ้ง", M, ECONOMY, "Saetung Biochar", "Partner"),
    Person("kanya", "Kanya", "Sripan", "กัญญา ศรีพันธุ์", W, ECONOMY, "Northern Cooperative Stores", "Buyer"),
    Person("siriporn", "Siriporn", "Thongdee", "ศิริพร ทองดี", W, ECONOMY, OFFICE, "Head of division"),
    Person("thanakorn", "Thanakorn", "Maneerat", "ธนากร มณีรัตน์", M, ECONOMY, OFFICE, "Deputy head of division"),
)

NOMINEES: tuple[dict[str, Any], ...] = (
    {
        "email": "ratana@delegation.example",
        "honorific": "Dr",
        "given_name": "Ratana",
        "family_name": "Khamwong",
        "own_script_name": "รัตนา คำวงศ์",
        "gender": "woman",
        "position": "Head of standards",
        "organisation_name": MINISTRY,
        "organisation_kind": "ministry",
        "rank": 1,
        "funding": Funding.APEC,
        "relevance": "Writes the standards by which small firms sell green technology to the public hand.",
    },
    {
        "email": "somsak@delegation.example",
        "given_name": "Somsak",
        "family_name": "Phanthong",
        "gender": "man",
        "position": "Founder",
        "organisation_name": "Phanthong Solar Driers",
        "organisation_kind": "sme",
        "rank": 2,
        "reserve": True,
        "relevance": "Dries fruit by sun for forty cooperatives, and looks for a partner.",
    },
    {"email": "arunee@delegation.example", "family_name": "Saengchai"},
    {
        "email": "wipa@delegation.example",
        "honorific": "Ms",
        "given_name": "Wipa",
        "family_name": "Thongdee",
        "own_script_name": "วิภา ทองดี",
        "gender": "woman",
        "position": "Adviser on small firms",
        "organisation_name": OFFICE,
        "organisation_kind": "ministry",
        "rank": 3,
        "relevance": "Advises the firms of the north on their first sale abroad.",
    },
)


def send_delegation(
    forum: Forum, accounts: Mapping[str, Account], *, coordinator: Account, organiser: Account, now: datetime
) -> None:
    """Let ten people of Thailand register for a category that their economy answers for first. Flushes."""
    details = CategoryDetails(
        label="Official delegation",
        description="Sent by an economy, which says yes first",
        capacity=42,
        approval=Approval.ECONOMY,
        open_to_public=True,
    )
    category = add_category(forum, details, actor=organiser, now=now - timedelta(days=20))
    _keep_places(category, 4, now=now)
    begun = now - timedelta(days=6)
    sent = [
        _register(category, person, accounts[person.key], now=begun + timedelta(hours=11 * number))
        for number, person in enumerate(PEOPLE)
    ]
    sent[0].delegation_function = DelegationFunction.HEAD
    sent[1].delegation_function = DelegationFunction.ADVISER
    for each in (sent[0], sent[1], sent[3], sent[6], sent[8], sent[9]):
        endorse_registration(each, actor=coordinator, now=now - timedelta(hours=30))
    for each in (sent[0], sent[1], sent[3], sent[8]):
        admit_registration(each, actor=organiser, now=now - timedelta(hours=20))
    approve_registration(sent[9], actor=organiser, now=now - timedelta(hours=20))
    # One place has moved already; another does when the host says yes to the new person.
    _substitute(sent[8], sent[9], "Goes on leave that week.", coordinator, now=now - timedelta(hours=10))
    _substitute(sent[1], sent[6], "Is needed at home for the budget.", coordinator, now=now - timedelta(hours=9))
    withdraw_registration(sent[3], actor=coordinator, now=now - timedelta(hours=9), reason="Has another duty.")
    _nominate(category, coordinator, now=now)
    refuse_for_economy(
        sent[7], actor=coordinator, now=now - timedelta(hours=8), reason="Buyers come as observers, please."
    )


def _substitute(leaves: Registration, comes: Registration, reason: str, coordinator: Account, *, now: datetime) -> None:
    seen = (leaves.lock_version, comes.lock_version)
    substitute(leaves, comes, reason=reason, seen=seen, actor=coordinator, now=now)


def _nominate(category: ForumCategory, coordinator: Account, *, now: datetime) -> None:
    """Nominate people: one is invited, two are only nominated, one of them in reserve, of one there is a draft."""
    delegation = Delegation(category.forum, db.session.get_one(Economy, ECONOMY))
    nominations = [
        draft_nomination(delegation, Nominee(category=category, **each), actor=coordinator, now=now - timedelta(days=3))
        for each in NOMINEES
    ]
    for each in (nominations[0], nominations[1], nominations[3]):
        nominate(each, actor=coordinator, now=now - timedelta(days=2))
    invite_nominee(nominations[0], actor=coordinator, now=now - timedelta(days=1))


def _keep_places(category: ForumCategory, places: int, *, now: datetime) -> None:
    category.common_pool = SeatPool(
        label=f"{category.label}, common", capacity=category.pool.capacity - places, created_at=now
    )
    kept = Allotment(
        forum=category.forum,
        category=category,
        holder=ECONOMY,
        pool=SeatPool(label=f"{category.label}, {ECONOMY}", capacity=places, created_at=now),
        releases_at=category.forum.registration_closes_at - timedelta(days=14),
        created_at=now,
    )
    db.session.add(kept)
    db.session.flush()


def _register(category: ForumCategory, person: Person, account: Account, *, now: datetime) -> Registration:
    forum = category.forum
    version = published_version(forum.questionnaire)
    if version is None:
        raise LookupError("the forum's questionnaire is not published")
    submission = Submission(
        category=category,
        particulars=Particulars(
            given_name=account.given_name,
            family_name=account.family_name,
            own_script_name=account.own_script_name,
            own_script_language=account.own_script_language,
            gender=account.gender.value,
            email=account.email,
            delegation_class=account.delegation_class,
            economy_code=account.economy_code,
            organisation_name=person.organisation,
            position=person.position,
        ),
        version=version,
        answers={"attendance_mode": "in-person", "roles": ["delegate"], "privacy_read": True},
        consent_text=forum.consent_texts[-1],
    )
    return submit_registration(forum, submission, actor=account, now=now)
