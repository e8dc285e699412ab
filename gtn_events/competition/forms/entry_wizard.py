"""The entry form as steps over a saved draft: fixed steps and the questionnaire's own."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from gtn_events.accounts.enums import Gender
from gtn_events.accounts.models import Account
from gtn_events.core.forms import Form
from gtn_events.eligibility.domain.keeping import rules_of
from gtn_events.eligibility.domain.rules import Member
from gtn_events.eligibility.domain.so_far import DraftFacts, SoFar, findings_so_far
from gtn_events.questionnaire.forms.wizard import NO_CSRF, Step, StepWizard
from gtn_events.questionnaire.models import QuestionnaireVersion
from gtn_events.questionnaire.queries.versions import steps_of

from ..domain.entry_findings import close_year, past_winners
from ..domain.entry_particulars import Person, Submission
from ..models import Competition, CompetitionCategory, DeclarationText
from ..queries.competitions import categories_in_order, declaration_versions
from .entry_steps import DeclarationForm, EligibilityForm, EntryForm, FirmForm, TeamForm

CATEGORY, FIRM, ENTRY, TEAM = "category", "company", "entry", "team"
DECLARATION, CHECK = "declaration", "check"
# Addresses below a draft that a step of the questionnaire must not take; the firm's step may have questions.
OWN_PAGES = frozenset({CATEGORY, ENTRY, TEAM, DECLARATION, CHECK, "discard"})


class EntryWizard(StepWizard):
    """One person's entry for one competition, on the data of a draft; see ``StepWizard``."""

    def __init__(
        self, competition: Competition, version: QuestionnaireVersion, account: Account, data: Mapping[str, Any]
    ) -> None:
        super().__init__(version, data)
        self.competition = competition
        self.account = account

    @cached_property
    def steps(self) -> list[Step]:
        """The pages in order: the questionnaire's own stand between the entry and the team."""
        own = [Step(each.key, each.title, each.description) for each in steps_of(self.version)]
        firm = next((step for step in own if step.key == FIRM), Step(FIRM, _("Your firm")))
        own = [step for step in own if step.key not in OWN_PAGES and step.key != FIRM]
        first = [Step(CATEGORY, _("Category and eligibility")), firm, Step(ENTRY, _("The entry"))]
        last = [Step(TEAM, _("Team and partners")), Step(DECLARATION, _("Declaration"))]
        return [*first, *own, *last, Step(CHECK, _("Check and send"))]

    @cached_property
    def categories(self) -> list[CompetitionCategory]:
        return categories_in_order(self.competition)

    @cached_property
    def declaration(self) -> DeclarationText | None:
        """The text that has to be declared now."""
        return next(iter(declaration_versions(self.competition)), None)

    def fixed_form(self, key: str, typed: MultiDict[str, Any] | None) -> Form | None:
        """Return the fixed fields of a step, None for a step that has none."""
        form: Any  # the steps' forms are offered different things
        if key == CATEGORY:
            form = EligibilityForm(formdata=typed, data=self._of_profile(), meta=NO_CSRF)
            form.offer(self.categories, self.economies, several=self.competition.several_categories)
        elif key == FIRM:
            form = FirmForm(formdata=typed, data=self._of_profile(), meta=NO_CSRF)
        elif key == ENTRY:
            form = EntryForm(formdata=typed, meta=NO_CSRF)
        elif key == TEAM:
            form = TeamForm(formdata=typed, data={"members": [self._of_account()]}, meta=NO_CSRF)
            form.offer(self.economies)
        elif key == DECLARATION:
            form = DeclarationForm(formdata=typed, meta=NO_CSRF)
            form.offer(self.declaration)
        else:
            form = None
        return form  # one of the forms above

    def summary(self, step: Step) -> list[tuple[str, str]]:
        """Return (label, text) of everything a step holds; of the team one line for each person."""
        if step.key == TEAM:
            return self.team_in_words()
        if step.key == DECLARATION:
            return [(_("Declared by"), self._fixed(DECLARATION).declared_by.data or "")]
        return super().summary(step)

    def team_in_words(self, *, organisations: bool = True, economies: bool = True) -> list[tuple[str, str]]:
        """Return (label, text) of every person of the team, without what is not to be told."""
        names = {economy.code: economy.short_name for economy in self.economies} if economies else {}
        rows = []
        for number, person in enumerate(self.members, 1):
            organisation = person.organisation_name if organisations else ""
            parts = (person.name, person.role, organisation, names.get(person.economy_code or "", ""))
            rows.append((_("Person %(number)s", number=number), " · ".join(part for part in parts if part)))
        return rows

    @property
    def members(self) -> list[Person]:
        """The people of the team, as far as they have names."""
        return [
            Person(
                name=each.form.name.data,
                role=each.form.role.data or "",
                gender=each.form.gender.data or Gender.NOT_SAID.value,
                economy_code=each.form.economy.data or None,
                organisation_name=each.form.organisation_name.data or "",
            )
            for each in self._fixed(TEAM).members
            if each.form.name.data
        ]

    def findings(self) -> list[SoFar]:
        """Return what the rules of the call say, as far as the draft is filled in."""
        rules = rules_of(self.competition)
        if not rules:
            return []
        eligibility, firm = self._fixed(CATEGORY), self._fixed(FIRM)
        started = CATEGORY in self.data
        facts = DraftFacts(
            economy_code=(eligibility.economy.data or "") if started else "",
            organisation_size=(eligibility.size.data or "") if started else "",
            founded_in=eligibility.founded_in.data if started else None,
            team=[Member(each.gender, each.economy_code) for each in self.members] if TEAM in self.data else None,
            answers=self.answers(),
        )
        won_before = past_winners(self.competition).includes(self.account.id, firm.organisation_name.data or "")
        return findings_so_far(rules, facts, year=close_year(self.competition), won_before=won_before)

    def submission(self) -> Submission:
        """Return what is sent; only after ``missing()`` came back empty."""
        eligibility, firm, entry = self._fixed(CATEGORY), self._fixed(FIRM), self._fixed(ENTRY)
        keys = eligibility.chosen_keys
        return Submission(
            title=entry.title.data,
            summary=entry.summary.data,
            organisation_name=firm.organisation_name.data,
            organisation_size=eligibility.size.data,
            founded_in=eligibility.founded_in.data,
            economy_code=eligibility.economy.data,
            website=firm.website.data or "",
            video_url=entry.video_url.data or "",
            languages=entry.languages.data,
            categories=[each for each in self.categories if each.key in keys],
            members=self.members,
            version=self.version,
            answers=self.answers(),
            declaration_text=self.declaration,
            declared_by=self._fixed(DECLARATION).declared_by.data,
        )

    def _fixed(self, key: str) -> Any:  # Any: the form of the step, whose fields the caller knows
        return self.checked(Step(key, "")).fixed

    def _of_profile(self) -> dict[str, Any]:
        """Return the first values of the forms, from the account's organisation."""
        firm = self.account.organisation
        return {
            "economy": (firm.economy_code if firm else None) or self.account.economy_code or "",
            "size": firm.size.value if firm and firm.size else "",
            "organisation_name": firm.name if firm else "",
            "website": firm.website if firm else "",
        }

    def _of_account(self) -> dict[str, Any]:
        account = self.account
        return {
            "name": f"{account.given_name} {account.family_name}".strip(),
            "role": account.position,
            "gender": account.gender.value,
            "economy": account.economy_code or "",
            "organisation_name": "",
        }
