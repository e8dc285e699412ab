"""The words of designs: what an organiser may write, what stands in every language, and what is refused."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from flask import Flask
from pypdf import PdfReader

from gtn_events.accounts.domain.names import NAME_LANGUAGES
from gtn_events.certificates.design.fields import fields_of
from gtn_events.certificates.design.wording import Wording
from gtn_events.certificates.documents import FAMILY, certificate_pdf
from gtn_events.certificates.enums import CertificateKind
from gtn_events.core.field_texts import fault_of
from gtn_events.designs.checking import check_design
from gtn_events.designs.enums import Orientation
from gtn_events.designs.errors import DesignRefused
from gtn_events.designs.templates import templates, templates_for
from gtn_events.designs.values import Design, DesignPicture, DesignSignatory
from tests.names import NAMES
from tests.pdf_structure import faults_of_structure

from .designs import designed
from .examples import FACTS, FORUM, URL

KIND = CertificateKind.PARTICIPATION
PLAIN = Design(template="participation")
OWN = {"heading": "감사장", "sentence": "{name}"}


@pytest.fixture(autouse=True)
def app_context(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


def _refusal(design: Design) -> DesignRefused:
    with pytest.raises(DesignRefused) as refused:
        check_design(design, FORUM, KIND)
    return refused.value


def _sentence(text: str, **facts: object) -> str:
    design = replace(PLAIN, texts={"sentence": text})
    return Wording(templates(FAMILY)["participation"], design, KIND, replace(FACTS, **facts)).text("sentence")


@pytest.mark.parametrize(
    ("texts", "field", "words"),
    [
        ({"sentence": "came to {forrum}"}, "sentence", "no field {forrum} here. These can be used: {name}, {forum}"),
        ({"sentence": "came to {prize}"}, "sentence", "no field {prize}"),
        ({"heading": "For {name}"}, "heading", "no field {name} here. These can be used: {forum}."),
        ({"sentence": "came to {forum"}, "sentence", "brace is missing"),
        ({"closing": "[of {economy}"}, "closing", "square bracket is missing"),
        ({"heading": "x" * 61}, "heading", "61 letters; at most 60"),
        ({"heading": "参" * 31}, "heading", "62 letters; at most 60"),
        ({"heading": "  "}, "heading", "cannot do without"),
        ({"heading": "[]"}, "heading", "cannot do without"),
        ({"sentence": "[|] []"}, "sentence", "cannot do without"),
        ({"closing": "Crab \U0001f980"}, "closing", "no font has “\U0001f980” (crab, U+1F980)"),
        ({"footer": "x"}, "footer", "no such text"),
    ],
)
def test_text_that_cannot_be_printed_is_refused_at_its_field(texts: dict[str, str], field: str, words: str) -> None:
    refused = _refusal(replace(PLAIN, texts=texts))

    assert refused.field == field
    assert words in refused.message


@pytest.mark.parametrize(
    ("design", "field"),
    [
        (replace(PLAIN, language="xx"), "language"),
        (replace(PLAIN, language="ko"), "heading"),
        (replace(PLAIN, language="ko", texts={"heading": "감사장"}), "sentence"),
        (replace(PLAIN, signatories=(DesignSignatory(name=" ", role="Host"),)), "signatory-1"),
        (replace(PLAIN, signatories=(DesignSignatory(name="N" * 61, role=""),)), "signatory-1"),
        (replace(PLAIN, signatories=(DesignSignatory(name="A \U0001f980", role=""),)), "signatory-1"),
        (replace(PLAIN, signatories=(DesignSignatory(name="A", role=""),) * 3), "signatories"),
        (replace(PLAIN, logos=(DesignPicture(upload_id=1, description=" "),)), "logo-1"),
        (replace(PLAIN, template="award"), "template"),
    ],
)
def test_design_is_refused_at_the_part_that_has_to_be_changed(database: None, design: Design, field: str) -> None:
    assert _refusal(design).field == field


def test_organiser_writes_in_any_language(database: None) -> None:
    for language in NAME_LANGUAGES:
        check_design(replace(PLAIN, language=language, texts=OWN), FORUM, KIND)


def test_fields_are_filled_and_parts_without_theirs_are_left_out() -> None:
    text = "was at {forum}[, as {role}][ of {economy}]"

    assert _sentence(text, role="") == "was at <strong>GTN Forum 2013</strong> of <strong>Thailand</strong>"
    assert _sentence(text, role="chair", economy_in_sentence="") == ("was at <strong>GTN Forum 2013</strong>, as chair")


def test_markup_in_a_text_or_in_a_fact_is_printed_as_it_was_typed() -> None:
    shown = _sentence("<b>{role}</b>", role="<script>")

    assert shown == "&lt;b&gt;&lt;script&gt;&lt;/b&gt;"


def test_every_own_text_of_every_template_can_be_filled() -> None:
    for template in templates(FAMILY).values():
        for language in template.languages:
            for kind in template.kinds:
                for text in template.texts:
                    words = template.own_words(text.key, kind, language)
                    assert fault_of(words, fields_of(kind, text.key), optional_parts=True) == ""
                    assert len(words) <= text.longest


@pytest.mark.parametrize("language", ["en", "es", "fr", "zh-Hans", "ja"])
@pytest.mark.parametrize("kind", CertificateKind)
def test_templates_have_words_of_their_own_for_every_kind(language: str, kind: CertificateKind) -> None:
    for template in templates_for(kind):
        own = template.words[language][kind.value]
        assert own["sentence"]
        assert own.get("heading") or own["title"]


@pytest.mark.parametrize(
    ("language", "kind", "words"),
    [
        (
            "es",
            CertificateKind.PARTICIPATION,
            ("Certificado de participación", "5–6 de junio de 2013", "Expedido el"),
        ),
        ("fr", CertificateKind.VOLUNTEER, ("Certificat de bénévolat", "5–6 juin 2013", "Délivré le 7 juin 2013")),
        ("zh-Hans", CertificateKind.SPEAKER, ("演讲嘉宾证书", "2013年6月5日至6日", "签发日期：2013年6月7日")),
        ("ja", CertificateKind.ORGANISER, ("運営証明書", "2013年6月5日～6日", "発行日：2013年6月7日")),
    ],
)
def test_certificate_is_in_the_language_of_its_design(
    language: str, kind: CertificateKind, words: tuple[str, ...]
) -> None:
    design = replace(PLAIN, language=language)
    certificate = designed(kind, NAMES[3], design)
    certificate.facts |= {"first_day": "2013-06-05", "last_day": "2013-06-06"}

    data = certificate_pdf(certificate, verify_url=URL)

    text = "".join(PdfReader(BytesIO(data)).pages[0].extract_text().split())
    assert [each for each in words if "".join(each.split()) not in text] == []
    assert faults_of_structure(data, title=f"{words[0]}: Naoki YAMADA, GTN Forum 2013", lang=language) == []


def test_facts_of_older_certificates_have_no_days_and_are_shown_as_they_were_written() -> None:
    design = replace(PLAIN, language="es")
    older = replace(FACTS, first_day=None, last_day=None)

    assert "5\u00a0and\u00a06\u00a0June\u00a02013" in Wording(
        templates(FAMILY)["participation"], design, KIND, older
    ).text("sentence")


def test_facts_with_days_come_back_from_json_as_they_were() -> None:
    facts = replace(FACTS, first_day=date(2013, 6, 5), last_day=date(2013, 6, 6))

    assert type(facts).from_dict(facts.as_dict()) == facts


def test_economies_have_their_english_names_without_an_article_in_other_languages() -> None:
    facts = replace(FACTS, economy_name="The Philippines", economy_in_sentence="the Philippines")
    shown = {
        language: Wording(templates(FAMILY)["participation"], replace(PLAIN, language=language), KIND, facts).text(
            "sentence"
        )
        for language in ("en", "fr")
    }

    assert "the\u00a0Philippines</strong>" in shown["en"]
    assert "représentant <strong>Philippines</strong>" in shown["fr"]


@pytest.mark.parametrize("side", Orientation)
def test_words_that_no_language_of_ours_has_are_marked_as_english(side: Orientation) -> None:
    design = Design(template="participation", orientation=side, language="ko", texts=OWN)
    data = certificate_pdf(designed(KIND, NAMES[4], design), verify_url=URL)

    text = PdfReader(BytesIO(data)).pages[0].extract_text()
    assert "감사장" in text
    assert "Issued on 7 June 2013" in text
