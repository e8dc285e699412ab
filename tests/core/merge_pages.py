"""Pages with fields for the tests of merge printing."""

from html import escape

from gtn_events.core.pdf import qr_address

TEMPLATE = "trial"
STYLE = """
@page { size: A4 landscape; margin: 0 }
body, p { margin: 0 }
.all { position: absolute; left: 60px; top: 60px; width: 500px }
p { font-size: 20px; line-height: 1.5; margin-bottom: 12px; color: #24332C }
.name { font-family: var(--serif); font-size: 40px; line-height: 1.2; color: #083D2D }
.middle { text-align: center }
.end { text-align: right }
strong { color: #9C4600 }
.code { position: absolute; left: 700px; top: 500px }
.code img { display: block; width: 100px; height: 100px; image-rendering: crisp-edges }
"""
TEXT_OF_ALL = "Issued in Jakarta"


def page(
    name: str = "Siriporn WATTANAKUL",
    own: str = "สิริพร วัฒนากุล",
    own_lang: str = "th",
    sentence: str = "took part in the <strong>GTN Forum 2013</strong> in Jakarta.",
    *,
    code: str = "https://gtn.example/verify/P13-000001-ABCDEF",
    title: str = "A certificate",
) -> str:
    """A page with a name, a name in its own script, a paragraph with bold words, and a code."""
    return (
        f'<!doctype html><html lang="en"><head><title>{escape(title)}</title></head><body><div class="all">'
        f'<p class="name" data-field="name">{escape(name)}</p>'
        f'<p class="middle" data-field="own" lang="{own_lang}">{escape(own)}</p>'
        f'<p data-field="sentence">{sentence}</p>'
        f'<p class="end">{TEXT_OF_ALL}</p></div>'
        f'<p class="code"><img data-field="code" src="{qr_address(code)}" alt="Code of {escape(name)}"></p>'
        "</body></html>"
    )
