"""Whose desk an address means: a coordinator's, for their own economies; 404 for everybody and everything else."""

from dataclasses import dataclass

from flask import abort

from gtn_events.accounts.queries.coordinators import own_economies
from gtn_events.accounts.roles import current_account
from gtn_events.core.db import db
from gtn_events.core.economies import Economy
from gtn_events.core.errors import NotAllowed

from ...domain.endorsement_window import judges_here
from ...models import Competition, Entry
from ...queries.economy_entries import entry_of_economy


@dataclass(frozen=True)
class Desk:
    """The economies for which the signed-in person decides in one competition."""

    competition: Competition
    economies: list[Economy]

    @property
    def codes(self) -> list[str]:
        """The economies' codes."""
        return [economy.code for economy in self.economies]

    @property
    def names(self) -> dict[str, str]:
        """Code to name."""
        return {economy.code: economy.short_name for economy in self.economies}

    def entry(self, reference: str) -> Entry:
        """Return an entry of one of the economies, or answer 404."""
        found: Entry = db.one_or_404(entry_of_economy(self.competition, self.codes, reference))
        return found

    def economy(self, code: str) -> Economy:
        """Return one of the economies, or answer 404."""
        return next((economy for economy in self.economies if economy.code == code), None) or abort(404)


def own_desk(competition: Competition) -> Desk:
    """Return the desk of the signed-in person.

    Raises:
        NotAllowed: they judge this competition, so nothing of an entry is shown to them here.
    """
    economies = own_economies(current_account()) if competition.entry_path.asks_economies else []
    if not economies:
        abort(404)
    if judges_here(competition, current_account()):
        raise NotAllowed("You judge this competition, so another coordinator of your economy decides on its entries.")
    return Desk(competition, economies)
