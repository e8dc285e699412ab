"""Rules that every template keeps."""

import re

from flask import Flask

from gtn_events.core.templating import template_folder

FOLDER = template_folder()
MAIL_FILES = {"subject.txt", "body.txt", "body.html"}
COMMENT = re.compile(r"\{#.*?#\}|<!--.*?-->", re.DOTALL)
# Refused by the content security policy, so it would silently do nothing.
# Data for search engines (JSON-LD) is no script: nothing runs it, and the policy says nothing of it.
INLINE = re.compile(
    r"<script(?![^>]*\ssrc=|\stype=\"application/ld\+json\">)"
    r"|<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:",
    re.IGNORECASE,
)
# APEC usage: members are economies.
NOT_APEC = re.compile(r"\b(countr(?:y|ies)|nations?|nationals?|nationalit(?:y|ies)|flags?)\b", re.IGNORECASE)
JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
STRING = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'")
ENDPOINT = re.compile(r"url_for\(\s*[\"']([\w.]+)[\"']")


def names(*suffixes: str) -> list[str]:
    return sorted(
        str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*") if path.is_file() and path.suffix in suffixes
    )


def text_of(name: str) -> str:
    """Return a template without its comments."""
    return COMMENT.sub("", (FOLDER / name).read_text("utf-8"))


def wording_of(name: str) -> str:
    """Return what a reader may see: of Jinja's own code only the strings in it."""
    return JINJA.sub(lambda code: " ".join(STRING.findall(code.group())), text_of(name))


# What stands in a passport, typed by the person: said where a visa letter is made, and nowhere else.
PASSPORTS = {"forum/manage/letters_person.html": ["Nationality"], "pdf/letters/parts.html": ["nationality"]}


def test_every_template_compiles(app: Flask) -> None:
    for name in names(".html", ".txt", ".xml", ".svg"):
        app.jinja_env.get_template(name)


def test_web_pages_have_no_inline_script_or_style() -> None:
    inline = {name: INLINE.findall(text_of(name)) for name in names(".html") if not name.startswith(("email/", "pdf/"))}
    assert {name: matches for name, matches in inline.items() if matches} == {}


def test_templates_speak_of_economies() -> None:
    wrong = {name: NOT_APEC.findall(wording_of(name)) for name in names(".html", ".txt")}
    assert {name: words for name, words in wrong.items() if words} == PASSPORTS


def test_templates_link_to_views_that_exist(app: Flask) -> None:
    missing = [
        f"{name}: {endpoint}"
        for name in names(".html", ".txt")
        for endpoint in ENDPOINT.findall(text_of(name))
        if not endpoint.startswith(".") and endpoint not in app.view_functions
    ]
    assert missing == []


def test_every_mail_is_a_folder_of_three_files() -> None:
    folders = {path.parent for path in (FOLDER / "email").glob("*/*/*")}
    odd = {str(folder.relative_to(FOLDER)): sorted(file.name for file in folder.iterdir()) for folder in folders}
    assert {name: files for name, files in odd.items() if set(files) != MAIL_FILES} == {}


def test_a_note_of_a_draft_has_words_for_whatever_comes_of_saving_it() -> None:
    notes = [note for name in names(".html") for note in re.findall(r"<[^>]*\sdata-draft-note\b[^>]*>", text_of(name))]
    assert notes
    without = [note for note in notes if "data-saved=" not in note or "data-refused=" not in note]
    assert without == []
