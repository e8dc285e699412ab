"""Reading pages as a person does, in tests."""

import html
import re

from werkzeug.test import TestResponse


def field_errors(response: TestResponse) -> dict[str, str]:
    """The errors of a page by the id of their field."""
    found = re.findall(r'id="([\w-]+)-error">(.*?)</div>', response.text, re.DOTALL)
    return {name: words(text) for name, text in found}


def words(markup: str) -> str:
    """The text of a piece of HTML with single spaces."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def heading(response: TestResponse) -> str:
    """The text of the page's main heading."""
    found = re.search(r"<h1[^>]*>(.*?)</h1>", response.text, re.DOTALL)
    return words(found.group(1)) if found else ""


def messages(response: TestResponse) -> list[str]:
    """The flashed messages of a page."""
    return [words(text) for text in re.findall(r'<div class="toast.*?</div>', response.text, re.DOTALL)]


def seen_in(reply: TestResponse) -> str:
    """Return which version of its row a page with a form shows."""
    [seen] = re.findall(r'name="seen"[^>]* value="(\d+)"', reply.text)
    return str(seen)


def nonce_in(reply: TestResponse) -> str:
    """Return the name of the form that a page shows."""
    [nonce] = re.findall(r'name="nonce"[^>]* value="(\w{32})"', reply.text)
    return str(nonce)
