"""Rows that say their name in two languages: `name_zh` always, `name_en` when somebody wrote it."""

from django.db import models
from django.utils.html import format_html
from django.utils.safestring import SafeString

from hub.core.wording import is_chinese


def in_page_language(row: models.Model, field: str) -> str:
    """`field` in the page's language; English falls back to Chinese."""
    chinese: str = getattr(row, f"{field}_zh")
    english: str = getattr(row, f"{field}_en")
    return chinese if is_chinese() or not english else english


def marked(row: models.Model, field: str) -> str | SafeString:
    """The same for HTML: a Chinese passage on an English page carries lang=zh, so that a screen reader reads it right."""
    text = in_page_language(row, field)
    if is_chinese() or getattr(row, f"{field}_en"):
        return text
    return format_html('<span lang="zh-Hans">{}</span>', text)
