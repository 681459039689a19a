"""Addresses of pages."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.slugs import LONGEST, free_slug, pinyin_slug


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("冬至包饺子", "dong-zhi-bao-jiao-zi"),
        ("2026年12月通知", "2026-nian-12-yue-tong-zhi"),
        ("绿色出行", "lv-se-chu-xing"),
        ("Opening hours", "opening-hours"),
        ("4:30儿童课堂", "430-er-tong-ke-tang"),
        ("……", "page"),
    ],
)
def test_a_title_becomes_an_address_that_can_be_read(title, slug):
    assert pinyin_slug(title) == slug


@given(st.text(max_size=300))
def test_every_title_gives_a_short_plain_address(title):
    slug = pinyin_slug(title)

    assert re.fullmatch(r"[a-z0-9_-]+", slug)
    assert len(slug) <= LONGEST


def test_a_taken_address_gets_a_number():
    assert free_slug("tong-zhi", taken={"tong-zhi", "tong-zhi-2"}.__contains__) == "tong-zhi-3"
