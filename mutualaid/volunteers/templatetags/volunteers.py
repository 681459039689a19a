"""What volunteers' templates say and draw."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hub.core import wording
from hub.core.templatetags.qr import qr
from mutualaid.volunteers.models import HoursEntry, Shift, SignUp
from mutualaid.volunteers.states import HoursStates, SignUpStates
from mutualaid.volunteers.totals import Own, own_totals

register = template.Library()
register.simple_tag(qr)
SIGN_UP_STATUS = {SignUpStates.GOING: "free", SignUpStates.WAITING: "full"}
HOURS_STATUS = {HoursStates.FILED: "full", HoursStates.CONFIRMED: "free", HoursStates.REFUSED: "closed"}


@register.filter
def places_words(shift: Shift) -> str:
    """3 places left; all taken, 2 waiting."""
    left = shift.places_left()
    if left:
        return _("%(left)s of %(all)s places left") % {"left": left, "all": shift.places_count}
    return _("all places taken, %(n)s waiting") % {"n": shift.waiting_count} if shift.waiting_count else _("all places taken")


@register.filter
def sign_up_status(sign_up: SignUp) -> str:
    """How the word is drawn."""
    return "past" if sign_up.came_at else SIGN_UP_STATUS.get(SignUpStates(sign_up.state), "closed")


@register.filter
def sign_up_words(sign_up: SignUp) -> str:
    """How it stands; who was there, was there."""
    if sign_up.came_at:
        return _("you were there") if sign_up.left_at else _("you are there")
    return sign_up.get_state_display()


@register.simple_tag(takes_context=True)
def entry_when(context: template.Context, entry: HoursEntry) -> SafeString:
    """Day with its year, and times; a line breaks between the two alone. Over midnight the second day is named."""
    start, end = entry.span
    if start.date() != end.date():
        last = wording.moment_words(entry.ends_at, spoken=bool(context.get("elder")))
        return format_html('<span class="unbroken">{}</span>–<span class="unbroken">{}</span>', wording.moment_words(entry.starts_at, with_year=True), last)
    times = wording.span_words(start.time(), end.time(), spoken=bool(context.get("elder")))
    return format_html('<span class="unbroken">{}</span> <span class="unbroken">{}</span>', wording.day_words(start.date(), with_year=True), times)


@register.filter
def month_words(month: str) -> str:
    """`2026-11` as 2026年11月, November 2026."""
    year, number = (int(part) for part in month.split("-"))
    return f"{year}年{number}月" if wording.is_chinese() else f"{wording.MONTHS_EN[number - 1]} {year}"


@register.filter
def entry_status(entry: HoursEntry) -> str:
    """How the word is drawn."""
    return "closed" if entry.is_reversed or entry.reverses_id else HOURS_STATUS[HoursStates(entry.state)]


@register.filter
def entry_words(entry: HoursEntry) -> str:
    """How it stands."""
    if entry.reverses_id:
        return _("reversal")
    return _("reversed") if entry.is_reversed else entry.get_state_display()


@register.filter
def sums_of(rows: Any) -> Own:
    """The sums of whose entries these are."""
    return own_totals(rows[0].resident)


@register.filter
def age_words(youngest: int) -> str:
    """16 years and more."""
    return _("%(n)s years and more") % {"n": youngest}


@register.simple_tag
def long_when(shift: Shift) -> str:
    """With the year, for paper."""
    return wording.when_words(shift.starts_at, shift.ends_at, with_year=True)
