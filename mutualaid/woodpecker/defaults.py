"""What every hub begins with: kinds of errors with their weights. Staff change them."""

from typing import Any

from mutualaid.woodpecker.models import ErrorKind

FIRST_KINDS = (
    ("事实错误", "wrong fact", 3, False),
    ("人名地名", "name of a person or place", 3, False),
    ("数字日期", "number or date", 2, False),
    ("语法不通", "broken sentence", 2, False),
    ("错别字", "wrong character", 1, False),
    ("标点排版", "punctuation or layout", 1, True),
)


def open_kinds(hub: Any) -> None:
    """Six to begin with, unless the hub has its own."""
    if not ErrorKind.objects.filter(hub=hub).exists():
        ErrorKind.objects.bulk_create(
            ErrorKind(hub=hub, name_zh=chinese, name_en=english, weight=weight, is_light=is_light) for chinese, english, weight, is_light in FIRST_KINDS
        )
