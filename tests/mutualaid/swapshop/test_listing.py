"""Into the shop and out of it: what is refused, who looks, what happens by itself."""

import random
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageEnhance

from hub.audit.models import Line
from hub.core import clock
from hub.core.errors import RuleBroken
from hub.notifications.models import Message
from hub.people.actions.consents import withdraw_consent
from hub.people.actions.erasure import erase_resident
from hub.people.models import Consent
from hub.promises.models import Promise
from mutualaid.swapshop import actions, checks, jobs
from mutualaid.swapshop.actions import Lister
from mutualaid.swapshop.actions.checking import same_photo_as
from mutualaid.swapshop.models import Item, Kind, Swapper
from mutualaid.swapshop.pictures import Photo, photo_of
from tests.cast import user_with
from tests.factories.people import ResidentFactory
from tests.factories.swapshop import a_child, a_swapper, a_thing, an_offer, handed_in, in_the_shop, photo, promised

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def refused(act: Any) -> list[tuple[str, str | None]]:
    """Codes and fields of a refusal."""
    with pytest.raises(RuleBroken) as broken:
        act()
    return [(refusal.code, refusal.field) for refusal in broken.value.refusals]


def told(kind: str) -> list[str]:
    return list(Message.objects.filter(kind=f"swap_{kind}").order_by("id").values_list("phone", flat=True))


def test_a_thing_waits_until_the_house_has_looked(hub, clerk):
    person = a_swapper(hub)
    item = handed_in(person, photos=[photo(), photo(), photo("#2a4852")])
    assert (item.state, item.photos.count(), Item.objects.shown().count()) == ("checking", 2, 0)
    owed = Promise.objects.get(kind="swap_check")
    assert (owed.subject_ref, owed.done_at, clock.local(owed.due_at).date().isoformat()) == (item.reference, None, "2026-11-30")
    item = actions.approve(item=item, band="small", by=clerk)
    owed.refresh_from_db()
    assert (item.state, Item.objects.shown().get(), owed.outcome) == ("listed", item, "kept")
    assert told("listed") == [person.phones.get().number]
    assert list(Line.objects.filter(subject_label="swapshop.item").order_by("id").values_list("verb", flat=True)) == ["list_item", "approve"]


def test_the_same_token_hands_in_once_and_only_for_the_same_person(hub):
    person, thing = a_swapper(hub), a_thing(hub)
    first = actions.list_item(hub=hub, thing=thing, by=Lister(person), token="the-same-token")
    assert actions.list_item(hub=hub, thing=thing, by=Lister(person), token="the-same-token") == first
    assert refused(lambda: actions.list_item(hub=hub, thing=thing, by=Lister(a_swapper(hub)), token="the-same-token")) == [("done_otherwise", None)]


def test_everything_wrong_with_a_listing_is_said_at_once(hub, second_hub):
    person = a_swapper(hub)
    wrong = a_thing(hub, title="卖二手手机", about="电话13800001234", wish="", kind=Kind.objects.at(second_hub).first())
    found = [("swap_money", "title"), ("swap_contact", "about"), ("swap_kind_gone", "kind"), ("swap_wish_missing", "wish")]
    assert refused(lambda: actions.list_item(hub=hub, thing=wrong, by=Lister(person), token="t1")) == found
    assert Item.objects.count() == 0


def test_who_is_not_in_the_shop_lists_nothing(hub):
    nameless = ResidentFactory(hub=hub)
    assert refused(lambda: handed_in(nameless)) == [("swap_nickname_missing", "person")]


@pytest.mark.parametrize(
    ("case", "guardian_present", "taken_by", "lists"),
    [
        ("nobody agrees", False, False, False),
        ("the guardian stands at the counter", True, True, True),
        ("a child says the guardian is there", True, False, False),
    ],
)
def test_a_child_needs_a_guardian(hub, clerk, case, guardian_present, taken_by, lists):
    child = a_child(hub, agreed=False)
    by = Lister(child, taken_by=clerk if taken_by else None, guardian_present=guardian_present)
    if lists:
        assert actions.list_item(hub=hub, thing=a_thing(hub), by=by, token="t1").guardian_was_there
    else:
        assert refused(lambda: actions.list_item(hub=hub, thing=a_thing(hub), by=by, token="t1")) == [("swap_guardian_missing", "person")]


def test_only_the_guardian_agrees_and_only_for_a_child(hub):
    child, stranger, grown_up = a_child(hub, agreed=False), a_swapper(hub), a_swapper(hub)
    assert refused(lambda: actions.agree_for_child(child=child, guardian=stranger)) == [("swap_not_guardian", None)]
    assert refused(lambda: actions.agree_for_child(child=child, guardian=child)) == [("swap_not_guardian", None)]
    assert refused(lambda: actions.agree_for_child(child=grown_up, guardian=stranger)) == [("swap_no_child", None)]


def test_by_their_own_word_where_the_books_hold_no_birth_date(hub):
    person = a_swapper(hub, born=None)
    assert not Swapper.objects.get(resident=person).is_child
    actions.join(person=person, nickname="另一个名", said_child=True)
    actions.join(person=person, nickname="另一个名", said_child=False)
    assert Swapper.objects.get(resident=person).is_child  # nobody grows up by saying so
    assert refused(lambda: handed_in(person)) == [("swap_guardian_missing", "person")]


def test_a_nickname_is_taken_once_a_hub(hub, second_hub):
    a_swapper(hub, "小火箭")
    assert refused(lambda: a_swapper(hub, "小火箭")) == [("swap_nickname_taken", "nickname")]
    a_swapper(second_hub, "小火箭")


def test_the_checker_sees_the_same_photo_and_has_to_compare(hub, clerk):
    first = handed_in(a_swapper(hub), photos=[photo()])
    second = handed_in(a_swapper(hub), photos=[photo()])
    assert refused(lambda: actions.approve(item=second, band="small", by=clerk)) == [("swap_same_photo", "has_compared")]
    assert actions.approve(item=second, band="small", by=clerk, has_compared=True).state == "listed"
    assert first.state == "checking"


def snapshot(seed: int, *, side: int = 400, quality: int = 90, light: float = 1.0) -> Photo:
    """A picture of thirty boxes by chance, as one phone or another would send it."""
    chance = random.Random(seed)
    picture = Image.new("RGB", (400, 400), "#cccccc")
    for _box in range(30):
        x, y, shade = chance.randrange(360), chance.randrange(360), chance.randrange(256)
        picture.paste((shade, shade, chance.randrange(256)), (x, y, x + chance.randrange(30, 160), y + chance.randrange(30, 160)))
    out = BytesIO()
    ImageEnhance.Brightness(picture.resize((side, side))).enhance(light).save(out, format="JPEG", quality=quality)
    return photo_of(SimpleUploadedFile("photo.jpg", out.getvalue()))


@pytest.mark.parametrize("again", [{"quality": 30}, {"side": 173}, {"light": 1.25}, {"side": 640, "quality": 50, "light": 0.8}])
def test_the_same_photo_packed_anew_is_known_again(hub, clerk, again):
    for seed in range(5):
        first, second = handed_in(a_swapper(hub), photos=[snapshot(seed)]), handed_in(a_swapper(hub), photos=[snapshot(seed, **again)])
        assert same_photo_as(second) == first
        assert refused(lambda item=second: actions.approve(item=item, band="small", by=clerk)) == [("swap_same_photo", "has_compared")]


def test_other_photos_and_bare_walls_are_not_taken_for_the_same(hub):
    photos = [*(snapshot(seed) for seed in range(20)), photo("#fff"), photo("#eee")]
    items = [handed_in(a_swapper(hub), photos=[each]) for each in photos]
    assert [same_photo_as(item) for item in items] == [None] * 22


def test_what_the_checker_may_not_do(hub, clerk):
    own = a_swapper(hub)
    own.user = clerk
    own.save(update_fields=["user"])
    childs = a_child(hub, guardian=own)
    assert refused(lambda: actions.approve(item=handed_in(own), band="small", by=clerk)) == [("swap_own_check", None)]
    assert refused(lambda: actions.approve(item=handed_in(childs), band="small", by=clerk)) == [("swap_own_check", None)]
    item = handed_in(a_child(hub))
    assert refused(lambda: actions.approve(item=item, band="middle", by=clerk)) == [("swap_child_band", "band")]
    assert refused(lambda: actions.approve(item=item, band="", by=clerk)) == [("swap_band_missing", "band")]
    assert refused(lambda: actions.refuse(item=item, reason="other", by=clerk)) == [("reason_missing", "words")]
    assert refused(lambda: actions.refuse(item=item, reason="nonsense", by=clerk)) == [("swap_reason_missing", "reason")]


def test_refused_put_right_and_looked_at_again(hub, clerk):
    item = actions.refuse(item=handed_in(a_swapper(hub), photos=[photo()]), reason="photo", by=clerk)
    assert (item.state, len(told("refused"))) == ("refused", 1)
    item = actions.change_item(item=item, thing=a_thing(hub, title="恐龙书三册"), photos=[photo("#2a4852")], drop_photos=True)
    assert (item.state, item.refuse_reason, item.photos.count()) == ("checking", "", 1)
    assert Promise.objects.open().filter(kind="swap_check").count() == 1
    assert actions.approve(item=item, band="small", by=clerk).state == "listed"


def test_too_many_photos_and_too_many_things(hub, monkeypatch):
    person = a_swapper(hub)
    shades = [photo(f"#{shade}0{shade}0{shade}0") for shade in "1357"]
    assert refused(lambda: handed_in(person, photos=shades)) == [("swap_photos_many", "photo_1")]
    monkeypatch.setattr("mutualaid.swapshop.rules.MOST_LIVING_THINGS", 1)
    handed_in(person)
    assert refused(lambda: handed_in(person)) == [("swap_too_many_things", None)]


def test_a_thing_is_reminded_expires_and_comes_back_in_one_tap(hub, frozen):
    item = in_the_shop(a_swapper(hub))
    assert (jobs.remind(), jobs.expire()) == (0, 0)
    frozen.shift(timedelta(days=26))
    assert (jobs.remind(), jobs.remind(), len(told("reminded"))) == (1, 1, 1)
    frozen.shift(timedelta(days=5))
    assert (jobs.expire(), jobs.expire(), len(told("expired"))) == (1, 0, 1)
    item.refresh_from_db()
    assert item.state == "expired"
    item = actions.repost_item(item=item)
    assert (item.state, item.expires_at > clock.now() + timedelta(days=29), Item.objects.shown().count()) == ("listed", True, 1)
    assert actions.repost_item(item=item).expires_at == item.expires_at


def test_a_promised_thing_does_not_expire(hub, frozen):
    item = in_the_shop(a_swapper(hub), is_give_away=True)
    promised(item, person=a_swapper(hub))
    frozen.shift(timedelta(days=40))
    assert jobs.expire() == 0


def test_three_reports_hide_a_listing_until_the_house_has_looked(hub, clerk):
    item, owner = in_the_shop(a_swapper(hub)), None
    people = [a_swapper(hub) for _each in range(3)]
    actions.report(item=item, person=people[0], reason="money")
    assert refused(lambda: actions.report(item=item, person=people[0], reason="money")) == [("swap_reported", None)]
    assert refused(lambda: actions.report(item=item, person=item.for_person, reason="money")) == [("swap_own_thing", None)]
    actions.report(item=item, person=people[1], reason="false")
    assert Item.objects.shown().count() == 1
    actions.report(item=item, person=people[2], reason="false")
    assert (Item.objects.shown().count(), owner) == (0, None)
    assert actions.decide_reports(item=item, is_so=False, by=clerk).hidden_at is None
    assert (Item.objects.shown().count(), refused(lambda: actions.decide_reports(item=item, is_so=False, by=clerk))) == (1, [("swap_no_reports", None)])


def test_a_report_that_is_so_ends_the_promise_as_well(hub, clerk):
    wanted, rope = in_the_shop(a_swapper(hub)), in_the_shop(a_swapper(hub), title="跳绳")
    barter = promised(wanted, rope)
    actions.report(item=wanted, person=a_swapper(hub), reason="banned")
    item = actions.decide_reports(item=wanted, is_so=True, reason="banned", by=clerk)
    rope.refresh_from_db()
    barter.refresh_from_db()
    assert (item.state, rope.state, barter.state, len(told("taken_down")), len(told("called_off"))) == ("refused", "listed", "called_off", 1, 2)


def test_who_looks_for_it_is_told_after_the_look_and_once(hub, clerk, settings):
    wisher, child, owner = a_swapper(hub), a_child(hub), a_swapper(hub)
    for person in (wisher, child, owner):
        actions.make_wish(person=person, kind=None, words="积木、恐龙")
    item = handed_in(owner, about="一套三册")
    assert told("found") == []
    actions.approve(item=item, band="middle", by=clerk)
    assert told("found") == [wisher.phones.get().number]  # not the owner, and the child not of what is above the cap
    item = actions.change_item(item=item, thing=a_thing(hub, title="恐龙书"))
    actions.approve(item=item, band="middle", by=clerk)
    assert len(told("found")) == 1


def test_a_wish_is_checked_kept_once_and_ended(hub):
    person = a_swapper(hub)
    assert refused(lambda: actions.make_wish(person=person, kind=None, words=" ")) == [("swap_wish_empty", "words")]
    assert refused(lambda: actions.make_wish(person=person, kind=None, words="加微信")) == [("swap_contact", "words")]
    first = actions.make_wish(person=person, kind=None, words="口琴")
    assert actions.make_wish(person=person, kind=None, words=" 口琴 ") == first
    for word in "甲乙丙丁":
        actions.make_wish(person=person, kind=None, words=word)
    assert refused(lambda: actions.make_wish(person=person, kind=None, words="戊")) == [("swap_too_many_wishes", None)]
    actions.end_wish(wish=first)
    actions.make_wish(person=person, kind=None, words="戊")


def test_word_about_a_child_goes_to_the_guardian(hub):
    guardian = a_swapper(hub)
    in_the_shop(a_child(hub, guardian=guardian))
    said = list(Message.objects.filter(kind="swap_listed").order_by("id").values_list("phone", "channel"))
    assert said == [(guardian.phones.get().number, "sms"), ("", "onsite")]


@pytest.mark.parametrize("way", ["guardian", "people's own screen"])
def test_when_the_guardian_agrees_no_more_everything_leaves(hub, clerk, way):
    guardian = a_swapper(hub)
    child = a_child(hub, guardian=guardian)
    wanted, waiting = in_the_shop(child), handed_in(child, title="赛车")
    rope = in_the_shop(a_swapper(hub), title="跳绳")
    barter = promised(wanted, rope)
    mine = an_offer(in_the_shop(a_swapper(hub), is_give_away=True), person=child)
    if way == "guardian":
        actions.disagree_for_child(child=child, guardian=guardian)
    else:
        withdraw_consent(consent=Consent.objects.get(resident=child, purpose="swap"), by=clerk)
        assert list(checks.children_on_their_own()) == [f"swapshop.Item {wanted.reference}: of somebody under eighteen, and no guardian has agreed"]
        assert jobs.take_down_children() > 0
    for row in (wanted, waiting, rope, barter, mine):
        row.refresh_from_db()
    assert (wanted.state, waiting.state, rope.state, barter.state, mine.state) == ("withdrawn", "withdrawn", "listed", "reneged", "withdrawn")
    assert (barter.reason, list(checks.children_on_their_own())) == ("guardian", [])


def test_a_thing_lies_at_the_house_under_its_tag(hub, clerk):
    item = actions.take_in(item=handed_in(a_swapper(hub)), shelf="A-3", by=clerk)
    assert (item.shelf, actions.take_in(item=item, shelf="B-1", by=clerk).shelf) == ("A-3", "B-1")
    assert actions.hand_back(item=item, by=clerk).lies_here_since is None
    assert refused(lambda: actions.hand_back(item=item, by=clerk)) == [("swap_not_here", None)]


def test_erasing_a_person_leaves_nothing_of_theirs_in_the_shop(hub):
    person = a_swapper(hub)
    wanted = in_the_shop(person, photos=[photo()])
    rope = in_the_shop(a_swapper(hub), title="跳绳")
    barter = promised(wanted, rope)
    erase_resident(resident=person, reason="wish", by=user_with("director", hub))
    for row in (wanted, rope, barter):
        row.refresh_from_db()
    assert (wanted.state, wanted.title, wanted.photos.count(), rope.state, barter.state) == ("withdrawn", "", 0, "listed", "reneged")
    assert Swapper.objects.get(resident=person).nickname == ""
