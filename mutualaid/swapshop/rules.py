"""What the house says about swapping: what may stand in a listing, and what somebody under eighteen may do. Pure: no Django, no clock."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from hub.core.refusals import Refusal

GROWN_UP_FROM = 18  # years
DAY_FROM, DAY_UNTIL = time(8), time(18)  # a child hands over by day
MOST_THINGS_IN_AN_OFFER = 5
MOST_LIVING_THINGS = 30  # of one person at a time
MOST_PHOTOS = 3
MOST_WISHES = 5
MOST_SPOTS_APART, FEWEST_SPOTS = 6, 6  # of the 64 of a look: so many may differ; a bare wall has no look
MOST_COLOUR_APART = 12  # steps of 256, in each quarter
SLOT = timedelta(minutes=30)
SLOT_DAYS = 14  # a hand-over is agreed for one of the next days
SHORTEST_NICKNAME, LONGEST_NICKNAME = 2, 12
BANDS = ("small", "middle", "large")
MONEY, CONTACT = "money", "contact"  # groups of words; every other group is about things not swapped here

_HAN_DIGITS = {
    **dict(zip("〇一二三四五六七八九", "0123456789", strict=True)),
    **dict(zip("零壹贰叁肆伍陆柒捌玖", "0123456789", strict=True)),
    **dict(zip("洞幺两拐勾", "01279", strict=True)),
    "壱": "1", "弐": "2", "貳": "2", "叄": "3", "参": "3", "陸": "6",
}  # fmt: skip
_AS_DIGITS = str.maketrans({character: digit for character, digit in _HAN_DIGITS.items() if character not in "参洞勾拐"})
_SPOKEN_DIGITS = str.maketrans(_HAN_DIGITS)
_BETWEEN = re.compile(r"[\s\-–—_.·•,，。、/|\\*~:：+()（）\[\]【】'\"“”]{0,4}")
_RUN = re.compile(rf"\d+(?:{_BETWEEN.pattern}\d+)*")
_MOBILE = re.compile(r"(?:0|0?0?86)?1[3-9]\d{9}")
_LANDLINE = re.compile(r"0(?:10|2\d|[3-9]\d{2})[2-9]\d{6,7}")
_LOCAL = re.compile(r"[2-9]\d{6,7}")
_LOCAL_SHAPES = frozenset({(7,), (8,), (4, 4), (3, 4), (1,) * 7, (1,) * 8})
_DATE = re.compile(r"(?<!\d)(?:19|20)\d{2}\s?[-./年]\s?\d{1,2}(?:\s?[-./月]\s?\d{1,2}\s?日?)?(?!\d)")
_YEARS = re.compile(r"(?<!\d)(?:19|20)\d{2}\s?[-–—~至到]\s?(?:19|20)\d{2}(?!\d)")
_ISBN = re.compile(r"(?<!\d)97[89](?:[- ]?\d){10}(?!\d)")
_NUMBER = r"(?:\d+(?:\.\d+)?|[〇零一二三四五六七八九十百千万两壹贰叁肆伍陆柒捌玖拾佰仟几]+)"
_AMOUNTS = (
    re.compile(
        rf"{_NUMBER}\s*(?:元(?!一?次|素|件|旦|宵)|圆(?!形|盘|珠|规)|块钱|块(?![\u4e00-\u9fff])|毛钱|角钱|刀(?![\u4e00-\u9fff])|大洋|人民币|美元|美金|rmb|cny|usd|yuan|kuai|dollars?|euros?)",
        re.I,
    ),
    re.compile(rf"(?:[¥￥$€£]|rmb|cny)\s*{_NUMBER}", re.I),
)
_CONTACTS = (
    re.compile(r"https?\s*[:：]\s*//\S*|(?<![a-z0-9])www\s*[.。．]\s*\S+", re.I),
    re.compile(r"[a-z0-9][a-z0-9_.+-]*\s?(?:@|＠)\s?[a-z0-9-]+(?:\s?[.。．]\s?[a-z]+)+", re.I),
    re.compile(r"(?<![a-z0-9])(?:[a-z0-9-]+\.)+(?:com|cn|net|org|top|xyz|cc|me|io|shop|vip|info|co)(?![a-z])", re.I),
    re.compile(r"(?<![a-z])(?:v\s?x|w\s?x|we\s?chat|wei\s?xin|q\s?q|whats\s?app|telegram)(?![a-z])", re.I),
    re.compile(r"[加➕+]\s*(?:v|微|薇|wei)(?![a-z])", re.I),
)
_ADDRESSES = (
    re.compile(rf"(?:{_NUMBER}|[a-z])\s*(?:号楼|栋|幢|单元|号院|弄\s*\d|号门)", re.I),
    re.compile(rf"(?:路|街|巷|胡同|大道|里弄|小区|花园|家园)\s*{_NUMBER}\s*号"),
    re.compile(r"(?<!\d)\d{3,4}\s*室"),
    re.compile(r"(?<![a-z])(?:flat|apartment|apt|building|unit)\s*(?:no\.?\s*)?\d+", re.I),
)
_BLANKS = re.compile(r"[\s\W_]+")


@dataclass(frozen=True, slots=True)
class Word:
    """One of the hub's own words that may not stand in a listing, in plain form, with its group."""

    text: str
    group: str


# --- what may stand in a listing ------------------------------------------------------------------------------------
def plain(text: str) -> str:
    """Text as it is searched: one width, small letters, nothing invisible."""
    visible = (character for character in unicodedata.normalize("NFKC", text) if unicodedata.category(character) not in {"Cf", "Mn", "Me"})
    return "".join(digit_of(character) for character in visible).lower()


def digit_of(character: str) -> str:
    """A decimal digit of any script as 0 to 9; any other character as it is."""
    return str(unicodedata.decimal(character)) if character.isdecimal() else character


def text_refusal(text: str, field: str, words: Iterable[Word]) -> Refusal | None:
    """The first thing that may not stand in a listing: money, a way to reach somebody, an address, a thing not swapped here. `found` names it."""
    said = plain(text)
    for code, found in (("swap_money", amount_in(said)), ("swap_contact", contact_in(said)), ("swap_address", address_in(said))):
        if found:
            return Refusal(code, field, {"found": found})
    word = word_in(said, words)
    if word is None:
        return None
    code = {MONEY: "swap_money", CONTACT: "swap_contact"}.get(word.group, "swap_banned")
    return Refusal(code, field, {"found": word.text})


def amount_in(said: str) -> str:
    """A sum of money, or ''."""
    return _first(_AMOUNTS, said)


def contact_in(said: str) -> str:
    """A telephone number in whatever way it is written, an account, a link; or ''."""
    return phone_in(said) or phone_in(said.translate(_AS_DIGITS)) or phone_in(said.translate(_SPOKEN_DIGITS)) or _first(_CONTACTS, said)


def address_in(said: str) -> str:
    """Where somebody lives, or ''."""
    return _first(_ADDRESSES, said)


def phone_in(said: str) -> str:
    """A mobile number, then a landline, or ''. Dates, spans of years and the numbers of books are none."""
    for groups in _runs(said):
        if found := _joined(groups, _MOBILE):
            return found
    without = _YEARS.sub("年", _DATE.sub("日", _ISBN.sub("书", said)))
    for groups in _runs(without):
        if found := _joined(groups, _LANDLINE):
            return found
        if tuple(map(len, groups)) in _LOCAL_SHAPES and _LOCAL.fullmatch("".join(groups)):
            return "".join(groups)
    return ""


def _runs(said: str) -> Iterator[list[str]]:
    """Groups of digits with only blanks and signs between them."""
    for run in _RUN.finditer(said):
        yield re.findall(r"\d+", run.group())


def _joined(groups: list[str], pattern: re.Pattern[str]) -> str:
    """Neighbouring groups that together are what the pattern says."""
    for first in range(len(groups)):
        joined = ""
        for group in groups[first:]:
            joined += group
            if len(joined) > 16:
                break
            if pattern.fullmatch(joined):
                return joined
    return ""


def word_in(said: str, words: Iterable[Word]) -> Word | None:
    """The first of the hub's own words. Latin ones count as whole words; in Chinese ones signs and blanks between the characters hide nothing."""
    packed = _BLANKS.sub("", said)
    for word in words:
        text = plain(word.text)
        if text.isascii():
            if re.search(rf"(?<![a-z0-9]){re.escape(text)}(?![a-z0-9])", said):
                return word
        elif _BLANKS.sub("", text) in packed:
            return word
    return None


def _first(patterns: Iterable[re.Pattern[str]], said: str) -> str:
    found = next((match for pattern in patterns if (match := pattern.search(said))), None)
    return found.group().strip() if found else ""


def nickname_refusal(nickname: str, name: str, words: Iterable[Word]) -> Refusal | None:
    """Two to twelve characters that tell nobody who it is."""
    if not SHORTEST_NICKNAME <= len(nickname) <= LONGEST_NICKNAME or any(unicodedata.category(character)[0] == "C" for character in nickname):
        return Refusal("swap_nickname_length", "nickname", {"shortest": SHORTEST_NICKNAME, "longest": LONGEST_NICKNAME})
    if name and (plain(name) in plain(nickname) or plain(nickname) in plain(name)):
        return Refusal("swap_nickname_is_name", "nickname")
    return text_refusal(nickname, "nickname", words)


# --- under eighteen -------------------------------------------------------------------------------------------------
def is_child(born: date | None, said_child: bool | None, today: date) -> bool:
    """By the date of birth in the books; where there is none, by their own word."""
    if born is None:
        return bool(said_child)
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day)) < GROWN_UP_FROM


def is_above(band: str, cap: str) -> bool:
    """Whether a value band lies above the highest one a child may swap; one that nobody has set lies above every cap."""
    return band not in BANDS or BANDS.index(band) > BANDS.index(cap)


# --- the hand-over --------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Hours:
    """When things are handed over, on the wall clock of the house: a weekday (0 Monday to 6; 7 public holidays), from, until."""

    weekday: int
    starts_at: time
    ends_at: time


def slots_of(day: date, hours_of: int, is_closed: bool, hours: Iterable[Hours], *, with_child: bool) -> list[time]:
    """The beginnings of a day's slots, half an hour each; with a child those of the daytime alone."""
    if is_closed:
        return []
    found: list[time] = []
    for span in hours:
        if span.weekday != hours_of:
            continue
        start = datetime.combine(day, span.starts_at)
        while start + SLOT <= datetime.combine(day, span.ends_at):
            if not with_child or (start.time() >= DAY_FROM and (start + SLOT).time() <= DAY_UNTIL):
                found.append(start.time())
            start += SLOT
    return sorted(set(found))


# --- photos ---------------------------------------------------------------------------------------------------------
def look_alike(one: str, other: str) -> bool:
    """Whether two looks (64 spots and eight colours in hex, '' when not known) are of the same photo, as far as a machine can tell; a person compares them."""
    if not one or not other:
        return False
    first, second = int(one[:16], 16), int(other[:16], 16)
    if min(first.bit_count(), second.bit_count()) < FEWEST_SPOTS or (first ^ second).bit_count() > MOST_SPOTS_APART:
        return False
    colours = zip(bytes.fromhex(one[16:]), bytes.fromhex(other[16:]), strict=True)
    return all(abs(mine - theirs) <= MOST_COLOUR_APART for mine, theirs in colours)


# --- wishes ---------------------------------------------------------------------------------------------------------
def fits(*, wanted_kind: int | None, wanted: str, kind: int, said: str) -> bool:
    """Whether a new thing is what somebody looks for: of that kind, and with one of their words (any, when they wrote none)."""
    if wanted_kind is not None and wanted_kind != kind:
        return False
    words = [word for word in re.split(r"[\s,，、;；]+", plain(wanted)) if word]
    text = plain(said)
    return not words or any(word in text for word in words)
