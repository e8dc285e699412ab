"""Who may change a journey at one moment: the registration, then the rules of the forum, then the traveller.

A paper has no lock of its own: whoever sends, accepts, settles or takes back holds its traveller.
On SQLite the writing transaction itself is the lock.
"""

from sqlalchemy import select

from gtn_events.core.db import db

from ..models import Traveller, TravelPaper


def lock_traveller(traveller: Traveller) -> None:
    """Read a traveller and their papers afresh and keep them until the transaction ends."""
    db.session.refresh(traveller, with_for_update={"of": Traveller, "key_share": True})
    papers = select(TravelPaper).where(TravelPaper.traveller_id == traveller.id)
    db.session.scalars(papers.execution_options(populate_existing=True)).all()


def lock_paper(paper: TravelPaper) -> None:
    """Keep a paper, with its traveller and the other papers, until the transaction ends."""
    lock_traveller(paper.traveller)
