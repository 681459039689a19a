"""The staff's screens: what is looked at, written down for somebody, printed; the desk; figures that lead to their rows."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags
from tablib import Dataset

from hub.core import clock
from hub.core.errors import RuleBroken
from hub.core.joins import Caller, figures
from hub.core.references import grouped
from mutualaid.swapshop import actions, desk, queries
from mutualaid.swapshop.models import BannedWord, Barter, Item, Kind
from tests.factories.people import ResidentFactory
from tests.factories.swapshop import a_child, a_photo, a_swapper, an_offer, handed_in, in_the_shop, photo, promised

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def counter(as_role: Any) -> Client:
    return as_role("clerk")


def press(client: Client, name: str, row: Any, **typed: Any) -> int:
    """Look at a button's page, then press it; the status of the press."""
    address = reverse(name, args=[row.pk])
    assert client.get(address).status_code == 200
    return client.post(address, typed).status_code


def test_a_thing_is_looked_at_with_photos_and_words(hub, counter):
    item = handed_in(a_child(hub, "小火箭"), photos=[photo()])
    handed_in(a_swapper(hub), photos=[photo()])
    page = counter.get(reverse("swap_item:check", args=[item.pk])).content.decode()
    assert ("小火箭" in page, reverse("swap_item:photo", args=[item.photos.get().pk]) in page, "has_compared" in page) == (True, True, True)
    assert counter.get(reverse("swap_item:photo", args=[item.photos.get().pk])).status_code == 200
    assert press(counter, "swap_item:check", item, band="small") == 200
    assert press(counter, "swap_item:check", item, band="small", has_compared="on") == 302
    item.refresh_from_db()
    assert item.state == "listed"


def test_buttons_of_a_thing(hub, counter):
    item = handed_in(a_swapper(hub))
    assert press(counter, "swap_item:add_photo", item, photo=a_photo()) == 302
    assert press(counter, "swap_item:take_in", item, shelf="A-3") == 302
    tag = counter.get(reverse("swap_item:tag", args=[item.pk])).content.decode()
    assert (grouped(item.reference) in tag, "A-3" in tag, item.nickname in tag, item.for_person.name in tag) == (True, True, True, False)
    assert press(counter, "swap_item:hand_back", item) == 302
    assert press(counter, "swap_item:refuse", item, reason="unfit") == 302
    actions.change_item(item=item, thing=actions.Described(item.kind, "洗干净的恐龙", "used", wish="跳绳"))
    assert press(counter, "swap_item:check", item, band="small") == 302
    offer = an_offer(item, in_the_shop(a_swapper(hub)))
    actions.report(item=item, person=a_swapper(hub), reason="false")
    assert press(counter, "swap_item:reports", item, is_so="no") == 302
    assert press(counter, "swap_item:answer", item, offer=offer.pk, answer="no") == 302
    assert press(counter, "swap_item:take_back", item) == 302
    assert press(counter, "swap_item:again", item) == 302
    again = an_offer(item, in_the_shop(a_swapper(hub)))
    assert press(counter, "swap_item:answer", item, offer=again.pk, answer="yes") == 302
    assert counter.get(reverse("swap_item:inspect", args=[item.pk])).status_code == 200
    assert Item.objects.get(pk=item.pk).state == "promised"


def test_buttons_of_a_barter_and_the_sheet_of_the_day(hub, counter):
    barter = promised(in_the_shop(a_swapper(hub, "象棋迷")), in_the_shop(a_swapper(hub)))
    slot = clock.local(queries.free_slots(hub, with_child=False)[0])
    assert press(counter, "swap_barter:slot", barter, slot=slot.isoformat()) == 302
    sheet = strip_tags(counter.get(f"{reverse('swap_barter:sheet')}?day={slot.date()}").content.decode())
    assert (grouped(barter.reference) in sheet, "象棋迷" in sheet, barter.owner.name in sheet) == (True, True, False)
    assert press(counter, "swap_barter:stands_here", barter, sides=["owner"]) == 302
    assert press(counter, "swap_barter:stands_here", barter, sides=["taker"]) == 302
    barter.refresh_from_db()
    assert (barter.state, barter.owner_recorded_by is not None) == ("done", True)
    other, third = (promised(in_the_shop(a_swapper(hub)), in_the_shop(a_swapper(hub))) for _each in range(2))
    assert press(counter, "swap_barter:break_promise", other, side="taker", reason="no_show") == 302
    assert press(counter, "swap_barter:call_off", third, words="停电") == 302
    assert list(Barter.objects.order_by("pk").values_list("state", flat=True)) == ["done", "reneged", "called_off"]
    for odd in ("", "x", "0001-01-01", "9999-12-31"):
        assert counter.get(f"{reverse('swap_barter:sheet')}?day={odd}").status_code == 200


def test_two_swap_at_the_counter_by_one_form(hub, counter):
    me, rope = a_swapper(hub), in_the_shop(a_swapper(hub))
    address, other = reverse("swap_barter:on_the_spot"), rope.for_person
    typed = {
        "owner_name": me.name,
        "owner_phone": me.phones.get().number,
        "owner_title": "连环画",
        "owner_kind": Kind.objects.at(hub).first().pk,
        "owner_band": "small",
        "taker_name": other.name,
        "taker_phone": other.phones.get().number,
        "taker_number": grouped(rope.reference),
    }
    wrong = [{"owner_name": "没有这人"}, {"taker_number": "2000 0000"}, {"owner_title": ""}, {"owner_band": ""}, {"owner_title": "两瓶白酒"}]
    assert [counter.post(address, {**typed, **change}).status_code for change in wrong] == [200] * 5
    assert (Barter.objects.count(), counter.post(address, typed).status_code, Barter.objects.get().state) == (0, 302, "done")


def test_a_guardians_consent_at_the_counter(hub, counter):
    guardian = a_swapper(hub)
    child = a_child(hub, agreed=False, guardian=guardian)
    assert press(counter, "swapper:agree", child.swapper, guardian=guardian.pk) == 302
    assert handed_in(child).state == "checking"
    assert press(counter, "swapper:rename", child.swapper, nickname="小白鸽") == 302
    assert press(counter, "swapper:disagree", child.swapper, guardian=guardian.pk) == 302
    assert (Item.objects.get().state, counter.get(reverse("swapper:inspect", args=[child.swapper.pk])).status_code) == ("withdrawn", 200)


@pytest.mark.parametrize("screen", ["swap_item", "swap_barter", "swap_report", "swapper", "swap_wish", "swap_kind", "swap_word", "swap_hour"])
def test_every_list_opens_and_is_exported(hub, counter, screen):
    item = in_the_shop(a_swapper(hub))
    promised(item, in_the_shop(a_swapper(hub)))
    actions.report(item=item, person=a_swapper(hub), reason="false")
    actions.make_wish(person=item.for_person, kind=None, words="口琴")
    assert counter.get(reverse(f"{screen}:index")).status_code == 200
    if screen in {"swap_item", "swap_barter", "swap_report"}:
        export = counter.get(f"{reverse(f'{screen}:index')}?export=csv")
        assert (export.status_code, item.for_person.name in export.getvalue().decode()) == (200, False)


@pytest.mark.parametrize("count", [1, 3])
def test_a_staff_list_asks_the_same_however_long_it_is(hub, counter, django_assert_max_num_queries, count):
    for _each in range(count):
        promised(in_the_shop(a_swapper(hub)), in_the_shop(a_swapper(hub)))
    for screen in ("swap_item", "swap_barter"):
        counter.get(reverse(f"{screen}:index"))
        with django_assert_max_num_queries(25):
            counter.get(reverse(f"{screen}:index"))


def test_words_go_out_and_come_in_as_a_list(hub, counter):
    out = counter.get(f"{reverse('swap_word_import:export')}?kind=csv").content.decode()
    assert "电子烟,烟酒,是" in out
    table = Dataset(["洗牙器", "药品", "是"], ["电子烟", "其他", "否"], ["怪词", "没有的类别", "是"], headers=["词语", "类别", "启用"])
    file = BytesIO(table.export("csv").encode())
    file.name = "words.csv"
    page = counter.post(reverse("swap_word_import:index"), {"file": file})
    assert page.status_code == 200
    assert not BannedWord.objects.filter(word="洗牙器").exists()


# --- the desk -------------------------------------------------------------------------------------------------------
def test_a_caller_lists_and_offers_by_telephone(hub, clerk):
    me, wanted = a_swapper(hub), in_the_shop(a_swapper(hub))
    caller = Caller(me, me.name, me.phones.get().number, "phone")
    typed = {"title": "跳绳", "kind": Kind.objects.at(hub).first().pk, "condition": "good", "wish": "恐龙书", "whom": str(me.pk)}
    form = desk.list_form(hub, caller, typed, None)
    assert form.is_valid(), form.errors
    assert desk.list_preview(hub, caller, form.cleaned_data).lines[0][1] == "恐龙书"
    made = desk.list_act(hub, caller, form.cleaned_data, clerk, "desk-token-0001")
    assert desk.list_act(hub, caller, form.cleaned_data, clerk, "desk-token-0001").reference == made.reference
    item = Item.objects.get(reference=made.reference)
    assert (item.channel, item.taken_by, item.for_person) == ("phone", clerk, me)
    mine = in_the_shop(me)
    offer = desk.offer_form(hub, caller, {"wanted": grouped(wanted.reference), "things": f"{mine.reference}，", "whom": str(me.pk)}, None)
    assert offer.is_valid(), offer.errors
    desk.offer_preview(hub, caller, offer.cleaned_data)
    desk.offer_act(hub, caller, offer.cleaned_data, clerk, "desk-token-0002")
    actions.accept_offer(offer=wanted.offers.get())
    assert [row.state for row in desk.card(hub, caller, clerk)] == ["promised", "promised", "waiting to be looked at"] or len(
        desk.card(hub, caller, clerk)
    ) == 3
    assert desk.find(hub, wanted.offers.get().barter.reference)[0].person == wanted.for_person


@pytest.mark.parametrize(
    ("change", "field"),
    [({"wish": "20元"}, None), ({"title": ""}, "title"), ({"whom": "other", "name": "路人"}, "whom"), ({"kind": "9876543"}, "kind")],
)
def test_what_a_caller_may_not_list_is_said_to_the_operator(hub, change, field):
    me = a_swapper(hub)
    caller = Caller(me, me.name, me.phones.get().number, "phone")
    typed = {"title": "跳绳", "kind": Kind.objects.at(hub).first().pk, "condition": "good", "wish": "书", "whom": str(me.pk), **change}
    form = desk.list_form(hub, caller, typed, None)
    if field:
        assert (form.is_valid(), field in form.errors) == (False, True)
        return
    assert form.is_valid()
    with pytest.raises(RuleBroken):
        desk.list_preview(hub, caller, form.cleaned_data)


def test_somebody_without_a_nickname_gets_one_on_the_telephone(hub, clerk):
    me = ResidentFactory(hub=hub, name="钱七", phone="13800007777")
    caller = Caller(me, me.name, "13800007777", "phone")
    typed = {"title": "跳绳", "kind": Kind.objects.at(hub).first().pk, "condition": "good", "wish": "", "whom": str(me.pk)}
    assert "nickname" in desk.list_form(hub, caller, typed, None).errors
    form = desk.list_form(hub, caller, {**typed, "nickname": "小白鸽"}, None)
    assert form.is_valid()
    desk.list_act(hub, caller, form.cleaned_data, clerk, "desk-token-0003")
    assert (Item.objects.get().is_give_away, Item.objects.get().nickname) == (True, "小白鸽")


def test_what_waits_stands_on_the_board(hub, clerk, frozen):
    item = in_the_shop(a_swapper(hub), title="有人反映")
    actions.report(item=item, person=a_swapper(hub), reason="false")
    handed_in(a_swapper(hub), title="新来的")
    barter = promised(in_the_shop(a_swapper(hub)), in_the_shop(a_swapper(hub)))
    actions.choose_slot(barter=barter, slot_at=queries.free_slots(hub, with_child=False)[0])
    assert [row.what for row in desk.checks(hub, clerk)] == ["有人反映", "新来的"]
    assert [row.is_late for row in desk.handovers(hub, clerk)] == [False]
    frozen.shift(4 * 24 * 3600)
    assert [row.is_late for row in (*desk.checks(hub, clerk), *desk.handovers(hub, clerk))] == [False, True, True]


def test_each_figure_leads_to_exactly_its_rows(hub, as_role):
    in_the_shop(a_swapper(hub))
    actions.confirm(barter=promised(in_the_shop(a_swapper(hub)), in_the_shop(a_swapper(hub))), sides=["owner", "taker"])
    for _each in range(2):
        actions.confirm(barter=promised(in_the_shop(a_swapper(hub), is_give_away=True), person=a_swapper(hub)), sides=["owner", "taker"])
    today, client = clock.today(), as_role("director")
    start, end = clock.day_bounds(today)
    found = {}
    for name in ("swapshop.listed", "swapshop.swapped", "swapshop.given"):
        page = client.get(figures[name].url(today, today))
        found[name] = (figures[name].count(hub, start, end), page.context["paginator"].count)
    assert found == {"swapshop.listed": (5, 5), "swapshop.swapped": (1, 1), "swapshop.given": (2, 2)}
