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
from gtn_events.eligibility.domain.setting import economy_names, questions_to_rule, words_of_rule
from gtn_events.eligibility.enums import RuleKind
from gtn_events.eligibility.forms.rules import AnswerRuleForm, EligibilityForm, stored_rules

from ...domain.call_rules import rules_of, set_rules
from ...models import Call
from .blueprint import blueprint


@blueprint.route("/eligibility", methods=["GET", "POST"])
@requires(Permission.CALL_EDIT)
def eligibility(call: Call) -> ResponseReturnValue:
    """Show the rules, or set those of which there is one each; rules on answers stay."""
    rules = rules_of(call)
    form = EligibilityForm(data=None if request.method == "POST" else stored_rules(rules))
    form.offer(questions_to_rule(call.questionnaire), rules)
    if not form.validate_on_submit():
        return _page(call, form, _empty_form(call))
    return _kept(call, [*form.rules(), *_on_answers(rules)], form) or _page(call, form, _empty_form(call))


@blueprint.post("/eligibility/answers")
@requires(Permission.CALL_EDIT)
def eligibility_answer(call: Call) -> ResponseReturnValue:
    """Add a rule on an answer."""
    rules, questions, form = rules_of(call), questions_to_rule(call.questionnaire), AnswerRuleForm()
    form.offer(questions)
    if form.validate_on_submit() and (reply := _kept(call, [*rules, form.rule(questions)], form)):
        return reply
    fixed = EligibilityForm(formdata=None, data=stored_rules(rules))
    fixed.offer(questions, rules)
    return _page(call, fixed, form)


@blueprint.post("/eligibility/answers/delete")
@requires(Permission.CALL_EDIT)
def eligibility_answer_delete(call: Call) -> ResponseReturnValue:
    """Take a rule on an answer away."""
    left = [rule for rule in rules_of(call) if rule.key != request.form.get("rule")]
    set_rules(call, left, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("The rule is taken away."), "success")
    return redirect(url_for(".eligibility", call=call))


def _kept(call: Call, rules: list[Rule], form: Form) -> ResponseReturnValue | None:
    """Keep the rules and return the redirect; None when they are refused, which the form tells then."""
    try:
        set_rules(call, rules, actor=current_account(), now=clock.now())
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return None
    flash(_("The rules are saved. What they say of applications that are there changes at once."), "success")
    return redirect(url_for(".eligibility", call=call))


def _empty_form(call: Call) -> AnswerRuleForm:
    form = AnswerRuleForm(formdata=None)
    form.offer(questions_to_rule(call.questionnaire))
    return form


def _on_answers(rules: list[Rule]) -> list[Rule]:
    return [rule for rule in rules if rule.kind is RuleKind.ANSWER]


def _page(call: Call, form: EligibilityForm, answer_form: AnswerRuleForm) -> ResponseReturnValue:
    names, rules = economy_names(), _on_answers(rules_of(call))
    page = render_template(
        "incubation/manage/eligibility.html",
        call=call,
        form=form,
        answer_form=answer_form,
        answer_rules=[(rule.key, words_of_rule(rule, names)) for rule in rules],
    )
    return page, 422 if form.errors or answer_form.errors or form.form_errors else 200
