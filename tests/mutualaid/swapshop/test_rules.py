"""What may stand in a listing, who is a child, when things change hands."""

import unicodedata
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutualaid.swapshop import rules
from mutualaid.swapshop.defaults import WORDS, words_of
from mutualaid.swapshop.rules import Hours, Word

WORD_LIST = [Word(word, group) for group, line in WORDS.items() for word in words_of(line)]
SAID = "说明"

REFUSED = [
    ("20元", "swap_money"),
    ("二十块钱", "swap_money"),
    ("¥30", "swap_money"),
    ("￥３０", "swap_money"),
    ("30RMB", "swap_money"),
    ("卖50块", "swap_money"),
    ("五十块，不还价", "swap_money"),
    ("包邮", "swap_money"),
    ("可转账", "swap_money"),
    ("价 格好说", "swap_money"),
    ("十 元 换", "swap_money"),
    ("$5", "swap_money"),
    ("13800001234", "swap_contact"),
    ("138 0000 1234", "swap_contact"),
    ("138-0000-1234", "swap_contact"),
    ("１３８００００１２３４", "swap_contact"),
    ("一三八〇〇〇〇一二三四", "swap_contact"),
    ("幺三八零零零零幺二三四", "swap_contact"),
    ("138零零零零1234", "swap_contact"),
    ("壹叁捌零零零零壹贰叁肆", "swap_contact"),
    ("1.3.8.0.0.0.0.1.2.3.4", "swap_contact"),
    ("①③⑧⓪⓪⓪⓪①②③④", "swap_contact"),
    ("+86 138 0000 1234", "swap_contact"),
    ("1\u200b3\u200b800001234", "swap_contact"),
    ("٠٣٧١66212590", "swap_contact"),
    ("0371-66212590", "swap_contact"),
    ("6621 2590", "swap_contact"),
    ("66212590", "swap_contact"),
    ("加V聊", "swap_contact"),
    ("微信同号", "swap_contact"),
    ("微 信", "swap_contact"),
    ("薇信 abc", "swap_contact"),
    ("vx: abc123", "swap_contact"),
    ("WeChat me", "swap_contact"),
    ("QQ 123456", "swap_contact"),
    ("看 http://a.cn/b", "swap_contact"),
    ("www.example.com", "swap_contact"),
    ("abc.com", "swap_contact"),
    ("a@b.cn", "swap_contact"),
    ("打 电 话", "swap_contact"),
    ("3号楼2单元", "swap_address"),
    ("南顺城街66号来拿", "swap_address"),
    ("三栋", "swap_address"),
    ("301室", "swap_address"),
    ("Flat 301", "swap_address"),
    ("感冒药一盒", "swap_banned"),
    ("电 子 烟", "swap_banned"),
    ("电-子*烟", "swap_banned"),
    ("仿真枪", "swap_banned"),
    ("两瓶白酒", "swap_banned"),
    ("活体小乌龟", "swap_banned"),
    ("过期奶粉", "swap_banned"),
    ("Cigarettes", "swap_banned"),
]
TAKEN = [
    "恐龙立体书三册",
    "500片星空拼图，一片不少",
    "16寸儿童自行车",
    "适合3到6岁",
    "2019-2020年买的",
    "2026-11-28买的",
    "2025.3.1",
    "ISBN 978-7-115-42802-8",
    "一块手表",
    "三块拼图板",
    "20块拼图",
    "元旦买的",
    "单元测试卷",
    "5号电池两节",
    "酒杯一对",
    "药盒",
    "小狗玩偶",
    "手机壳",
    "刀叉一套",
    "12色水彩笔",
    "1比43车模",
    "二元一次方程练习",
    "尺码 25 30 35 40",
    "第1、2、3、4册",
    "boardgame, company edition",
    "适合一二三四年级",
    "加厚款",
    "红楼梦四大本",
]


@pytest.mark.parametrize(("text", "code"), REFUSED)
def test_what_may_not_stand_in_a_listing_is_named(text, code):
    refused = rules.text_refusal(f"{SAID}{text}" if text[0] not in "三二十" else text, "about", WORD_LIST)
    assert refused is not None and (refused.code, refused.field) == (code, "about")
    assert refused.facts["found"]


@pytest.mark.parametrize("text", TAKEN)
def test_what_people_say_of_things_is_taken(text):
    assert rules.text_refusal(text, "about", WORD_LIST) is None


DIGITS = ["0123456789", "０１２３４５６７８９", "〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖"]


@given(
    rest=st.text("0123456789", min_size=9, max_size=9),
    second=st.sampled_from("3456789"),
    widths=st.lists(st.sampled_from(DIGITS), min_size=11, max_size=11),
    between=st.lists(st.sampled_from(["", " ", "-", "　", ".", "\u200b"]), min_size=10, max_size=10),
    before=st.sampled_from(["", "找我", "恐龙书，"]),
)
def test_a_mobile_number_is_found_however_it_is_written(rest, second, widths, between, before):
    number = f"1{second}{rest}"
    written = "".join(widths[place][int(digit)] + (between[place] if place < 10 else "") for place, digit in enumerate(number))
    refused = rules.text_refusal(before + written, "about", [])
    assert refused is not None and refused.code in {"swap_contact", "swap_address"}


@given(st.text(alphabet=st.characters(categories=["Lo"], min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=30))
def test_text_is_judged_the_same_in_any_form(text):
    as_typed, decomposed = rules.text_refusal(text, "about", WORD_LIST), rules.text_refusal(unicodedata.normalize("NFKD", text), "about", WORD_LIST)
    assert as_typed == decomposed


@pytest.mark.parametrize(
    ("born", "said", "child"),
    [
        (date(2008, 11, 28), None, False),
        (date(2008, 11, 29), None, True),
        (date(2016, 1, 1), False, True),
        (date(1980, 1, 1), True, False),
        (None, None, False),
        (None, True, True),
        (None, False, False),
        (date(2008, 2, 29), None, False),
    ],
)
def test_who_is_under_eighteen(born, said, child):
    assert rules.is_child(born, said, date(2026, 11, 28)) is child


@pytest.mark.parametrize(
    ("band", "cap", "above"), [("small", "small", False), ("middle", "small", True), ("large", "large", False), ("", "large", True), ("x", "large", True)]
)
def test_the_cap_of_a_child(band, cap, above):
    assert rules.is_above(band, cap) is above


@pytest.mark.parametrize(
    ("nickname", "code"),
    [
        ("小火箭", None),
        ("a", "swap_nickname_length"),
        ("一二三四五六七八九十一二三", "swap_nickname_length"),
        ("陈小明", "swap_nickname_is_name"),
        ("小明", "swap_nickname_is_name"),
        ("陈小明同学", "swap_nickname_is_name"),
        ("13800001234", "swap_contact"),
        ("加微信", "swap_contact"),
        ("a\0b", "swap_nickname_length"),
    ],
)
def test_a_nickname_tells_nobody_who_it_is(nickname, code):
    refused = rules.nickname_refusal(nickname, "陈小明", WORD_LIST)
    assert (refused.code if refused else None) == code


HOURS = [Hours(5, time(7), time(9)), Hours(5, time(17), time(19)), Hours(0, time(9), time(10))]
SATURDAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("with_child", "closed", "slots"),
    [
        (False, False, [time(7), time(7, 30), time(8), time(8, 30), time(17), time(17, 30), time(18), time(18, 30)]),
        (True, False, [time(8), time(8, 30), time(17), time(17, 30)]),
        (True, True, []),
    ],
)
def test_slots_of_a_day(with_child, closed, slots):
    assert rules.slots_of(SATURDAY, 5, closed, HOURS, with_child=with_child) == slots


@given(
    spans=st.lists(st.tuples(st.integers(0, 7), st.integers(0, 46), st.integers(1, 47)).filter(lambda row: row[1] < row[2]), max_size=5),
    weekday=st.integers(0, 7),
    with_child=st.booleans(),
)
def test_every_slot_lies_within_the_hours(spans, weekday, with_child):
    hours = [Hours(day, time(start // 2, start % 2 * 30), time(end // 2, end % 2 * 30)) for day, start, end in spans]
    for slot in rules.slots_of(SATURDAY, weekday, False, hours, with_child=with_child):
        minutes = timedelta(hours=slot.hour, minutes=slot.minute)
        ends = minutes + rules.SLOT
        assert any(each.weekday == weekday and in_minutes(each.starts_at) <= minutes and ends <= in_minutes(each.ends_at) for each in hours)
        assert not with_child or (in_minutes(rules.DAY_FROM) <= minutes and ends <= in_minutes(rules.DAY_UNTIL))


def in_minutes(clock_time):
    return timedelta(hours=clock_time.hour, minutes=clock_time.minute)


@pytest.mark.parametrize(
    ("wanted_kind", "wanted", "kind", "said", "fits"),
    [
        (1, "", 1, "口琴", True),
        (1, "", 2, "口琴", False),
        (None, "口琴、积木", 2, "一支口琴", True),
        (None, "口琴", 2, "二胡", False),
        (1, "口琴", 1, "二胡", False),
        (1, "口琴", 1, "口琴", True),
        (None, "LEGO", 3, "ｌｅｇｏ 一盒", True),
    ],
)
def test_what_fits_a_wish(wanted_kind, wanted, kind, said, fits):
    assert rules.fits(wanted_kind=wanted_kind, wanted=wanted, kind=kind, said=said) is fits
