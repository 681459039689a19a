"""Addresses of pages: pinyin for Chinese titles."""

import re
from collections.abc import Callable

from django.utils.text import slugify
from pypinyin import lazy_pinyin

LONGEST = 60  # characters; a poster has to carry it
HAN = re.compile("[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]")


def has_han(text: str) -> bool:
    """Whether there is a Chinese character in `text`."""
    return bool(HAN.search(text))


def pinyin_slug(title: str) -> str:
    """冬至包饺子 → dong-zhi-bao-jiao-zi; `page` when nothing can be said."""
    slug = slugify(" ".join(lazy_pinyin(title)))
    if len(slug) > LONGEST:
        slug = slug[: LONGEST + 1].rpartition("-")[0] or slug[:LONGEST]
    return slug or "page"


def free_slug(wanted: str, *, taken: Callable[[str], bool]) -> str:
    """`wanted`, or `wanted-2`, `-3` … the first that is not taken."""
    slug, number = wanted, 1
    while taken(slug):
        number += 1
        slug = f"{wanted}-{number}"
    return slug
