"""What residents see: what there is, choosing, the parcel. And what people and programmes really send."""

import html
import re
from typing import Any

import pytest
from django.test import Client

from mutualaid.clothing import actions
from mutualaid.clothing.models import CollectionHour, Garment, Parcel
from tests.cast import user_with
from tests.factories.clothing import PHONE, a_slot, garment, parcel, somebody
from tests.factories.people import ConsentFactory, RelationshipFactory, ResidentFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def text_of(page: Any) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page.content.decode())))


def hidden(page: Any) -> dict[str, list[str]]:
    """The hidden fields of a page's form."""
    carried: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.content.decode()):
        if name != "csrfmiddlewaretoken":
            carried.setdefault(name, []).append(html.unescape(value))
    return carried


def signed_in(hub: Any, *, is_entitled: bool = True) -> tuple[Client, Any]:
    """Somebody with an account at the hub."""
    resident = ResidentFactory(hub=hub, user=UserFactory(phone=PHONE), name="王秀兰")
    if is_entitled:
        somebody(hub, resident=resident)
    client = Client()
    client.force_login(resident.user, backend="django.contrib.auth.backends.ModelBackend")
    return client, resident


def go(client: Client, step: str, given: dict[str, Any], language: str = "") -> Any:
    return client.post(f"{language}/clothing/pick/", {**given, "step": step})


@pytest.fixture
def shelf(hub: Any) -> list[Garment]:
    """Three coats and a hat; a man's shirt besides."""
    rows = [garment(hub, size=size) for size in ("M", "L", "XL")]
    return [*rows, garment(hub, kind="accessories", fit="anybody", size="one", piece_count=4), garment(hub, kind="shirt", fit="men", season="summer")]


def answers(hub: Any, resident: Any, *rows: Garment, **given: Any) -> dict[str, Any]:
    """Everything a browser sends on the last page."""
    pieces = [str(row.pk) for row in rows]
    return {
        "who": resident.pk,
        "figure": "women",
        "size": "",
        "pieces": pieces,
        "slot": a_slot(hub).code,
        "phone": PHONE,
        "way": "collected",
        "token": "a-token-long-enough-1",
        **given,
    }


# --- what there is --------------------------------------------------------------------------------------------------
def test_everybody_reads_what_there_is_by_whom_it_fits(hub: Any, second_hub: Any, shelf: list[Garment], client: Client) -> None:
    garment(second_hub, kind="bedding", fit="anybody", size="one")
    Garment.objects.filter(pk=shelf[0].pk).update(piece_count=0)
    racks = {rack.fit: [[*rail.sizes] for rail in rack.rails] for rack in client.get("/clothing/").context["racks"]}
    assert [[count for _size, count in sizes] for sizes in racks["women"]] == [[1, 1]]
    assert sorted(racks) == ["anybody", "men", "women"]
    assert sorted(rack.fit for rack in client.get("/clothing/?for=men").context["racks"]) == ["anybody", "men"]
    assert sorted(rack.fit for rack in client.get("/clothing/?for=nonsense").context["racks"]) == ["anybody", "men", "women"]
    assert (client.get("/en/clothing/").status_code, "csrf" in client.get("/clothing/").content.decode()) == (200, False)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_is_one_number_of_statements(hub: Any, client: Client, count: int, django_assert_num_queries: Any) -> None:
    for size in ("S", "M", "L")[:count]:
        garment(hub, size=size)
    client.get("/clothing/?for=women")
    with django_assert_num_queries(4):
        client.get("/clothing/?for=women")


def test_an_empty_shelf_says_what_to_do(hub: Any, client: Client) -> None:
    assert hub.hotline in text_of(client.get("/clothing/"))


# --- choosing -------------------------------------------------------------------------------------------------------
def test_from_the_first_question_to_the_parcel(hub: Any, shelf: list[Garment]) -> None:
    client, resident = signed_in(hub)
    page = client.get("/clothing/pick/")
    page = go(client, "pieces", {**hidden(page), "who": str(resident.pk), "figure": "women", "size": "L"})
    assert [choice[0] for choice in page.context["form"].fields["pieces"].choices] == [str(row.pk) for row in (*shelf[:3], shelf[3])]
    page = go(client, "when", {**hidden(page), "pieces": [str(shelf[1].pk), str(shelf[3].pk)]})
    assert f'value="{PHONE}"' in page.content.decode()
    page = go(client, "check", {**hidden(page), "slot": a_slot(hub).code, "phone": "138 0000 1234", "way": "brought"})
    assert page.status_code == 200, text_of(page)
    done = go(client, "confirm", hidden(page))
    made = Parcel.objects.get()
    assert (done.url, made.for_person, made.asked_by, made.is_brought, made.piece_count) == (made.url, resident, resident, True, 2)
    assert go(client, "confirm", hidden(page)).url == made.url
    shown = text_of(client.get(made.url))
    assert (made.reference[:4] in shown, "王秀兰" in shown) == (True, False)
    assert made.url in client.get("/me/").content.decode()
    assert Parcel.objects.count() == 1


def test_what_can_be_changed_on_the_last_page_keeps_the_rest(hub: Any, shelf: list[Garment]) -> None:
    client, resident = signed_in(hub)
    page = go(client, "check", answers(hub, resident, *shelf[:2]))
    for step in ("who", "pieces", "when"):
        kept = hidden(go(client, step, hidden(page)))
        assert (step, kept["token"]) == (step, ["a-token-long-enough-1"])
        for name in {"who", "pieces", "slot"} - {"who": {"who"}, "pieces": {"pieces"}, "when": {"slot"}}[step]:
            assert (step, name in kept) == (step, True)


def test_the_last_coat_was_taken_meanwhile(hub: Any, shelf: list[Garment]) -> None:
    client, resident = signed_in(hub)
    parcel(hub, shelf[1])
    page = go(client, "confirm", answers(hub, resident, *shelf[:2]))
    said = text_of(page)
    assert (page.status_code, Parcel.objects.count(), "XL ×1、M ×1" in said) == (422, 1, True)
    assert re.findall(r'value="(\d+)"[^>]* checked', page.content.decode()) == [str(shelf[0].pk)]


def test_who_is_not_entitled_reads_whom_to_speak_to(hub: Any, shelf: list[Garment], client: Client) -> None:
    assert client.get("/clothing/pick/").url.startswith("/login/")
    someone, resident = signed_in(hub, is_entitled=False)
    for page in (someone.get("/clothing/pick/"), go(someone, "confirm", answers(hub, resident, shelf[0]))):
        assert (page.status_code, hub.hotline in text_of(page), Parcel.objects.count()) == (200, True, 0)


def test_somebody_one_acts_for_is_chosen_for_by_name(hub: Any, shelf: list[Garment]) -> None:
    client, me = signed_in(hub, is_entitled=False)
    mother = somebody(hub, resident=ResidentFactory(hub=hub, name="张秀英"))
    RelationshipFactory(person=mother, relative=me, may_act=True, consent=ConsentFactory(resident=mother))
    assert client.get("/clothing/pick/").status_code == 200
    go(client, "confirm", answers(hub, mother, shelf[0]))
    made = Parcel.objects.get()
    assert (made.for_person, made.asked_by, made.contact_name) == (mother, me, "张秀英")


def test_a_stranger_is_nobody_to_choose_for(hub: Any, shelf: list[Garment]) -> None:
    client, _me = signed_in(hub)
    assert go(client, "confirm", answers(hub, somebody(hub), shelf[0])).status_code == 422
    assert Parcel.objects.count() == 0


BAD = [
    ("nobody", {"who": ""}),
    ("somebody who is none", {"who": "987654321"}),
    ("words for somebody", {"who": "妈妈"}),
    ("no figure", {"figure": ""}),
    ("a figure that is none", {"figure": "cats"}),
    ("a size that is none", {"size": "enormous"}),
    ("a NUL in the size", {"size": "L\0"}),
    ("no piece", {"pieces": []}),
    ("a piece that is none", {"pieces": ["987654321"]}),
    ("words for a piece", {"pieces": ["外套"]}),
    ("more digits than a number has", {"pieces": ["9" * 400]}),
    ("a NUL for a piece", {"pieces": ["\0"]}),
    ("no time", {"slot": ""}),
    ("a time not offered", {"slot": "2026-12-01T03:00"}),
    ("a time that has passed", {"slot": "2026-11-28T09:00"}),
    ("words for a time", {"slot": "明天"}),
    ("no phone", {"phone": ""}),
    ("half a phone", {"phone": "1380000"}),
    ("no way", {"way": ""}),
    ("a way that is none", {"way": "by drone"}),
    ("a megabyte of phone", {"phone": "1" * 1_000_000}),
]


@pytest.mark.parametrize(("case", "change"), BAD, ids=[case for case, _change in BAD])
def test_bad_input_is_refused_with_words_and_kept(hub: Any, shelf: list[Garment], case: str, change: dict[str, Any]) -> None:
    client, resident = signed_in(hub)
    for step in ("check", "confirm"):
        for language in ("", "/en"):
            page = go(client, step, {**answers(hub, resident, shelf[0]), **change}, language)
            assert (case, page.status_code, "errors-title" in page.content.decode()) == (case, 422, True)
            assert hidden(page)["token"] == ["a-token-long-enough-1"]
    assert (Parcel.objects.count(), Garment.objects.get(pk=shelf[0].pk).piece_count) == (0, 1)


def test_too_many_and_a_second_parcel_are_refused(hub: Any, shelf: list[Garment]) -> None:
    client, resident = signed_in(hub)
    rows = [garment(hub, season=season, condition=condition) for season in ("summer", "between", "all_year") for condition in ("new", "good")]
    assert go(client, "check", answers(hub, resident, *rows, shelf[0])).status_code == 422
    parcel(hub, shelf[0], person=resident)
    page = go(client, "confirm", answers(hub, resident, shelf[1]))
    assert (page.status_code, Parcel.objects.count()) == (422, 1)
    assert Parcel.objects.get().reference[:4] in text_of(page)


@pytest.mark.parametrize("token", ["", "short", "a b", "x" * 400])
def test_a_token_that_is_none_of_ours_is_replaced(hub: Any, shelf: list[Garment], token: str) -> None:
    client, resident = signed_in(hub)
    go(client, "confirm", answers(hub, resident, shelf[0], token=token))
    assert len(Parcel.objects.get().token) == 32


def test_without_times_the_page_says_what_to_do(hub: Any, shelf: list[Garment]) -> None:
    client, resident = signed_in(hub)
    typed = answers(hub, resident, shelf[0])
    CollectionHour.objects.all().delete()
    for step in ("when", "confirm"):
        assert hub.hotline in text_of(go(client, step, typed))


# --- the parcel -----------------------------------------------------------------------------------------------------
def test_a_parcel_is_cancelled_by_its_holder(hub: Any, client: Client) -> None:
    made = parcel(hub)
    assert client.get(f"{made.url}cancel/").status_code == 200
    assert client.post(f"{made.url}cancel/").url == made.url
    made.refresh_from_db()
    assert (made.state, client.get(made.url).status_code, client.get(f"/en{made.url}").status_code) == ("cancelled", 200, 200)


def test_what_was_handed_out_is_not_cancelled(hub: Any, client: Client) -> None:
    made = parcel(hub)
    actions.hand_out(hub=hub, reference=made.reference, tail="1234", by=user_with("clerk", hub))
    assert client.post(f"{made.url}cancel/").status_code == 422


@pytest.mark.parametrize("address", ["/parcels/nothing/", "/parcels/nothing/cancel/", "/parcels/" + "a" * 3000 + "/"])
def test_what_is_not_there(hub: Any, client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_another_hubs_parcel_is_not_there(hub: Any, second_hub: Any, client: Client) -> None:
    garment(second_hub)
    made = parcel(second_hub, person=somebody(second_hub))
    assert client.get(made.url).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_my_parcels_are_one_number_of_statements(hub: Any, count: int, django_assert_num_queries: Any) -> None:
    client, resident = signed_in(hub)
    for n in range(count):
        made = parcel(hub, person=resident)
        if n:
            actions.cancel(parcel=made)
        else:
            actions.hand_out(hub=hub, reference=made.reference, tail="1234", by=None)
    client.get("/me/")
    with django_assert_num_queries(17):
        client.get("/me/")
