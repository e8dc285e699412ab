"""Versions of the programme: what is different, release, compare, go back."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.moments import words_of_moment
from gtn_events.core.permissions import Permission, requires

from ...domain.programme_releases import go_back_to, release_programme, version_of
from ...forms.programme_release import GoBackForm, ReleaseForm
from ...models import Forum, ProgrammeRelease
from ...programme_differences import SessionDifference, Version, differences, people_that_differ
from ...queries.programme_conflicts import conflicts_of
from ...queries.programme_releases import (
    newest_release,
    overtaken,
    public_version,
    release_numbered,
    releases_of,
    speakers_told,
    waiting_releases,
    working_snapshot,
    working_texts,
)
from ..manage.blueprint import blueprint


@blueprint.get("/programme/versions")
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_versions(forum: Forum) -> ResponseReturnValue:
    """Show the versions, which of them people see, and what waits to be released."""
    now, releases = clock.now(), releases_of(forum)
    return render_template(
        "forum/manage/programme/versions.html",
        forum=forum,
        releases=releases,
        overtaken=overtaken(releases),
        public=public_version(forum, now=now),
        waiting=_unreleased(forum, newest_release(forum)),
        people=people_that_differ(version_of(newest_release(forum)), _working(forum)),
        now=now,
    )


@blueprint.route("/programme/versions/new", methods=["GET", "POST"])
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_release(forum: Forum) -> ResponseReturnValue:
    """Show what a release would change, whom it tells and what blocks it, or release."""
    newest = newest_release(forum)
    stored = {"seen": newest.number if newest else 0}
    form = ReleaseForm(forum.time_zone, data=None if request.method == "POST" else stored)
    if form.validate_on_submit():
        try:
            release = release_programme(
                forum,
                notes=form.notes.data,
                public_from=form.public_moment(),
                seen=form.seen.data,
                actor=current_account(),
                now=clock.now(),
            )
            db.session.commit()
        except DomainError as refusal:
            db.session.rollback()
            form.refuse(refusal)
            newest = newest_release(forum)
        else:
            flash(_released(forum, release), "success")
            return redirect(url_for(".programme_versions", forum=forum))
    waiting = _unreleased(forum, newest)
    page = render_template(
        "forum/manage/programme/release.html",
        forum=forum,
        form=form,
        newest=newest,
        waiting=waiting,
        people=people_that_differ(version_of(newest), _working(forum)),
        told=_told(forum, newest, waiting),
        conflicts=conflicts_of(forum),
        waits=_waits(forum),
    )
    return page, 422 if form.errors else 200


@blueprint.get("/programme/versions/compare")
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_compare(forum: Forum) -> ResponseReturnValue:
    """Show what is different between two versions: from the newest and to the working programme, if nothing is said."""
    newest = newest_release(forum)
    if newest is None:
        return redirect(url_for(".programme_versions", forum=forum))
    before = _numbered_or_404(forum, request.args.get("from", newest.number, type=int))
    number = request.args.get("to", type=int)
    after = _numbered_or_404(forum, number) if number is not None else None
    newer = version_of(after) if after else _working(forum)
    return render_template(
        "forum/manage/programme/compare.html",
        forum=forum,
        before=before,
        after=after,
        found=differences(version_of(before), newer, forum.zone) if newer else [],
        releases=releases_of(forum),
    )


@blueprint.route("/programme/versions/<int:number>/again", methods=["GET", "POST"])
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_go_back(forum: Forum, number: int) -> ResponseReturnValue:
    """Ask before an earlier version is released again, or release it."""
    earlier, newest = _numbered_or_404(forum, number), newest_release(forum)
    form = GoBackForm(data=None if request.method == "POST" else {"seen": newest.number if newest else 0})
    if form.validate_on_submit():
        try:
            release = go_back_to(
                forum, earlier, notes=form.notes.data, seen=form.seen.data, actor=current_account(), now=clock.now()
            )
            db.session.commit()
        except DomainError as refusal:
            db.session.rollback()
            form.refuse(refusal)
        else:
            flash(_("Version %(number)s is released.", number=release.number), "success")
            return redirect(url_for(".programme_versions", forum=forum))
    earlier, newest = _numbered_or_404(forum, number), newest_release(forum)
    again = version_of(earlier)
    found = differences(version_of(newest), again, forum.zone) if again else []
    page = render_template(
        "forum/manage/programme/go_back.html",
        forum=forum,
        form=form,
        earlier=earlier,
        newest=newest,
        found=found,
        told=_told(forum, newest, found),
        waits=_waits(forum),
    )
    return page, 422 if form.errors else 200


def _waits(forum: Forum) -> list[tuple[int, str]]:
    """Return the number of each version that people will see later, and when."""
    waiting = waiting_releases(forum, now=clock.now())
    return [(each.number, words_of_moment(each.public_from, forum.time_zone)) for each in waiting]


def _working(forum: Forum) -> Version:
    return Version(working_snapshot(forum), working_texts(forum))


def _released(forum: Forum, release: ProgrammeRelease) -> str:
    """Say that a version is out, and when people see it if that is later."""
    if release.public_from <= release.released_at:
        return _("Version %(number)s is released.", number=release.number)
    return _(
        "Version %(number)s is released. People see it from %(moment)s in %(city)s.",
        number=release.number,
        moment=words_of_moment(release.public_from, forum.time_zone),
        city=forum.city,
    )


def _unreleased(forum: Forum, newest: ProgrammeRelease | None) -> list[SessionDifference]:
    return differences(version_of(newest), _working(forum), forum.zone)


def _told(forum: Forum, newest: ProgrammeRelease | None, found: list[SessionDifference]) -> list[str]:
    """Return the names of those who would get a mail; nobody does for the first version."""
    ids = {speaker_id for difference in found for speaker_id in difference.speaker_ids}
    return speakers_told(forum, ids) if newest else []


def _numbered_or_404(forum: Forum, number: int) -> ProgrammeRelease:
    found = release_numbered(forum, number)
    return found if found is not None else abort(404)
