"""The elder view 长者版: one plain cookie that says whether, and how large."""

from django.http import HttpRequest

COOKIE = "view"
PLAIN = "plain"
SMALLEST, LARGEST, STEP = 22, 30, 2  # px of body text
SIZES = range(SMALLEST, LARGEST + 1, STEP)


def view_name(size: int) -> str:
    """The preference's value for a text size; the base size has the short name that posters carry."""
    return "elder" if size == SMALLEST else f"elder-{size}"


SIZE_OF_VIEW = {view_name(size): size for size in SIZES}


def is_known(view: str) -> bool:
    """Whether `?view=` may set it."""
    return view == PLAIN or view in SIZE_OF_VIEW


def text_size(request: HttpRequest) -> int:
    """The body text of this visitor's elder view in px; 0 in the plain view."""
    return SIZE_OF_VIEW.get(request.COOKIES.get(COOKIE, ""), 0)
