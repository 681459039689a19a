"""Dates, times, lengths and money in the words of the house, in both languages.

Chinese: 11月28日 星期六 上午9:00–11:00, across noon 上午11:30–下午2:00, 中午12:00; the elder view and speech say 下午2点半.
"""

from datetime import date, datetime, time, timedelta

from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from hub.core import clock
from hub.core.money import yuan_text

WEEKDAYS_ZH = "一二三四五六日"
WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS_EN = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
NOON = time(12)


def is_chinese() -> bool:
    """Whether the page is read in Chinese."""
    return (get_language() or "zh-hans").startswith("zh")


def weekday(day: date) -> str:
    """星期六 / Saturday."""
    return "星期" + WEEKDAYS_ZH[day.weekday()] if is_chinese() else WEEKDAYS_EN[day.weekday()]


def short_weekday(day: date) -> str:
    """六 / Sat."""
    return WEEKDAYS_ZH[day.weekday()] if is_chinese() else WEEKDAYS_EN[day.weekday()][:3]


def month_day(day: date) -> str:
    """11月28日 / 28 November."""
    return f"{day.month}月{day.day}日" if is_chinese() else f"{day.day} {MONTHS_EN[day.month - 1]}"


def date_words(day: date) -> str:
    """2026年11月28日 / 28 November 2026: a day long past, or on paper, whose weekday tells nothing."""
    return f"{day.year}年{month_day(day)}" if is_chinese() else f"{month_day(day)} {day.year}"


def month_words(day: date) -> str:
    """2026年11月 / November 2026."""
    return f"{day.year}年{day.month}月" if is_chinese() else f"{MONTHS_EN[day.month - 1]} {day.year}"


def day_words(day: date, *, with_year: bool = False) -> str:
    """11月28日 星期六; with the year on confirmations and paper."""
    if is_chinese():
        year = f"{day.year}年" if with_year else ""
        return f"{year}{month_day(day)} {weekday(day)}"
    year = f" {day.year}" if with_year else ""
    return f"{weekday(day)} {month_day(day)}{year}"


def part_of_day(clock_time: time) -> str:
    """凌晨, 上午, 中午 (the hour from twelve), 下午 or 晚上."""
    if clock_time.hour < 6:
        return "凌晨"
    if clock_time.hour < 12:
        return "上午"
    if clock_time.hour == 12:
        return "中午"
    return "下午" if clock_time.hour < 18 else "晚上"


def _hour(clock_time: time, *, spoken: bool) -> str:
    hour = clock_time.hour if clock_time.hour <= 12 else clock_time.hour - 12
    if not spoken:
        return f"{hour}:{clock_time.minute:02d}"
    minutes = {0: "", 30: "半"}.get(clock_time.minute, f"{clock_time.minute}分")
    return f"{hour}点{minutes}"


def time_words(clock_time: time, *, spoken: bool = False) -> str:
    """下午2:00, or 下午2点 as it is said; 2:00 pm."""
    if is_chinese():
        return part_of_day(clock_time) + _hour(clock_time, spoken=spoken)
    if clock_time == NOON:
        return "12 noon"
    return f"{_hour(clock_time, spoken=False)} {'am' if clock_time.hour < 12 else 'pm'}"


def span_words(start: time, end: time, *, spoken: bool = False) -> str:
    """上午9:00–11:00, 上午11:30–下午2:00; 9:00–11:00 am, 11:30 am–2:00 pm. The part of the day is not said twice."""
    if not is_chinese():
        same = (start < NOON) == (end < NOON) and NOON not in (start, end)
        first = _hour(start, spoken=False) if same else time_words(start)
        return f"{first}–{time_words(end)}"
    first, between = time_words(start, spoken=spoken), "到" if spoken else "–"
    if part_of_day(start) == part_of_day(end):
        return f"{first}{between}{_hour(end, spoken=spoken)}"
    return f"{first}{between}{time_words(end, spoken=spoken)}"


def when_words(start: datetime, end: datetime, *, with_year: bool = False, spoken: bool = False) -> str:
    """11月28日 星期六 上午9:00–11:00, 11月28日 星期六 全天, on the wall clock of the house."""
    start, end = clock.local(start), clock.local(end)
    if start.time() == end.time() == time.min and end.date() == start.date() + timedelta(days=1):
        span = pgettext("of a room", "all day")
    else:
        span = span_words(start.time(), end.time(), spoken=spoken)
    return f"{day_words(start.date(), with_year=with_year)} {span}"


def moment_words(moment: datetime, *, with_year: bool = False, spoken: bool = False) -> str:
    """11月28日 星期六 中午12:00."""
    moment = clock.local(moment)
    return f"{day_words(moment.date(), with_year=with_year)} {time_words(moment.time(), spoken=spoken)}"


def length_words(minutes: int) -> str:
    """半小时, 1小时, 1小时30分钟, 2天."""
    if minutes and minutes % (24 * 60) == 0:
        days = minutes // (24 * 60)
        return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("half an hour") if rest == 30 else ngettext("%(n)s minute", "%(n)s minutes", rest) % {"n": rest}
    said = ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}
    return said if not rest else _("%(hours)s %(minutes)s min") % {"hours": said, "minutes": rest}


def hours_words(minutes: int) -> str:
    """48小时, 1小时30分钟, 45分钟: summed time, which is never said in days."""
    hours, rest = divmod(abs(minutes), 60)
    few = ngettext("%(n)s minute", "%(n)s minutes", rest) % {"n": rest}
    said = ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}
    words = few if not hours and rest else said if not rest else _("%(hours)s %(minutes)s min") % {"hours": said, "minutes": rest}
    return words if minutes >= 0 else f"−{words}"


def money_words(fen: int) -> str:
    """免费 for nothing, else 20元 / 20 yuan."""
    return _("free") if fen == 0 else amount_words(fen)


def amount_words(fen: int) -> str:
    """0元, 20元, 20.50元: for sums, where nothing is also a number."""
    return _("%(amount)s yuan") % {"amount": yuan_text(fen)}


SPOKEN_DIGITS = "〇一二三四五六七八九"


def spoken_reference(reference: str) -> str:
    """How a reference is read out: 六六二一，停一下，〇二五九; a code with letters one sign after the other: 七 K Q 二，停一下，M 九 X A."""
    signs = [sign for sign in reference if sign.isalnum()]
    between = "" if is_chinese() and reference.isdecimal() else " "
    if is_chinese():
        signs = [SPOKEN_DIGITS[int(sign)] if sign.isdecimal() else sign for sign in signs]
        return f"{between.join(signs[:4])}，停一下，{between.join(signs[4:])}"
    return f"{between.join(signs[:4])}, pause, {between.join(signs[4:])}"
