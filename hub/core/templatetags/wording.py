"""The words of hub/core/wording.py as template filters; times are said as speech in the elder view through `spoken`."""

from django import template

from hub.core import names, phones, references, wording

register = template.Library()
register.filter("grouped", references.grouped)
register.filter("spoken_reference", wording.spoken_reference)
register.filter("money", wording.money_words)
register.filter("amount", wording.amount_words)
register.filter("lasting", wording.length_words)  # not "length": Django has one
register.filter("day", wording.day_words)
register.filter("weekday", wording.weekday)
register.filter("short_weekday", wording.short_weekday)
register.filter("month_day", wording.month_day)
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
