"""The entrant's own pages: where every entry stands, its versions, changing and withdrawing it."""

from datetime import datetime

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.config import Settings
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.handover import begin_from, openings_for
from gtn_events.core.permissions import Permission, requires
from gtn_events.core.uploads import Upload
from gtn_events.core.uploads.serving import send_upload
from gtn_events.eligibility.domain.setting import economy_names
from gtn_events.questionnaire.domain.questions import specs_of
from gtn_events.questionnaire.enums import QuestionKind
from gtn_events.questionnaire.queries.answers import read_answers
from gtn_events.questionnaire.queries.personal_data import answers_in_words

from ..domain.appeal_window import contestable
from ..domain.endorsement_window import endorsement_until, may_decide
from ..domain.entries import withdraw_entry
from ..domain.entry_content import receipt_seal
from ..domain.entry_differences import Change, differences_between
from ..domain.entry_drafts import begin_change
from ..domain.entry_origin import is_finalist, origin_of
from ..domain.entry_transitions import Action, Party, actions_for
from ..domain.entry_window import changes_until, may_change, stays_for_judges, window_of
from ..domain.publication import are_visible
from ..forms.entry_draft_data import data_of_entry
from ..forms.withdrawal import WithdrawalForm
from ..models import Competition, Entry, EntryVersion
from ..queries.appeals import appeals_of_entry
from ..queries.awards import prizes_by_entry
from ..queries.competitions import categories_in_order
from ..queries.entrant import change_draft_of, drafts_of, entries_of, entry_of
from ..queries.feedback import decided_standings
from .loading import load_competition

blueprint = Blueprint("competition_my", __name__, url_prefix="/competitions/<competition>/my")
load_competition(blueprint)


@blueprint.get("/")
@requires(Permission.SIGNED_IN)
def entries(competition: Competition) -> ResponseReturnValue:
    """Show the person's entries and drafts."""
    whose = {"competition_id": competition.id, "account_id": current_account().id}
    return render_template(
        "competition/my/entries.html",
        competition=competition,
        entries=list(db.session.scalars(entries_of(**whose))),
        drafts=list(db.session.scalars(drafts_of(**whose))),
        window=window_of(competition, now=clock.now()),
    )


@blueprint.get("/<reference>")
@requires(Permission.SIGNED_IN)
def entry(competition: Competition, reference: str) -> ResponseReturnValue:
    """Show where one entry stands, what was sent, and what can be done with it."""
    own, now = own_entry(competition, reference), clock.now()
    newest = own.versions[-1] if own.versions else None
    settings: Settings = current_app.config["SETTINGS"]
    return render_template(
        "competition/my/entry.html",
        competition=competition,
        entry=own,
        newest=newest,
        seal=receipt_seal(own.reference, newest.sha256, secret_key=settings.secret_key) if newest else "",
        versions=_with_differences(own),
        answers=answers_in_words([own.answer_set_id], with_sensitive=True)[own.answer_set_id],
        change_draft=db.session.scalar(change_draft_of(own)),
        shown_close=_shown_close(own, now),
        judged=bool(decided_standings(own)),
        endorsement_until=endorsement_until(competition),
        endorsement_open=may_decide(competition, now=now),
        appealable=[each for each in contestable(own) if each.is_open(now)],
        appealed=bool(appeals_of_entry(own)),
        may_change=may_change(own, now=now),
        may_withdraw=_may_withdraw(own),
        stays=stays_for_judges(own, now=now),
        prizes=prizes_by_entry([own]).get(own.id, []) if are_visible(competition, now=now) else [],
        results_visible=are_visible(competition, now=now),
        openings=openings_for("co-incubation", actor=current_account(), now=now) if is_finalist(own) else (),
        now=now,
    )


@blueprint.post("/<reference>/change")
@requires(Permission.SIGNED_IN)
def change(competition: Competition, reference: str) -> ResponseReturnValue:
    """Open the entry in the form it was made with; nothing changes before it is sent again."""
    own = own_entry(competition, reference)
    draft = begin_change(own, data_of_entry(own), actor=current_account(), now=clock.now())
    db.session.commit()
    return redirect(url_for("competition_enter.check", competition=competition, draft_id=draft.id))


@blueprint.post("/<reference>/co-incubation")
@requires(Permission.SIGNED_IN)
def go_on(competition: Competition, reference: str) -> ResponseReturnValue:
    """Begin an application for co-incubation with an entry that reached the final."""
    own, now = own_entry(competition, reference), clock.now()
    if not is_finalist(own):
        abort(404)
    opening = request.form.get("opening", "")
    address = begin_from("co-incubation", opening, origin_of(own), actor=current_account(), now=now)
    db.session.commit()
    flash(_("Your application begins with what the entry says. Check every step; the entry stays as it is."), "success")
    return redirect(address)


@blueprint.get("/<reference>/withdraw")
@requires(Permission.SIGNED_IN)
def confirm_withdraw(competition: Competition, reference: str) -> ResponseReturnValue:
    """Ask before withdrawing; the title has to be typed."""
    own = own_entry(competition, reference)
    if not _may_withdraw(own):
        return redirect(url_for(".entry", competition=competition, reference=own.reference))
    return _withdraw_page(own, WithdrawalForm(own.title))


@blueprint.post("/<reference>/withdraw")
@requires(Permission.SIGNED_IN)
def withdraw(competition: Competition, reference: str) -> ResponseReturnValue:
    """End the entry for good."""
    own = own_entry(competition, reference)
    form = WithdrawalForm(own.title)
    if not form.validate():
        return _withdraw_page(own, form), 422
    withdraw_entry(own, party=Party.ENTRANT, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("Your entry is withdrawn. It is not judged any more."), "success")
    return redirect(url_for(".entry", competition=competition, reference=own.reference))


@blueprint.get("/<reference>/files/<key>")
@requires(Permission.SIGNED_IN)
def file(competition: Competition, reference: str, key: str) -> ResponseReturnValue:
    """Hand out a file of the entry to the person who sent it."""
    own = own_entry(competition, reference)
    specs = {spec.key: spec for spec in specs_of(own.answer_set.version) if spec.kind is QuestionKind.FILE}
    upload_id = read_answers(own.answer_set, with_sensitive=True).get(key) if key in specs else None
    upload = db.session.get(Upload, upload_id) if upload_id is not None else None
    if upload is None:
        abort(404)
    return send_upload(upload)


def own_entry(competition: Competition, reference: str) -> Entry:
    """Return an entry of the signed-in person, or answer 404."""
    statement = entry_of(reference, competition_id=competition.id, account_id=current_account().id)
    found: Entry | None = db.session.scalar(statement)
    if found is None:
        abort(404)
    return found


def _may_withdraw(own: Entry) -> bool:
    published = own.competition.results_published_at is not None
    return Action.WITHDRAW in actions_for(own.state, Party.ENTRANT) and not published


def _shown_close(own: Entry, now: datetime) -> datetime:
    """Return the close that the page names: everybody's, its grace only once that has passed, or the entry's own."""
    close = own.competition.entries_close_at
    return close if now < close and own.extended_until is None else changes_until(own)


def _withdraw_page(own: Entry, form: WithdrawalForm) -> str:
    return render_template("competition/my/withdraw.html", competition=own.competition, entry=own, form=form)


def _with_differences(own: Entry) -> list[tuple[EntryVersion, list[Change]]]:
    """Return the versions, the newest first, each with what it changed of the one before."""
    specs = [spec for spec in specs_of(own.answer_set.version) if not spec.sensitive]
    names = economy_names()
    categories = {category.key: category.label for category in categories_in_order(own.competition)}
    pairs = zip([None, *own.versions], own.versions, strict=False)
    return [
        (
            version,
            differences_between(before, version, specs=specs, economies=names, categories=categories) if before else [],
        )
        for before, version in reversed(list(pairs))
    ]
