"""The form of places and the step that takes them back, for the host itself and for the organiser."""

from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError, Stale
from gtn_events.core.journal import entries_about, shown_entries

from ..domain.intake_limits import is_guaranteed
from ..domain.intakes import check_terms, offer_places, why_no_places, withdraw_places
from ..errors import HostRefused
from ..forms.intake import IntakeForm, WithdrawForm, stored_terms
from ..models import Call, Host, Intake
from ..queries.intakes import intake_of


@dataclass(frozen=True)
class IntakePages:
    """Where the pages stand: the endpoints of the form and of the step, where it goes back to, whose tabs are shown."""

    show: str
    withdraw: str
    back: str
    section: str

    def edit(self, call: Call, host: Host) -> ResponseReturnValue:
        """Show the places with their limits, check what is typed, or keep it."""
        intake = intake_of(call, host)
        form = IntakeForm(data=None if request.method == "POST" else stored_terms(call, intake))
        form.offer(call)
        if not form.validate_on_submit():
            return self._page(call, host, intake, form)
        if "check" in request.form:
            return self._page(call, host, intake, form, checked=True)
        try:
            offer_places(call, host, form.terms(), seen=form.seen, actor=current_account(), now=clock.now())
            db.session.commit()
        except Stale:
            db.session.rollback()
            # Sending the same form again is then a decision.
            intake = intake_of(call, host)
            form.lock_version.data = form.lock_version.raw_data = str(intake.lock_version) if intake else ""
            return self._page(call, host, intake, form, stale=True)
        except DomainError as refusal:
            db.session.rollback()
            form.refuse(refusal)
            return self._page(call, host, intake, form)
        flash(_("The places of %(host)s in %(call)s are saved.", host=host.name, call=call.title), "success")
        return redirect(url_for(self.show, host=host, call=call))

    def take_back(self, call: Call, host: Host) -> ResponseReturnValue:
        """Ask why, or take the places back."""
        intake = intake_of(call, host)
        if intake is None or intake.withdrawn_at is not None:
            abort(404)
        form = WithdrawForm()
        if not form.validate_on_submit():
            page = render_template(
                "incubation/intake_withdraw.html", call=call, host=host, intake=intake, form=form, pages=self
            )
            return page, 422 if form.errors else 200
        withdraw_places(intake, reason=form.reason.data, actor=current_account(), now=clock.now())
        db.session.commit()
        flash(_("The places are taken back. Firms that named the host are told."), "success")
        return redirect(url_for(self.back, host=host, call=call))

    def _page(
        self,
        call: Call,
        host: Host,
        intake: Intake | None,
        form: IntakeForm,
        *,
        stale: bool = False,
        checked: bool = False,
    ) -> ResponseReturnValue:
        if checked:
            try:
                check_terms(call, form.terms())
            except HostRefused as refusal:
                form.refuse(refusal)
        stands = intake is not None and intake.withdrawn_at is None
        terms = form.terms() if request.method == "POST" and not form.errors else intake
        page = render_template(
            "incubation/intake.html",
            call=call,
            host=host,
            intake=intake,
            stands=stands,
            form=form,
            pages=self,
            stale=stale,
            checked=checked and not form.errors,
            guaranteed=terms is None or is_guaranteed(terms),
            why_not="" if stands else why_no_places(call, host, now=clock.now()),
            history=shown_entries(list(db.session.scalars(entries_about(intake, limit=15)))) if intake else [],
        )
        return page, 409 if stale else 422 if form.errors else 200
