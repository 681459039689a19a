"""Words in two languages: English falls back to Chinese, and says so; nothing stays nothing."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.utils import translation

from hub.core.bilingual import in_page_language, marked, marked_address


def in_both(say: Callable[[], object]) -> list[str]:
    """What is said on a Chinese and on an English page."""
    said = []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            said.append(str(say()))
    return said


@pytest.mark.parametrize(
    ("zh", "en", "in_chinese", "in_english"),
    [
        ("家政保洁", "House cleaning", "家政保洁", "House cleaning"),
        ("家政<保洁>", "", "家政<保洁>", '<span lang="zh-Hans">家政&lt;保洁&gt;</span>'),
        ("", "", "", ""),
    ],
)
def test_words_on_a_page_of_either_language(zh, en, in_chinese, in_english):
    row = SimpleNamespace(what_zh=zh, what_en=en)
    assert in_both(lambda: marked(row, "what")) == [in_chinese, in_english]
    with translation.override("en"):
        assert in_page_language(row, "what") == (en or zh)
        assert bool(marked(row, "what")) is bool(zh)


@pytest.mark.parametrize(
    ("zh", "en", "in_chinese", "in_english"),
    [
        ("郑州市管城回族区南顺城街66号", "66 Nanshuncheng", '<span class="unbroken">郑州市<wbr>管城回族区<wbr>南顺城街66号</span>', "66 Nanshuncheng"),
        ("南顺城街<66>号", "", '<span class="unbroken">南顺城街&lt;66&gt;号</span>', '<span lang="zh-Hans">南顺城街&lt;66&gt;号</span>'),
        ("", "", "", ""),
    ],
)
def test_an_address_breaks_between_its_parts(zh, en, in_chinese, in_english):
    row = SimpleNamespace(address_zh=zh, address_en=en)
    assert in_both(lambda: marked_address(row)) == [in_chinese, in_english]
