"""A certificate's PDF is checked in the browser: by mouse and keyboard, on a phone, and where it cannot be."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from gtn_events.certificates.documents import certificate_pdf
from gtn_events.certificates.domain import issue_certificate, revoke_certificate
from gtn_events.certificates.proof.attached import with_statement
from gtn_events.certificates.proof.sealing import finisher_of
from gtn_events.core import clock
from gtn_events.core.db import db
from tests.browser.conftest import PHONE, Site
from tests.certificates.examples import KEY, URL, issue_request


@pytest.fixture
def files(site: Site, tmp_path: Path) -> dict[str, Path]:
    """Certificates as files: genuine, with another name, with an addition, revoked, without a proof."""
    stands, _ = issue_certificate(issue_request(1), secret_key=KEY, actor=None, now=clock.now())
    taken, _ = issue_certificate(issue_request(2), secret_key=KEY, actor=None, now=clock.now())
    finisher = finisher_of(site.app.config["SETTINGS"], now=clock.now())
    drawn = certificate_pdf(stands, verify_url=URL)
    pdf, revoked = (finisher.finish(drawn, each) for each in (stands, taken))
    stripped = with_statement(drawn, stands, finisher.signer)
    revoke_certificate(taken, reason="Issued by mistake.", actor=None, now=clock.now())
    db.session.commit()
    db.session.remove()
    contents = {
        "genuine": pdf,
        "renamed": pdf.replace(b'"Wattanakul"', b'"Wattanakun"'),
        "added": pdf + b"% more\n",
        "revoked": revoked,
        "bare": drawn,
        "stripped": stripped,
        "hiding": pdf.replace(b'},"file":{', b'},"every":"%PDF-1.7 another page","file":{'),
        "cut": pdf[: pdf.index(b'{"certificate"') + 300],
    }
    paths = {name: tmp_path / f"{name}.pdf" for name in contents}
    for name, content in contents.items():
        paths[name].write_bytes(content)
    return paths


def _open(page: Page, site: Site) -> list[str]:
    """Open the page; return the list to which every request that sends something is added."""
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.goto(f"{site.address}/verify")
    page.wait_for_selector("[data-file-check][data-ready]")
    return sent


def test_every_kind_of_file_is_told_without_sending_it(site: Site, page: Page, files: dict[str, Path]) -> None:
    sent = _open(page, site)
    expect(page.get_by_text("It stays on this device")).to_be_visible()
    result, field = page.get_by_role("status"), page.get_by_label("PDF of the certificate")
    wanted = {
        "genuine": ("Genuine", "The file is exactly as it was issued."),
        "renamed": ("Not valid", "What the certificate says was changed after it was signed."),
        "added": ("Not valid", "The file was changed after it was issued."),
        "revoked": ("Not valid", "The network revoked it on"),
        "stripped": ("Cannot be told", "It says nothing of the page of this file."),
        "bare": ("Cannot be told", "The file carries no signature of the network."),
        "hiding": ("Not valid", "The signature in the file is damaged"),
        "cut": ("Not valid", "The signature in the file is damaged"),
    }
    for name, (word, sentence) in wanted.items():
        field.set_input_files(files[name])
        expect(result.locator(".verified-word")).to_have_text(word)
        expect(result.get_by_text(sentence)).to_be_visible()
    field.set_input_files(files["genuine"])
    expect(result.get_by_role("heading", name="Siriporn Wattanakul")).to_be_visible()
    expect(result.get_by_text("It was neither revoked nor replaced.")).to_be_visible()
    result.get_by_role("link", name="See its page of verification").click()
    page.wait_for_load_state()
    expect(page.get_by_text("The network issued this certificate, and it stands.")).to_be_visible()
    assert sent == []


def _drop(page: Page, file: Path, selector: str) -> bool:
    """Let go of a file there; say whether the browser may still open it instead of the page."""
    letters = file.read_bytes().decode("latin1")
    opens: bool = page.evaluate(
        """([letters, selector]) => {
          const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
          const dataTransfer = new DataTransfer();
          dataTransfer.items.add(new File([bytes], "certificate.pdf", { type: "application/pdf" }));
          const drop = new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true });
          return document.querySelector(selector).dispatchEvent(drop);
        }""",
        [letters, selector],
    )
    return opens


@pytest.mark.parametrize("selector", ["[data-file-check]", "h1", "body"])
def test_a_file_is_dropped_anywhere_on_a_phone_sized_page(
    site: Site, page: Page, files: dict[str, Path], selector: str
) -> None:
    page.set_viewport_size(PHONE)
    sent = _open(page, site)
    assert not _drop(page, files["genuine"], selector)

    expect(page.get_by_role("status").locator(".verified-word")).to_have_text("Genuine")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert sent == []


def test_a_browser_without_these_signatures_says_so_and_sends_the_file_when_asked(
    site: Site, page: Page, files: dict[str, Path]
) -> None:
    page.add_init_script("crypto.subtle.importKey = () => Promise.reject(new DOMException('', 'NotSupportedError'))")
    sent = _open(page, site)

    expect(page.get_by_text("This browser cannot check signatures")).to_be_visible()
    page.get_by_label("PDF of the certificate").set_input_files(files["genuine"])
    expect(page.get_by_role("status")).to_be_empty()
    assert sent == []
    page.get_by_role("button", name="Let our server check the file").press("Enter")
    page.wait_for_load_state()
    expect(page.get_by_text("The file is exactly as it was issued.")).to_be_visible()
    assert sent == [f"{site.address}/verify/file"]


def test_keys_that_cannot_be_loaded_leave_everything_open(site: Site, page: Page, files: dict[str, Path]) -> None:
    page.route("**/keys.json", lambda route: route.abort())
    _open(page, site)
    page.get_by_label("PDF of the certificate").set_input_files(files["genuine"])

    expect(page.get_by_role("status")).to_contain_text("keys could not be loaded, so nothing was checked")
