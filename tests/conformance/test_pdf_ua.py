"""Our documents against every rule of PDF/UA-1 that a machine can check; ``make check-pdf`` brings the checker."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask, current_app

from gtn_events.certificates.documents import certificate_page, certificate_pdf
from gtn_events.certificates.domain import issue_certificate
from gtn_events.certificates.enums import CertificateKind
from gtn_events.certificates.proof.sealing import finisher_of
from gtn_events.core.db import db
from gtn_events.core.pdf import print_all
from gtn_events.designs.templates import templates_for
from gtn_events.forum.documents_badges import badges_pdf
from gtn_events.forum.documents_door_signs import door_signs
from gtn_events.forum.documents_poster import programme_poster
from gtn_events.forum.documents_programme import programme_booklet
from gtn_events.forum.documents_ticket import ticket_pdf
from gtn_events.forum.domain.programme_import import apply_schedule, read_schedule
from gtn_events.forum.domain.session_texts import write_session_text
from gtn_events.forum.enums import BadgeFormat, BookletTheme, Paper
from gtn_events.forum.models import ForumSession
from gtn_events.forum.queries.print_options import PrintChoice
from tests.certificates.designs import designed, full_design, kept_pictures
from tests.certificates.examples import KEY, URL, example_certificate, issue_request
from tests.factories import MADE_AT, make_forum, make_side_event
from tests.forum.programme.sample import make_programme
from tests.forum.programme.test_booklet_options import make_forum_with_everything
from tests.forum.programme.test_sheets import make_crowded
from tests.forum.test_badges_pdf import EVERYBODY
from tests.forum.tickets import FACTS
from tests.names import NAMES

pytestmark = pytest.mark.usefixtures("database")

PAPERS = (Paper.A5, Paper.A4)


def test_tickets_break_no_rule(app: Flask, broken_rules: Callable[[dict[str, bytes]], list[str]]) -> None:
    facts = {
        f"ticket-{number}.pdf": replace(
            FACTS,
            given_name=name.given,
            family_name=name.family,
            own_script_name=name.own_script,
            own_script_language=name.language,
            category_position=number + 1,
            entries=FACTS.entries * (number * 5),
        )
        for number, name in enumerate(NAMES)
    }

    assert broken_rules({file: ticket_pdf(each) for file, each in facts.items()}) == []


def test_badges_break_no_rule(app: Flask, broken_rules: Callable[[dict[str, bytes]], list[str]]) -> None:
    with app.app_context():
        documents = {
            f"badges-{paper.value}.pdf": badges_pdf(EVERYBODY, paper, with_back=True, title="Badges")
            for paper in BadgeFormat
        }

    assert broken_rules(documents) == []


def test_certificates_break_no_rule(broken_rules: Callable[[dict[str, bytes]], list[str]], now: datetime) -> None:
    documents, finisher = {}, finisher_of(current_app.config["SETTINGS"], now=now)
    for number, name in enumerate(NAMES):
        request = issue_request(
            number,
            given_name=name.given,
            family_name=name.family,
            own_script_name=name.own_script,
            own_script_language=name.language,
        )
        certificate, _ = issue_certificate(request, secret_key=KEY, actor=None, now=now)
        url = f"https://gtn.example/verify/{certificate.serial}"
        documents[f"certificate-{number}.pdf"] = finisher.finish(
            certificate_pdf(certificate, verify_url=url), certificate
        )

    assert broken_rules(documents) == []


def test_merged_certificates_break_no_rule(
    app: Flask, broken_rules: Callable[[dict[str, bytes]], list[str]], now: datetime
) -> None:
    with app.app_context():
        finisher = finisher_of(app.config["SETTINGS"], now=now)
        certificates = [example_certificate(kind, name) for kind in CertificateKind for name in NAMES]
        pages = [certificate_page(each, verify_url=URL) for each in certificates]
        drawn = [each.data for each in print_all(pages)]
        documents = [finisher.finish(data, each) for data, each in zip(drawn, certificates, strict=True)]

    assert broken_rules({f"merged-{number}.pdf": data for number, data in enumerate(documents)}) == []


def test_designed_certificates_break_no_rule(
    broken_rules: Callable[[dict[str, bytes]], list[str]], now: datetime
) -> None:
    pictures = kept_pictures(now)
    documents = {}
    for kind in (CertificateKind.PARTICIPATION, CertificateKind.PLACEMENT, CertificateKind.AWARD):
        for template in templates_for(kind):
            for orientation in template.orientations:
                design = full_design(template.name, orientation, pictures)
                certificates = [designed(kind, name, design) for name in NAMES[:4]]
                for number, certificate in enumerate(certificates):
                    name = f"{kind.value}-{template.name}-{orientation.value}-{number}"
                    documents[f"{name}-whole.pdf"] = certificate_pdf(certificate, verify_url=URL)
                    (merged,) = print_all([certificate_page(certificate, verify_url=URL)])
                    documents[f"{name}.pdf"] = merged.data

    assert broken_rules(documents) == []


def test_booklets_break_no_rule(broken_rules: Callable[[dict[str, bytes]], list[str]]) -> None:
    forum = make_programme()
    make_side_event(forum, "Procurement clinic")
    documents = {"whole.pdf": programme_booklet(forum), "empty.pdf": programme_booklet(make_forum("empty-forum"))}

    assert broken_rules(documents) == []


def test_booklets_of_every_theme_and_paper_break_no_rule(
    broken_rules: Callable[[dict[str, bytes]], list[str]],
) -> None:
    forum = make_forum_with_everything()
    session = db.session.query(ForumSession).filter_by(title="Cold chains off the grid").one()
    for name in NAMES:
        if name.language:
            said = {"title": name.own_script, "abstract": name.own_script}
            write_session_text(forum, session, name.language, **said, actor=None, now=MADE_AT)
    languages = ("", *dict.fromkeys(name.language for name in NAMES if name.language))
    choices = [PrintChoice(theme=theme, paper=paper, languages=languages) for theme in BookletTheme for paper in PAPERS]
    documents = {f"{each.theme.value}-{each.paper.value}.pdf": programme_booklet(forum, each) for each in choices}

    assert broken_rules(documents) == []


def test_sheets_break_no_rule(broken_rules: Callable[[dict[str, bytes]], list[str]]) -> None:
    forum, crowded, empty = make_programme(), make_crowded(15, 60, slug="crowded"), make_forum("empty-forum")
    make_side_event(forum, "Procurement clinic")
    documents = {
        "agenda.pdf": programme_poster(forum, Paper.A3),
        "agenda-as-lists.pdf": programme_poster(crowded, Paper.A4),
        "agenda-empty.pdf": programme_poster(empty, Paper.A4),
        "signs.pdf": door_signs(forum, Paper.A4),
        "signs-crowded.pdf": door_signs(crowded, Paper.A3),
        "signs-empty.pdf": door_signs(empty, Paper.A4),
    }

    assert broken_rules(documents) == []


def test_booklet_of_a_real_programme_breaks_no_rule(
    broken_rules: Callable[[dict[str, bytes]], list[str]], shared_data: Path, now: datetime
) -> None:
    forum = make_forum()
    data = (shared_data / "schedule" / "fosdem-2026-schedule.xml").read_bytes()
    apply_schedule(forum, read_schedule(data, time_zone=forum.time_zone), actor=None, now=now)
    db.session.commit()

    assert broken_rules({"booklet.pdf": programme_booklet(forum)}) == []
