"""Which SME goes to which host: pure functions from wishes and rankings to a matching, without a database."""

from .again import open_market
from .checking import Reason, Refusal, blocking_pairs, refusals
from .choice import choose
from .deferred import Matching, match
from .lottery import commitment, draw
from .market import Applicant, Host, Market, Reserve

__all__ = [
    "Applicant",
    "Host",
    "Market",
    "Matching",
    "Reason",
    "Refusal",
    "Reserve",
    "blocking_pairs",
    "choose",
    "commitment",
    "draw",
    "match",
    "open_market",
    "refusals",
]
