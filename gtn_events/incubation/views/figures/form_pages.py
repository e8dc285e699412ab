"""The form of a set and the page that confirms it: for the firm, for whoever has the link, and for the organiser."""

from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.models import Account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError

from ...domain.figure_sets import can_be_given, confirm_figures, opens_on, save_figures
from ...figures import FIGURES, METHOD
from ...forms.figures import ConfirmFiguresForm, FiguresByHandForm, FiguresForm, stored_figures
from ...models import FigureSet
from ...queries.figure_sets import last_given


@dataclass(frozen=True)
class FigurePages:
    """Where the pages stand and for whom.

    Args:
        form: the address of the form.
        check: of the page that confirms; empty where the figures cannot be given.
        done: where it goes on to.
        back: of the page before; empty for a link, which leads nowhere else.
        section: whose tabs are shown; empty for a link.
        actor: None for a link.
    """

    form: str
    check: str
    done: str
    back: str = ""
    section: str = ""
    actor: Account | None = None

    @property
    def by_hand(self) -> bool:
        """True for an organiser, who says where the figures are from."""
        return self.section == "call-manage"

    def edit(self, figures: FigureSet) -> ResponseReturnValue:
        """Show the form, or keep what is typed and go on to confirm it."""
        now = clock.now()
        if not can_be_given(figures, now=now):
            return self._closed(figures)
        kind = FiguresByHandForm if self.by_hand else FiguresForm
        form = kind(data=None if request.method == "POST" else stored_figures(figures))
        if request.method == "GET":
            return self._form(figures, form)
        if not form.validate():
            return self._form(figures, form), 422
        try:
            save_figures(figures, form.given(), actor=self.actor, now=now)
            db.session.commit()
        except DomainError as refusal:
            db.session.rollback()
            form.refuse(refusal)
            return self._form(figures, form), refusal.http_status
        return redirect(self.check)

    def confirm(self, figures: FigureSet) -> ResponseReturnValue:
        """Show what was saved, or confirm it."""
        now = clock.now()
        if not can_be_given(figures, now=now):
            return self._closed(figures)
        if figures.saved_at is None:
            return redirect(self.form)
        name = self.actor.display_name if self.actor else ""
        form = ConfirmFiguresForm(data=None if request.method == "POST" else {"name": name})
        if request.method == "GET":
            return self._check(figures, form)
        if not form.validate():
            return self._check(figures, form), 422
        try:
            confirm_figures(figures, by=form.name.data or "", seen=form.version, actor=self.actor, now=now)
            db.session.commit()
        except DomainError as refusal:
            db.session.rollback()
            form.refuse(refusal)
            return self._check(figures, form), refusal.http_status
        flash(_("Thank you. The figures are confirmed."), "success")
        return redirect(self.done)

    def _form(self, figures: FigureSet, form: FiguresForm) -> str:
        return self._page("form", figures, form=form)

    def _check(self, figures: FigureSet, form: ConfirmFiguresForm) -> str:
        form.seen.data = form.seen.raw_data = str(figures.lock_version)
        return self._page("check", figures, form=form)

    def _closed(self, figures: FigureSet) -> str:
        if figures.sent_at is None:
            return self._page("too_early", figures, opens=opens_on(figures))
        return self._page("thanks" if not self.section else "given", figures)

    def _page(self, name: str, figures: FigureSet, **context: Any) -> str:  # Any: what the page shows
        placement = figures.placement
        # Whoever has the link sees no name of a person and no other page.
        shown = {"call": placement.application.call} if self.section else {}
        return render_template(
            f"incubation/figures/{name}.html",
            figures=figures,
            placement=placement,
            title=placement.application.call.title,
            firm=placement.application.organisation_name,
            host=placement.intake.host,
            kinds=FIGURES,
            method=METHOD,
            last=last_given(figures) if name in ("form", "check") else None,
            pages=self,
            **shown,
            **context,
        )
