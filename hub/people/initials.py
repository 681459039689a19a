"""Pinyin initials of names, for the search box: 张桂兰 → zgl. The one door to pypinyin."""

from functools import lru_cache

from pypinyin import Style, pinyin

SURNAME_READINGS = {
    "曾": "z", "单": "s", "解": "x", "仇": "q", "区": "o", "查": "z", "盖": "g", "朴": "p", "任": "r", "冼": "x", "燕": "y", "尉": "w", "乐": "y", "折": "s",
    "翟": "z", "员": "y", "繁": "p", "种": "c", "重": "c", "黑": "h", "秘": "b", "祭": "z", "晟": "c", "缪": "m", "召": "s",
}  # fmt: skip


@lru_cache(maxsize=20_000)
def _initial(character: str) -> str:
    read = pinyin(character, style=Style.FIRST_LETTER, errors="ignore")
    letter: str = (read[0][0] if read else character)[:1].lower()
    return letter if letter.isascii() and letter.isalnum() else ""


def initials_of(name: str) -> str:
    """The first letter of each character, lower case; letters and digits stand for themselves, everything else falls away."""
    name = name.strip()
    first = SURNAME_READINGS.get(name[:1]) or "".join(_initial(character) for character in name[:1])
    return (first + "".join(_initial(character) for character in name[1:]))[:40]
