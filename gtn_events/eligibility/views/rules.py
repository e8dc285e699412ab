"""Mounting the pages of the rules of eligibility below the pages of whatever has rules.

The owner's package does this once, beside its other organiser's views::

    def _rulebook(call: Call) -> Rulebook:
        return Rulebook(call, "incubation/manage/eligibility.html", {"call": call}, _("The rules are saved."))

    mount_rules(blueprint, permission=Permission.CALL_EDIT, load=_rulebook)
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.forms.base import Form
from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import Permission, requires
from gtn_events.questionnaire.domain.questions import QuestionSpec

from ..domain.keeping import ALL_KINDS, Ruled, rules_of, set_rules
from ..domain.rules import Rule
from ..domain.setting import economy_names, questions_to_rule, words_of_rule
from ..enums import RuleKind
from ..forms.rules import AnswerRuleForm, EligibilityForm, stored_rules


@dataclass(frozen=True)
class Rulebook:
    """The thing whose rules are set.

    Attributes:
        ruled: the row that keeps them.
        template: the page, in the owner's layout; ``eligibility/_rules.html`` has what it shows.
        url_args: the arguments that every address of these pages needs (``{"call": call}``), for the template too.
        saved: what is said when the rules were kept.
        kinds: the rules that can be set here, those that what is sent says something about.
    """

    ruled: Ruled
    template: str
    url_args: dict[str, Any]
    saved: str
    kinds: Collection[RuleKind] = ALL_KINDS

    @property
    def rules(self) -> list[Rule]:
        """The rules as they stand."""
        return rules_of(self.ruled)

    @property
    def on_answers(self) -> list[Rule]:
        """Those of the rules that look at an answer."""
        return [rule for rule in self.rules if rule.kind is RuleKind.ANSWER]

    @property
    def questions(self) -> dict[str, QuestionSpec]:
        """The questions that rules may look at."""
        return questions_to_rule(self.ruled.questionnaire)

    def keep(self, rules: Sequence[Rule]) -> None:
        """Keep these rules, and commit; raises what the domain refuses."""
        set_rules(self.ruled, rules, kinds=self.kinds, actor=current_account(), now=clock.now())
        db.session.commit()

    def back(self) -> ResponseReturnValue:
        """Redirect to the rules."""
        return redirect(url_for(".eligibility", **self.url_args))

    def page(self, form: EligibilityForm, answer_form: AnswerRuleForm) -> ResponseReturnValue:
        """Show the rules, with both forms as they are."""
        names = economy_names()
        page = render_template(
            self.template,
            form=form,
            answer_form=answer_form,
            answer_rules=[(rule.key, words_of_rule(rule, names)) for rule in self.on_answers],
            url_args=self.url_args,
            **self.url_args,
        )
        return page, 422 if form.errors or answer_form.errors else 200


def mount_rules(blueprint: Blueprint, *, permission: Permission, load: Callable[..., Rulebook]) -> None:
    """Add the pages of the rules to a blueprint, at ``/eligibility`` below its prefix.

    Args:
        blueprint: the owner's; a preprocessor of its own has turned the address into rows.
        permission: what every page asks for, in the scope of the first scoped argument.
        load: takes the blueprint's address arguments by name, returns the rulebook.
    """

    @blueprint.route("/eligibility", methods=["GET", "POST"])
    @requires(permission)
    def eligibility(**owner: Any) -> ResponseReturnValue:  # Any: what the owner's preprocessor put there
        """Show the rules, or set those of which there is one each; rules on answers stay."""
        return _eligibility(load(**owner))

    @blueprint.post("/eligibility/answers")
    @requires(permission)
    def eligibility_answer(**owner: Any) -> ResponseReturnValue:  # Any: see eligibility
        """Add a rule on an answer."""
        return _answer(load(**owner))

    @blueprint.post("/eligibility/answers/delete")
    @requires(permission)
    def eligibility_answer_delete(**owner: Any) -> ResponseReturnValue:  # Any: see eligibility
        """Take a rule on an answer away."""
        return _answer_delete(load(**owner))


def _eligibility(book: Rulebook) -> ResponseReturnValue:
    form = EligibilityForm(data=None if request.method == "POST" else stored_rules(book.rules))
    form.offer(book.questions, book.rules, kinds=book.kinds)
    if form.validate_on_submit() and (reply := _kept(book, [*form.rules(), *book.on_answers], form)):
        return reply
    empty = AnswerRuleForm(formdata=None)
    empty.offer(book.questions)
    return book.page(form, empty)


def _answer(book: Rulebook) -> ResponseReturnValue:
    form, questions = AnswerRuleForm(), book.questions
    form.offer(questions)
    if form.validate_on_submit() and (reply := _kept(book, [*book.rules, form.rule(questions)], form)):
        return reply
    fixed = EligibilityForm(formdata=None, data=stored_rules(book.rules))
    fixed.offer(questions, book.rules, kinds=book.kinds)
    return book.page(fixed, form)


def _answer_delete(book: Rulebook) -> ResponseReturnValue:
    left = [rule for rule in book.rules if rule.key != request.form.get("rule")]
    book.keep(left)
    flash(_("The rule is taken away."), "success")
    return book.back()


def _kept(book: Rulebook, rules: list[Rule], form: Form) -> ResponseReturnValue | None:
    """Keep the rules and return the redirect; None when they are refused, which the form tells then."""
    try:
        book.keep(rules)
    except DomainError as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return None
    flash(book.saved, "success")
    return book.back()
