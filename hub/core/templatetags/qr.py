"""A picture a phone reads."""

import segno
from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()
QUIET = 4  # modules of white around a QR code, so that every phone reads it


@register.simple_tag
def qr(address: str, words: str, size: int = 200) -> SafeString:
    """A QR code of an address as a drawing; `words` say what it is."""
    code = segno.make(address, error="m", micro=False)
    rows = list(code.matrix)
    path = "".join(f"M{x + QUIET} {y + QUIET}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    side = len(rows) + 2 * QUIET
    return format_html(
        '<svg width="{0}" height="{0}" viewBox="0 0 {1} {1}" role="img" aria-label="{2}" shape-rendering="crispEdges">'
        '<rect width="{1}" height="{1}" fill="#fff"/><path d="{3}" fill="#000"/></svg>',
        size, side, words, path,
    )  # fmt: skip
