"""What every drawing stands on: the page of a cover in CSS pixels of A5; larger paper has the same proportions."""

import base64

ECONOMIES = 21
WIDTH, HEIGHT = 559, 794


def drawing(shapes: str) -> str:
    """Return shapes of SVG as a picture of the whole page, in a data address."""
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">'
        f"{shapes}</svg>"
    )
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
