"""What the templates of vanguard posts draw and say."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hub.core.templatetags.drawings import drawing
from hub.served.codes import letters_of
from hub.served.models import RatingCode
from hub.served.rules import grouped
from hub.served.states import Posts
from mutualaid.vanguard import months
from mutualaid.vanguard.actions.visits import WHAT
from mutualaid.vanguard.models import Post
from mutualaid.vanguard.states import Grades, VisitKinds

register = template.Library()
register.filter("month_name", months.month_words)
CENTRES: dict[str, str] = {Posts.ACCEPTANCE: "counter", Posts.LIVING: "tools", Posts.CULTURE: "brush", Posts.MUTUAL_AID: "meet"}
SAID = {WHAT[VisitKinds.VISIT]: gettext_lazy("Something at the counter"), WHAT[VisitKinds.CARD]: gettext_lazy("A visit to the house")}
MOUTHS = {5: "M28 54q20 26 40 0z", 4: "M30 58q18 16 36 0", 3: "M32 64h32", 2: "M30 70q18 -16 36 0", 1: "M28 74q20 -26 40 0z"}


@register.simple_tag
def face(grade: int, size: int = 44) -> SafeString:
    """A plain face for a grade, beside its word."""
    return format_html(
        '<svg class="drawing" width="{0}" height="{0}" viewBox="0 0 96 96" fill="none" stroke="currentColor" stroke-width="5" stroke-linecap="round" '
        'aria-hidden="true" focusable="false"><circle cx="48" cy="48" r="40"/><path d="M34 36v6M62 36v6"/><path d="{1}"/></svg>',
        size, MOUTHS[grade],
    )  # fmt: skip


@register.simple_tag
def what_of(event: Any) -> SafeString:
    """What it was, as the ledger has it: in Chinese, and so marked. What the ledger calls every visit alike is said in the page's language."""
    alike = SAID.get(event.what)
    return format_html("{}", alike) if alike else format_html('<span lang="zh-Hans">{}</span>', event.what)


@register.simple_tag
def centre_drawing(post: Post, size: int = 60) -> str:
    """What stands for the centre, where the holder has no picture."""
    return drawing(CENTRES[post.station], size)


@register.filter
def grade_word(grade: int) -> str:
    """Very satisfied."""
    return str(Grades(grade).label)


@register.filter
def few(count: int | None) -> str:
    """A number, or that it is fewer than five."""
    return _("fewer than 5") if count is None else str(count)


@register.filter
def letters(held: RatingCode) -> str:
    """The code in two groups."""
    return grouped(letters_of(held.event_id, held.nonce))


@register.filter
def plain_letters(held: RatingCode) -> str:
    """The code as it stands in an address."""
    return letters_of(held.event_id, held.nonce)
