"""Rows that say their name in two languages: `name_zh` always, `name_en` when somebody wrote it."""

import re

from django.db import models
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from hub.core.wording import is_chinese

AFTER_A_PART = re.compile("(?<=[市区县镇])(?=.{4})")


def in_page_language(row: models.Model, field: str) -> str:
    """`field` in the page's language; English falls back to Chinese."""
    chinese: str = getattr(row, f"{field}_zh")
    english: str = getattr(row, f"{field}_en")
    return chinese if is_chinese() or not english else english


def marked(row: models.Model, field: str) -> str | SafeString:
    """The same for HTML: a Chinese passage on an English page carries lang=zh, so that a screen reader reads it right."""
    text = in_page_language(row, field)
    if not text or is_chinese() or getattr(row, f"{field}_en"):
        return text
    return format_html('<span lang="zh-Hans">{}</span>', text)


def marked_address(row: models.Model) -> str | SafeString:
    """`marked` for an address: a Chinese one is cut after its city and its district, never before the house's 号."""
    text = marked(row, "address")
    return format_html('<span class="unbroken">{}</span>', broken_at(AFTER_A_PART, text)) if text and is_chinese() else text


def broken_at(place: re.Pattern[str], text: str) -> SafeString:
    """The text for HTML with a place to break before each match: Chinese is cut before words then, not inside them."""
    return mark_safe(place.sub(r"<wbr>\g<0>", conditional_escape(text)))  # escaped one step before
