"""The shop in the browser's eyes: who sees what, what is kept, what a list costs."""

from typing import Any

import pytest
from django.test import Client

from mutualaid.swapshop import actions
from mutualaid.swapshop.models import Item, Kind, Wish
from tests.cast import signed_in_as
from tests.factories.people import UserFactory
from tests.factories.swapshop import a_child, a_photo, a_swapper, an_offer, handed_in, in_the_shop, photo, promised

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def client_of(person: Any) -> Client:
    client = Client()
    client.force_login(person.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def thing(hub: Any, **change: Any) -> dict[str, Any]:
    typed = {
        "title": "恐龙立体书",
        "kind": str(Kind.objects.at(hub).first().pk),
        "condition": "good",
        "way": "swap",
        "wish": "跳绳",
        "about": "三册",
        "token": "a-token-long-enough",
    }
    return {**typed, **change}


@pytest.mark.parametrize("count", [1, 3])
def test_the_shop_asks_the_database_the_same_however_full_it_is(hub, django_assert_num_queries, count):
    for shade in ("#111111", "#555555", "#999999")[:count]:
        in_the_shop(a_swapper(hub), photos=[photo(shade)])
    client = Client()
    client.get("/swap/")
    with django_assert_num_queries(6):
        page = client.get("/swap/").content.decode()
    assert page.count('class="room-row"') == count


@pytest.mark.parametrize("count", [1, 3])
def test_my_own_page_asks_the_same_however_much_is_mine(hub, django_assert_num_queries, count):
    me = a_swapper(hub)
    for _each in range(count):
        mine = in_the_shop(me)
        an_offer(mine, in_the_shop(a_swapper(hub)))
        promised(in_the_shop(me), in_the_shop(a_swapper(hub)))
        an_offer(in_the_shop(a_swapper(hub), is_give_away=True), person=me)
    client = client_of(me)
    client.get("/me/")
    with django_assert_num_queries(22):
        assert client.get("/me/").status_code == 200


def test_the_shop_by_kind_by_word_and_only_gifts(hub):
    book, gift = in_the_shop(a_swapper(hub)), in_the_shop(a_swapper(hub), title="竹篮", is_give_away=True, kind=Kind.objects.at(hub).last())
    found = {
        asked: [item.title for item in (book, gift) if item.title in Client().get(f"/swap/?{asked}").content.decode()]
        for asked in ("", f"kind={book.kind_id}", "q=竹", "gifts=on", "q=恐龙 跳绳", "q=恐龙 竹", "kind=987654", "kind=x&page=99", "q=" + "长" * 300)
    }
    both = [book.title, gift.title]
    assert list(found.values()) == [both, [book.title], [gift.title], [gift.title], [book.title], [], both, both, both]


def test_what_has_not_been_looked_at_is_the_owners_alone(hub, second_hub):
    item = handed_in(a_swapper(hub), photos=[photo()])
    shot = item.photos.get()
    theirs = in_the_shop(a_swapper(second_hub), photos=[photo()])
    client = Client()
    closed = [item.url, shot.small_url, shot.large_url, theirs.url, theirs.own_url, theirs.photos.get().small_url]
    assert [client.get(address).status_code for address in closed] == [404] * 6
    own = [item.own_url, f"{item.own_url}photos/0/small/", f"{item.own_url}photos/0/large/", f"{item.own_url}photos/1/small/", f"{item.own_url}photos/0/huge/"]
    assert [client.get(address).status_code for address in own] == [200, 200, 200, 404, 404]
    assert "恐龙立体书" not in client.get("/swap/").content.decode()
    assert client.get("/swap/0000/").status_code == client.get("/swap/photos/x/small/").status_code == 404


def test_nobody_reads_a_name(hub):
    book, rope = in_the_shop(a_swapper(hub, name="钱本名")), in_the_shop(a_swapper(hub, name="孙真姓"), title="跳绳")
    barter = promised(book, rope)
    pages = ["/swap/", book.url, rope.url, book.own_url, barter.url_for("owner"), barter.url_for("taker")]
    said = " ".join(Client().get(page).content.decode() for page in pages)
    assert [name for name in ("钱本名", "孙真姓", book.for_person.phones.get().number) if name in said] == []
    assert book.nickname in said


def test_a_thing_is_brought_on_one_page(hub):
    me = a_swapper(hub)
    client = client_of(me)
    typed = thing(hub, who=str(me.pk), photo_1=a_photo(), photo_2=a_photo("#2a4852"))
    first = client.post("/swap/new/", typed)
    again = client.post("/swap/new/", thing(hub, who=str(me.pk)))
    item = Item.objects.get()
    assert (first.status_code, first["Location"], again["Location"], item.photos.count()) == (302, item.own_url, item.own_url, 2)


def test_whoever_has_no_nickname_is_asked_for_one_and_for_the_age(hub):
    me = a_swapper(hub, born=None)
    me.swapper.delete()
    client = client_of(me)
    page = client.post("/swap/new/", thing(hub, who=str(me.pk)))
    assert (page.status_code, "nickname" in page.context["form"].errors, "age" in page.context["form"].errors) == (422, True, True)
    assert client.post("/swap/new/", thing(hub, who=str(me.pk), nickname="小白鸽", age="grown_up")).status_code == 302


def test_photos_are_kept_when_the_words_are_wrong(hub):
    me = a_swapper(hub)
    client = client_of(me)
    page = client.post("/swap/new/", thing(hub, who=str(me.pk), about="卖20元", photo_1=a_photo()))
    held = page.context["held"]
    assert (page.status_code, len(held), "卖20元" in page.content.decode(), f'value="{held[0]}"' in page.content.decode()) == (422, 1, True, True)
    client.post("/swap/new/", thing(hub, who=str(me.pk), held=[*held, "../../etc/passwd", "x" * 97]))
    assert Item.objects.get().photos.count() == 1


BAD = [
    ("a price", {"about": "只要２０元"}, "20元"),
    ("a phone number", {"title": "找我１３８ 0000 1234"}, "13800001234"),
    ("a number in Chinese", {"wish": "幺三八零零零零幺二三四"}, "13800001234"),
    ("WeChat", {"about": "加 微信"}, "加 微"),
    ("a link", {"about": "www.example.com"}, "www.example.com"),
    ("an address", {"about": "3号楼2单元"}, "3号楼"),
    ("a banned thing", {"title": "电子烟一支"}, "电子烟"),
    ("no title", {"title": " "}, ""),
    ("a title too long", {"title": "书" * 31}, ""),
    ("a NUL", {"about": "a\0b"}, ""),
    ("a megabyte of words", {"about": "书" * 350_000}, ""),
    ("no kind", {"kind": ""}, ""),
    ("a kind that is none", {"kind": "987654321"}, ""),
    ("a condition that is none", {"condition": "great"}, ""),
    ("nothing wanted and not given away", {"wish": ""}, ""),
    ("neither swapped nor given away", {"way": ""}, ""),
    ("a picture that is none", {"photo_1": "broken"}, ""),
]


@pytest.mark.parametrize(("case", "change", "found"), BAD, ids=[case for case, _change, _found in BAD])
def test_bad_input_is_refused_with_words_and_kept(hub, clerk, case, change, found):
    me = a_swapper(hub)
    item = handed_in(me)
    if "photo_1" in change:
        change = {"photo_1": a_photo()}
        change["photo_1"].file.seek(0)
        change["photo_1"].file.truncate(9)
    client = client_of(me)
    for way in ("/swap/new/", f"{item.own_url}change/"):
        for upload in (value for value in change.values() if hasattr(value, "seek")):
            upload.seek(0)
        page = client.post(way, thing(hub, who=str(me.pk), **change))
        said = page.content.decode()
        assert (case, way, page.status_code, "errors-title" in said) == (case, way, 422, True)
        assert found in said
        assert change.get("about", "三册")[:100].strip("\0") in said or "\0" in change.get("about", "")
    assert Item.objects.count() == 1


def test_another_persons_child_is_no_choice(hub):
    me, child = a_swapper(hub), a_child(hub)
    page = client_of(me).post("/swap/new/", thing(hub, who=str(child.pk)))
    assert (page.status_code, Item.objects.count()) == (422, 0)


def test_a_guardian_sees_and_withdraws_what_is_the_childs(hub):
    guardian = a_swapper(hub)
    child = a_child(hub, guardian=guardian)
    mine, rope = in_the_shop(child, title="赛车模型"), in_the_shop(a_swapper(hub))
    barter = promised(rope, mine)
    client = client_of(guardian)
    page = client.get("/me/").content.decode()
    assert ("赛车模型" in page, mine.own_url in page, barter.url_for("taker") in page) == (True, True, True)
    assert client.post(f"{mine.own_url}withdraw/").status_code == 422
    assert client.post(f"{mine.own_url}withdraw/", {"reason": "guardian"}).status_code == 302
    barter.refresh_from_db()
    assert (barter.state, barter.broken_by, barter.reason) == ("reneged", "taker", "guardian")


def test_a_guardian_agrees_on_the_page_and_nobody_else_does(hub):
    guardian = a_swapper(hub)
    child = a_child(hub, agreed=False, guardian=guardian)
    stranger = client_of(a_swapper(hub)).post("/swap/children/", {"child": child.pk, "answer": "yes"})
    client = client_of(guardian)
    assert (stranger.status_code, client.post("/swap/children/", {"child": child.pk, "answer": "yes"}).status_code) == (404, 302)
    assert handed_in(child).state == "checking"
    client.post("/swap/children/", {"child": child.pk, "answer": "no"})
    assert Item.objects.get().state == "withdrawn"


def test_offers_by_the_page(hub):
    book, rope = in_the_shop(a_swapper(hub)), in_the_shop(a_swapper(hub), title="跳绳")
    client = client_of(rope.for_person)
    typed = {"who": rope.for_person_id, "token": "an-offer-token-0001"}
    assert client.post(f"{book.url}offer/", typed).status_code == 422
    assert client.post(f"{book.url}offer/", {**typed, "things": [in_the_shop(a_swapper(hub)).pk]}).status_code == 422
    made = client.post(f"{book.url}offer/", {**typed, "things": [rope.pk]})
    assert client.post(f"{book.url}offer/", {**typed, "things": [rope.pk]})["Location"] == made["Location"]
    offer = book.offers.get()
    owner = Client()
    for wrong in ("", "x", "987654321987654321987", "²"):
        assert owner.post(f"{book.own_url}answer/", {"offer": wrong, "answer": "yes"}).status_code == 422
    assert owner.post(f"{book.own_url}answer/", {"offer": offer.pk, "answer": "yes"})["Location"] == offer.barter.url_for("owner")
    assert owner.get(offer.url)["Location"] == offer.barter.url_for("taker")
    assert owner.post(f"{offer.url}withdraw/").status_code == 422


def test_the_hand_over_by_the_page(hub):
    barter = promised(in_the_shop(a_swapper(hub)), in_the_shop(a_swapper(hub)))
    client, url = Client(), barter.url_for("owner")
    for slot in ("", "x", "2026-11-28T10:00:00+08:00", "9999-12-31T00:00:00+08:00"):
        assert client.post(f"{url}time/", {"slot": slot}).status_code == 422
    choices = client.get(f"{url}time/").context["form"].fields["slot"].choices
    assert client.post(f"{url}time/", {"slot": choices[1][0]}).status_code == 302
    assert client.post(f"{url}break/", {}).status_code == 422
    assert [client.post(f"{side}confirm/").status_code for side in (url, url, barter.url_for("taker"))] == [302] * 3
    assert (client.post(f"{url}break/", {"reason": "gone"}).status_code, client.get(url).status_code) == (422, 200)


def test_a_report_needs_somebody_we_know(hub):
    item = in_the_shop(a_swapper(hub))
    nobody = Client()
    nobody.force_login(UserFactory(), backend="django.contrib.auth.backends.ModelBackend")
    assert "swap" in nobody.post(f"{item.url}report/", {"reason": "money"}).content.decode()
    client = client_of(a_swapper(hub))
    assert [client.post(f"{item.url}report/", {"reason": reason}).status_code for reason in ("", "x", "money", "money")] == [422, 422, 200, 422]


def test_wishes_by_the_page(hub):
    me = a_swapper(hub)
    client = client_of(me)
    assert client.post("/swap/wishes/", {"who": me.pk, "words": "加微信"}).status_code == 422
    assert client.post("/swap/wishes/", {"who": me.pk, "words": "口琴"}).status_code == 302
    wish = Wish.objects.get()
    assert (client_of(a_swapper(hub)).post(f"/swap/wishes/{wish.pk}/end/").status_code, client.post(f"/swap/wishes/{wish.pk}/end/").status_code) == (404, 302)


def test_found_again_by_number_and_phone(hub):
    item = in_the_shop(a_swapper(hub))
    barter = promised(item, in_the_shop(a_swapper(hub)))
    owner, taker = barter.owner.phones.get().number, barter.taker.phones.get().number
    asked = [(item.reference, owner), (barter.reference, owner), (barter.reference, taker), (item.reference, taker)]
    found = [Client().post("/find/", {"reference": reference, "phone": phone}).get("Location") for reference, phone in asked]
    assert found == [item.own_url, barter.url_for("owner"), barter.url_for("taker"), None]


def test_english_pages_stand(hub, clerk):
    item = actions.approve(item=handed_in(a_swapper(hub)), band="small", by=clerk)
    client = client_of(item.for_person)
    pages = ["/en/swap/", f"/en{item.url}", f"/en{item.own_url}", "/en/swap/new/", "/en/swap/wishes/", "/en/swap/children/"]
    assert [client.get(page).status_code for page in pages] == [200] * 6
    assert signed_in_as("editor", hub).get("/swap/new/").status_code == 200
