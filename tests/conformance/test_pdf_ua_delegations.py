"""What delegations, organisers and coordinators print, against PDF/UA-1; ``make check-pdf`` brings the checker."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import cycle, product

import pytest

from gtn_events.accounts.enums import Gender
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.economies import DelegationClass, Economy, economies_in_order
from gtn_events.delegations.documents_circular import circular_pdf
from gtn_events.designs.enums import Orientation
from gtn_events.designs.keeping import keep_design
from gtn_events.designs.templates import templates
from gtn_events.designs.values import Design, DesignPicture, DesignSignatory
from gtn_events.forum.documents_custody import custody_receipt
from gtn_events.forum.documents_letters import letter_pdf
from gtn_events.forum.documents_participants import list_pdf
from gtn_events.forum.documents_participation import participation_pdf
from gtn_events.forum.documents_progress import progress_pdf
from gtn_events.forum.domain.badge_custody import Taker, hand_over
from gtn_events.forum.domain.badges import record_prints
from gtn_events.forum.domain.letters import issue_letter, opened_letter
from gtn_events.forum.domain.passports import ask_for_letter
from gtn_events.forum.domain.progress_report import PaperDetails, save_progress_report
from gtn_events.forum.enums import LetterKind, PaperPurpose, RegistrationState
from gtn_events.forum.list_wording import FAMILY
from gtn_events.forum.listed import list_of
from gtn_events.forum.models import Forum, Registration
from gtn_events.forum.participation import report_of
from gtn_events.forum.progress_paper import paper_of
from gtn_events.forum.queries.badge_custody import Party
from gtn_events.forum.queries.participants import participants
from tests.certificates.designs import full_design, kept_pictures
from tests.delegations.circulars import make_draft, make_released
from tests.factories import make_account, make_category, make_forum, make_registration
from tests.forum.lettering import passport
from tests.names import NAMES, Name

LONG_NAMES = (
    Name("Siriwattanaphorn", "Kanchanasirirattanasakulwong", "ศรัณย์ภัทร์ กาญจนสิริวัฒน์ธำรงรัตนสกุลวงศ์", "th"),
    Name("Maximiliana-Wilhelmina", "Featherstonehaugh-Cholmondeley", "", ""),
)
PARAGRAPH = "Delegates reach the venue by shuttle from the hotels. " * 7

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def forum() -> Forum:
    return make_forum()


@pytest.fixture
def organiser() -> Account:
    return make_account("organiser@gtn.example", family_name="Lestari")


def many(forum: Forum, codes: Sequence[str], *, count: int) -> list[Registration]:
    """Confirmed people with names in every script, the longest ones among them."""
    category = make_category(forum, capacity=count)
    found = []
    for number, name, code in zip(range(count), cycle((*NAMES, *LONG_NAMES)), cycle(codes), strict=False):
        account = make_account(
            f"person-{number}@firm.example",
            given_name=name.given,
            family_name=name.family,
            gender=list(Gender)[number % 3],
            economy_code=code,
        )
        own = {"own_script_name": name.own_script, "own_script_language": name.language, "listed_publicly": True}
        found.append(make_registration(category, account, RegistrationState.CONFIRMED, **own))
    db.session.commit()
    return found


def test_receipts_break_no_rule(
    broken_rules: Callable[[dict[str, bytes]], list[str]], forum: Forum, organiser: Account, now: datetime
) -> None:
    ids = [each.id for each in many(forum, ["PE"], count=45)]
    record_prints(forum, ids, reason="", actor=organiser, now=now)
    peru = Party(DelegationClass.ECONOMY, db.session.get_one(Economy, "PE"))
    taker = Taker("Inés Quispe", "Liaison officer")
    handovers = [hand_over(forum, peru, part, taker=taker, actor=organiser, now=now) for part in (ids[:1], ids[1:])]
    documents = {f"receipt-{each.id}.pdf": custody_receipt(each, by_name="Ayu Lestari").data for each in handovers}

    assert broken_rules(documents) == []


def test_letters_break_no_rule(
    broken_rules: Callable[[dict[str, bytes]], list[str]], forum: Forum, organiser: Account, now: datetime
) -> None:
    documents = {}
    for each in many(forum, ["PE", "THA"], count=len(NAMES) + len(LONG_NAMES)):
        ask_for_letter(each, passport(), actor=each.account, now=now)
        for kind in LetterKind:
            facts = opened_letter(issue_letter(each, kind, actor=organiser, now=now))
            documents[f"letter-{kind.value}-{each.id}.pdf"] = letter_pdf(facts, ended="replaced" if each.id % 2 else "")

    assert broken_rules(documents) == []


@pytest.mark.parametrize("template", [each.name for each in templates("letters").values()])
def test_letters_of_a_design_break_no_rule(
    broken_rules: Callable[[dict[str, bytes]], list[str]],
    forum: Forum,
    organiser: Account,
    now: datetime,
    template: str,
) -> None:
    logo, signature = (each.id for each in kept_pictures(now, forum.scope))
    logos = tuple(DesignPicture(upload_id=logo, description=f"Logo {number}") for number in (1, 2, 3))
    signed = tuple(
        DesignSignatory(name=name, role="For the organisers", upload_id=picture)
        for name, picture in (("Trần Minh Hà", signature), ("Lucía Rojas", None))
    )
    documents = {}
    for each, language in zip(many(forum, ["PE"], count=6), ("en", "es", "fr", "zh-Hans", "ja", "th"), strict=True):
        texts = {"heading": "หนังสือ", "text": "{name}"} if language == "th" else {}
        design = Design(
            template=template,
            orientation=Orientation.PORTRAIT,
            language=language,
            texts=texts,
            logos=logos,
            signatories=signed,
        )
        ask_for_letter(each, passport(), actor=each.account, now=now)
        for kind in LetterKind:
            keep_design(forum.scope, kind.designed, design, seen=None, actor=organiser, now=now)
            facts = opened_letter(issue_letter(each, kind, actor=organiser, now=now))
            documents[f"letter-{template}-{kind.value}-{language}.pdf"] = letter_pdf(facts, ended="revoked")

    assert broken_rules(documents) == []


def test_circulars_break_no_rule(
    broken_rules: Callable[[dict[str, bytes]], list[str]], forum: Forum, organiser: Account, now: datetime
) -> None:
    sections = {key: "\n\n".join([PARAGRAPH] * 4) for key in ("welcome", "registration", "arrival", "accommodation")}
    audience = tuple(each.code for each in economies_in_order())
    versions = {
        "released": make_released(
            forum, organiser, now=now, sections=sections, audience=audience, acknowledge_by=forum.starts_on
        ),
        "draft": make_draft(forum, organiser, now=now),
    }

    assert broken_rules({f"circular-{name}.pdf": circular_pdf(each) for name, each in versions.items()}) == []


def test_lists_of_participants_break_no_rule(
    broken_rules: Callable[[dict[str, bytes]], list[str]], forum: Forum, now: datetime
) -> None:
    pictures = kept_pictures(now, forum.scope)
    many(forum, [each.code for each in economies_in_order()], count=120)
    documents, texts = {}, {"closing": "This list is correct. {dates}"}
    for template in templates(FAMILY).values():
        for side, language in product(template.orientations, template.languages):
            design = full_design(template.name, side, pictures)
            plain = Design(template=template.name, orientation=side, language=language)
            people = participants(forum, public=True, only_attended=False)
            whole, nobody = (list_of(forum, each, now=now, only_attended=True) for each in (people, []))
            name = f"{template.name}-{side.value}-{language}"
            documents[f"{name}.pdf"] = list_pdf(whole, replace(design, language=language, texts=texts), version=2)
            documents[f"{name}-empty.pdf"] = list_pdf(nobody, plain, version=0)

    assert broken_rules(documents) == []


def test_reports_break_no_rule(
    broken_rules: Callable[[dict[str, bytes]], list[str]], forum: Forum, organiser: Account, now: datetime
) -> None:
    empty = participation_pdf(report_of(forum, now=now, published=True))
    many(forum, [each.code for each in economies_in_order()], count=120)
    cover = PaperDetails(
        document_number="2013/SMEWG36/012",
        agenda_item="4",
        purpose=PaperPurpose.INFORMATION,
        submitted_by="Indonesia",
        meeting="",
        meeting_place="Jakarta",
        meeting_dates="",
        as_of=None,
        small_numbers=True,
    )
    save_progress_report(forum, cover, {"outcomes": PARAGRAPH}, seen_version=0, actor=organiser, now=now)
    documents = {
        "participation-empty.pdf": empty,
        "participation.pdf": participation_pdf(report_of(forum, now=now, published=False)),
        "participation-published.pdf": participation_pdf(report_of(forum, now=now, published=True)),
        "progress.pdf": progress_pdf(paper_of(forum, now=now)),
    }

    assert broken_rules(documents) == []
