"""Numbers as people write them."""

import pytest

from hub.core.phones import is_mobile, masked, normal_phone


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("13800001234", "13800001234"),
        ("１３８ ００００ １２３４", "13800001234"),
        ("+86 138-0000-1234", "13800001234"),
        ("0086 13800001234", "13800001234"),
        ("0371-66212590", "037166212590"),
        ("（0371）6621 2590", "037166212590"),
        ("+86 371 6621 2590", "037166212590"),
        ("66212590", "037166212590"),
        ("010-62345678", "01062345678"),
    ],
)
def test_is_read(typed: str, normal: str) -> None:
    assert normal_phone(typed, area_code="0371") == normal


@pytest.mark.parametrize("typed", ["", "1380000123", "138000012345", "12345", "二二二", "++86", "0371", "1" * 100_000, "13800001234x"])
def test_is_refused(typed: str) -> None:
    assert normal_phone(typed, area_code="0371") == ""


def test_a_local_number_needs_an_area_code() -> None:
    assert normal_phone("66212590") == ""


def test_only_mobiles_get_text_messages() -> None:
    assert [is_mobile("13800001234"), is_mobile("037166212590")] == [True, False]


def test_the_mask_leaves_the_ends() -> None:
    assert [masked("13812341234"), masked("123"), masked("")] == ["138****1234", "****", ""]
