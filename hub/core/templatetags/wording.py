"""The words of hub/core/wording.py as template filters; times are said as speech in the elder view through `spoken`."""

from datetime import date, datetime
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from hub.core import clock, names, phones, references, wording

register = template.Library()
register.filter("grouped", references.grouped)
register.filter("spoken_reference", wording.spoken_reference)
register.filter("money", wording.money_words)
register.filter("amount", wording.amount_words)
register.filter("lasting", wording.length_words)  # not "length": Django has one
register.filter("hours", wording.hours_words)
register.filter("day", wording.day_words)
register.filter("date_words", wording.date_words)
register.filter("weekday", wording.weekday)
register.filter("short_weekday", wording.short_weekday)
register.filter("month_day", wording.month_day)
register.filter("month", wording.month_words)
register.filter("clock", wording.time_words)
register.filter("moment", wording.moment_words)
register.filter("masked_phone", phones.masked)
register.filter("masked_name", names.masked_name)


@register.simple_tag(takes_context=True)
def when(context: template.Context, start: object, end: object, with_year: bool = False) -> str:
    """`{% when booking.starts_at booking.ends_at %}`: day and times, spoken in the elder view."""
    return wording.when_words(start, end, with_year=with_year, spoken=bool(context.get("elder")))  # type: ignore[arg-type]  # a template gives what it gives


@register.simple_tag(takes_context=True)
def span(context: template.Context, start: object, end: object) -> str:
    """`{% span hours.start hours.end %}`: two wall-clock times, spoken in the elder view."""
    return wording.span_words(start, end, spoken=bool(context.get("elder")))  # type: ignore[arg-type]  # a template gives what it gives


@register.simple_tag
def gap() -> str:
    """What stands between facts in one line: an ideographic space, in English a dot, which ends a line and never begins one."""
    return "\u3000" if wording.is_chinese() else "\u00a0· "


@register.filter
def day_or_moment(when: date | datetime) -> str:
    """2026年11月28日, and of a moment 2026年11月28日 星期六 上午9:05."""
    return wording.moment_words(when, with_year=True) if isinstance(when, datetime) else wording.date_words(when)


@register.filter
def is_mobile(phone: str) -> bool:
    """Whether a text message can reach it."""
    return phones.is_mobile(phone)


@register.filter
def in_groups(phone: str) -> str:
    """138 0000 1234, so that it can be compared by eye; a landline as it is."""
    return f"{phone[:3]} {phone[3:7]} {phone[7:]}" if phones.is_mobile(phone) else phone


@register.simple_tag
def carried(*forms: Any) -> SafeString:
    """What these forms hold, as hidden fields without ids: it goes along to the next page untouched."""
    values = [(field.html_name, field.value()) for form in forms for field in form]
    pairs = [(name, "" if one is None else one) for name, value in values for one in (value if isinstance(value, list) else [value])]
    return format_html_join("\n", '<input type="hidden" name="{}" value="{}">', pairs)


@register.simple_tag(takes_context=True)
def when_kept(context: template.Context, start: datetime, end: datetime, with_year: bool = False) -> SafeString:
    """Day and times as `{% when %}` says them; a line breaks between the two, never inside the times."""
    day = wording.day_words(clock.local(start).date(), with_year=with_year)
    return format_html('{} <span class="unbroken">{}</span>', day, same_day(context, start, end))


@register.simple_tag(takes_context=True)
def at_clock(context: template.Context, moment: datetime, with_year: bool = False) -> str:
    """11月28日 星期六 中午12:00, spoken in the elder view."""
    return wording.moment_words(moment, with_year=with_year, spoken=bool(context.get("elder")))


@register.simple_tag(takes_context=True)
def same_day(context: template.Context, start: datetime, end: datetime) -> str:
    """The times alone, when the day has been said."""
    return wording.span_words(clock.local(start).time(), clock.local(end).time(), spoken=bool(context.get("elder")))
