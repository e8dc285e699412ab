"""Kept places of the open forum, people whose economy is asked first, and an exchange between two economies."""

from datetime import datetime, timedelta

from gtn_events.accounts.models import Account
from gtn_events.forum.domain.allotments import Kept, release_allotments, set_allotments
from gtn_events.forum.domain.economy_stage import endorse_registration, waits_for_economy
from gtn_events.forum.domain.swaps import Proposal, accept_swap, propose_swap
from gtn_events.forum.enums import Approval, ApprovalStage
from gtn_events.forum.models import Forum, ForumCategory, Registration

DELEGATES = {"INA": 5, "JPN": 4, "MAS": 2, "MEX": 1, "PE": 3, "PHL": 2, "THA": 3, "VN": 2, "secretariat": 1, "abac": 1}
EXHIBITORS = {"INA": 4, "PE": 2, "THA": 2}
WAITING_DAYS = 5


def ask_economies(forum: Forum) -> None:
    """Let the economies of delegates say yes before the host does."""
    _category(forum, "delegate").approval = Approval.ECONOMY


def answer_for_economy(registration: Registration, coordinator: Account, *, now: datetime) -> bool:
    """Say yes for the coordinator's own economy to its first people; say whether the host can decide.

    The others keep waiting, with some days left.
    """
    if registration.stage is not ApprovalStage.ECONOMY or registration.economy_code != coordinator.economy_code:
        return True
    if registration.submitted_at < now - timedelta(days=WAITING_DAYS * 2):
        endorse_registration(registration, actor=coordinator, now=registration.submitted_at + timedelta(hours=3))
        return True
    registration.answer_due_at = now + timedelta(days=WAITING_DAYS)
    return not waits_for_economy(registration, now=now)


def keep_places(forum: Forum, organiser: Account, coordinator: Account, *, now: datetime) -> None:
    """Keep places, let one holder's go early, and exchange some: one exchange is done, three are asked for. Flushes."""
    until = forum.registration_closes_at - timedelta(days=14)
    for key, places in (("delegate", DELEGATES), ("sme-exhibitor", EXHIBITORS)):
        wanted = {holder: Kept(places=number, releases_at=until) for holder, number in places.items()}
        set_allotments(_category(forum, key), wanted, actor=organiser, now=now)
    release_allotments(forum, holder="abac", actor=organiser, now=now)
    delegate, exhibitor = _category(forum, "delegate"), _category(forum, "sme-exhibitor")
    done = Proposal(giver="INA", taker="THA", category=exhibitor, places=1, note="For the firm from Khon Kaen.")
    accept_swap(propose_swap(forum, done, actor=organiser, now=now), actor=coordinator, now=now)
    asked = Proposal(giver="JPN", taker="THA", category=delegate, places=1, note="We come with one person fewer.")
    propose_swap(forum, asked, actor=organiser, now=now)
    own = Proposal(giver="THA", taker="PE", category=exhibitor, places=1, return_category=delegate, return_places=1)
    propose_swap(forum, own, actor=coordinator, now=now)
    to_class = Proposal(giver="THA", taker="secretariat", category=delegate, places=1, note="For an interpreter.")
    propose_swap(forum, to_class, actor=coordinator, now=now)


def _category(forum: Forum, key: str) -> ForumCategory:
    return next(each for each in forum.categories if each.key == key)
