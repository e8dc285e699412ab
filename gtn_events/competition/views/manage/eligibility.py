"""The rules of eligibility: those of which there is one each, and rules on answers."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.forms.base import Form
from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import Permission, requires
from gtn_events.eligibility.domain.rules import Rule
from gtn_events.eligibility.domain.setting import economy_names, words_of_rule
from gtn_events.eligibility.enums import RuleKind
from gtn_events.eligibility.forms.rules import AnswerRuleForm, EligibilityForm, stored_rules

from ...domain.eligibility_rules import asked_questions, rules_of, set_rules
from ...models import Competition
from .blueprint import blueprint


@blueprint.route("/eligibility", methods=["GET", "POST"])
@requires(Permission.COMPETITION_EDIT)
def eligibility(competition: Competition) -> ResponseReturnValue:
    """Show the rules, or set those of which there is one each; rules on answers stay."""
    rules = rules_of(competition)
    form = EligibilityForm(data=None if request.method == "POST" else stored_rules(rules))
    form.offer(asked_questions(competition), rules)
    if not form.validate_on_submit():
        return _page(competition, form, _empty_form(competition))
    return _kept(competition, [*form.rules(), *_on_answers(rules)], form) or _page(
        competition, form, _empty_form(competition)
    )


@blueprint.post("/eligibility/answers")
@requires(Permission.COMPETITION_EDIT)
def eligibility_answer(competition: Competition) -> ResponseReturnValue:
    """Add a rule on an answer."""
    rules, questions, form = rules_of(competition), asked_questions(competition), AnswerRuleForm()
    form.offer(questions)
    if form.validate_on_submit() and (reply := _kept(competition, [*rules, form.rule(questions)], form)):
        return reply
    fixed = EligibilityForm(formdata=None, data=stored_rules(rules))
    fixed.offer(questions, rules)
    return _page(competition, fixed, form)


@blueprint.post("/eligibility/answers/delete")
@requires(Permission.COMPETITION_EDIT)
def eligibility_answer_delete(competition: Competition) -> ResponseReturnValue:
    """Take a rule on an answer away."""
    left = [rule for rule in rules_of(competition) if rule.key != request.form.get("rule")]
    set_rules(competition, left, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("The rule is taken away."), "success")
    return redirect(url_for(".eligibility", competition=competition))


def _kept(competition: Competition, rules: list[Rule], form: Form) -> ResponseReturnValue | None:
    """Keep the rules and return the redirect; None when they are refused, which the form tells then."""
    try:
        set_rules(competition, rules, actor=current_account(), now=clock.now())
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return None
    flash(_("The rules are saved. What they say of entries that are there changes at once."), "success")
    return redirect(url_for(".eligibility", competition=competition))


def _empty_form(competition: Competition) -> AnswerRuleForm:
    form = AnswerRuleForm(formdata=None)
    form.offer(asked_questions(competition))
    return form


def _on_answers(rules: list[Rule]) -> list[Rule]:
    return [rule for rule in rules if rule.kind is RuleKind.ANSWER]


def _page(competition: Competition, form: EligibilityForm, answer_form: AnswerRuleForm) -> ResponseReturnValue:
    names, rules = economy_names(), _on_answers(rules_of(competition))
    page = render_template(
        "competition/manage/eligibility.html",
        competition=competition,
        form=form,
        answer_form=answer_form,
        answer_rules=[(rule.key, words_of_rule(rule, names)) for rule in rules],
    )
    return page, 422 if form.errors or answer_form.errors or form.form_errors else 200
