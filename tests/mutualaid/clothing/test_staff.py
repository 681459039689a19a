"""The staff's screens: stock, intake, parcels, the desk, the list as a file, the director's figures. No list shows a name."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from hub.audit.models import Line
from hub.core import clock
from hub.core.joins import Caller, board_panels, desk_cards, desk_finders, figures
from hub.core.references import grouped
from hub.desk.figures import change_in_words, in_words, is_hidden
from mutualaid.clothing import actions
from mutualaid.clothing.desk import PIECES
from mutualaid.clothing.models import CollectionHour, Garment, Intake, Parcel
from mutualaid.clothing.rules import MOST_PIECES
from tests.cast import user_with
from tests.factories.clothing import PHONE, a_slot, garment, intake, parcel, somebody
from tests.factories.people import ResidentFactory
from tests.hub.desk.calling import a_call, a_caller, post
from tests.mutualaid.clothing.test_stock import faults

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
BROUGHT = {
    "kind": "coat", "fit": "women", "size": "xl", "season": "winter", "condition": "good", "piece_count": "3", "shelf": "B3", "refused_count": "1",
    "fault": "torn", "end": "recycled", "donor_name": "梁大姐", "donor_phone": "13800007701", "wants_thanks": "on", "token": "one-bag-token-0001",
}  # fmt: skip


def take_in(client: Any, after: str = "", **given: str) -> Any:
    return client.post(reverse("garment:take_in") + after, {**BROUGHT, **given})


# --- taking in ------------------------------------------------------------------------------------------------------
def test_a_bag_is_taken_in_piece_by_piece(hub: Any, as_role: Any) -> None:
    operator = as_role("operator")
    assert operator.get(reverse("garment:take_in")).status_code == 200
    done = take_in(operator)
    first = Intake.objects.get()
    assert (done.url, first.piece_count, first.refused_count, first.garment.size) == (f"{reverse('garment:take_in')}?after={first.pk}", 3, 1, "XL")
    assert take_in(operator).url == done.url
    page = operator.get(done.url).content.decode()
    assert ("梁**" in page, "梁大姐" in page, 'value="B3"' in page) == (True, False, True)
    take_in(
        operator,
        f"?after={first.pk}",
        size="M",
        refused_count="0",
        fault="",
        end="",
        donor_name="",
        donor_phone="",
        wants_thanks="",
        token="one-bag-token-0002",
    )
    second = Intake.objects.latest("id")
    assert (second.bag, second.donor_name, list(Garment.objects.order_by("id").values_list("piece_count", flat=True)), faults()) == (
        first,
        "梁大姐",
        [3, 3],
        [],
    )


@pytest.mark.parametrize(
    "given",
    [
        {"kind": "spaceship"}, {"kind": ""}, {"fit": "cats"}, {"size": "38"}, {"size": ""}, {"size": "L\0"}, {"size": "L" * 400}, {"season": "never"},
        {"condition": ""}, {"piece_count": ""}, {"piece_count": "-1"}, {"piece_count": "很多"}, {"piece_count": "501"}, {"piece_count": "9" * 400},
        {"piece_count": "1.5"}, {"piece_count": "0", "refused_count": "0"}, {"refused_count": "-1"}, {"refused_count": "2", "fault": ""},
        {"refused_count": "2", "end": ""}, {"kind": "thermal"}, {"donor_phone": "1380000"}, {"donor_phone": "", "wants_thanks": "on"},
        {"donor_name": "梁" * 41},
        {"shelf": "B" * 21}, {"token": ""}, {"token": "x" * 44}, {"donor_name": "梁\0"},
    ],
)  # fmt: skip
def test_an_intake_that_cannot_be(hub: Any, as_role: Any, given: dict[str, str]) -> None:
    page = take_in(as_role("clerk"), **given)
    assert (page.status_code, Intake.objects.count(), Garment.objects.count()) == (200, 0, 0)


@pytest.mark.parametrize("after", ["?after=987654321", "?after=x", "?after=" + "9" * 400, "?after=-1"])
def test_a_bag_that_is_none(hub: Any, as_role: Any, after: str) -> None:
    assert as_role("clerk").get(reverse("garment:take_in") + after).context_data["bag"] is None


def test_another_hubs_bag_is_none(hub: Any, second_hub: Any, as_role: Any) -> None:
    theirs = intake(second_hub)
    assert as_role("clerk").get(f"{reverse('garment:take_in')}?after={theirs.pk}").context_data["bag"] is None


# --- stock ----------------------------------------------------------------------------------------------------------
def test_stock_is_counted_and_taken_out_by_who_has_the_papers(hub: Any, as_role: Any) -> None:
    row, clerk = garment(hub, piece_count=5), as_role("clerk")
    clerk.post(reverse("garment:discard", args=[row.pk]), {"piece_count": "2", "fault": "stained"})
    clerk.post(reverse("garment:count", args=[row.pk]), {"piece_count": "4", "reason": "盘点"})
    clerk.post(reverse("garment:edit", args=[row.pk]), {"shelf": "C1", "piece_count": "99"})
    row.refresh_from_db()
    assert (row.piece_count, row.shelf, faults()) == (4, "C1", [])
    operator = as_role("operator")
    for name in ("discard", "count"):
        assert operator.post(reverse(f"garment:{name}", args=[row.pk]), {"piece_count": "1", "fault": "torn", "reason": "x"}).status_code == 404


@pytest.mark.parametrize(("name", "given"), [("discard", {"piece_count": "6", "fault": "torn"}), ("discard", {"piece_count": "1", "fault": "x"}),
                                             ("count", {"piece_count": "-1", "reason": "x"}), ("count", {"piece_count": "4", "reason": ""})])  # fmt: skip
def test_what_cannot_be_done_with_stock(hub: Any, as_role: Any, name: str, given: dict[str, str]) -> None:
    row = garment(hub, piece_count=5)
    assert as_role("clerk").post(reverse(f"garment:{name}", args=[row.pk]), given).status_code == 200
    assert Garment.objects.get().piece_count == 5


@pytest.mark.parametrize(("screen", "asked"), [("garment", 13), ("parcel", 15), ("intake", 13), ("movement", 13)])
@pytest.mark.parametrize("count", [1, 3])
def test_each_list_is_one_number_of_statements_and_names_nobody(
    hub: Any, as_role: Any, screen: str, asked: int, count: int, django_assert_num_queries: Any
) -> None:
    for size in ("S", "M", "L")[:count]:
        parcel(hub, garment(hub, size=size, piece_count=2))
    clerk = as_role("clerk")
    clerk.get(reverse(f"{screen}:index"))
    with django_assert_num_queries(asked):
        page = clerk.get(reverse(f"{screen}:index")).content.decode()
    assert [word for word in ("张桂兰", "张**", "1234", "低保") if word in page] == []


def test_hours_are_kept_by_the_counter(hub: Any, as_role: Any) -> None:
    clerk = as_role("clerk")
    assert clerk.post(reverse("collectionhour:add"), {"weekday": "0", "starts_at": "09:00", "ends_at": "11:00"}).status_code == 302
    assert clerk.post(reverse("collectionhour:add"), {"weekday": "0", "starts_at": "14:00", "ends_at": "13:00"}).status_code == 200
    assert (CollectionHour.objects.at(hub).count(), a_slot(hub).code) == (4, "2026-11-30T09:00")


# --- parcels --------------------------------------------------------------------------------------------------------
def test_a_parcel_by_buttons(hub: Any, as_role: Any) -> None:
    made, operator = parcel(hub, garment(hub, shelf="A1")), as_role("operator")
    inspect = reverse("parcel:inspect", args=[made.pk])
    labels = operator.get(reverse("parcel:labels")).content.decode()
    assert (f"{made.reference[:4]} {made.reference[4:]}" in labels, "A1" in labels, "张桂兰" in labels) == (True, True, False)
    page = operator.get(inspect).content.decode()
    assert ("张桂兰" in page, PHONE in page, Line.objects.filter(verb="look_whose").count()) == (False, False, 0)
    assert operator.post(reverse("parcel:ready", args=[made.pk])).url == inspect
    hand_out = reverse("parcel:hand_out")
    assert operator.post(hand_out, {"reference": made.reference, "tail": "4321"}).status_code == 200
    assert operator.post(hand_out, {"reference": f"{made.reference[:4]} {made.reference[4:]}", "tail": "1234"}).url == hand_out
    made.refresh_from_db()
    assert (made.state, made.handed_by) == ("handed_out", user_with("operator", hub))
    assert operator.post(hand_out, {"reference": made.reference, "tail": "1234"}).status_code == 200
    assert operator.post(reverse("parcel:cancel", args=[made.pk])).status_code == 200


@pytest.mark.parametrize(
    "given", [{}, {"reference": "1"}, {"reference": "2621 0259"}, {"reference": "9" * 400, "tail": "1234"}, {"reference": "26210259", "tail": "\0"}]
)
def test_odd_words_at_the_counter(hub: Any, as_role: Any, given: dict[str, str]) -> None:
    parcel(hub)
    assert as_role("clerk").post(reverse("parcel:hand_out"), given).status_code == 200
    assert Parcel.objects.get().state == "chosen"


def test_whose_it_is_is_shown_to_a_press_and_why_to_who_has_the_papers(hub: Any, as_role: Any) -> None:
    made = parcel(hub, person=ResidentFactory(hub=hub), taken_by=user_with("director", hub), decision="家中刚遭水浸")
    for role, sees_why in (("operator", False), ("clerk", True)):
        client = as_role(role)
        assert "张桂兰" not in client.get(reverse("parcel:whose", args=[made.pk])).content.decode()
        page = client.post(reverse("parcel:whose", args=[made.pk])).content.decode()
        assert ("张桂兰" in page, "家中刚遭水浸" in page) == (True, sees_why)
    assert Line.objects.filter(verb="look_whose", subject_ref=made.reference).count() == 2


@pytest.mark.parametrize("role", ["editor", "coordinator", "reviewer", "admin"])
def test_others_see_nothing(hub: Any, as_role: Any, role: str) -> None:
    made, client = parcel(hub), as_role(role)
    for name in ("inspect", "ready", "cancel", "whose"):
        assert client.post(reverse(f"parcel:{name}", args=[made.pk])).status_code == 404
    for address in ("parcel:index", "parcel:hand_out", "parcel:labels", "garment:index", "garment:take_in", "stock_import:index", "stock_import:export"):
        assert client.get(reverse(address)).status_code == 404


@pytest.mark.parametrize("name", ["inspect", "ready", "cancel", "whose"])
def test_another_hubs_parcel_is_not_there(hub: Any, second_hub: Any, as_role: Any, name: str) -> None:
    garment(second_hub)
    theirs = parcel(second_hub, person=somebody(second_hub))
    assert as_role("director").get(reverse(f"parcel:{name}", args=[theirs.pk])).status_code == 404


# --- the desk -------------------------------------------------------------------------------------------------------
def choosing(hub: Any, *rows: Garment, **given: Any) -> dict[str, Any]:
    """What the desk's form posts."""
    return {"task": "clothing", "slot": a_slot(hub).code, "note": "", "decision": "", **dict(zip(PIECES, (row.pk for row in rows), strict=False)), **given}


def test_a_caller_gets_as_many_pieces_as_a_parcel_holds(hub: Any, as_role: Any) -> None:
    person = somebody(hub, resident=a_caller(hub))
    rows = [garment(hub, size=size) for size in ("S", "M", "L", "XL", "2XL", "3XL")]
    post(as_role("operator"), a_call(hub, person=person), "do", **choosing(hub, *rows, whom=str(person.pk)))
    assert (Parcel.objects.get().piece_count, len(rows), len(PIECES)) == (MOST_PIECES, MOST_PIECES, MOST_PIECES)


def test_a_caller_chooses_by_telephone(hub: Any, as_role: Any) -> None:
    person = somebody(hub, resident=a_caller(hub))
    coat, call, operator = garment(hub, piece_count=3), a_call(hub, person=person), as_role("operator")
    typed = choosing(hub, coat, coat, whom=str(person.pk))
    assert post(operator, call, "check", **typed).status_code == 200
    assert Parcel.objects.count() == 0
    post(operator, call, "do", **typed)
    made = Parcel.objects.get()
    assert (made.for_person, made.taken_by, made.channel, made.piece_count) == (person, user_with("operator", hub), "phone", 2)
    caller = Caller(person, person.name, PHONE, "phone")
    assert [row.what for row in desk_cards["clothing"].rows(hub, caller, None)] == [f"{made.reference[:4]} {made.reference[4:]} 2件"]
    assert [row.url for row in board_panels["clothing"].rows(hub, None)] == [reverse("parcel:inspect", args=[made.pk])]
    found = desk_finders["clothing"].find(hub, made.reference)
    assert found is not None and found[0].person == person
    second = post(operator, a_call(hub, person=person), "check", **typed)  # said while they talk, not at the last press
    assert (second.status_code, grouped(made.reference) in second.content.decode()) == (422, True)


def test_an_operator_does_not_decide_and_a_clerk_does(hub: Any, as_role: Any) -> None:
    person, coat = a_caller(hub), garment(hub)
    for role, reason, made in (("operator", "", 0), ("operator", "说自己困难", 0), ("clerk", "", 0), ("clerk", "家中刚遭水浸", 1)):
        call = a_call(hub, person=person, by=user_with(role, hub))
        page = post(as_role(role), call, "do", **choosing(hub, coat, whom=str(person.pk), decision=reason))
        assert (role, reason, page.status_code < 500, Parcel.objects.count()) == (role, reason, True, made)
    assert Parcel.objects.get().decided_by == user_with("clerk", hub)


@pytest.mark.parametrize("given", [{"piece": ""}, {"piece": "987654321"}, {"piece": "x"}, {"slot": ""}, {"slot": "x"}, {"note": "x" * 101}, {"whom": "x"}])
def test_odd_words_at_the_desk(hub: Any, as_role: Any, given: dict[str, str]) -> None:
    person = somebody(hub, resident=a_caller(hub))
    call, coat = a_call(hub, person=person), garment(hub)
    page = post(as_role("operator"), call, "do", **{**choosing(hub, coat, whom=str(person.pk)), **given})
    assert (page.status_code < 500, Parcel.objects.count()) == (True, 0)


def test_an_unknown_callers_parcels_are_found_by_number(hub: Any) -> None:
    made = parcel(hub)
    stranger = Caller(None, "何大爷", PHONE, "phone")
    assert desk_cards["clothing"].rows(hub, stranger, None) == []
    Parcel.objects.filter(pk=made.pk).update(for_person=None)
    assert len(desk_cards["clothing"].rows(hub, stranger, None)) == 1
    assert desk_cards["clothing"].rows(hub, Caller(None, "", "", "phone"), None) == []


# --- the director's figures -----------------------------------------------------------------------------------------
def test_each_figure_is_the_sum_of_the_rows_its_link_shows(hub: Any, second_hub: Any, as_role: Any) -> None:
    coat = garment(hub, piece_count=9)
    intake(hub, size="M", piece_count=2, refused_count=3, fault="torn", end="recycled")
    garment(second_hub)
    for place in range(3):
        made = parcel(hub, coat, person=somebody(hub))
        if place:
            actions.hand_out(hub=hub, reference=made.reference, tail="1234", by=None)
    first, last = clock.today() - timedelta(days=30), clock.today()
    bounds = clock.day_bounds(first)[0], clock.day_bounds(last)[1]
    found = {row.name: row.count(hub, *bounds) for row in figures if row.name.startswith("clothing.")}
    assert found == {"clothing.taken_in": 11, "clothing.refused": 3, "clothing.handed_out": 2, "clothing.people": 2}
    director = as_role("director")
    rows = {name: director.get(figures[f"clothing.{name}"].url(first, last)).context["object_list"] for name in ("taken_in", "refused", "handed_out")}
    assert [sum(row.change for row in rows["taken_in"]), sum(row.refused_count for row in rows["refused"])] == [11, 3]
    assert sum(row.piece_count for row in rows["handed_out"]) == 2
    assert figures["clothing.people"].url(first, last) == ""
    assert director.get("/admin/figures/").status_code == 200


@pytest.mark.parametrize(("number", "hidden"), [(0, False), (1, True), (4, True), (5, False)])
def test_of_few_people_the_number_is_not_shown(number: int, hidden: bool) -> None:
    assert (is_hidden(number, "people"), is_hidden(number, "times"), str(number) in in_words(number, "people")) == (hidden, False, not hidden)
    assert "5" in change_in_words(5, "pieces")
