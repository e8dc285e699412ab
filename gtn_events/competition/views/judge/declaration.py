"""What a judge signs for a round before the first entry is seen."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import Permission, requires

from ...domain.recusal import sign_declaration
from ...domain.scoring_window import takes_scores
from ...enums import ConflictKind, RoundState
from ...forms.recusal import DeclarationForm, conflicts_from
from ...models import Competition, Judge, Round
from ...queries.judge_queue import queue_of
from ...queries.judged_entry import entry_of_whom, entry_title
from ...queries.judging import declaration_of
from .blueprint import blueprint
from .seats import own_judge, own_round


@blueprint.get("/rounds/<int:number>/declaration")
@requires(Permission.COMPETITION_JUDGE)
def declaration(competition: Competition, number: int) -> ResponseReturnValue:
    """Show what is to be signed, or what was."""
    judge = own_judge(competition)
    return _page(judge, own_round(judge, number), DeclarationForm(formdata=None))


@blueprint.post("/rounds/<int:number>/declaration")
@requires(Permission.COMPETITION_JUDGE)
def declaration_sign(competition: Competition, number: int) -> ResponseReturnValue:
    """Keep the signature and give up the seats whose conflicts were named."""
    judge = own_judge(competition)
    round_ = own_round(judge, number)
    form = DeclarationForm()
    if not form.validate():
        return _page(judge, round_, form), 422
    conflicts = conflicts_from(request.form, queue_of(judge, round_).seats)
    try:
        sign_declaration(
            judge,
            round_,
            text=declaration_text(),
            typed_name=form.typed_name.data,
            conflicts=conflicts,
            actor=current_account(),
            now=clock.now(),
        )
    except DomainError as error:
        db.session.rollback()
        form.refuse(error)
        return _page(judge, own_round(judge, number), form), 422
    db.session.commit()
    flash(_("You have signed for %(round)s.", round=round_.title), "success")
    if conflicts:
        flash(ngettext("You gave up %(num)s seat.", "You gave up %(num)s seats.", len(conflicts)), "success")
    return redirect(url_for(".desk", competition=competition))


def declaration_text() -> str:
    """Return what a judge signs, in the reader's language; the signature keeps these words."""
    return "\n\n".join(
        (
            _(
                "I keep everything I read in the entries secret, use it for judging only, make no copies, and delete "
                "what I loaded when the round is over. I do not use the ideas in them. This does not cover what is "
                "public already, what I knew before, what I get lawfully from others, or what a court orders."
            ),
            _(
                "I have named every entry below to which something ties me: work or pay in the last 3 years, shares or "
                "a loan, family or a close friend, advice, competition, a joint paper or patent, a nomination, or "
                "another reason. I name a later one at once. I take no gifts and do not meet entrants alone."
            ),
            _("My scores are final when the round closes."),
        )
    )


def _page(judge: Judge, round_: Round, form: DeclarationForm) -> str:
    signed, seats, now = declaration_of(judge, round_), queue_of(judge, round_).seats, clock.now()
    is_open = round_.state is RoundState.OPEN or any(takes_scores(seat, now=now) for seat in seats)
    return render_template(
        "competition/judge/declaration.html",
        competition=judge.competition,
        round=round_,
        signed=signed,
        text=signed.text if signed else declaration_text(),
        seats=[] if signed or not is_open else seats,
        kinds=list(ConflictKind),
        typed=request.form,
        form=form,
        title_of=entry_title,
        of_whom=entry_of_whom,
        is_open=is_open,
    )
