"""The open market after declines: only applicants without a place and places without an applicant."""

from collections.abc import Collection
from dataclasses import replace

from .deferred import Matching
from .market import Market


def open_market(market: Market, matching: Matching, *, declined: Collection[int]) -> Market:
    """Return the market to be matched again.

    Args:
        declined: applicants who gave their place back; they are out of it altogether.

    Everybody else who has a place keeps it, so nobody can lose or better it by somebody else's
    decline, and only pairs of the open market can be asked not to block.
    """
    kept = {who: host for who, host in enumerate(matching.host_of) if host is not None and who not in declined}
    applicants = tuple(
        replace(applicant, wishes=()) if who in declined else applicant
        for who, applicant in enumerate(market.applicants)
    )
    return replace(market, applicants=applicants, kept=kept)
