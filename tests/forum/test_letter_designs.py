"""Letters of a design: what is checked, what is sealed, how they read in every language, and what previews show."""

import io
from dataclasses import replace
from datetime import date, datetime

import pypdfium2
import pytest
from pypdf import PdfReader

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.pdf import MissingGlyphs
from gtn_events.core.permissions import Scope
from gtn_events.designs.enums import Orientation
from gtn_events.designs.errors import DesignRefused
from gtn_events.designs.keeping import keep_design
from gtn_events.designs.kinds import designed_kind
from gtn_events.designs.owners import DesignOwner
from gtn_events.designs.previews import preview_pdf, preview_png
from gtn_events.designs.templates import templates_for
from gtn_events.designs.values import Design, DesignPicture, DesignSignatory
from gtn_events.forum.documents_letters import letter_pdf
from gtn_events.forum.domain.letter_wording import LetterFacts, content_of, worded
from gtn_events.forum.domain.letters import issue_letter, opened_letter
from gtn_events.forum.domain.passports import ask_for_letter
from gtn_events.forum.enums import LetterKind, RegistrationState
from gtn_events.forum.models import Letter, Registration
from tests.certificates.designs import kept_pictures
from tests.factories import make_account, make_category, make_forum, make_registration
from tests.forum.lettering import SECRET, passport
from tests.names import NAMES, Name, letters
from tests.pdf_structure import faults_of_structure

pytestmark = pytest.mark.usefixtures("database")
LONG = "Small firms of all economies meet here and show what they have made of green technology. " * 12
TEMPLATES = ("mark", "letterhead")
LANGUAGES = ("en", "es", "fr", "zh-Hans", "ja")


@pytest.fixture
def rosa() -> Registration:
    return make_registration(make_category(make_forum()), make_account(), RegistrationState.CONFIRMED)


@pytest.fixture
def organiser(rosa: Registration) -> Account:
    return make_account("organiser@gtn.example", family_name="Lestari")


def design(template: str = "mark", **values: object) -> Design:
    return replace(Design(template=template, orientation=Orientation.PORTRAIT), **values)


def full(template: str, scope: Scope, now: datetime, **values: object) -> Design:
    """A design with three logos and two who sign with a signature."""
    logo, signature = (each.id for each in kept_pictures(now, scope))
    return design(
        template,
        logos=tuple(DesignPicture(upload_id=logo, description=f"Logo {number}") for number in (1, 2, 3)),
        signatories=tuple(
            DesignSignatory(name=name, role="For the organisers", upload_id=signature)
            for name in ("Trần Minh Hà", "Lucía Rojas")
        ),
        **values,
    )


def keep(rosa: Registration, kind: LetterKind, kept: Design, organiser: Account, now: datetime) -> None:
    keep_design(rosa.forum.scope, kind.designed, kept, seen=None, actor=organiser, now=now)


def issued(rosa: Registration, kind: LetterKind, organiser: Account, now: datetime) -> Letter:
    return issue_letter(rosa, kind, actor=organiser, now=now)


def pages_of(data: bytes, *, lang: str = "en") -> list[str]:
    reader = PdfReader(io.BytesIO(data))
    assert faults_of_structure(data, title=str(reader.metadata.title), lang=lang) == []
    return [" ".join(page.extract_text().split()) for page in reader.pages]


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("kind", LetterKind)
@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_every_letter_stand_in_its_language(
    rosa: Registration, now: datetime, template: str, kind: LetterKind, language: str
) -> None:
    organiser = make_account("organiser@gtn.example")
    ask_for_letter(rosa, passport(), actor=rosa.account, now=now)
    kept = full(template, rosa.forum.scope, now, language=language)
    keep(rosa, kind, kept, organiser, now)
    data = letter_pdf(opened_letter(issued(rosa, kind, organiser, now)), ended="replaced")
    page = " ".join(pages_of(data, lang=language))
    english = {"To", "Number", "The person", "Replaced", "Invitation"} if kind is LetterKind.INVITATION else {"Stay"}
    found = {word for word in english if f"{word} " in page}
    assert (found == english) if language == "en" else found <= {"Invitation"}, page
    days = {"en": "5 and 6 June 2013", "es": "5–6 de junio de 2013", "fr": "5–6 juin 2013"}
    own = {**days, "zh-Hans": "2013年6月5日至6日", "ja": "2013年6月5日～6日"}[language]
    assert letters(own) in letters(page)
    assert "{" not in page


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_long_text_goes_on_to_the_next_page_and_nothing_of_it_is_lost(
    rosa: Registration, organiser: Account, now: datetime, template: str
) -> None:
    paragraphs = [f"Paragraph {number} begins. {LONG}" for number in range(1, 6)]
    keep(rosa, LetterKind.INVITATION, design(template, texts={"text": "\n\n".join(paragraphs)}), organiser, now)
    pages = pages_of(letter_pdf(opened_letter(issued(rosa, LetterKind.INVITATION, organiser, now))))
    assert len(pages) > 1
    assert [f"Paragraph {number} begins." in " ".join(pages) for number in range(1, 6)] == [True] * 5
    assert "GTN13-L-0001" in pages[-1]
    assert f"2 / {len(pages)}" in pages[1]


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("name", NAMES)
def test_every_name_is_printed_whole_and_within_the_page(
    rosa: Registration, organiser: Account, now: datetime, template: str, name: Name
) -> None:
    rosa.given_name, rosa.family_name = name.given, name.family
    rosa.own_script_name, rosa.own_script_language = name.own_script, name.language
    keep(rosa, LetterKind.INVITATION, full(template, rosa.forum.scope, now), organiser, now)
    data = letter_pdf(opened_letter(issued(rosa, LetterKind.INVITATION, organiser, now)))
    page = letters(" ".join(pages_of(data)))
    assert letters(name.family.upper()) in page
    assert letters(name.own_script) in page
    assert inked_beyond(data, millimetres=10) == 0


def inked_beyond(data: bytes, *, millimetres: int) -> int:
    """How many dots within so many millimetres of the right edge of a page are not white."""
    document = pypdfium2.PdfDocument(data)
    try:
        grey = [page.render(scale=1).to_pil().convert("L") for page in document]
    finally:
        document.close()
    edge = round(millimetres / 25.4 * 72)
    strips = [each.crop((each.width - edge, 0, each.width, each.height)) for each in grey]
    return sum(count for strip in strips for tone, count in enumerate(strip.histogram()) if tone < 250)


def test_an_issued_letter_stays_the_same_to_the_byte_when_its_design_changes(
    rosa: Registration, organiser: Account, now: datetime
) -> None:
    ask_for_letter(rosa, passport(), actor=rosa.account, now=now)
    keep(rosa, LetterKind.VISA, full("letterhead", rosa.forum.scope, now, texts={"heading": "First"}), organiser, now)
    letter = issued(rosa, LetterKind.VISA, organiser, now)
    db.session.commit()
    before = letter_pdf(opened_letter(letter))
    keep(rosa, LetterKind.VISA, design(texts={"heading": "Second"}), organiser, now)
    rosa.forum.title = "Another title"
    assert letter_pdf(opened_letter(letter)) == before
    another = issued(rosa, LetterKind.VISA, organiser, now)
    assert ("First" in pages_of(before)[0], "Second" in pages_of(letter_pdf(opened_letter(another)))[0]) == (True, True)


def test_versions_count_the_letters_that_were_issued_with_each(
    rosa: Registration, organiser: Account, now: datetime
) -> None:
    kind = designed_kind("letter-invitation")
    issued(rosa, LetterKind.INVITATION, organiser, now)
    keep(rosa, LetterKind.INVITATION, design(texts={"heading": "Welcome"}), organiser, now)
    made = [issued(rosa, LetterKind.INVITATION, organiser, now) for _time in range(2)]
    counted = kind.issued_by_version(rosa.forum.scope)
    assert counted == {None: 1, made[0].design_id: 2}
    assert designed_kind("letter-visa").issued_by_version(rosa.forum.scope) == {}


def test_letters_older_than_designs_look_as_they_did(rosa: Registration, organiser: Account, now: datetime) -> None:
    facts = opened_letter(issued(rosa, LetterKind.INVITATION, organiser, now))
    old = replace(facts, design={}, signatory_name="Dewi Lestari", signatory_post="Head")
    (page,) = pages_of(letter_pdf(old))
    for words in ("APEC SMEs Green Technology Network", "To Rosa HUAMÁN", "Invitation", "Dewi Lestari Head"):
        assert words in page
    assert letter_pdf(replace(facts, design={})) == letter_pdf(facts)


@pytest.mark.parametrize(
    ("texts", "field", "why"),
    [
        ({"text": ""}, "text", "cannot do without"),
        ({"text": "Come[, {position}"}, "text", "square bracket is missing"),
        ({"heading": "{name}"}, "heading", "no field {name}"),
        ({"text": "[{position}]"}, "text", "cannot do without"),
        ({"heading": "[\u200b]"}, "heading", "cannot do without"),
        ({"closing": "Your visa will be granted."}, "closing", "must not promise"),
        ({"text": "Your visa will\nbe  granted."}, "text", "must not promise"),
        ({"text": "Your visa will be[ granted, {name}]."}, "text", "must not promise"),
        ({"text": "Your visa will be [seen|granted]."}, "text", "must not promise"),
        ({"text": "Your visa will be gran\u00adted."}, "text", "must not promise"),
        ({"text": "x" * 6001}, "text", "at most 6000"),
        ({"text": "\U0001f9ff"}, "text", "U+1F9FF"),
        ({"sentence": "took part"}, "sentence", "no such text"),
    ],
)
def test_what_cannot_be_printed_is_refused_at_its_field(
    rosa: Registration, now: datetime, texts: dict[str, str], field: str, why: str
) -> None:
    organiser = make_account("organiser@gtn.example")
    with pytest.raises(DesignRefused) as refused:
        keep(rosa, LetterKind.INVITATION, design(texts=texts), organiser, now)
    assert (refused.value.field, why in refused.value.message) == (field, True), refused.value.message


def test_a_post_promises_no_visa_either(rosa: Registration, organiser: Account, now: datetime) -> None:
    signed = design(signatories=(DesignSignatory(name="Dewi Lestari", role="We guarantee a visa"),))
    with pytest.raises(DesignRefused, match="must not promise") as refused:
        keep(rosa, LetterKind.VISA, signed, organiser, now)
    assert refused.value.field == "signatory-1"


@pytest.mark.parametrize("values", [{"template": "participation"}, {"orientation": Orientation.LANDSCAPE}])
def test_a_letter_takes_templates_of_letters_upright_only(
    rosa: Registration, organiser: Account, now: datetime, values: dict[str, object]
) -> None:
    with pytest.raises(DesignRefused) as refused:
        keep(rosa, LetterKind.VISA, replace(design(), **values), organiser, now)
    assert refused.value.field == next(iter(values))


def test_pictures_of_another_forum_are_refused(rosa: Registration, organiser: Account, now: datetime) -> None:
    with pytest.raises(DesignRefused, match="not there any more") as refused:
        keep(rosa, LetterKind.VISA, full("mark", Scope("forum", 99_999), now), organiser, now)
    assert refused.value.field == "logo-1"


def test_entry_and_consulate_are_fields_of_visa_letters_only(
    rosa: Registration, organiser: Account, now: datetime
) -> None:
    said = design(texts={"text": "{name} enters on {entry}, leaves on {exit} and applies at {consulate}."})
    with pytest.raises(DesignRefused, match="no field"):
        keep(rosa, LetterKind.INVITATION, said, organiser, now)
    ask_for_letter(rosa, passport(), actor=rosa.account, now=now)
    keep(rosa, LetterKind.VISA, said, organiser, now)
    facts = opened_letter(issued(rosa, LetterKind.VISA, organiser, now))
    wanted = "Rosa HUAMÁN enters on 3 June 2013, leaves on 8 June 2013 and applies at Consulate in Lima."
    assert facts.text == wanted


def test_a_language_without_words_of_ours_needs_texts_and_marks_the_rest(
    rosa: Registration, organiser: Account, now: datetime
) -> None:
    with pytest.raises(DesignRefused, match="no words of ours"):
        keep(rosa, LetterKind.INVITATION, design(language="th"), organiser, now)
    texts = {"heading": "หนังสือเชิญ", "text": "ขอเชิญ {name}", "closing": "ด้วยความนับถือ"}
    keep(rosa, LetterKind.INVITATION, design(language="th", texts=texts), organiser, now)
    facts = opened_letter(issued(rosa, LetterKind.INVITATION, organiser, now))
    assert letters("หนังสือเชิญ") in letters(" ".join(pages_of(letter_pdf(facts), lang="th")))
    assert (facts.issued_on, facts.dates) == ("2 พฤษภาคม ค.ศ. 2013", "5–6 มิถุนายน 2013")


@pytest.mark.parametrize("kind", LetterKind)
def test_previews_show_approved_people_and_open_no_passport(
    rosa: Registration, organiser: Account, now: datetime, kind: LetterKind
) -> None:
    ask_for_letter(rosa, passport(), actor=rosa.account, now=now)
    make_registration(rosa.category, make_account("waits@firm.example", family_name="Waits"), RegistrationState.PENDING)
    db.session.commit()
    owner = DesignOwner(scope=rosa.forum.scope, title="", time_zone="", back=("", ""), due=lambda _kind: ())
    designed = designed_kind(kind.designed)
    found = designed.examples.every(owner)
    assert [each.name for each in found][:2] == ["Rosa HUAMÁN", "Rosa HUAMÁN"]
    assert [each.key for each in found][:2] == ["person-1", "longest"]
    for each in found:
        assert designed.examples.one(owner, each.key) == each
    page = " ".join(pages_of(preview_pdf(designed, design(), found[0].subject)))
    assert ("Number Preview" in page, SECRET in page, "Consulate in Lima" in page) == (True, False, False)
    assert ("EXAMPLE ONLY" in page) == (kind is LetterKind.VISA)
    assert ("invented" in designed.note()) == (kind is LetterKind.VISA)


@pytest.mark.parametrize("kind", LetterKind)
def test_every_template_is_drawn_for_nobody(app: object, kind: LetterKind) -> None:
    designed = designed_kind(kind.designed)
    for template in templates_for(kind.designed):
        drawn = preview_png(designed, design(template.name), designed.examples.invented().subject)
        assert drawn.startswith(b"\x89PNG")


def test_a_name_that_no_font_has_is_named(rosa: Registration) -> None:
    rosa.organisation_name = "\U0001f9ff"
    content = content_of(rosa, None, issued_on=date(2013, 5, 2))
    facts: LetterFacts = worded(content, LetterKind.INVITATION, design("letterhead"), reference="GTN13-L-0001")
    with pytest.raises(MissingGlyphs, match="1F9FF"):
        letter_pdf(facts)
