"""The drawings: `{% drawing "tea" size=60 %}` beside words, `{% scene room.slug alt=... %}` as a room's picture.

Both are looked up by what they show or by the slug of the room they stand for. With `DRAWINGS_STRICT` (by default `DEBUG`) a name
that does not exist raises; otherwise the page simply has no drawing there.
"""

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html

register = template.Library()

# fmt: off
SYMBOLS = frozenset((
    "armband", "bike", "bird", "books", "box", "brush", "cal", "calligraphy", "chess", "clean", "clock", "coat", "counter", "dance",
    "door", "flower", "gym", "hair", "hall", "health", "horn", "key", "kids", "lantern", "letter", "mark", "meal", "meet", "money",
    "music", "paper", "pc", "phone", "ramp", "read", "rehab", "science", "sew", "stool", "swap", "tap", "tea", "tools", "tree", "visit",
))
# fmt: on
ROOM_SYMBOLS = {
    "classroom430": "kids",
    "painting": "brush",
    "tearoom": "tea",
    "xie": "sew",
    "reading": "read",
    "library": "books",
    "meeting": "meet",
    "hall-east": "hall",
    "hall-west": "hall",
}
SCENES = frozenset(
    ["calligraphy", "chess", "classroom430", "dance", "gym", "hall", "library", "meeting", "music", "painting", "reading", "rehab", "science", "tearoom", "xie"]
)
ROOM_SCENES = {"hall-east": "hall", "hall-west": "hall"}
LINE_WIDTHS = ((30, 5), (44, 3.8), (60, 3.4))  # drawn at up to so many pixels: line width on the 96 grid; above that 3


class UnknownDrawingError(LookupError):
    """No drawing has this name."""


def line_width(size: int) -> float:
    return next((width for limit, width in LINE_WIDTHS if size <= limit), 3)


def refuse(name: str) -> str:
    if name and getattr(settings, "DRAWINGS_STRICT", settings.DEBUG):  # a room may have none
        raise UnknownDrawingError(f"There is no drawing {name!r}. Draw it in static/img and add it to hub/core/templatetags/drawings.py.")
    return ""


@register.simple_tag
def drawing(name: str, size: int = 60) -> str:
    """One small drawing, `size` pixels square; hidden from screen readers because words always stand beside it."""
    symbol = ROOM_SYMBOLS.get(name, name)
    if symbol not in SYMBOLS:
        return refuse(name)
    return format_html(
        '<svg class="drawing" width="{0}" height="{0}" viewBox="0 0 96 96" stroke-width="{1}" aria-hidden="true" focusable="false"><use href="{2}#{3}"/></svg>',
        size,
        line_width(size),
        static("img/drawings.svg"),
        symbol,
    )


@register.simple_tag
def scene(name: str, alt: str = "") -> str:
    """A room's large picture; `alt` says what there is to see, and is left empty only where words beside it do."""
    picture = ROOM_SCENES.get(name, name)
    if picture not in SCENES:
        return refuse(name)
    return format_html('<img class="scene" src="{}" width="960" height="420" alt="{}">', static(f"img/rooms/{picture}.svg"), alt)
