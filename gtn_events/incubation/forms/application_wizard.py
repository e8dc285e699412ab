"""The application as steps over a saved draft: fixed steps, the questionnaire's own, the order of hosts."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from gtn_events.accounts.models import Account
from gtn_events.core.addresses import row_ids
from gtn_events.core.forms import Form
from gtn_events.eligibility.domain.keeping import rules_of
from gtn_events.eligibility.domain.so_far import DraftFacts, SoFar, findings_so_far
from gtn_events.questionnaire.forms.wizard import NO_CSRF, Step, StepWizard
from gtn_events.questionnaire.models import QuestionnaireVersion
from gtn_events.questionnaire.queries.versions import steps_of

from ..domain.application_particulars import Submission, Traveller
from ..domain.application_rules import close_year
from ..domain.host_fit import Asked, why_closed
from ..domain.wish_list import HOSTS, WishList
from ..models import Call, Intake
from ..queries.intakes import intakes_by_id, intakes_to_choose
from .application_steps import (
    DeclarationForm,
    FirmForm,
    LinksForm,
    PeopleForm,
    ProjectForm,
    StayForm,
    WishesForm,
)

FIRM, PROJECT, STAY, PEOPLE, LINKS = "firm", "project", "stay", "people", "links"
DECLARATION, CHECK = "declaration", "check"
# Addresses below the application that a step of the questionnaire must not take.
OWN_PAGES = frozenset({FIRM, PROJECT, STAY, PEOPLE, LINKS, HOSTS, DECLARATION, CHECK, "discard"})


class ApplicationWizard(StepWizard):
    """One person's application to one call, on the data of a draft; see ``StepWizard``."""

    def __init__(self, call: Call, version: QuestionnaireVersion, account: Account, data: Mapping[str, Any]) -> None:
        super().__init__(version, data)
        self.call = call
        self.account = account

    @cached_property
    def steps(self) -> list[Step]:
        """The pages in order: the questionnaire's own stand between the people and the hosts."""
        own = [Step(each.key, each.title, each.description) for each in steps_of(self.version)]
        return [
            Step(FIRM, _("Your firm")),
            Step(PROJECT, _("The project")),
            Step(STAY, _("Needs and dates")),
            Step(PEOPLE, _("People")),
            *(step for step in own if step.key not in OWN_PAGES),
            Step(LINKS, _("Who sees it")),
            Step(HOSTS, _("Hosts in order")),
            Step(DECLARATION, _("Declaration")),
            Step(CHECK, _("Check and send")),
        ]

    @cached_property
    def intakes(self) -> list[Intake]:
        """The places that can be chosen among."""
        return intakes_to_choose(self.call)

    @cached_property
    def wish_list(self) -> WishList:
        """The order of hosts in the draft."""
        return WishList.of(self.data)

    @cached_property
    def wished(self) -> list[Intake]:
        """The intakes in the order, also those that were withdrawn since."""
        found = intakes_by_id(self.call, self.wish_list.order)
        return [found[each] for each in self.wish_list.order if each in found]

    def fixed_form(self, key: str, typed: MultiDict[str, Any] | None) -> Form | None:
        """Return the fixed fields of a step, None for a step that has none."""
        form: Any  # the steps' forms are offered different things
        match key:
            case "firm":
                form = FirmForm(formdata=typed, data=self._of_profile(), meta=NO_CSRF)
                form.offer(self.economies)
            case "project":
                form = ProjectForm(formdata=typed, meta=NO_CSRF)
                form.offer(self.call)
            case "stay":
                form = StayForm(formdata=typed, data=self._of_stay(), meta=NO_CSRF)
                form.offer(self.call)
            case "people":
                form = PeopleForm(formdata=typed, data={"people": [self._of_account()]}, meta=NO_CSRF)
            case "links":
                form = LinksForm(formdata=typed, meta=NO_CSRF)
                form.offer(self.intakes)
            case "hosts":
                form = WishesForm(formdata=typed, meta=NO_CSRF)
                form.offer(self.wish_problems())
            case "declaration":
                form = DeclarationForm(formdata=typed, meta=NO_CSRF)
            case _other:
                form = None
        return form  # one of the forms above

    def summary(self, step: Step) -> list[tuple[str, str]]:
        """Return (label, text) of everything a step holds; of hosts and people one line for each."""
        if step.key == HOSTS:
            return [
                (str(number), f"{intake.host.name} · {intake.host.economy.short_name}")
                for number, intake in enumerate(self.wished, start=1)
            ]
        if step.key == DECLARATION:
            return [(_("Declared by"), self._fixed(DECLARATION).declared_by.data or "")]
        rows = super().summary(step)
        if step.key == PEOPLE:
            people = ", ".join(f"{each.name} ({each.role})" if each.role else each.name for each in self.people)
            return [(_("Who goes"), people), *rows[1:]]
        return rows

    def wish_problems(self) -> list[str]:
        """Return what is wrong with the wishes as things stand now, one sentence each."""
        asked, problems = self.asked, []
        for number, intake in enumerate(self.wished, start=1):
            if reason := why_closed(intake, asked):
                problems.append(f"{number}. {intake.host.name}: {reason}.")
        if len(self.wish_list.order) > self.call.most_wishes:
            problems.append(_("Name at most %(most)s hosts.", most=self.call.most_wishes))
        return problems

    @property
    def asked(self) -> Asked:
        """What hosts are compared with, as far as the draft is filled in."""
        firm, project, stay, links = (self._fixed(key) for key in (FIRM, PROJECT, STAY, LINKS))
        trl = project.trl.data or ""
        return Asked(
            economy_code=firm.economy.data or "",
            sector=project.sector.data or "",
            needs=stay.needs.data or (),
            languages=stay.languages.data or (),
            trl=int(trl) if trl.isdecimal() else None,
            weeks=stay.weeks.data if STAY in self.data else None,
            links=_ids(links.links.data),
            kept_from=_ids(links.kept_from.data),
        )

    @property
    def people(self) -> list[Traveller]:
        """The people who go, as far as they have names."""
        return [
            Traveller(name=each.form.name.data, role=each.form.role.data or "")
            for each in self._fixed(PEOPLE).people
            if each.form.name.data
        ]

    def findings(self) -> list[SoFar]:
        """Return what the rules of the call say, as far as the draft is filled in."""
        rules = rules_of(self.call)
        if not rules:
            return []
        firm, started = self._fixed(FIRM), FIRM in self.data
        facts = DraftFacts(
            economy_code=(firm.economy.data or "") if started else "",
            organisation_size=(firm.size.data or "") if started else "",
            founded_in=firm.founded_in.data if started else None,
            answers=self.answers(),
        )
        return findings_so_far(rules, facts, year=close_year(self.call))

    def submission(self) -> Submission:
        """Return what is sent; only after ``missing()`` came back empty."""
        firm, project, stay = self._fixed(FIRM), self._fixed(PROJECT), self._fixed(STAY)
        people, links = self._fixed(PEOPLE), self._fixed(LINKS)
        return Submission(
            organisation_name=firm.organisation_name.data,
            organisation_size=firm.size.data,
            founded_in=firm.founded_in.data,
            economy_code=firm.economy.data,
            website=firm.website.data or "",
            traits=firm.traits.data or (),
            title=project.title.data,
            summary=project.summary.data,
            sector=project.sector.data,
            plan=project.plan.data,
            results_expected=project.results_expected.data,
            trl=int(project.trl.data),
            trl_reason=project.trl_reason.data,
            needs=stay.needs.data,
            preferred_from=stay.preferred_from.data,
            weeks=stay.weeks.data,
            split_stays=stay.split_stays.data == "yes",
            languages=stay.languages.data,
            people=self.people,
            home_name=people.home_name.data or "",
            home_email=people.home_email.data or "",
            seen_by_others=links.seen_by_others.data == "yes",
            links=_ids(links.links.data),
            kept_from=_ids(links.kept_from.data),
            wishes=self.wish_list.order,
            version=self.version,
            answers=self.answers(),
            declared_by=self._fixed(DECLARATION).declared_by.data,
        )

    def _fixed(self, key: str) -> Any:  # Any: the form of the step, whose fields the caller knows
        # Not ``checked``: that one is kept, and the step of the hosts itself asks here.
        return self.forms_for(Step(key, "")).fixed

    def _of_profile(self) -> dict[str, Any]:
        """Return the first values of the firm, from the account's organisation."""
        firm = self.account.organisation
        return {
            "economy": (firm.economy_code if firm else None) or self.account.economy_code or "",
            "size": firm.size.value if firm and firm.size else "",
            "organisation_name": firm.name if firm else "",
            "website": firm.website if firm else "",
        }

    def _of_stay(self) -> dict[str, Any]:
        return {"preferred_from": self.call.placements_from, "languages": [self.account.language], "split_stays": "no"}

    def _of_account(self) -> dict[str, Any]:
        account = self.account
        return {"name": f"{account.given_name} {account.family_name}".strip(), "role": account.position}


def _ids(values: Any) -> list[int]:  # Any: what a field of checkboxes holds
    return row_ids(map(str, values or ()))
